frappe.query_reports["Ikhtisar OPD"] = spbe.report.settings("Ikhtisar OPD", () => [spbe.report.month(), spbe.report.opd()]);
