frappe.provide("frappe.dashboards.chart_sources");

// The server counts what the reader may see, anew each time: Frappe's own cache of charts is one for all readers.
frappe.dashboards.chart_sources["Ketepatan Waktu per OPD"] = {
	method: "spbe_attendance.api.analitik.ketepatan_opd",
	filters: spbe.report.analytics(),
};
