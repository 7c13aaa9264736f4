const LACKS = ["tanpa_lokasi", "tanpa_akun", "tanpa_ponsel"];

frappe.query_reports["Siap Jalan Unit"] = {
	filters: [
		{ fieldname: "tanggal", label: __("Date"), fieldtype: "Date", default: frappe.datetime.get_today(), reqd: 1 },
		{ fieldname: "opd", label: __("OPD"), fieldtype: "Link", options: "OPD" },
		{ fieldname: "hanya_kurang", label: __("Only What Lacks Something"), fieldtype: "Check" },
	],

	/** A number leads to the names behind it, a unit without a place to the map. */
	formatter(value, row, column, data, standard) {
		const shown = standard(value, row, column, data);
		if (!data) return shown;
		if (LACKS.includes(column.fieldname) && value && frappe.boot.user.all_reports?.["Siap Jalan Pegawai"]) {
			const query = new URLSearchParams({
				tanggal: frappe.query_report.get_filter_value("tanggal"),
				opd: data.opd,
				kurang: column.fieldname,
			});
			return `<a class="text-danger" href="/app/query-report/Siap Jalan Pegawai?${query}">${value}</a>`;
		}
		if (column.fieldname === "lokasi_sendiri") {
			return `<a href="/app/peta-lokasi?${new URLSearchParams({ opd: data.opd })}">${value || 0}</a>`;
		}
		if (column.fieldname === "kurang") {
			return value ? `<span class="text-danger">${shown}</span>` : `<span class="text-success">${__("Ready")}</span>`;
		}
		return shown;
	},
};
