frappe.ui.form.on("Perangkat", {
	refresh(frm) {
		const may = ["BKPSDM", "Admin OPD", "System Manager"].some((role) => frappe.user.has_role(role));
		if (frm.is_new() || frm.doc.status === "Dicabut" || !may) return;
		if (frm.doc.status === "Menunggu Saksi") frm.add_custom_button(__("Approve in Place of a Witness"), () => approve(frm));
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

function approve(frm) {
	frappe.prompt(
		{
			fieldname: "alasan",
			fieldtype: "Small Text",
			label: __("How the Identity Was Checked"),
			reqd: 1,
			description: __("From now on this phone holds, and the person's other phones no more."),
		},
		async ({ alasan }) => {
			await frm.call("sahkan", { alasan });
			await frm.reload_doc();
			frappe.show_alert({ message: __("The phone holds now."), indicator: "green" });
		},
		__("Approve this phone?"),
		__("Approve in Place of a Witness")
	);
}
