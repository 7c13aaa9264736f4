frappe.provide("frappe.dashboards.chart_sources");

// The server counts what the reader may see, anew each time: Frappe's own cache of charts is one for all readers.
frappe.dashboards.chart_sources["Pengecualian menurut Sebab"] = {
	method: "spbe_attendance.api.analitik.pengecualian",
	filters: spbe.report.analytics(),
};
