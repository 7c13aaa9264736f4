frappe.query_reports["Peserta Apel"] = {
	filters: [
		{ fieldname: "kegiatan", label: __("Event"), fieldtype: "Link", options: "Kegiatan Apel", reqd: 1, width: 220 },
		{ fieldname: "opd", label: __("OPD"), fieldtype: "Link", options: "OPD" },
		{
			fieldname: "hasil",
			label: __("Result"),
			fieldtype: "Select",
			options: [
				{ value: "", label: "" },
				{ value: "hadir", label: __("Present") },
				{ value: "kurang", label: __("Missing") },
				{ value: "cuti", label: __("On Leave") },
				{ value: "sakit", label: __("Ill") },
				{ value: "izin", label: __("With Permission") },
				{ value: "dinas_luar", label: __("On Duty Elsewhere") },
				{ value: "shift", label: __("Shift") },
				{ value: "lainnya", label: __("Other Reasons") },
				{ value: "dikecualikan", label: __("Exempt") },
				{ value: "menunggu", label: __("Pending") },
				{ value: "tanpa_keterangan", label: __("Unexplained") },
			],
		},
	],
};
