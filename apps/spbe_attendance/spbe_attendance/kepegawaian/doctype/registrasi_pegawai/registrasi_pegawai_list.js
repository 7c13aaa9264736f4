const REGISTRATION_COLOURS = {
	Diajukan: "orange",
	"Sudah Terdaftar": "red",
	Terverifikasi: "blue",
	Disetujui: "green",
	Dikembalikan: "yellow",
	Ditolak: "red",
	Digantikan: "gray",
};
const FOUND_COLOURS = { Tepat: "green", Mendekati: "orange", "Tidak Ada": "red" };

// Deciding on many at once is the framework's: the workflow's actions stand in the menu as soon as rows are chosen.
frappe.listview_settings["Registrasi Pegawai"] = {
	add_fields: ["status", "kecocokan", "opd", "jabatan", "diajukan_pada", "nik_samar"],
	filters: [["status", "in", ["Diajukan", "Terverifikasi", "Sudah Terdaftar"]]],
	hide_name_column: true,

	get_indicator(doc) {
		return [__(doc.status), REGISTRATION_COLOURS[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 7);
		spbe.desk.describe_rows(list, {
			details: (doc) => [doc.jabatan, doc.opd, doc.kecocokan && `${__("Match")}: ${__(doc.kecocokan)}`],
		});
		list.page.add_inner_button(__("To Verify"), () =>
			list.filter_area.set([["Registrasi Pegawai", "status", "=", "Diajukan"]])
		);
		list.page.add_inner_button(__("To Approve"), () =>
			list.filter_area.set([["Registrasi Pegawai", "status", "=", "Terverifikasi"]])
		);
	},

	formatters: {
		opd(value) {
			return frappe.utils.escape_html(value || "");
		},
		kecocokan(value) {
			return value
				? `<span class="indicator-pill no-indicator-dot ${FOUND_COLOURS[value]}">${__(value)}</span>`
				: "";
		},
	},
};
