frappe.listview_settings["Roster Dinas"] = {
	hide_name_column: true,
	add_fields: ["pegawai", "tanggal", "shift", "sumber", "opd"],

	get_indicator(doc) {
		return doc.shift ? [doc.shift, "blue", `shift,=,${doc.shift}`] : [__("Off duty"), "gray", "shift,is,not set"];
	},

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pegawai", "nama"),
			details: (doc) => [frappe.datetime.str_to_user(doc.tanggal), doc.shift || __("Off duty"), __(doc.sumber)],
		});
		if (frappe.model.can_create("Impor Roster")) {
			list.page.add_inner_button(__("Import a Sheet"), () => frappe.set_route("List", "Impor Roster"));
		}
	},
};
