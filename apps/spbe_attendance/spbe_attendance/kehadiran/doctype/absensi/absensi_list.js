frappe.listview_settings.Absensi = {
	hide_name_column: true,
	add_fields: ["status", "putusan_lokasi", "perlu_tinjau", "foto_status"],

	get_indicator(doc) {
		const colours = { Sah: "green", "Menunggu Persetujuan": "orange", Disetujui: "blue", Ditolak: "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},

	onload(list) {
		list.page.add_inner_button(__("Waiting for Approval"), () =>
			list.filter_area.set([["Absensi", "status", "=", "Menunggu Persetujuan"]])
		);
		list.page.add_inner_button(__("To Review"), () => list.filter_area.set([["Absensi", "perlu_tinjau", "=", 1]]));
	},

	formatters: {
		putusan_lokasi(value) {
			const colours = { Dalam: "green", Ragu: "orange", Luar: "red" };
			return value ? `<span class="indicator-pill no-indicator-dot ${colours[value]}">${__(value)}</span>` : "";
		},
	},
};
