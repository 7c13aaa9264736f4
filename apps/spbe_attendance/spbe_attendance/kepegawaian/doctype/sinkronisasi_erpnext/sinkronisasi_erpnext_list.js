frappe.listview_settings["Sinkronisasi ERPNext"] = spbe.desk.simple_list({
	status: "status",
	colours: { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Selesai: "green", Gagal: "red" },
	details: (doc) => [spbe.desk.day(doc.creation), __(doc.status)],
});
