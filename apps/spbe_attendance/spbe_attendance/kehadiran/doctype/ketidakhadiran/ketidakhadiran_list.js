frappe.listview_settings.Ketidakhadiran = spbe.permohonan.list_settings(
	"Ketidakhadiran",
	["Menunggu Atasan", "Menunggu Kepala OPD", "Menunggu BKPSDM"],
	(doc) => [
		spbe.desk.link_text(doc, "jenis", "nama_jenis"),
		`${frappe.datetime.str_to_user(doc.dari)} – ${frappe.datetime.str_to_user(doc.dipersingkat_sampai || doc.sampai)}`,
		__(doc.status),
	],
	["jenis", "dari", "sampai", "dipersingkat_sampai", "setengah_hari"]
);
