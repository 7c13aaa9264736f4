frappe.listview_settings["Salinan Data"] = spbe.desk.simple_list({
	details: (doc) => [spbe.desk.day(doc.berlaku_sampai)],
	status: "status",
	colours: { Disiapkan: "blue", Siap: "green", Gagal: "red" },
	fields: ["berlaku_sampai"],
});
