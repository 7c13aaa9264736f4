"""What the screen shows, as a sheet. As long as data are missing, no column and no name says that anybody was absent."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import format_datetime, formatdate
from openpyxl import Workbook
from openpyxl.styles import Font

from spbe_attendance.pemantauan.ringkas import names, summary
from spbe_attendance.pemantauan.ringkas.exceptions import DataBelumLengkap
from spbe_attendance.pemantauan.ringkas.summary import View
from spbe_attendance.tabular.safe import neutral
from spbe_attendance.worktime import presence

Rows = list[list[Any]]


def send(view: View, form: str, *, absent: bool) -> None:
    """As the request's answer. Raises DataBelumLengkap, NamaTidakDibuka."""
    rows = absentees(view) if absent else sheet(view)
    kind = _("absent") if absent else _("summary")
    frappe.local.response.update(
        {
            "filename": f"{kind}-{view.day.isoformat()}.{form}",
            "filecontent": as_csv(rows) if form == "csv" else as_xlsx(rows),
            "type": "download",
        }
    )


def columns(*, final: bool) -> list[tuple[str, str]]:
    """(number, label). Who is absent stands there only when that is final."""
    shown = [
        ("pegawai", _("Staff")),
        ("hadir", _("Present")),
        (presence.TEPAT, _("On Time")),
        (presence.TERLAMBAT, _("Late")),
        (presence.IZIN, _("Leave or Duty")),
        (presence.BELUM_WAKTUNYA, _("Not Yet Due")),
        (presence.BELUM, _("Not Yet")),
        (presence.TERTUNDA, _("Maybe on a Phone")),
        (presence.SENYAP, _("Nothing Heard")),
        (presence.BEBAS, _("Off Duty")),
        ("pulang", _("Gone Home")),
        ("menunggu", _("Waits for a Decision")),
    ]
    return [*shown, (presence.ALPA, _("Without a Word"))] if final else shown


def sheet(view: View) -> Rows:
    found = summary.of(view)
    final = found["ditutup"] and found["kelengkapan"]["lengkap"]
    shown = columns(final=final)
    body = [line(name(row), row["jumlah"], row["kelengkapan"], shown) for row in found["anak"]]
    return [
        *heading(view, found["opd"]),
        *([] if final else warning(found, view)),
        [],
        [_("OPD"), *[label for _number, label in shown], _("Complete (%)")],
        *body,
        line(_("Total"), found["jumlah"], found["kelengkapan"], shown),
    ]


def heading(view: View, opd: dict[str, Any] | None) -> Rows:
    moment = format_datetime(view.now, "d MMMM yyyy HH:mm")
    return [
        [_("Attendance on {0}").format(formatdate(view.day, "EEEE, d MMMM yyyy"))],
        [opd["nama"] if opd else _("All OPD that you may see")],
        [_("As of {0} WIB").format(moment)],
    ]


def warning(found: dict[str, Any], view: View) -> Rows:
    """What is missing, and until when this is not final."""
    until = (
        _("Not final: the day has not been computed. Nobody is called absent here.")
        if not found["hari_ini"]
        else _("Not final: the day is not over. It is computed in the night. Nobody is called absent here.")
    )
    return [[until], *[[reason] for reason in found["kelengkapan"]["alasan"]]]


def name(row: dict[str, Any]) -> str:
    label = row["opd"]["nama"]
    return _("{0}: own staff").format(label) if row["langsung"] else label


def line(
    label: str, counts: dict[str, int], complete: dict[str, Any], shown: Iterable[tuple[str, str]]
) -> list[Any]:
    return [label, *[counts[number] for number, _label in shown], complete["persen"]]


def absentees(view: View) -> Rows:
    """Names of those who were absent without a word, on a day that is complete."""
    found = summary.of(view)
    if not (found["ditutup"] and found["kelengkapan"]["lengkap"]):
        why = " ".join(row[0] for row in warning(found, view))
        frappe.throw(why, DataBelumLengkap, title=_("Not complete"))
    people = names.of(view, presence.ALPA, panjang=10**6)["orang"]
    rows = [[one["nama"], one["jabatan"] or "", one["opd"]["nama"] if one["opd"] else ""] for one in people]
    return [*heading(view, found["opd"]), [], [_("Name"), _("Position"), _("OPD")], *rows]


def as_csv(rows: Rows) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows([[neutral(cell) for cell in row] for row in rows])
    # Spreadsheet programs take it for Latin 1 without the mark.
    return target.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Rows) -> bytes:
    book = Workbook()
    page = book.active
    for row in rows:
        page.append([neutral(cell) for cell in row])
    page["A1"].font = Font(bold=True)
    page.column_dimensions["A"].width = 48
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
