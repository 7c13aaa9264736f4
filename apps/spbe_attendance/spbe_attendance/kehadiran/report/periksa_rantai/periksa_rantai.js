frappe.query_reports["Periksa Rantai"] = {
	filters: [spbe.report.month(), { ...spbe.report.opd(), reqd: 1 }],
	onload: (report) => spbe.report.address_settled(report),
	formatter(value, row, column, data, original) {
		const html = original(value, row, column, data);
		if (column.fieldname !== "keadaan") return html;
		const colour = value === __("Changed") ? "red" : "gray";
		return `<span class="indicator-pill ${colour}">${frappe.utils.escape_html(value)}</span>`;
	},
};
