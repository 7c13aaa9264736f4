frappe.listview_settings["Tukar Dinas"] = {
	hide_name_column: true,
	add_fields: ["status", "pemohon", "rekan", "tanggal", "tanggal_rekan"],

	get_indicator(doc) {
		const colours = { Diajukan: "orange", "Disetujui Rekan": "blue", Disetujui: "green", Ditolak: "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 7);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pemohon", "nama"),
			details: (doc) => [
				frappe.datetime.str_to_user(doc.tanggal),
				spbe.desk.link_text(doc, "rekan", "nama"),
				frappe.datetime.str_to_user(doc.tanggal_rekan),
			],
		});
	},
};
