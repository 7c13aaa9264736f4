frappe.listview_settings["Kegiatan Apel"] = {
	hide_name_column: true,
	add_fields: ["status"],

	get_indicator(doc) {
		const colours = { Rencana: "blue", Berlangsung: "orange", Selesai: "green", Batal: "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
