frappe.listview_settings.Perangkat = spbe.desk.simple_list({
	columns: 7,
	status: "status",
	colours: { Aktif: "green", "Menunggu Saksi": "orange", Dicabut: "red" },
	fields: ["pegawai", "opd", "terdaftar"],
	details: (doc) => [
		spbe.desk.link_text(doc, "pegawai", "nama"),
		spbe.desk.link_text(doc, "opd", "nama_opd"),
		spbe.desk.day(doc.terdaftar),
		__(doc.status),
	],
});
