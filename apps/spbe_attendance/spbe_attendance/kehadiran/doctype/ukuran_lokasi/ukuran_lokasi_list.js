frappe.listview_settings["Ukuran Lokasi"] = spbe.desk.simple_list({
	columns: 7,
	title: ["lokasi", "nama_lokasi"],
	fields: ["opd", "jumlah", "akurasi_median", "persen_ragu", "usulan"],
	get_indicator: (doc) =>
		doc.usulan
			? [__(doc.usulan), doc.usulan === "Perluas" ? "orange" : "red", `usulan,=,${doc.usulan}`]
			: [__("Fits"), "green", "usulan,=,"],
	details: (doc) => [
		spbe.desk.link_text(doc, "opd", "nama_opd"),
		__("{0} punches", [doc.jumlah]),
		`± ${Math.round(doc.akurasi_median)} m`,
		doc.usulan ? __(doc.usulan) : __("Fits"),
	],
});
