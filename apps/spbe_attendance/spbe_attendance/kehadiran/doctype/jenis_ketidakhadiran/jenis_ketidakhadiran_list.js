frappe.listview_settings["Jenis Ketidakhadiran"] = {
	hide_name_column: true,
	add_fields: ["aktif", "kode", "kelompok"],

	get_indicator(doc) {
		return doc.aktif ? [__("Active"), "green", "aktif,=,1"] : [__("Not used"), "gray", "aktif,=,0"];
	},

	onload(list) {
		spbe.desk.describe_rows(list, { details: (doc) => [doc.kode, __(doc.kelompok)] });
	},
};
