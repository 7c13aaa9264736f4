frappe.listview_settings["Penyesuaian Rekap"] = {
	hide_name_column: true,
	add_fields: ["selisih", "tutup_bulan", "tanggal", "pegawai"],

	onload(list) {
		spbe.desk.show_columns(list, 8);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pegawai", "nama"),
			details: (doc) => [frappe.datetime.str_to_user(doc.tanggal), `${format_number(doc.selisih, null, 2)} %`],
		});
	},

	get_indicator(doc) {
		return doc.tutup_bulan
			? [__("Frozen"), "gray", "tutup_bulan,is,set"]
			: [__("Open"), "orange", "tutup_bulan,is,not set"];
	},
};
