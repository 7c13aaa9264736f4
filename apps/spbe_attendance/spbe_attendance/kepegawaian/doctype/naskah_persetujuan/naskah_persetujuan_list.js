frappe.listview_settings["Naskah Persetujuan"] = spbe.desk.simple_list({
	fields: ["versi", "berlaku_sejak"],
	get_indicator: (doc) =>
		doc.berlaku_sejak && doc.berlaku_sejak <= frappe.datetime.get_today()
			? [__("In Force"), "green", `berlaku_sejak,<=,${frappe.datetime.get_today()}`]
			: [__("Not Yet Valid"), "orange", `berlaku_sejak,>,${frappe.datetime.get_today()}`],
	details: (doc) => [`v${doc.versi}`, spbe.desk.day(doc.berlaku_sejak)],
});
