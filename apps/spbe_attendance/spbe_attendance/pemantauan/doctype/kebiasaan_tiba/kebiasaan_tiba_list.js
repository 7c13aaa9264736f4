frappe.listview_settings["Kebiasaan Tiba"] = spbe.desk.simple_list({
	fields: ["pegawai", "hari", "menit"],
	details: (doc) => [__("{0} minutes", [doc.menit]), __("{0} days", [doc.hari])],
});
