frappe.listview_settings["Tutup Bulan"] = {
	hide_name_column: true,
	add_fields: ["status", "opd", "bulan"],

	get_indicator(doc) {
		const colours = { Terbuka: "orange", Ditutup: "green", "Dibuka Kembali": "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.describe_rows(list, { details: (doc) => [spbe.desk.link_text(doc, "opd", "nama_opd"), doc.bulan] });
	},
};
