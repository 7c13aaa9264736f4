frappe.listview_settings.Ketidakhadiran = spbe.permohonan.list_settings(
	"Ketidakhadiran",
	["Menunggu Atasan", "Menunggu Kepala OPD", "Menunggu BKPSDM"],
	(doc) => [
		spbe.desk.link_text(doc, "jenis", "nama_jenis"),
		[...new Set([doc.dari, doc.dipersingkat_sampai || doc.sampai])].map((day) => frappe.datetime.str_to_user(day)).join(" – "),
		__(doc.status),
	],
	["jenis", "dari", "sampai", "dipersingkat_sampai", "setengah_hari"]
);
