frappe.listview_settings["Versi Dataset"] = spbe.desk.simple_list({
	status: "status",
	colours: { Draf: "orange", Diperiksa: "blue", Terbit: "green", Ditolak: "red", Ditarik: "gray" },
	fields: ["dataset", "periode", "nomor"],
	details: (doc) => [doc.periode, __("Version {0}", [doc.nomor]), __(doc.status)],
});
