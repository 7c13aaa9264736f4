// The framework's own import is for System Managers; a recap is pasted by BKPSDM.
const recap_list = spbe.desk.simple_list({
	fields: ["nik_samar", "opd", "tanggal_lahir"],
	details: (doc) => [doc.nik_samar, spbe.desk.day(doc.tanggal_lahir), spbe.desk.link_text(doc, "opd", "nama_opd")],
});

frappe.listview_settings["Acuan Registrasi"] = {
	...recap_list,

	onload(list) {
		recap_list.onload(list);
		if (frappe.model.can_create("Acuan Registrasi")) {
			list.page.add_inner_button(__("Paste From a Sheet"), () => ask(list));
		}
	},
};

function ask(list) {
	frappe.prompt(
		[
			{
				fieldname: "teks",
				fieldtype: "Long Text",
				label: __("Table"),
				reqd: 1,
				description: __("Copy the rows with their header: Nama, NIK, Tanggal Lahir, OPD, Jabatan, Nomor SK, Vendor. At most 2000 rows."),
			},
			{ fieldname: "sumber", fieldtype: "Data", label: __("Source"), reqd: 1 },
		],
		(values) => paste(list, values),
		__("Paste From a Sheet"),
		__("Take Over")
	);
}

async function paste(list, args) {
	const { message } = await frappe.call({
		method: "spbe_attendance.api.registrasi.tempel_acuan",
		args,
		freeze: true,
	});
	const text = frappe.utils.escape_html;
	const refused = message.ditolak
		.slice(0, 50)
		.map(({ baris, sebab }) => `<li>${__("Row {0}", [baris])}: ${text(sebab)}</li>`)
		.join("");
	frappe.msgprint({
		title: __("Paste From a Sheet"),
		indicator: message.ditolak.length ? "orange" : "green",
		message: `<p>${__("{0} taken over, {1} were there already, {2} refused.", [
			message.dibuat,
			message.sudah_ada,
			message.ditolak.length,
		])}</p><ul>${refused}</ul>`,
	});
	list.refresh();
}
