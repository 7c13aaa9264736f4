frappe.provide("frappe.dashboards.chart_sources");

// The server counts what the reader may see, anew each time: Frappe's own cache of charts is one for all readers.
frappe.dashboards.chart_sources["Lama Keputusan per OPD"] = {
	method: "spbe_attendance.api.analitik.lama_keputusan",
	filters: spbe.report.analytics(),
};
