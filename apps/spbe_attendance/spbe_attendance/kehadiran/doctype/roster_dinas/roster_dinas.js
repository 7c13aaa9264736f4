frappe.ui.form.on("Roster Dinas", {
	refresh(frm) {
		if (frm.is_new()) return;
		const name = frappe.utils.get_link_title("Pegawai", frm.doc.pegawai) || frm.doc.pegawai;
		frm.page.set_title(`${name}, ${frappe.datetime.str_to_user(frm.doc.tanggal)}`);
	},
});
