frappe.listview_settings["Impor Data"] = {
	hide_name_column: true,
	add_fields: ["status", "jenis", "opd", "jumlah_baru", "jumlah_berubah", "jumlah_ditolak"],

	get_indicator(doc) {
		const colours = {
			Baru: "gray", Antre: "yellow", Berjalan: "yellow", Diperiksa: "blue", Diimpor: "green", Terhenti: "orange", Gagal: "red", Dibatalkan: "orange",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, { details: (doc) => [spbe.desk.link_text(doc, "opd", "nama_opd")] });
	},
};
