frappe.provide("frappe.dashboards.chart_sources");

// The server counts what the reader may see, anew each time: Frappe's own cache of charts is one for all readers.
frappe.dashboards.chart_sources["Kehadiran 14 Hari"] = {
	method: "spbe_attendance.api.beranda.kehadiran_14_hari",
	filters: [],
};
