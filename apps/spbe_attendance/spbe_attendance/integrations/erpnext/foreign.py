"""The one place that touches ERPNext's and HRMS's DocTypes: their names, their fields, what they need. Written against version 15
(ERPNext 15, HRMS 15) with what 16 adds; nothing of them is imported, and everything else asks here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.model.document import Document
from frappe.utils import getdate

from spbe_attendance.integrations.erpnext import ownership
from spbe_attendance.integrations.erpnext.mapping import LEFT
from spbe_attendance.kepegawaian import phones

APPS = ("erpnext", "hrms")
EMPLOYEE, COMPANY, DEPARTMENT, DESIGNATION = "Employee", "Company", "Department", "Designation"
HOLIDAY_LIST, LEAVE_TYPE, LEAVE = "Holiday List", "Leave Type", "Leave Application"
CHECKIN, ATTENDANCE = "Employee Checkin", "Attendance"
ESSENTIAL = (EMPLOYEE, COMPANY, DEPARTMENT)
ALL = (*ESSENTIAL, DESIGNATION, HOLIDAY_LIST, LEAVE_TYPE, LEAVE, CHECKIN, ATTENDANCE)
SUBMITTED, CANCELLED = 1, 2

# Our marks on their rows. Fields that stay empty for what is not ours.
_HIDDEN = {"read_only": 1, "no_copy": 1, "print_hide": 1}
MARKS: dict[str, list[dict[str, Any]]] = {
    EMPLOYEE: [
        {
            "fieldname": "spbe_pegawai",
            "label": "Pegawai (SPBE Absensi)",
            "fieldtype": "Link",
            "options": "Pegawai",
            "insert_after": "employee_number",
            "unique": 1,
            **_HIDDEN,
        },
        {
            "fieldname": "spbe_terakhir",
            "label": "SPBE Absensi: terakhir disamakan",
            "fieldtype": "Long Text",
            "insert_after": "spbe_pegawai",
            "hidden": 1,
            **_HIDDEN,
        },
    ],
    LEAVE: [
        {"fieldname": "spbe_ketidakhadiran", "label": "Ketidakhadiran (SPBE Absensi)", "fieldtype": "Data", "search_index": 1},
        {"fieldname": "spbe_sidik", "label": "SPBE Absensi: sidik", "fieldtype": "Data", "hidden": 1},
    ],
    CHECKIN: [{"fieldname": "spbe_absensi", "label": "Absensi (SPBE Absensi)", "fieldtype": "Data", "unique": 1}],
    ATTENDANCE: [
        {"fieldname": "spbe_rekap", "label": "Rekap Harian (SPBE Absensi)", "fieldtype": "Data", "search_index": 1},
        {"fieldname": "spbe_sidik", "label": "SPBE Absensi: sidik", "fieldtype": "Data", "hidden": 1},
    ],
}  # fmt: skip


def present() -> frozenset[str]:
    """Which of their DocTypes this site has."""
    return frozenset(frappe.get_all("DocType", {"name": ["in", ALL]}, pluck="name"))


def set_up() -> None:
    """Our marks on whatever of theirs is there; again and again without effect."""
    here = present()
    have = set(
        frappe.get_all("Custom Field", {"fieldname": ["like", "spbe_%"]}, ["dt", "fieldname"], as_list=True)
    )
    wanted: dict[str, list[dict[str, Any]]] = {}
    for doctype, rows in MARKS.items():
        missing = [{**_HIDDEN, **row} for row in rows if (doctype, row["fieldname"]) not in have]
        if doctype in here and missing:
            wanted[doctype] = missing
    if wanted:
        create_custom_fields(wanted, ignore_validate=True)


def take_down() -> None:
    """The marks go; what stands in their rows stays."""
    for doctype, rows in MARKS.items():
        for row in rows:
            name = f"{doctype}-{row['fieldname']}"
            frappe.delete_doc("Custom Field", name, ignore_missing=True, force=True, ignore_permissions=True)


def names(doctype: str) -> list[str]:
    """Names to choose from in the settings."""
    return frappe.get_all(doctype, pluck="name", order_by="name") if doctype in present() else []


def exists(doctype: str, name: str | None) -> bool:
    return bool(name and doctype in present() and frappe.db.exists(doctype, name))


# --- persons -----------------------------------------------------------------------------------------------------------------------

READ = (
    "name", "spbe_pegawai", "spbe_terakhir", "first_name", "middle_name", "last_name", "gender", "date_of_birth", "status",
    "employee_number", "company", "department", "date_of_joining", "designation", "reports_to", "cell_number", "user_id",
    "holiday_list",
)  # fmt: skip


def employees(people: Sequence[str]) -> dict[str, Any]:
    """Employees by the Pegawai they are linked with."""
    rows = frappe.get_all(EMPLOYEE, {"spbe_pegawai": ["in", list(people)]}, READ)
    return {row.spbe_pegawai: row for row in rows}


def unlinked(numbers: Sequence[str]) -> dict[str, Any]:
    """Employees without a Pegawai by their number; a number that two have belongs to nobody."""
    wanted = [number for number in numbers if number]
    if not wanted:
        return {}
    rows = frappe.get_all(
        EMPLOYEE, {"employee_number": ["in", wanted], "spbe_pegawai": ["is", "not set"]}, READ
    )
    found: dict[str, Any] = {}
    for row in rows:
        found[row.employee_number] = None if row.employee_number in found else row
    return {number: row for number, row in found.items() if row}


def employee_row(name: str) -> Any:
    return frappe.db.get_value(EMPLOYEE, name, READ, as_dict=True)


def values_of(row: Mapping[str, Any]) -> dict[str, str | None]:
    """An Employee in the terms of ``ownership.FIELDS``."""
    found = {item.name: _text(row.get(item.foreign)) for item in ownership.FIELDS}
    parts = (row.get(part) for part in ("first_name", "middle_name", "last_name"))
    found["nama"] = " ".join(part.strip() for part in parts if part and part.strip()) or None
    found["nomor_hp"] = phone(found["nomor_hp"])
    return found


def phone(number: str | None) -> str | None:
    """As ours are written; one that cannot be read is as good as none."""
    try:
        return phones.usable(number) if number else None
    except frappe.ValidationError:
        frappe.clear_last_message()
        return None


def agreed_of(row: Mapping[str, Any]) -> dict[str, str]:
    try:
        found = json.loads(row.get("spbe_terakhir") or "{}")
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def save_employee(
    name: str | None, person: str, out: Mapping[str, str], agreed: Mapping[str, str], leaves_on: str
) -> str:
    """Make or change an Employee; answers its name. ``leaves_on``: the last day, asked for by ERPNext of whoever has left."""
    doc = frappe.get_doc(EMPLOYEE, name) if name else frappe.new_doc(EMPLOYEE)
    foreign = {item.name: item.foreign for item in ownership.FIELDS}
    doc.update({foreign[field]: value for field, value in out.items()})
    if "nama" in out:
        doc.update({"middle_name": None, "last_name": None})
    if not name:
        # ERPNext would else restrict the account to this one Employee.
        doc.create_user_permission = 0
    if doc.status == LEFT and not doc.get("relieving_date"):
        doc.relieving_date = max(getdate(leaves_on), getdate(doc.date_of_joining))
    doc.spbe_pegawai, doc.spbe_terakhir = person, json.dumps(dict(agreed), sort_keys=True)
    return _write(doc).name


def note_agreed(name: str, person: str, agreed: Mapping[str, str]) -> None:
    """Link and remember, where nothing of theirs changes."""
    values = {"spbe_pegawai": person, "spbe_terakhir": json.dumps(dict(agreed), sort_keys=True)}
    frappe.db.set_value(EMPLOYEE, name, values, update_modified=False)


def department(title: str, company: str, parent: str | None, is_group: bool) -> str:
    """A Department of this title, made if missing; ERPNext names it with the company's abbreviation."""
    found = frappe.db.get_value(DEPARTMENT, {"department_name": title, "company": company})
    if found:
        return found
    doc = frappe.get_doc(
        {
            "doctype": DEPARTMENT,
            "department_name": title,
            "company": company,
            "parent_department": parent,
            "is_group": int(is_group),
        }
    )
    return _write(doc).name


