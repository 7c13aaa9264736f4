frappe.listview_settings["Aturan Potongan"] = {
	add_fields: ["dikonfirmasi"],

	get_indicator(doc) {
		return cint(doc.dikonfirmasi)
			? [__("Confirmed"), "green", "dikonfirmasi,=,1"]
			: [__("Unconfirmed"), "orange", "dikonfirmasi,=,0"];
	},
};
