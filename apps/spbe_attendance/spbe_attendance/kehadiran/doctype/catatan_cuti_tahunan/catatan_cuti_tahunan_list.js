frappe.listview_settings["Catatan Cuti Tahunan"] = spbe.desk.simple_list({
	title: ["pegawai", "nama"],
	fields: ["tahun", "terpakai", "tambahan"],
	details: (doc) => [doc.tahun, __("{0} days taken", [doc.terpakai])],
});
