frappe.listview_settings["Mutasi Pegawai"] = {
	hide_name_column: true,
	add_fields: ["jenis", "berlaku_mulai", "opd", "diterapkan_pada"],

	onload(list) {
		spbe.desk.show_columns(list, 5);
		spbe.desk.describe_rows(list, {
			details: (doc) => [__(doc.jenis), frappe.datetime.str_to_user(doc.berlaku_mulai)],
		});
	},
};
