frappe.query_reports["Rekap Potongan TPP"] = spbe.report.settings("Rekap Potongan TPP", () => [spbe.report.month(), spbe.report.opd(), spbe.report.status(), spbe.report.rule()]);
