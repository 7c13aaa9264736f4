frappe.listview_settings.Sanggah = spbe.permohonan.list_settings(
	"Sanggah",
	["Diajukan"],
	(doc) => [
		frappe.datetime.str_to_user(doc.tanggal),
		`${__("Answer Due")}: ${frappe.datetime.str_to_user(doc.jawab_sebelum)}`,
		__(doc.status),
	],
	["tanggal", "jawab_sebelum"]
);
