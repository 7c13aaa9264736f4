frappe.listview_settings["Kios Absensi"] = spbe.desk.simple_list({
	fields: ["opd", "lokasi", "aktif"],
	get_indicator: (doc) => (doc.aktif ? [__("Active"), "green", "aktif,=,1"] : [__("Inactive"), "gray", "aktif,=,0"]),
	details: (doc) => [
		spbe.desk.link_text(doc, "opd", "nama_opd"),
		spbe.desk.link_text(doc, "lokasi", "nama_lokasi"),
		doc.aktif ? __("Active") : __("Inactive"),
	],
});
