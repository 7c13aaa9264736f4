frappe.listview_settings["Persetujuan Data"] = spbe.desk.simple_list({
	fields: ["pegawai", "opd", "versi", "waktu"],
	details: (doc) => [
		spbe.desk.link_text(doc, "pegawai", "nama"),
		spbe.desk.link_text(doc, "opd", "nama_opd"),
		`v${doc.versi}`,
		spbe.desk.day(doc.waktu),
	],
});
