frappe.query_reports["Kartu Kehadiran"] = spbe.report.settings("Kartu Kehadiran", () => [spbe.report.month(), spbe.report.person()]);
