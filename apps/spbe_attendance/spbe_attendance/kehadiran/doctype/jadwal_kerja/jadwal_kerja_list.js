frappe.listview_settings["Jadwal Kerja"] = {
	hide_name_column: true,
	add_fields: ["aktif", "templat", "jenis", "dasar"],

	get_indicator(doc) {
		if (!doc.aktif) return [__("Not Active"), "gray", "aktif,=,0"];
		return doc.templat ? [__("Template"), "orange", "templat,=,1"] : [__("Active"), "green", "aktif,=,1"];
	},

	onload(list) {
		spbe.desk.show_columns(list, 5);
		spbe.desk.describe_rows(list, { details: (doc) => [__(doc.jenis), doc.dasar] });
	},
};
