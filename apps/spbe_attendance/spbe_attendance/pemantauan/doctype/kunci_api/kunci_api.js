frappe.ui.form.on("Kunci API", {
	refresh(frm) {
		if (frm.is_new() || !frm.doc.aktif || !frm.perm[0]?.write) return;
		const label = frm.doc.rahasia_pada ? __("New Secret") : __("Make Secret");
		frm.add_custom_button(label, () => make_secret(frm));
	},
});

/** The secret that is in use ends with the new one: asked before, where there is one. */
async function make_secret(frm) {
	if (frm.doc.rahasia_pada) {
		const sure = await new Promise((done) =>
			frappe.confirm(__("The system that uses the present secret is locked out at once. Go on?"), () => done(true), () => done(false)),
		);
		if (!sure) return;
	}
	const { message } = await frm.call("buat_rahasia");
	await frm.reload_doc();
	const text = (value) => frappe.utils.escape_html(value);
	frappe.msgprint({
		title: __("Hand this to the system"),
		indicator: "green",
		message: `<p>${text(__("Shown this once. The system sends it with every request:"))}</p>
			<p><code>Authorization: ${text(message.kepala)}</code></p>
			<p>${text(__("What it may ask is described at {0}.", ["/api/method/spbe_attendance.api.sistem.deskripsi"]))}</p>`,
	});
}
