frappe.listview_settings["Tutup Bulan"] = {
	hide_name_column: true,
	add_fields: ["status"],

	get_indicator(doc) {
		const colours = { Terbuka: "orange", Ditutup: "green", "Dibuka Kembali": "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
