frappe.listview_settings["Ringkasan OPD"] = spbe.desk.simple_list({
	fields: ["pegawai", "hadir", "izin", "belum"],
	details: (doc) => [__("Present: {0}", [doc.hadir]), __("Staff: {0}", [doc.pegawai])],
});
