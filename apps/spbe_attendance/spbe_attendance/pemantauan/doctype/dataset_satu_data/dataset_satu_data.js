frappe.ui.form.on("Dataset Satu Data", {
	refresh(frm) {
		if (!frm.is_new()) frm.add_web_link?.(`/data/${frm.doc.name}`, __("Open the Public Page"));
	},
});
