frappe.query_reports["Jejak Audit"] = {
	filters: [
		{ fieldname: "dari", label: __("From"), fieldtype: "Date", default: frappe.datetime.add_days(frappe.datetime.get_today(), -6), reqd: 1 },
		{ fieldname: "sampai", label: __("Until"), fieldtype: "Date", default: frappe.datetime.get_today(), reqd: 1 },
		{
			fieldname: "jenis",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "Lihat Berkas", "Ekspor", "Ubah Data", "Ubah Aturan", "Ubah Hak Akses", "Akun", "Masuk"],
		},
		{ fieldname: "hasil", label: __("Outcome"), fieldtype: "Select", options: ["", "Berhasil", "Ditolak"] },
		{ fieldname: "oleh", label: __("By Whom"), fieldtype: "Link", options: "User" },
		{ fieldname: "tentang", label: __("About"), fieldtype: "Link", options: "Pegawai" },
		{ fieldname: "opd", label: __("OPD"), fieldtype: "Link", options: "OPD" },
		{ fieldname: "rujukan_doctype", label: __("Document Type"), fieldtype: "Data" },
	],
	formatter(value, row, column, data, original) {
		const html = original(value, row, column, data);
		return column.fieldname === "hasil" && data?.hasil === "Ditolak" ? `<span class="indicator-pill red">${html}</span>` : html;
	},
};
