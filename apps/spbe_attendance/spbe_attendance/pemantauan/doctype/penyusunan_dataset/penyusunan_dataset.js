/** One button: have the draft made. It is done in the background; the form follows it. */
const COLOURS = { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Selesai: "green", Gagal: "red" };

frappe.ui.form.on("Penyusunan Dataset", {
	onload(frm) {
		if (frm.is_new() && !frm.doc.periode) {
			frm.set_value("periode", frappe.datetime.add_months(frappe.datetime.get_today(), -1).slice(0, 7));
		}
	},

	refresh(frm) {
		frm.toggle_display("periode", frm.doc.dataset === "kehadiran-pegawai");
		if (frm.is_new()) {
			frm.set_intro(__("Drafts are made by themselves when every OPD has closed the month. Ask for one here after a correction."), "blue");
			return;
		}
		frm.page.set_indicator(__(frm.doc.status), COLOURS[frm.doc.status]);
		if (["Antre", "Berjalan"].includes(frm.doc.status)) {
			spbe.desk.follow_task(frm);
			return;
		}
		if (frm.doc.versi) frm.add_custom_button(__("Open the Version"), () => frappe.set_route("Form", "Versi Dataset", frm.doc.versi));
		if (!frm.perm[0]?.write) return;
		frm.add_custom_button(__("Make the Draft"), () => make_draft(frm)).removeClass("btn-default").addClass("btn-primary");
	},

	dataset(frm) {
		frm.toggle_display("periode", frm.doc.dataset === "kehadiran-pegawai");
	},
});

async function make_draft(frm) {
	if (frm.is_dirty()) await frm.save();
	try {
		// By its name: while the form is read anew there is no document to send.
		await frappe.call({ method: "run_doc_method", args: { dt: frm.doctype, dn: frm.docname, method: "susun" }, freeze: true });
	} finally {
		await frm.reload_doc();
	}
}
