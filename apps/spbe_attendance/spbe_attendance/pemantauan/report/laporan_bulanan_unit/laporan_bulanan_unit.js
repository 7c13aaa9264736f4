frappe.query_reports["Laporan Bulanan Unit"] = spbe.report.settings("Laporan Bulanan Unit", () => [spbe.report.month(), spbe.report.opd(), spbe.report.status()]);
