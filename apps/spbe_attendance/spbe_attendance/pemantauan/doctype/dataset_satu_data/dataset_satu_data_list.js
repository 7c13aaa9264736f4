frappe.listview_settings["Dataset Satu Data"] = spbe.desk.simple_list({
	fields: ["frekuensi_terbit"],
	get_indicator: (doc) => (doc.aktif ? [__("Active"), "green", "aktif,=,1"] : [__("Inactive"), "gray", "aktif,=,0"]),
	details: (doc) => [__(doc.frekuensi_terbit)],
});
