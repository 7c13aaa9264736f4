/** One button: have the file made. It is done in the background; the form follows it. */
const EKSPOR_COLOURS = { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Selesai: "green", Gagal: "red" };

frappe.ui.form.on("Ekspor SIMPEGNAS", {
	onload(frm) {
		if (frm.is_new() && !frm.doc.bulan) {
			frm.set_value("bulan", frappe.datetime.add_months(frappe.datetime.get_today(), -1).slice(0, 7));
		}
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Choose month and scope, save, then make the file. Months that are not closed need the tick Provisional."), "blue");
			return;
		}
		frm.page.set_indicator(__(frm.doc.status), EKSPOR_COLOURS[frm.doc.status]);
		if (["Antre", "Berjalan"].includes(frm.doc.status)) {
			spbe.desk.follow_task(frm);
			return;
		}
		if (!frm.perm[0]?.write) return;
		const label = frm.doc.berkas ? __("Make the File Again") : __("Make the File");
		frm.add_custom_button(label, () => make_file(frm)).removeClass("btn-default").addClass("btn-primary");
	},
});

async function make_file(frm) {
	if (frm.is_dirty()) await frm.save();
	try {
		// By its name: while the form is read anew there is no document to send.
		await frappe.call({ method: "run_doc_method", args: { dt: frm.doctype, dn: frm.docname, method: "ekspor" }, freeze: true });
	} finally {
		await frm.reload_doc();
	}
}
