frappe.query_reports["Siap Jalan Pegawai"] = {
	filters: [
		{ fieldname: "tanggal", label: __("Date"), fieldtype: "Date", default: frappe.datetime.get_today(), reqd: 1 },
		{ fieldname: "opd", label: __("OPD"), fieldtype: "Link", options: "OPD" },
		{
			fieldname: "kurang",
			label: __("Lacking"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("Anything") },
				{ value: "tanpa_lokasi", label: __("Without Place") },
				{ value: "tanpa_akun", label: __("Without Account") },
				{ value: "tanpa_ponsel", label: __("Without Phone") },
			],
		},
	],

	formatter(value, row, column, data, standard) {
		const shown = standard(value, row, column, data);
		if (column.fieldname !== "nama" || !data?.pegawai) return shown;
		return `<a href="${frappe.utils.get_form_link("Pegawai", data.pegawai)}">${shown}</a>`;
	},
};
