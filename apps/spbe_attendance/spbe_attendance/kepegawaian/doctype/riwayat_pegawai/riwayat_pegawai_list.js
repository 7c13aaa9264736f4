frappe.listview_settings["Riwayat Pegawai"] = {
	hide_name_column: true,
	add_fields: ["pegawai", "opd", "status"],

	onload(list) {
		spbe.desk.show_columns(list, 5);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pegawai", "nama"),
			details: (doc) => [spbe.desk.link_text(doc, "opd", "nama_opd"), doc.status],
		});
	},
};
