"""Importing a month of rosters from a sheet: check, write all or nothing, take back."""

from __future__ import annotations

import base64
import calendar
import hashlib
import re
import zlib
from datetime import date
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kehadiran.jadwal import reach, roster, sheet, sheet_check
from spbe_attendance.lembar import files
from spbe_attendance.lembar.broken import describe
from spbe_attendance.lembar.progress import tell, teller
from spbe_attendance.tabular.errors import BrokenTable

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.impor_roster.impor_roster import ImporRoster

BARU, DIPERIKSA, DIIMPOR, GAGAL, DIBATALKAN = "Baru", "Diperiksa", "Diimpor", "Gagal", "Dibatalkan"
SHOWN = 500


def month_of(text: object) -> date:
    """First day of YYYY-MM. Raises ValidationError."""
    if not isinstance(text, str) or not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text):
        frappe.throw(_("The month is written like 2026-11."))
    return date.fromisoformat(f"{text}-01")


def last_of(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def require(doc: ImporRoster, task: str) -> None:
    """Whether a task can be done with the import as it stands. Raises ImporDitolak."""
    if task == "batalkan" and doc.status != DIIMPOR:
        frappe.throw(_("Only an import that was carried out can be undone."), ImporDitolak)
    if task != "batalkan" and doc.status == DIIMPOR:
        frappe.throw(_("This sheet is imported already. Undo it first, or make a new import."), ImporDitolak)


def check(doc: ImporRoster) -> sheet_check.Checked:
    """Dry run: every row, each problem with its line, kept with the import. Writes no roster."""
    tell(doc, 5, _("Reading the file"))
    found = sheet_check.Checked()
    try:
        content, _name = files.content(doc)
        rows = teller(doc, 20, 50, _("{0} of {1} rows checked"))
        found = sheet_check.check(sheet.read(content), doc.opd, month_of(doc.bulan), rows)
        doc.sidik_berkas = hashlib.sha256(content).hexdigest()
    except BrokenTable as error:
        found.problems.append(sheet_check.Problem(0, "", doc.berkas or "", *broken(error.code)))
    tell(doc, 55, _("Comparing with the rosters that are there"))
    note(doc, found)
    doc.save()
    return found


def broken(code: str) -> tuple[str, str]:
    """What a roster sheet in particular needs; the rest is told of every sheet."""
    reasons = {
        "too_large": (_("The file is too large."), _("One sheet, at most 5,000 rows and 5 MB.")),
        "no_header": (
            _("The header row was not found."),
            _("One row needs the titles NIP, Nama and the days 1 to 31. Take the template."),
        ),
    }
    return reasons.get(code) or describe(code)


def note(doc: ImporRoster, found: sheet_check.Checked) -> None:
    """Result of the dry run on the document."""
    doc.status = GAGAL if found.problems else DIPERIKSA
    doc.jumlah_pegawai = len(found.opds)
    doc.set("galat", [])
    for problem in found.problems[:SHOWN]:
        doc.append(
            "galat",
            {
                "baris": problem.row,
                "kolom": problem.column[:140],
                "isi": problem.content[:140],
                "masalah": problem.problem,
                "saran": problem.advice,
            },
        )
    if found.problems:
        doc.jumlah_berubah = 0
        doc.ringkasan = _(
            "{0} problems. Nothing was imported: correct the sheet and attach it again."
        ).format(len(found.problems))
    else:
        doc.jumlah_berubah = len(difference(doc, found)[1])
        doc.ringkasan = _("{0} persons, {1} days will change. No problems: ready to import.").format(
            doc.jumlah_pegawai, doc.jumlah_berubah
        )


def difference(
    doc: ImporRoster, found: sheet_check.Checked, *, lock: bool = False
) -> tuple[dict[roster.Key, list[dict[str, Any]]], dict[roster.Key, list[dict[str, Any]]]]:
    """Rows as they are, and as they should be on the days that differ."""
    first = month_of(doc.bulan)
    before = roster.stored(sorted(found.opds), first, last_of(first), lock=lock)
    after = {
        (person, day): roster.rows_for(
            person, found.opds[person], day, kinds, sumber=roster.IMPOR, impor=doc.name
        )
        for (person, day), kinds in found.days.items()
        if (person, day) not in before or roster.codes(before[(person, day)]) != kinds
    }
    return before, after


def run(doc: ImporRoster) -> int:
    """All of the sheet or nothing; answers how many days changed, 0 when a row is broken."""
    found = check(doc)
    if found.problems:
        return 0
    before, after = difference(doc, found, lock=True)
    kept = [
        [
            person,
            day,
            [{field: row[field] for field in roster.FIELDS} for row in before.get((person, day), ())],
        ]
        for person, day in after
    ]
    roster.replace(before, after, teller(doc, 65, 90, _("{0} of {1} rows written")))
    reach.mark_days(after, _("Roster of {0} imported").format(doc.bulan))
    doc.sebelumnya = pack(kept)
    doc.status, doc.jumlah_berubah, doc.diimpor_pada = DIIMPOR, len(after), now_datetime()
    doc.ringkasan = _("{0} persons, {1} days changed.").format(doc.jumlah_pegawai, len(after))
    doc.save()
    return len(after)


def pack(kept: list[Any]) -> str:
    """A month of thousands of persons is megabytes of the same words."""
    return base64.b64encode(zlib.compress(frappe.as_json(kept, indent=None).encode())).decode()


def unpack(text: str | None) -> list[Any]:
    return frappe.parse_json(zlib.decompress(base64.b64decode(text)).decode()) if text else []


def undo(doc: ImporRoster) -> int:
    """What stood before the import stands again; answers how many days. Raises ImporDitolak when a day was changed since."""
    tell(doc, 10, _("Reading what stood before"))
    kept = {
        (person, getdate(day)): [{**row, "tanggal": getdate(day)} for row in rows]
        for person, day, rows in unpack(doc.sebelumnya)
    }
    first = month_of(doc.bulan)
    now = roster.stored(sorted({person for person, _day in kept}), first, last_of(first), lock=True)
    for (person, day), _rows in sorted(kept.items(), key=str):
        present = now.get((person, day), [])
        if not present or any(row["impor"] != doc.name for row in present):
            name = frappe.db.get_value("Pegawai", person, "nama") or person
            frappe.throw(
                _("The roster of {0} on {1} was changed after this import. Take that back first.").format(
                    name, frappe.utils.formatdate(day)
                ),
                ImporDitolak,
            )
    roster.replace(now, kept, teller(doc, 40, 90, _("{0} of {1} rows written")))
    reach.mark_days(kept, _("Import of the roster of {0} undone").format(doc.bulan))
    doc.status, doc.sebelumnya = DIBATALKAN, None
    doc.ringkasan = _("Undone: {0} days are as they were before.").format(len(kept))
    doc.save()
    return len(kept)
