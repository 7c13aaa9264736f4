frappe.listview_settings["Aturan Potongan"] = spbe.desk.simple_list({
	fields: ["dikonfirmasi", "dari", "sampai"],
	get_indicator: (doc) =>
		cint(doc.dikonfirmasi)
			? [__("Confirmed"), "green", "dikonfirmasi,=,1"]
			: [__("Unconfirmed"), "orange", "dikonfirmasi,=,0"],
	details: (doc) => [
		cint(doc.dikonfirmasi) ? __("Confirmed") : __("Unconfirmed"),
		`${spbe.desk.day(doc.dari)} – ${spbe.desk.day(doc.sampai)}`,
	],
});
