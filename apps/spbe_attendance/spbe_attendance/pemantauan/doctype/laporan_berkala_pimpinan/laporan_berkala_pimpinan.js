frappe.ui.form.on("Laporan Berkala Pimpinan", {
	refresh(frm) {
		frm.add_custom_button(__("Preview"), () => show(frm));
		if (frm.doc.aktif && !frm.is_dirty()) frm.add_custom_button(__("Send Now"), () => send(frm));
	},
});

async function show(frm) {
	const { message } = await frm.call("pratinjau");
	const dialog = new frappe.ui.Dialog({ title: message.subjek, size: "large" });
	// In a frame of its own: the letter looks as it will in the mail, and nothing in it runs.
	const frame = $("<iframe>", { sandbox: "", title: message.subjek, css: { width: "100%", height: "60vh", border: 0, background: "#fff" } });
	frame.attr("srcdoc", message.isi).appendTo(dialog.body);
	dialog.show();
}

function send(frm) {
	frappe.confirm(__("Send it to {0} recipients now?", [frm.doc.penerima.length]), async () => {
		await frm.call("kirim");
		frappe.show_alert({ message: __("It is on its way: the result stands here in a minute."), indicator: "green" });
	});
}
