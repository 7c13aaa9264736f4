frappe.listview_settings["Segel Absensi"] = spbe.desk.simple_list({
	title: ["pegawai", "nama"],
	status: "peristiwa",
	colours: { Tercatat: "green", Diputuskan: "blue", Ditinjau: "orange" },
	fields: ["tanggal", "urutan"],
	details: (doc) => [spbe.desk.day(doc.tanggal), __(doc.peristiwa), `#${doc.urutan}`],
});
