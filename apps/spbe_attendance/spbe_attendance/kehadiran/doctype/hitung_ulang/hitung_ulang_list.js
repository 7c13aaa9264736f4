frappe.listview_settings["Hitung Ulang"] = spbe.desk.simple_list({
	fields: ["pegawai", "opd", "dari", "sampai", "sebab"],
	details: (doc) => [`${spbe.desk.day(doc.dari)} – ${spbe.desk.day(doc.sampai)}`, doc.sebab],
});
