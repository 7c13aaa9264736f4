frappe.listview_settings["Gangguan Layanan"] = {
	hide_name_column: true,
	add_fields: ["status", "diusulkan_oleh", "dari", "sampai", "perlakuan", "dasar"],

	get_indicator(doc) {
		const colours = { Usulan: "orange", Berlaku: "green", Ditolak: "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 7);
		spbe.desk.describe_rows(list, {
			details: (doc) => [
				`${frappe.datetime.str_to_user(doc.dari).slice(0, 16)} – ${frappe.datetime.str_to_user(doc.sampai).slice(0, 16)}`,
				__(doc.perlakuan),
				doc.dasar,
			],
		});
		list.page.add_inner_button(__("Proposals"), () =>
			list.filter_area.set([["Gangguan Layanan", "status", "=", "Usulan"]])
		);
	},
};
