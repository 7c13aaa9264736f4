frappe.listview_settings["Penyesuaian Rekap"] = {
	hide_name_column: true,
	add_fields: ["selisih", "tutup_bulan"],

	get_indicator(doc) {
		return doc.tutup_bulan
			? [__("Frozen"), "gray", "tutup_bulan,is,set"]
			: [__("Open"), "orange", "tutup_bulan,is,not set"];
	},
};
