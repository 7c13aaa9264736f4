frappe.listview_settings["Shift Kerja"] = {
	hide_name_column: true,
	add_fields: ["aktif", "kode", "mulai", "selesai"],

	get_indicator(doc) {
		return doc.aktif ? [__("Active"), "green", "aktif,=,1"] : [__("Not Active"), "gray", "aktif,=,0"];
	},

	onload(list) {
		spbe.desk.show_columns(list, 7);
		spbe.desk.describe_rows(list, {
			details: (doc) => [doc.kode, [doc.mulai, doc.selesai].map((time) => (time || "").slice(0, -3)).join("–")],
		});
	},
};
