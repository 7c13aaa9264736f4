frappe.listview_settings["Pemetaan OPD ERPNext"] = spbe.desk.simple_list({
	title: ["opd", "nama_opd"],
	fields: ["company", "department"],
	details: (doc) => [doc.company, doc.department],
});
