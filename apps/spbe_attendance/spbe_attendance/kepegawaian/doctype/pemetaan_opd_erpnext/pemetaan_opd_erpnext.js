frappe.ui.form.on("Pemetaan OPD ERPNext", {
	async refresh(frm) {
		if (!frm.perm[0]?.write) return;
		const { company, department } = await frappe.xcall("spbe_attendance.api.integrasi.pilihan_erpnext", {}, "GET");
		frm.set_df_property("company", "options", company);
		frm.set_df_property("department", "options", department);
	},
});
