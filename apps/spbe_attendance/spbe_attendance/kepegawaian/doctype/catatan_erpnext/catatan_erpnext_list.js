frappe.listview_settings["Catatan ERPNext"] = {
	add_fields: ["status", "jenis", "pesan"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Menunggu: "yellow", Gagal: "red", Konflik: "orange", Selesai: "green" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
	onload(list) {
		spbe.desk.describe_rows(list, { details: (doc) => [__(doc.jenis), doc.pesan] });
		list.page.add_actions_menu_item(__("Try Again"), async () => {
			const nama = list.get_checked_items(true);
			const count = await frappe.xcall("spbe_attendance.api.integrasi.coba_lagi", { nama });
			frappe.show_alert(__("{0} will be tried again.", [count]));
			list.refresh();
		});
	},
};
