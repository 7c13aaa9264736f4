"""Stand-ins for ERPNext's and HRMS's DocTypes, made as real DocTypes in the database: their names, naming, mandatory and unique fields,
what can be submitted. No code of theirs is on the registries, so what their controllers refuse is told here in a few hooks only.

The facts were read in the JSON files of frappe/erpnext and frappe/hrms on their develop branches in 2026 (version 16, in work) and hold
for version 15 alike, except ``half_day_status``, which HRMS has since 15.40.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

from spbe_attendance.integrations.erpnext import foreign

REQUIRED, UNIQUE = "required", "unique"
SERIES = "naming_series:"
# DocType: (naming, submittable, [(field, type, options, *marks)]); layout fields and what nobody here touches left out.
FACTS: dict[str, tuple[str, bool, list[tuple[str, ...]]]] = {
    "Company": (
        "field:company_name",
        False,
        [
            ("company_name", "Data", "", REQUIRED, UNIQUE),
            ("abbr", "Data", "", REQUIRED),
            ("default_currency", "Link", "Currency", REQUIRED),
            ("country", "Link", "Country", REQUIRED),
        ],
    ),
    "Designation": ("field:designation_name", False, [("designation_name", "Data", "", REQUIRED, UNIQUE)]),
    # ERPNext's controller names it "{department_name} - {abbr}".
    "Department": (
        "format:{department_name} - UJI",
        False,
        [
            ("department_name", "Data", "", REQUIRED),
            ("parent_department", "Link", "Department"),
            ("company", "Link", "Company", REQUIRED),
            ("is_group", "Check", ""),
        ],
    ),
    "Holiday": (
        "",
        False,
        [("holiday_date", "Date", "", REQUIRED), ("description", "Text Editor", "", REQUIRED), ("weekly_off", "Check", "")],
    ),
    "Holiday List": (
        "field:holiday_list_name",
        False,
        [
            ("holiday_list_name", "Data", "", REQUIRED, UNIQUE),
            ("from_date", "Date", "", REQUIRED),
            ("to_date", "Date", "", REQUIRED),
            ("holidays", "Table", "Holiday"),
        ],
    ),
    "Employee": (
        SERIES,
        False,
        [
            ("naming_series", "Select", "HR-EMP-"),
            ("first_name", "Data", "", REQUIRED),
            ("middle_name", "Data", ""),
            ("last_name", "Data", ""),
            ("gender", "Link", "Gender", REQUIRED),
            ("date_of_birth", "Date", "", REQUIRED),
            ("date_of_joining", "Date", "", REQUIRED),
            ("status", "Select", "Active\nInactive\nSuspended\nLeft", REQUIRED),
            ("relieving_date", "Date", ""),
            ("company", "Link", "Company", REQUIRED),
            ("department", "Link", "Department"),
            ("employee_number", "Data", ""),
            ("designation", "Link", "Designation"),
            ("reports_to", "Link", "Employee"),
            ("user_id", "Link", "User"),
            ("create_user_permission", "Check", ""),
            ("cell_number", "Data", ""),
            ("holiday_list", "Link", "Holiday List"),
            ("bank_ac_no", "Data", ""),
        ],
    ),
    "Leave Type": ("field:leave_type_name", False, [("leave_type_name", "Data", "", REQUIRED, UNIQUE)]),
    "Leave Application": (
        SERIES,
        True,
        [
            ("naming_series", "Select", "HR-LAP-.YYYY.-", REQUIRED),
            ("employee", "Link", "Employee", REQUIRED),
            ("leave_type", "Link", "Leave Type", REQUIRED),
            ("company", "Link", "Company", REQUIRED),
            ("from_date", "Date", "", REQUIRED),
            ("to_date", "Date", "", REQUIRED),
            ("half_day", "Check", ""),
            ("half_day_date", "Date", ""),
            ("description", "Small Text", ""),
            ("status", "Select", "Open\nApproved\nRejected\nCancelled", REQUIRED),
            ("posting_date", "Date", "", REQUIRED),
            ("follow_via_email", "Check", ""),
        ],
    ),
    "Employee Checkin": (
        "EMP-CKIN-.MM.-.YYYY.-.######",
        False,
        [
            ("employee", "Link", "Employee", REQUIRED),
            ("log_type", "Select", "\nIN\nOUT"),
            ("time", "Datetime", "", REQUIRED),
            ("device_id", "Data", ""),
            ("skip_auto_attendance", "Check", ""),
            ("latitude", "Float", ""),
            ("longitude", "Float", ""),
        ],
    ),
    "Attendance": (
        SERIES,
        True,
        [
            ("naming_series", "Select", "HR-ATT-.YYYY.-", REQUIRED),
            ("employee", "Link", "Employee", REQUIRED),
            ("status", "Select", "\nPresent\nAbsent\nOn Leave\nHalf Day\nWork From Home", REQUIRED),
            ("half_day_status", "Select", "\nPresent\nAbsent"),
            ("leave_type", "Link", "Leave Type"),
            ("leave_application", "Link", "Leave Application"),
            ("attendance_date", "Date", "", REQUIRED),
            ("company", "Link", "Company", REQUIRED),
            ("department", "Link", "Department"),
            ("working_hours", "Float", ""),
            ("in_time", "Datetime", ""),
            ("out_time", "Datetime", ""),
            ("late_entry", "Check", ""),
            ("early_exit", "Check", ""),
        ],
    ),
}  # fmt: skip
COMPANY = "Kabupaten Uji"


def build() -> None:
    """Make them; commits, for the database does so at every change of a table."""
    drop()
    for name, (naming, submittable, fields) in FACTS.items():
        make_doctype(name, naming, submittable, fields)
    # Columns cannot be added within a test: the database commits at each.
    foreign.set_up()
    frappe.db.commit()


def drop() -> None:
    """Everything of them goes, our marks included."""
    foreign.take_down()
    for name in reversed(FACTS):
        frappe.delete_doc("DocType", name, ignore_missing=True, force=True, ignore_permissions=True)
    frappe.db.sql_ddl(
        """drop table if exists `tabCompany`, `tabDesignation`, `tabDepartment`, `tabHoliday`, `tabHoliday List`, `tabEmployee`,
        `tabLeave Type`, `tabLeave Application`, `tabEmployee Checkin`, `tabAttendance`"""
    )
    frappe.db.delete("Series", {"name": ["like", "HR-%"]})
    frappe.db.commit()


def make_doctype(name: str, naming: str, submittable: bool, fields: list[tuple[str, ...]]) -> Document:
    rows = [
        {
            "fieldname": field,
            "label": field,
            "fieldtype": kind,
            "options": options,
            "reqd": int(REQUIRED in marks),
            "unique": int(UNIQUE in marks),
        }
        for field, kind, options, *marks in fields
    ]
    if submittable:
        rows.append(
            {
                "fieldname": "amended_from",
                "label": "Amended From",
                "fieldtype": "Link",
                "options": name,
                "no_copy": 1,
            }
        )
    doc = frappe.get_doc(
        {
            "doctype": "DocType",
            "name": name,
            "module": "Custom",
            "custom": 1,
            "istable": int(name == "Holiday"),
            "is_submittable": int(submittable),
            "autoname": naming,
            "fields": rows,
            "permissions": [{"role": "System Manager", "read": 1, "write": 1, "create": 1, **({"submit": 1, "cancel": 1} if submittable else {})}],
        }
    )  # fmt: skip
    return doc.insert()


def make_company(**values: Any) -> Document:
    """With the two Genders that Frappe's own set-up makes."""
    for name in ("Male", "Female"):
        if not frappe.db.exists("Gender", name):
            frappe.get_doc({"doctype": "Gender", "gender": name}).insert()
    fresh = {"company_name": COMPANY, "abbr": "UJI", "default_currency": "IDR", "country": "Indonesia"}
    return frappe.get_doc({"doctype": "Company", **fresh, **values}).insert()


def make_employee(**values: Any) -> Document:
    """One that ERPNext's people have made."""
    fresh = {
        "first_name": "Orang",
        "gender": "Male",
        "date_of_birth": "1990-01-01",
        "date_of_joining": "2020-01-01",
        "status": "Active",
        "company": COMPANY,
    }
    return frappe.get_doc({"doctype": "Employee", **fresh, **values}).insert()


def switch_on(**values: Any) -> Document:
    """The integration, with everything on and from a day long ago."""
    doc = frappe.get_doc("Integrasi ERPNext")
    parts = dict.fromkeys(("kirim_libur", "kirim_cuti", "kirim_absensi", "kirim_rekap"), 1)
    doc.update(
        {
            "aktif": 1,
            "company": COMPANY,
            "arah": "Dua Arah",
            "proyeksi_sejak": "2026-01-01",
            **parts,
            **values,
        }
    )
    return doc.save()
