/** What happened, the two records it is about, and the one thing that can be done. */
const OURS_SHOWN = ["Pegawai", "OPD", "Ketidakhadiran", "Absensi", "Rekap Harian"];

frappe.ui.form.on("Catatan ERPNext", {
	refresh(frm) {
		frm.disable_save();
		const { jenis, acuan, jenis_erpnext, dokumen_erpnext, status } = frm.doc;
		frm.page.set_indicator(__(status), { Menunggu: "yellow", Gagal: "red", Konflik: "orange", Selesai: "green" }[status]);
		if (OURS_SHOWN.includes(jenis)) frm.add_custom_button(__("Open Here"), () => frappe.set_route("Form", jenis, acuan));
		if (dokumen_erpnext) frm.add_custom_button(__("Open in ERPNext"), () => frappe.set_route("Form", jenis_erpnext, dokumen_erpnext));
		if (status === "Gagal") frm.add_custom_button(__("Try Again"), () => act(frm, "coba_lagi")).addClass("btn-primary");
		if (status === "Konflik") frm.add_custom_button(__("Mark as Settled"), () => act(frm, "selesai")).addClass("btn-primary");
	},
});

async function act(frm, method) {
	await frappe.call({ method: "run_doc_method", args: { dt: frm.doctype, dn: frm.docname, method }, freeze: true });
	if (await frappe.db.exists(frm.doctype, frm.docname)) await frm.reload_doc();
	else frappe.set_route("List", frm.doctype);
}
