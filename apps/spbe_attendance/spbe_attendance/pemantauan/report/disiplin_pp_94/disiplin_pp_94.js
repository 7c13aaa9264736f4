frappe.query_reports["Disiplin PP 94"] = spbe.report.settings("Disiplin PP 94", () => [spbe.report.year(), spbe.report.opd()]);
