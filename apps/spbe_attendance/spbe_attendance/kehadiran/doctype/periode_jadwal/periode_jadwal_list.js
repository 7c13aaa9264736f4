frappe.listview_settings["Periode Jadwal"] = {
	hide_name_column: true,
	add_fields: ["dari", "sampai", "opd"],

	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.dari > today) return [__("To Come"), "blue", `dari,>,${today}`];
		if (doc.sampai < today) return [__("Ended"), "gray", `sampai,<,${today}`];
		return [__("In Force"), "green", `sampai,>=,${today}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			details: (doc) => [doc.dari, doc.sampai].map(frappe.datetime.str_to_user),
		});
	},
};
