const arrivals = spbe.report.settings("Jam Datang", () => [spbe.report.month(), spbe.report.opd()]);

frappe.query_reports["Jam Datang"] = {
	...arrivals,
	// A heat map: the fuller an hour, the deeper its colour; the number stays readable in it.
	formatter(value, row, column, data, original) {
		const html = arrivals.formatter(value, row, column, data, original);
		if (!value || ["hari", "jumlah"].includes(column.fieldname)) return html;
		const hours = (each) => Object.entries(each).filter(([key, number]) => key !== "jumlah" && Number.isFinite(number));
		const most = Math.max(...frappe.query_report.data.flatMap((each) => hours(each).map(([, number]) => number)));
		const depth = (0.06 + (0.5 * value) / most).toFixed(2);
		return `<div style="background: rgba(36, 144, 239, ${depth}); padding: 0 4px; border-radius: 3px">${html}</div>`;
	},
};
