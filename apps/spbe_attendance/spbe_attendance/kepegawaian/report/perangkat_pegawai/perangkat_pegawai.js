frappe.query_reports["Perangkat Pegawai"] = {
	filters: [
		{ fieldname: "opd", label: __("OPD"), fieldtype: "Link", options: "OPD" },
		{
			fieldname: "keadaan",
			label: __("State"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("All") },
				{ value: "Dipakai Banyak Orang", label: __("Used by several people in 30 days") },
				{ value: "Tidak Dipakai", label: __("Unused for 90 days") },
				{ value: "Menunggu Saksi", label: __("Waiting for a witness") },
				{ value: "Aktif", label: __("Active") },
				{ value: "Dicabut", label: __("Revoked") },
			],
		},
	],
};
