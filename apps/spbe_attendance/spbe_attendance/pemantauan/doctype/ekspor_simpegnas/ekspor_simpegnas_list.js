frappe.listview_settings["Ekspor SIMPEGNAS"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Selesai: "green", Gagal: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