def designation(title: str) -> None:
    """A Designation of this title, made if missing."""
    if not frappe.db.exists(DESIGNATION, title):
        _write(frappe.get_doc({"doctype": DESIGNATION, "designation_name": title}))


def holiday_list(name: str, first: date, last: date, rows: Sequence[tuple[date, str, bool]]) -> str | None:
    """Make or correct a Holiday List (day, what, weekly off); answers "made", "changed" or None."""
    made = not frappe.db.exists(HOLIDAY_LIST, name)
    doc = frappe.new_doc(HOLIDAY_LIST) if made else frappe.get_doc(HOLIDAY_LIST, name)
    have = [(getdate(row.holiday_date), row.description, bool(row.weekly_off)) for row in doc.get("holidays")]
    if not made and sorted(have) == sorted(rows):
        return None
    doc.update({"holiday_list_name": name, "from_date": first, "to_date": last, "holidays": []})
    for day, what, weekly in rows:
        doc.append("holidays", {"holiday_date": day, "description": what, "weekly_off": int(weekly)})
    _write(doc)
    return "made" if made else "changed"


# --- leave, punches, days ----------------------------------------------------------------------------------------------------------


def leaves(keys: Sequence[str]) -> dict[str, Any]:
    """Leave Applications of ours that are not cancelled, by key."""
    fields = ["name", "spbe_ketidakhadiran", "spbe_sidik", "docstatus"]
    filters = {"spbe_ketidakhadiran": ["in", list(keys)], "docstatus": ["!=", CANCELLED]}
    return {row.spbe_ketidakhadiran: row for row in frappe.get_all(LEAVE, filters, fields)}


