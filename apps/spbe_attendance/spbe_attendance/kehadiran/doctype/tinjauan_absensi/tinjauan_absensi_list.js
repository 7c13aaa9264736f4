const REVIEW_COLOURS = { Menunggu: "orange", "Perlu Klarifikasi": "blue", Wajar: "green", "Tidak Sah": "red" };

// Deciding on many at once is the framework's: the workflow's actions stand in the menu as soon as rows are chosen.
frappe.listview_settings["Tinjauan Absensi"] = {
	add_fields: ["status", "skor", "pegawai", "opd", "tanggal", "isyarat_utama"],
	filters: [["status", "=", "Menunggu"]],
	hide_name_column: true,

	get_indicator(doc) {
		return [__(doc.status), REVIEW_COLOURS[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 7);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pegawai", "nama"),
			details: (doc) => [doc.isyarat_utama, frappe.datetime.str_to_user(doc.tanggal), `${__("Score")} ${doc.skor}`],
		});
		list.page.add_inner_button(__("Need an Answer"), () =>
			list.filter_area.set([["Tinjauan Absensi", "status", "=", "Perlu Klarifikasi"]])
		);
		list.page.add_inner_button(__("Waiting"), () =>
			list.filter_area.set([["Tinjauan Absensi", "status", "=", "Menunggu"]])
		);
	},

	formatters: {
		opd(value) {
			return frappe.utils.escape_html(value || "");
		},
		skor(value) {
			const colour = value >= 70 ? "red" : value >= 40 ? "orange" : "gray";
			return `<span class="indicator-pill no-indicator-dot ${colour}">${cint(value)}</span>`;
		},
		isyarat_utama(value) {
			const words = frappe.utils.escape_html(value || "");
			return `<span class="ellipsis" title="${words}">${words}</span>`;
		},
	},
};
