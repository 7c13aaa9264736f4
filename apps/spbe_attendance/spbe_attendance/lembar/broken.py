"""Sentences about files that are not taken."""

from __future__ import annotations

from frappe import _


def describe(code: str) -> tuple[str, str]:
    """(what is wrong, what to do) for a BrokenTable's code."""
    reasons = {
        "empty": (_("The file is empty."), _("Attach the sheet that has the rows.")),
        "unreadable": (_("The file cannot be read."), _("Save it as XLSX or CSV and attach it again.")),
        "not_text": (
            _("The file is neither XLSX nor CSV."),
            _("Open it in Excel, save it as XLSX and attach it again."),
        ),
        "encrypted": (
            _("The file is locked with a password."),
            _("Open it, take the password away (File, Info, Protect Workbook), save it and attach it again."),
        ),
        "old_xls": (
            _("The file has the old format XLS."),
            _("Open it in Excel, choose Save As, then Excel Workbook (XLSX), and attach that file."),
        ),
        "macros": (
            _("The file contains macros, which are not accepted."),
            _("Save it as Excel Workbook (XLSX) without macros and attach that file."),
        ),
        "html": (
            _("The file is a web page that only bears the name of a sheet."),
            _("Open it in Excel, choose Save As, then Excel Workbook (XLSX), and attach that file."),
        ),
        "ods": (
            _("The file is an OpenDocument sheet."),
            _("Save it as XLSX or CSV and attach it again."),
        ),
        "no_sheet": (_("The sheet is not in the file."), _("Choose another sheet of the file.")),
        "not_attached": (_("There is no file."), _("Attach the sheet here and save.")),
        "no_rows": (_("There is no row below the header."), _("Enter one row for each person.")),
    }
    return reasons[code]
