frappe.listview_settings["Kunci API"] = spbe.desk.simple_list({
	fields: ["opd", "penanggung_jawab", "aktif", "berlaku_sampai"],
	get_indicator: (doc) => (doc.aktif ? [__("Active"), "green", "aktif,=,1"] : [__("Inactive"), "gray", "aktif,=,0"]),
	details: (doc) => [
		doc.penanggung_jawab,
		spbe.desk.link_text(doc, "opd", "nama_opd"),
		doc.aktif ? __("Active") : __("Inactive"),
	],
});