def leaves_of(permit: str) -> list[str]:
    """Keys of the Leave Applications that a permit has there."""
    filters = {"spbe_ketidakhadiran": ["like", f"{permit}:%"], "docstatus": ["!=", CANCELLED]}
    return frappe.get_all(LEAVE, filters, pluck="spbe_ketidakhadiran")


def submit_leave(values: Mapping[str, Any], amended_from: str | None) -> str:
    doc = frappe.get_doc(
        {
            "doctype": LEAVE,
            "status": "Approved",
            "follow_via_email": 0,
            "posting_date": getdate(),
            "amended_from": amended_from,
            **values,
        }
    )
    return _submit(doc)


def checkins(punches: Sequence[str]) -> dict[str, str]:
    """Employee Checkins by the Absensi they show."""
    rows = frappe.get_all(CHECKIN, {"spbe_absensi": ["in", list(punches)]}, ["name", "spbe_absensi"])
    return {row.spbe_absensi: row.name for row in rows}


def add_checkin(employee: str, punch: str, log_type: str, moment: datetime, place: Mapping[str, Any]) -> str:
    """``place``: device_id, and latitude and longitude where the settings send them. HRMS shall make no Attendance of its own."""
    doc = frappe.get_doc(
        {
            "doctype": CHECKIN,
            "employee": employee,
            "log_type": log_type,
            # HRMS compares with what the database keeps.
            "time": moment.replace(microsecond=0),
            "skip_auto_attendance": 1,
            "spbe_absensi": punch,
            **place,
        }
    )
    return _write(doc).name


def remove(doctype: str, name: str) -> None:
    """A row that only shows what we have, and shows it no more."""
    frappe.delete_doc(doctype, name, ignore_permissions=True, force=True)


def attendances(employees_: Sequence[str], first: date, last: date) -> dict[tuple[str, date], Any]:
    """Attendances that are not cancelled, by Employee and day; whoever made them."""
    fields = [
        "name",
        "employee",
        "attendance_date",
        "status",
        "docstatus",
        "spbe_rekap",
        "spbe_sidik",
        "leave_application",
    ]
    filters = {
        "employee": ["in", list(employees_)],
        "attendance_date": ["between", (first, last)],
        "docstatus": ["!=", CANCELLED],
    }  # fmt: skip
    rows = frappe.get_all(ATTENDANCE, filters, fields)
    return {(row.employee, getdate(row.attendance_date)): row for row in rows}


def submit_attendance(values: Mapping[str, Any], amended_from: str | None) -> str:
    known = frappe.get_meta(ATTENDANCE).get_valid_columns()
    fitting = {field: value for field, value in values.items() if field in known}
    return _submit(frappe.get_doc({"doctype": ATTENDANCE, "amended_from": amended_from, **fitting}))


def adopt_attendance(name: str, key: str, mark: str) -> None:
    """HRMS made this one for a Leave Application of ours, and it says what we would say."""
    frappe.db.set_value(ATTENDANCE, name, {"spbe_rekap": key, "spbe_sidik": mark}, update_modified=False)


def attendances_without_recap(since: date) -> list[str]:
    """Attendances of ours whose day has no row any more."""
    row, rekap = frappe.qb.DocType(ATTENDANCE), frappe.qb.DocType("Rekap Harian")
    query = frappe.qb.from_(row).left_join(rekap).on(rekap.name == row.spbe_rekap).select(row.name)
    query = query.where((row.attendance_date >= since) & (row.docstatus == SUBMITTED))
    return [name for (name,) in query.where(row.spbe_rekap.isnotnull() & rekap.name.isnull()).run()]


def cancel(doctype: str, name: str) -> None:
    """Cancel, or remove what was never submitted."""
    doc = frappe.get_doc(doctype, name)
    doc.flags.ignore_permissions = doc.flags.from_spbe = True
    if doc.docstatus == SUBMITTED:
        doc.cancel()
    else:
        remove(doctype, name)


def _submit(doc: Document) -> str:
    _write(doc)
    doc.submit()
    return str(doc.name)


def _write(doc: Document) -> Document:
    """Saved by us: our own event hears of it and leaves it alone."""
    doc.flags.ignore_permissions = doc.flags.from_spbe = True
    return doc.save()


def _text(value: Any) -> str | None:
    if value in (None, ""):
        return None
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def linked_count() -> int:
    """How many Employees are linked; none before our mark is there."""
    if not frappe.db.has_column(EMPLOYEE, "spbe_pegawai"):
        return 0
    return frappe.db.count(EMPLOYEE, {"spbe_pegawai": ["is", "set"]})
