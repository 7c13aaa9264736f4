frappe.listview_settings["Akar Harian"] = spbe.desk.simple_list({
	columns: 6,
	title: ["opd", "nama_opd"],
	fields: ["tanggal", "jumlah", "versi"],
	details: (doc) => [spbe.desk.day(doc.tanggal), __("{0} punches", [doc.jumlah]), `v${doc.versi}`],
});
