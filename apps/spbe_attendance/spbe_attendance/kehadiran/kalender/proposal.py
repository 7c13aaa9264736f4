"""National days and cuti bersama as the package ``holidays`` knows them, proposed as rows. A person confirms; nothing is computed
from the package itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import frappe
import holidays
from frappe import _
from frappe.utils import getdate

NASIONAL, CUTI_BERSAMA = "Libur Nasional", "Cuti Bersama"
CATEGORIES = ((NASIONAL, "public"), (CUTI_BERSAMA, "government"))
USULAN, BERLAKU = "Usulan", "Berlaku"
YEARS = (2002, 2100)


def known(year: int) -> list[tuple[date, str, str]]:
    """(date, kind, name) of a year, in order."""
    found = [
        (day, kind, name)
        for kind, category in CATEGORIES
        for day, name in holidays.country_holidays(
            "ID", years=year, categories=(category,), language="id"
        ).items()
        # Asked for a year, the package may answer with days that are moved out of it.
        if day.year == year
    ]
    return sorted(found)


def propose(year: int) -> dict[str, int]:
    """Rows with status Usulan for what is not there yet: {usulan, sudah_ada, cuti_bersama}. Rows of people stay as they are."""
    if not YEARS[0] <= year <= YEARS[1]:
        frappe.throw(_("The year must lie between {0} and {1}.").format(*YEARS))
    source = f"holidays {holidays.__version__}"
    days = known(year)
    span = ["between", [date(year, 1, 1), date(year, 12, 31)]]
    present = {
        (row.tanggal, row.jenis)
        for row in frappe.get_all("Hari Libur", {"tanggal": span}, ["tanggal", "jenis"])
    }
    fresh = [row for row in days if (row[0], row[1]) not in present]
    for day, kind, name in fresh:
        frappe.get_doc(
            {
                "doctype": "Hari Libur",
                "tanggal": day,
                "jenis": kind,
                "nama_libur": name,
                "status": USULAN,
                "sumber": source,
            }
        ).insert()
    shared = sum(kind == CUTI_BERSAMA for _day, kind, _name in days)
    return {"usulan": len(fresh), "sudah_ada": len(days) - len(fresh), "cuti_bersama": shared}


def confirm(names: Sequence[str], basis: str) -> dict[str, int]:
    """Puts proposals into force on the legal basis given: {berlaku, dihitung_ulang}, the second counting those that have passed.
    Rows in force already stay as they are."""
    changed = passed = 0
    frappe.flags.many_days_off = True
    try:
        for name in dict.fromkeys(names):
            doc = frappe.get_doc("Hari Libur", name)
            if doc.status == USULAN:
                doc.status, doc.dasar = BERLAKU, basis
                doc.save()
                changed += 1
                passed += getdate(doc.tanggal) <= getdate()
    finally:
        frappe.flags.many_days_off = False
    return {"berlaku": changed, "dihitung_ulang": passed}
