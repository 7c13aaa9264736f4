frappe.ui.form.on("Pegawai", {
	refresh(frm) {
		spbe.akun.buttons(frm);
		spbe.akun.history(frm);
	},
});
