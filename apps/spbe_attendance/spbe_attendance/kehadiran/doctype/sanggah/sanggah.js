frappe.ui.form.on("Sanggah", {
	async refresh(frm) {
		spbe.permohonan.show_status(frm);
		await spbe.permohonan.for_oneself(frm);
	},

	before_workflow_action(frm) {
		return spbe.permohonan.ask_before(frm, { Terima: "jawaban", Tolak: "jawaban", Batalkan: "alasan_batal" });
	},
});
