frappe.listview_settings.Pegawai = {
	hide_name_column: true,
	add_fields: ["status", "status_kepegawaian", "opd", "nip", "nomor_pegawai", "jabatan"],

	get_indicator(doc) {
		return [__(doc.status), doc.status === "Aktif" ? "green" : "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 6);
		spbe.desk.describe_rows(list, {
			details: (doc) => [doc.nip || doc.nomor_pegawai, spbe.desk.link_text(doc, "opd", "nama_opd")],
		});
		spbe.akun.list_menu(list);
	},
};
