frappe.listview_settings["Acuan Registrasi"] = spbe.desk.simple_list({
	fields: ["nik_samar", "opd", "tanggal_lahir"],
	details: (doc) => [doc.nik_samar, spbe.desk.day(doc.tanggal_lahir), spbe.desk.link_text(doc, "opd", "nama_opd")],
});
