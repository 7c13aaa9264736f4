frappe.query_reports["Laporan Harian Pengecualian"] = spbe.report.settings("Laporan Harian Pengecualian", () => [spbe.report.day(), spbe.report.opd(), spbe.report.status()]);
