frappe.listview_settings.OPD = {
	hide_name_column: true,
	add_fields: ["kode", "kepala"],

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			details: (doc) => [doc.kode, spbe.desk.link_text(doc, "kepala", "nama")],
		});
	},
};
