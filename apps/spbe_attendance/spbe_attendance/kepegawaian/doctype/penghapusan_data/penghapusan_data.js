(() => {
	const AT_WORK = ["Antre", "Berjalan"];
	const COLOURS = { Berjalan: "blue", Selesai: "green", Gagal: "red" };

	frappe.ui.form.on("Penghapusan Data", {
		refresh(frm) {
			frm.disable_save();
			frm.page.set_indicator(__(frm.doc.status), COLOURS[frm.doc.status] || "orange");
			follow(frm);
		},
	});

	/** The event of its end may come before the browser listens: a short job is over before its form is drawn. */
	function follow(frm) {
		clearTimeout(frm.following);
		const { doctype, name, status } = frm.doc;
		if (!AT_WORK.includes(status)) return;
		frm.following = setTimeout(async () => {
			if (cur_frm !== frm || frm.doc.name !== name) return;
			const { message } = await frappe.db.get_value(doctype, name, "status");
			if (message?.status && message.status !== frm.doc.status) frm.reload_doc();
			else follow(frm);
		}, 2000);
	}
})();
