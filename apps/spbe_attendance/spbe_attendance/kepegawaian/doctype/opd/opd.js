frappe.ui.form.on("OPD", {
	refresh(frm) {
		if (!frm.is_new()) show_today(frm);
	},
});

/** Today's presence of the OPD with all below it, in words, each leading to the report that names the people. */
async function show_today(frm) {
	if (!frappe.model.can_read("Pegawai")) return;
	const { name } = frm.doc;
	const found = await frappe.xcall("spbe_attendance.api.beranda.opd_hari_ini", { opd: name });
	// Another OPD may have been opened meanwhile.
	if (cur_frm !== frm || frm.doc.name !== name) return;
	frm.dashboard.add_indicator(__("Active staff: {0}", [found.pegawai]), "blue");
	frm.dashboard.add_indicator(__("Present today: {0}", [found.hadir]), "green");
	frm.dashboard.add_indicator(__("Leave or duty: {0}", [found.izin]), "blue");
	frm.dashboard.add_indicator(__("Not yet: {0}", [found.belum]), found.belum ? "orange" : "green");
	frm.add_custom_button(__("Today by Name"), () =>
		frappe.set_route("query-report", "Laporan Harian Unit", { opd: name, tanggal: frappe.datetime.get_today() })
	);
}
