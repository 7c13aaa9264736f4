frappe.listview_settings["Ekspor SIMPEGNAS"] = spbe.desk.simple_list({
	status: "status",
	colours: { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Selesai: "green", Gagal: "red" },
	fields: ["jenis", "bentuk"],
	details: (doc) => [doc.jenis, doc.bentuk, __(doc.status)],
});
