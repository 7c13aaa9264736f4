frappe.listview_settings["Tinjauan Absensi"] = {
	add_fields: ["status", "skor", "pegawai", "opd", "tanggal"],
	filters: [["status", "=", "Menunggu"]],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Menunggu: "orange", "Perlu Klarifikasi": "blue", Wajar: "green", "Tidak Sah": "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pegawai", "nama"),
			details: (doc) => [frappe.datetime.str_to_user(doc.tanggal), __(doc.status), `${__("Score")} ${doc.skor}`],
		});
		list.page.add_actions_menu_item(__("Mark as Reasonable"), () => mark(list), false);
	},
};

async function mark(list) {
	const names = list.get_checked_items(true);
	let decided = 0;
	for (const name of names) {
		frappe.show_progress(__("Mark as Reasonable"), decided, names.length);
		const doc = await frappe.db.get_doc("Tinjauan Absensi", name);
		await frappe.xcall("frappe.model.workflow.apply_workflow", { doc, action: "Wajar" });
		decided += 1;
	}
	frappe.hide_progress();
	frappe.show_alert({ message: __("{0} rows were decided.", [decided]), indicator: "green" });
	list.clear_checked_items();
	list.refresh();
}
