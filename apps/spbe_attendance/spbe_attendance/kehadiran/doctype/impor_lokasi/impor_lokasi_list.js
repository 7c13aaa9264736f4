frappe.listview_settings["Impor Lokasi"] = {
	hide_name_column: true,
	add_fields: ["status", "jumlah", "jumlah_baru", "nama_berkas"],

	get_indicator(doc) {
		const colours = { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Diperiksa: "blue", Diimpor: "green", Gagal: "red", Dibatalkan: "orange" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			title: (doc) => doc.nama_berkas || __("Without File"),
			details: (doc) => [__("{0} places", [doc.jumlah || 0])],
		});
	},
};
