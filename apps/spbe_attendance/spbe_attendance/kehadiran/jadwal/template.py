"""The roster sheet to fill in: persons of an OPD, days of a month, NIP as text."""

from __future__ import annotations

import io
from datetime import date

import frappe
from frappe import _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from spbe_attendance.kehadiran.jadwal import imports, roster
from spbe_attendance.kehadiran.jadwal.sheet_check import Persons
from spbe_attendance.worktime.calendar import days

HEADER = 3
FIRST_DAY = 3
SUNDAY = PatternFill("solid", fgColor="FBE3E4")
TITLE = PatternFill("solid", fgColor="DDEBF7")
TEXT = "@"


def build(opd: str, bulan: str) -> tuple[str, bytes]:
    """File name and content."""
    first = imports.month_of(bulan)
    dates = list(days(first, imports.last_of(first)))
    people = sorted(
        {row["name"]: row for row in Persons.load(opd).by_number.values()}.values(),
        key=lambda row: (row["opd"], row["nama"]),
    )
    known = roster.stored([row["name"] for row in people], dates[0], dates[-1])
    book = Workbook()
    page = book.active
    page.title = "Roster"
    write_head(page, opd, bulan, dates)
    for at, person in enumerate(people, start=HEADER + 1):
        number = page.cell(at, 1, person["nip"] or person["nomor_pegawai"])
        number.number_format = TEXT
        page.cell(at, 2, person["nama"])
        for column, day in enumerate(dates, start=FIRST_DAY):
            rows = known.get((person["name"], day))
            mark = page.cell(at, column, None if rows is None else "+".join(roster.codes(rows)) or "L")
            mark.number_format, mark.alignment = TEXT, Alignment(horizontal="center")
            if day.weekday() == 6:
                mark.fill = SUNDAY
    write_codes(book)
    target = io.BytesIO()
    book.save(target)
    return f"roster-{frappe.scrub(opd)}-{bulan}.xlsx", target.getvalue()


def write_head(page: Worksheet, opd: str, bulan: str, dates: list[date]) -> None:
    name = frappe.db.get_value("OPD", opd, "nama_opd") or opd
    page.cell(1, 1, _("Roster of {0}, {1}").format(name, bulan)).font = Font(bold=True, size=13)
    titles = ["NIP", "Nama", *(day.day for day in dates)]
    for column, title in enumerate(titles, start=1):
        head = page.cell(HEADER, column, title)
        head.font, head.fill, head.alignment = Font(bold=True), TITLE, Alignment(horizontal="center")
        page.column_dimensions[get_column_letter(column)].width = 6
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 22, 32
    page.freeze_panes = page.cell(HEADER + 1, FIRST_DAY)


def write_codes(book: Workbook) -> None:
    """A second page tells the codes; only the first is read."""
    page = book.create_sheet("Kode")
    page.append([_("Code"), _("Shift Name"), _("Start"), _("End")])
    fields = ["kode", "nama_shift", "mulai", "selesai"]
    for row in frappe.get_all("Shift Kerja", {"aktif": 1}, fields, order_by="kode"):
        page.append([row.kode, row.nama_shift, *(str(row[field])[:-3] for field in ("mulai", "selesai"))])
    page.append(["L", _("Off duty")])
