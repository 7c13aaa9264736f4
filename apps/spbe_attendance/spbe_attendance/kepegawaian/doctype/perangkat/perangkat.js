frappe.ui.form.on("Perangkat", {
	refresh(frm) {
		const may = ["BKPSDM", "Admin OPD", "System Manager"].some((role) => frappe.user.has_role(role));
		if (frm.is_new() || frm.doc.status !== "Aktif" || !may) return;
		frm.add_custom_button(__("Revoke"), () => revoke(frm));
	},
});

function revoke(frm) {
	frappe.prompt(
		{
			fieldname: "alasan",
			fieldtype: "Small Text",
			label: __("Reason for Revoking"),
			reqd: 1,
			description: __("Nothing signed by this phone is taken any more, punches that wait on it included."),
		},
		async ({ alasan }) => {
			await frm.call("cabut", { alasan });
			await frm.reload_doc();
			frappe.show_alert({ message: __("The phone has been revoked."), indicator: "green" });
		},
		__("Revoke this phone?"),
		__("Revoke")
	);
}
