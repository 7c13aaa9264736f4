frappe.listview_settings["Koreksi Absensi"] = spbe.permohonan.list_settings(
	"Koreksi Absensi",
	["Menunggu Persetujuan"],
	(doc) => [__(doc.jenis), frappe.datetime.str_to_user(doc.waktu), __(doc.status)],
	["jenis", "waktu", "tanggal"]
);
