frappe.query_reports["Rekapitulasi Kehadiran"] = spbe.report.settings("Rekapitulasi Kehadiran", () => [spbe.report.month(), spbe.report.opd(), spbe.report.status()]);
