frappe.listview_settings["Kegiatan Apel"] = {
	hide_name_column: true,
	add_fields: ["status", "jenis_kegiatan", "tanggal", "mulai", "selesai"],

	get_indicator(doc) {
		const colours = { Rencana: "blue", Berlangsung: "orange", Selesai: "green", Batal: "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.describe_rows(list, {
			details: (doc) => [
				frappe.datetime.str_to_user(doc.tanggal),
				[doc.mulai, doc.selesai].map((time) => (time || "").slice(0, -3)).join("–"),
				__(doc.jenis_kegiatan),
			],
		});
	},
};
