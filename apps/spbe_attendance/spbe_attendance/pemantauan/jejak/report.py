"""The report Jejak Audit: what was looked at and changed, with what was done to accounts and who logged in, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate, nowdate
from pypika import Order

from spbe_attendance.pemantauan.jejak import log

MOST = 2000
ACCOUNTS, LOGINS = "Akun", "Masuk"
Row = dict[str, Any]


def build(filters: dict[str, Any]) -> tuple[list[Row], list[Row], str | None]:
    """Columns, rows, and a sentence when there are more than shown. ``filters``: dari, sampai (dates), oleh, jenis, hasil, tentang,
    opd, rujukan_doctype; each may be left out."""
    asked = {key: value for key, value in filters.items() if value}
    rows = sorted(
        [*_trace(asked), *_accounts(asked), *_logins(asked)], key=lambda row: row["waktu"], reverse=True
    )
    note = _("More than {0} rows: only the newest are shown. Narrow the dates or the filters.").format(MOST)
    return columns(), _with_names(rows[:MOST]), note if len(rows) > MOST else None


def columns() -> list[Row]:
    def column(field: str, label: str, width: int, kind: str = "Data", options: str = "") -> Row:
        return {"fieldname": field, "label": label, "width": width, "fieldtype": kind, "options": options}

    return [
        column("waktu", _("When"), 160, "Datetime"),
        column("oleh", _("By Whom"), 190, "Link", "User"),
        column("nama_oleh", _("Name"), 160),
        column("jenis", _("Kind"), 120),
        column("hasil", _("Outcome"), 90),
        column("rujukan_doctype", _("Document Type"), 140),
        column("rujukan", _("Document"), 140),
        column("nama_tentang", _("About"), 170),
        column("opd", _("OPD"), 140, "Link", "OPD"),
        column("alamat", _("Address"), 120),
        column("rincian", _("Details"), 420),
    ]


def _span(filters: Row) -> tuple[str, str]:
    """First and last moment."""
    last = str(getdate(filters.get("sampai") or nowdate()))
    first = str(getdate(filters["dari"])) if filters.get("dari") else str(add_days(last, -6))
    return f"{first} 00:00:00", f"{last} 23:59:59.999999"


def _read(doctype: str, filters: Row, fields: Iterable[str], equal: Iterable[str], moment: str) -> list[Row]:
    """Past row permissions: the report is for who may read all of it, which its roles and the DocType say."""
    table = frappe.qb.DocType(doctype)
    query = frappe.qb.from_(table).select(*(table[field] for field in fields))
    query = query.where(table[moment][slice(*_span(filters))])
    for field in equal:
        if filters.get(field):
            query = query.where(table[field] == filters[field])
    return list(query.orderby(table[moment], order=Order.desc).limit(MOST + 1).run(as_dict=True))


def _trace(filters: Row) -> list[Row]:
    if filters.get("jenis") in (ACCOUNTS, LOGINS):
        return []
    fields = [
        "waktu",
        "oleh",
        "jenis",
        "hasil",
        "rujukan_doctype",
        "rujukan",
        "tentang",
        "opd",
        "alamat",
        "rincian",
    ]
    equal = ("oleh", "jenis", "hasil", "tentang", "opd", "rujukan_doctype")
    return _read(log.DOCTYPE, filters, fields, equal, "waktu")


def _accounts(filters: Row) -> list[Row]:
    if _elsewhere(filters, ACCOUNTS) or filters.get("hasil") == log.REFUSED:
        return []
    asked = {**filters, "pegawai": filters.get("tentang")}
    fields = ("waktu", "oleh", "pegawai", "opd", "tindakan", "catatan")
    rows = _read("Catatan Akun", asked, fields, ("oleh", "pegawai", "opd"), "waktu")
    for row in rows:
        told = ": ".join(filter(None, [row.pop("tindakan"), row.pop("catatan")]))
        row.update(jenis=ACCOUNTS, hasil=log.DONE, tentang=row.pop("pegawai"), rincian=told)
    return rows


def _logins(filters: Row) -> list[Row]:
    """The framework's own record, which it may be told to clear after some months."""
    if _elsewhere(filters, LOGINS) or filters.get("tentang") or filters.get("opd"):
        return []
    states = {log.DONE: "Success", log.REFUSED: "Failed"}
    asked = {**filters, "user": filters.get("oleh"), "status": states.get(filters.get("hasil", ""))}
    fields = ("creation", "user", "operation", "status", "ip_address", "subject")
    rows = _read("Activity Log", asked, fields, ("user", "status"), "creation")
    found = []
    for row in rows:
        if row.operation in ("Login", "Logout", "Impersonate"):
            done = log.REFUSED if row.status == "Failed" else log.DONE
            found.append(
                {
                    "waktu": row.creation,
                    "oleh": row.user,
                    "jenis": LOGINS,
                    "hasil": done,
                    "alamat": row.ip_address,
                    "rincian": f"{row.operation}: {row.subject or ''}",
                }
            )
    return found


def _elsewhere(filters: Row, kind: str) -> bool:
    """Whether the filters ask for something that this source does not have."""
    return filters.get("jenis") not in (None, kind) or bool(filters.get("rujukan_doctype"))


def _with_names(rows: list[Row]) -> list[Row]:
    users = _titles("User", "full_name", (row.get("oleh") for row in rows))
    people = _titles("Pegawai", "nama", (row.get("tentang") for row in rows))
    for row in rows:
        row["nama_oleh"] = users.get(row.get("oleh"))
        row["nama_tentang"] = people.get(row.get("tentang"))
    return rows


def _titles(doctype: str, field: str, names: Iterable[str | None]) -> dict[str | None, str]:
    known = sorted({name for name in names if name})
    found = frappe.get_all(doctype, {"name": ["in", known]}, ["name", field], as_list=True) if known else []
    return dict(found)
