frappe.listview_settings["Perbaikan Data"] = spbe.desk.simple_list({
	title: ["pegawai", "nama"],
	details: (doc) => [doc.bidang, spbe.desk.day(doc.jawab_sebelum)],
	status: "status",
	colours: { Diajukan: "orange", Diterima: "green", Ditolak: "red", Dibatalkan: "gray" },
	fields: ["pegawai", "bidang", "jawab_sebelum"],
});
