frappe.query_reports["Laporan Harian Unit"] = spbe.report.settings("Laporan Harian Unit", () => [spbe.report.day(), spbe.report.opd(), spbe.report.status()]);
