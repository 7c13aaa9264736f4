frappe.listview_settings["Jejak Audit"] = {
	hide_name_column: true,
	add_fields: ["oleh", "rujukan_doctype", "rujukan", "hasil", "waktu"],
	get_indicator: (doc) => [__(doc.hasil), doc.hasil === "Ditolak" ? "red" : "green", `hasil,=,${doc.hasil}`],

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			details: (doc) => [doc.oleh, doc.rujukan_doctype, doc.rujukan],
		});
	},
};
