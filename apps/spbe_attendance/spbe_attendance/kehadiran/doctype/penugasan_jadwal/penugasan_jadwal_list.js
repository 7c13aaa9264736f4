frappe.listview_settings["Penugasan Jadwal"] = {
	hide_name_column: true,
	add_fields: ["berlaku_untuk", "pegawai", "opd", "dari", "sampai"],

	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.dari > today) return [__("To Come"), "blue", `dari,>,${today}`];
		if (doc.sampai && doc.sampai < today) return [__("Ended"), "gray", `sampai,<,${today}`];
		return [__("In Force"), "green", `dari,<=,${today}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 7);
		spbe.desk.describe_rows(list, {
			details: (doc) => [
				spbe.desk.link_text(doc, "pegawai", "nama") || spbe.desk.link_text(doc, "opd", "nama_opd") || __(doc.berlaku_untuk),
				frappe.datetime.str_to_user(doc.dari),
			],
		});
	},
};
