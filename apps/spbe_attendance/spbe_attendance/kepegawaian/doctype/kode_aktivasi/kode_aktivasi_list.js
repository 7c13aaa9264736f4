frappe.listview_settings["Kode Aktivasi"] = {
	hide_name_column: true,
	add_fields: ["pegawai", "keperluan", "cara"],

	onload(list) {
		spbe.desk.show_columns(list, 5);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pegawai", "nama"),
			details: (doc) => [doc.keperluan, doc.cara],
		});
	},
};
