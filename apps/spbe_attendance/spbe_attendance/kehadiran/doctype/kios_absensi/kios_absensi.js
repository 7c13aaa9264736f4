frappe.ui.form.on("Kios Absensi", {
	refresh(frm) {
		if (frm.is_new() || !frm.doc.aktif || !frm.perm[0]?.write) return;
		frm.add_custom_button(frm.doc.user ? __("New Password") : __("Make Account"), () => open_account(frm));
	},
});

async function open_account(frm) {
	const { message } = await frm.call("buka_akun");
	await frm.reload_doc();
	const text = (value) => frappe.utils.escape_html(value);
	frappe.msgprint({
		title: __("Log in on the tablet"),
		indicator: "green",
		message: `<p>${text(__("Shown this once. Open {0} on the tablet and log in:", ["/absen/kios"]))}</p>
			<p><b>${text(__("User"))}:</b> <code>${text(message.username)}</code><br>
			<b>${text(__("Password"))}:</b> <code>${text(message.password)}</code></p>`,
	});
}
