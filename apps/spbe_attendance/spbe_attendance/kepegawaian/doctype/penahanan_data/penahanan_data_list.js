frappe.listview_settings["Penahanan Data"] = spbe.desk.simple_list({
	details: (doc) => [doc.opd, spbe.desk.day(doc.berlaku_sampai)],
	status: "status",
	colours: { Berlaku: "orange" },
	fields: ["opd", "berlaku_sampai"],
});
