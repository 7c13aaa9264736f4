frappe.listview_settings["Sinkronisasi ERPNext"] = {
	add_fields: ["status"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Selesai: "green", Gagal: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
