frappe.ui.form.on("Penahanan Data", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_save();
		frm.set_df_property("orang", "read_only", 1);
		if (frm.doc.status !== "Berlaku" || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Lift the Hold"), () => lift(frm));
	},
});

function lift(frm) {
	const question = { fieldname: "alasan", fieldtype: "Small Text", label: __("Why Lifted"), reqd: 1 };
	frappe.prompt(question, ({ alasan }) => frm.call("cabut", { alasan }).then(() => frm.reload_doc()), __("Lift the Hold"));
}
