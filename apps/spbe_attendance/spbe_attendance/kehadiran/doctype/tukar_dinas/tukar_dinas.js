frappe.ui.form.on("Tukar Dinas", {
	setup(frm) {
		frm.set_query("rekan", () => ({ filters: { opd: frm.doc.opd || undefined, name: ["!=", frm.doc.pemohon || ""] } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		// What was asked for is decided by the workflow's buttons, not edited.
		["pemohon", "tanggal", "rekan", "tanggal_rekan", "alasan"].forEach((field) =>
			frm.set_df_property(field, "read_only", 1)
		);
		frm.disable_save();
		const names = ["pemohon", "rekan"].map((field) => frappe.utils.get_link_title("Pegawai", frm.doc[field]) || frm.doc[field]);
		frm.page.set_title(names.join(" ↔ "));
	},

	before_workflow_action(frm) {
		return spbe.permohonan.ask_before(frm, { Tolak: "catatan_persetujuan", Batalkan: "alasan_batal" });
	},
});
