frappe.ui.form.on("Pemetaan OPD ERPNext", {
	async refresh(frm) {
		if (!frm.perm[0]?.write) return;
		const { message } = await frappe.call({ method: "spbe_attendance.api.integrasi.pilihan_erpnext", type: "GET" });
		frm.set_df_property("company", "options", message.company);
		frm.set_df_property("department", "options", message.department);
	},
});
