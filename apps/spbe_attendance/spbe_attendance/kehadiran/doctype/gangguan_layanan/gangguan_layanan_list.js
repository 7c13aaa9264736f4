frappe.listview_settings["Gangguan Layanan"] = {
	hide_name_column: true,
	add_fields: ["status", "diusulkan_oleh"],

	get_indicator(doc) {
		const colours = { Usulan: "orange", Berlaku: "green", Ditolak: "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		list.page.add_inner_button(__("Proposals"), () =>
			list.filter_area.set([["Gangguan Layanan", "status", "=", "Usulan"]])
		);
	},
};
