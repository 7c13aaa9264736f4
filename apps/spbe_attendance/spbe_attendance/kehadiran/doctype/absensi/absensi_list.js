const STATUS_COLOURS = { Sah: "green", "Menunggu Persetujuan": "orange", Disetujui: "blue", Ditolak: "red" };
const VERDICT_COLOURS = { Dalam: "green", Ragu: "orange", Luar: "red" };

frappe.listview_settings.Absensi = {
	hide_name_column: true,
	add_fields: ["status", "putusan_lokasi", "perlu_tinjau", "foto_status", "opd"],

	get_indicator(doc) {
		return [__(doc.status), STATUS_COLOURS[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 7);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pegawai", "nama"),
			details: (doc) => [
				__(doc.jenis),
				frappe.datetime.str_to_user(doc.waktu),
				__(doc.putusan_lokasi),
				doc.status === "Sah" ? "" : __(doc.status),
			],
		});
		list.page.add_inner_button(__("Waiting for Approval"), () =>
			list.filter_area.set([["Absensi", "status", "=", "Menunggu Persetujuan"]])
		);
		list.page.add_inner_button(__("To Review"), () => list.filter_area.set([["Absensi", "perlu_tinjau", "=", 1]]));
	},

	formatters: {
		// A whole date with seconds would be cut off; the tooltip has it.
		waktu(value) {
			if (!value) return "";
			const [day, clock] = frappe.datetime.str_to_user(value).split(" ");
			const whole = frappe.utils.escape_html(`${day} ${clock}`);
			return `<span class="ellipsis" title="${whole}">${day.slice(0, 5)} ${(clock || "").slice(0, 5)}</span>`;
		},
		opd(value) {
			return frappe.utils.escape_html(value || "");
		},
		putusan_lokasi(value) {
			const colour = VERDICT_COLOURS[value] || "gray";
			return value ? `<span class="indicator-pill no-indicator-dot ${colour}">${__(value)}</span>` : "";
		},
	},
};
