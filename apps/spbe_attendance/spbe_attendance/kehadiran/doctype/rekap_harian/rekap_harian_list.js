const REKAP_COLOURS = { H: "green", TK: "red", L: "gray", CBer: "gray", DL: "blue", TB: "blue", WFA: "cyan" };
const COMPUTES = ["BKPSDM", "System Manager", "Administrator"];

frappe.listview_settings["Rekap Harian"] = {
	hide_name_column: true,
	add_fields: ["kode", "kode_utama", "sementara", "tinjau", "tutup_bulan"],

	get_indicator(doc) {
		const late = doc.kode_utama === "H" && doc.kode !== "H" && doc.kode !== "H,WFA";
		const colour = doc.sementara || late ? "orange" : REKAP_COLOURS[doc.kode_utama] || "yellow";
		return [doc.kode ? doc.kode.replaceAll(",", " ") : "–", colour, `kode,=,${doc.kode || ""}`];
	},

	onload(list) {
		list.page.add_inner_button(__("To Review"), () => list.filter_area.set([["Rekap Harian", "tinjau", "=", 1]]));
		if (COMPUTES.some((role) => frappe.user_roles.includes(role))) {
			list.page.add_inner_button(__("Close Day"), () => ask_day(list));
		}
	},
};

function ask_day(list) {
	frappe.prompt(
		[
			{
				fieldname: "tanggal",
				fieldtype: "Date",
				label: __("Day"),
				reqd: 1,
				default: frappe.datetime.add_days(frappe.datetime.get_today(), -1),
			},
			{ fieldname: "opd", fieldtype: "Link", options: "OPD", label: "OPD", description: __("Empty: everybody") },
		],
		(values) => compute_day(values, list),
		__("Close Day"),
		__("Compute")
	);
}

/** Listens before it asks: a small office is done before the answer arrives. */
function compute_day(values, list) {
	const shown = frappe.datetime.str_to_user(values.tanggal);
	const follow = (event) => {
		if (event.tanggal !== values.tanggal) return;
		if (event.gagal) return finish(__("Computing {0} broke off; it is in the Error Log and may be started again.", [shown]), "red");
		if (event.ditulis !== null) return finish(__("{0} is computed: {1} days changed.", [shown, event.ditulis]), "green");
		const said = __("Computing {0}: {1} of {2}", [shown, event.selesai, event.semua]);
		frappe.show_progress(__("Close Day"), event.selesai, event.semua || 1, said);
	};
	const finish = (message, indicator) => {
		frappe.realtime.off("rekap_tutup_hari", follow);
		frappe.hide_progress();
		frappe.show_alert({ message, indicator }, 10);
		list.refresh();
	};
	frappe.realtime.on("rekap_tutup_hari", follow);
	frappe
		.call({ method: "spbe_attendance.api.rekap.tutup_hari", args: values })
		.then(() => frappe.show_progress(__("Close Day"), 0, 1, shown))
		.catch(() => frappe.realtime.off("rekap_tutup_hari", follow));
}
