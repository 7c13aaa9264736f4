frappe.ui.form.on("Koreksi Absensi", {
	async refresh(frm) {
		spbe.permohonan.show_status(frm);
		frm.set_query("absensi_asal", () => ({
			filters: { pegawai: frm.doc.pegawai || "", tanggal: frm.doc.tanggal || "" },
		}));
		frm.set_query("saksi", () => ({ filters: { status: "Aktif", name: ["!=", frm.doc.pegawai || ""] } }));
		await spbe.permohonan.for_oneself(frm);
	},

	tanggal(frm) {
		if (frm.doc.tanggal && !frm.doc.waktu) frm.set_value("waktu", `${frm.doc.tanggal} 07:30:00`);
	},

	before_workflow_action(frm) {
		return spbe.permohonan.ask_before(frm, { Tolak: "catatan_persetujuan", Batalkan: "alasan_batal" });
	},
});
