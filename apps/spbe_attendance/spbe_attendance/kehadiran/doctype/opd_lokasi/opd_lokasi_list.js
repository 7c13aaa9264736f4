frappe.listview_settings["OPD Lokasi"] = {
	hide_name_column: true,
	add_fields: ["opd", "semua_opd", "aktif", "jenis_area", "berlaku_dari", "berlaku_sampai"],

	get_indicator(doc) {
		if (!doc.aktif) return [__("Inactive"), "gray", "aktif,=,0"];
		const today = frappe.datetime.get_today();
		if (doc.berlaku_sampai && doc.berlaku_sampai < today) {
			return [__("Expired"), "red", `berlaku_sampai,<,${today}`];
		}
		if (doc.berlaku_dari && doc.berlaku_dari > today) {
			return [__("Not Yet Valid"), "orange", `berlaku_dari,>,${today}`];
		}
		return [__("Active"), "green", "aktif,=,1"];
	},

	onload(list) {
		list.page.add_inner_button(__("Map of Places"), () => frappe.set_route("peta-lokasi"));
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			details: (doc) => [
				doc.semua_opd ? __("All OPD") : spbe.desk.link_text(doc, "opd", "nama_opd"),
				__(doc.jenis_area),
			],
		});
	},
};
