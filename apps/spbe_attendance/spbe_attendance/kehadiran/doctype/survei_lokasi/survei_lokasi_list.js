frappe.listview_settings["Survei Lokasi"] = {
	hide_name_column: true,
	add_fields: ["status", "opd", "jenis_area", "akurasi"],

	get_indicator(doc) {
		const colours = { Menunggu: "orange", Diterapkan: "green", Ditolak: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			details: (doc) => [spbe.desk.link_text(doc, "opd", "nama_opd"), __(doc.jenis_area), `±${Math.round(doc.akurasi)} m`],
		});
	},
};
