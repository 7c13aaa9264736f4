frappe.listview_settings["Penyusunan Dataset"] = spbe.desk.simple_list({
	status: "status",
	colours: { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Selesai: "green", Gagal: "red" },
	fields: ["periode"],
	details: (doc) => [doc.periode, __(doc.status)],
});
