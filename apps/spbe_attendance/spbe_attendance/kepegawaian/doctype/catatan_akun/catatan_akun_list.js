frappe.listview_settings["Catatan Akun"] = {
	hide_name_column: true,
	add_fields: ["pegawai", "catatan"],

	onload(list) {
		spbe.desk.show_columns(list, 5);
		spbe.desk.describe_rows(list, {
			details: (doc) => [spbe.desk.link_text(doc, "pegawai", "nama"), doc.catatan],
		});
	},
};
