/** Proposals of a year from the national calendar, and putting the chosen ones into force on their decree. */
frappe.listview_settings["Hari Libur"] = {
	hide_name_column: true,
	add_fields: ["status", "jenis", "tanggal", "dasar"],

	get_indicator(doc) {
		return [__(doc.status), doc.status === "Berlaku" ? "green" : "orange", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			details: (doc) => [frappe.datetime.str_to_user(doc.tanggal), __(doc.jenis)],
		});
		if (!frappe.model.can_create("Hari Libur")) return;
		list.page.add_inner_button(__("Propose from the National Calendar"), () => propose(list));
		list.page.add_actions_menu_item(__("Put into Force"), () => confirm_days(list), false);
	},
};

function propose(list) {
	frappe.prompt(
		{
			fieldname: "tahun",
			fieldtype: "Int",
			label: __("Year"),
			default: Number(frappe.datetime.get_today().slice(0, 4)) + 1,
			reqd: 1,
		},
		async ({ tahun }) => {
			const { message } = await frappe.call({
				method: "spbe_attendance.api.jadwal.usulkan_libur",
				args: { tahun },
				freeze: true,
			});
			const lines = [
				__("{0} days proposed, {1} were there already.", [message.usulan, message.sudah_ada]),
				message.cuti_bersama
					? ""
					: __("The calendar knows no cuti bersama for {0}: enter it from the decree.", [tahun]),
				__("Compare them with the decree, choose them in the list and put them into force."),
			];
			frappe.msgprint({ title: __("Holidays of {0}", [tahun]), message: lines.filter(Boolean).join("<br>") });
			list.filter_area.set([
				["Hari Libur", "tanggal", "between", [`${tahun}-01-01`, `${tahun}-12-31`]],
				["Hari Libur", "status", "=", "Usulan"],
			]);
		},
		__("Propose from the National Calendar"),
		__("Propose")
	);
}

function confirm_days(list) {
	const nama = list.get_checked_items(true);
	if (!nama.length) return;
	frappe.prompt(
		{
			fieldname: "dasar",
			fieldtype: "Data",
			label: __("Legal Basis"),
			description: __("Number of the SKB, Keppres or circular"),
			reqd: 1,
		},
		async ({ dasar }) => {
			const { message } = await frappe.call({
				method: "spbe_attendance.api.jadwal.konfirmasi_libur",
				args: { nama, dasar },
				freeze: true,
			});
			const text = __("{0} days are in force, {1} of them have passed and will be computed again.", [
				message.berlaku,
				message.dihitung_ulang,
			]);
			frappe.show_alert({ message: text, indicator: "green" });
			list.clear_checked_items();
			list.refresh();
		},
		__("Put into Force"),
		__("Put into Force")
	);
}
