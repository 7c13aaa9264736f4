"""Importing a month of rosters from a sheet: check, write all or nothing, take back."""

from __future__ import annotations

import base64
import calendar
import hashlib
import re
import zlib
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from spbe_attendance import realtime
from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kehadiran.jadwal import reach, roster, sheet, sheet_check

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.impor_roster.impor_roster import ImporRoster

BARU, DIPERIKSA, DIIMPOR, GAGAL, DIBATALKAN = "Baru", "Diperiksa", "Diimpor", "Gagal", "Dibatalkan"
ANTRE, BERJALAN = "Antre", "Berjalan"
AT_WORK = (ANTRE, BERJALAN)
SHOWN = 500
REMEMBER = 3600
# A browser needs no more.
STEPS = 20


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


def tell(doc: ImporRoster, percent: int, what: str) -> None:
    """How far it is: to whoever asked for it, and kept for whoever opens the form meanwhile."""
    frappe.cache.set_value(
        f"impor_roster|{doc.name}", {"persen": percent, "keterangan": what}, expires_in_sec=REMEMBER
    )
    realtime.publish_progress(doc, percent, what)


def told(name: str) -> dict[str, Any]:
    return frappe.cache.get_value(f"impor_roster|{name}") or {"persen": 0, "keterangan": ""}


def teller(doc: ImporRoster, first: int, last: int, sentence: str) -> Callable[[int, int], None]:
    """For loops: turns steps done into per cent between ``first`` and ``last``, a few times in all. ``sentence``: of done and all."""

    def step(done: int, total: int) -> None:
        if done == total or done % max(1, total // STEPS) == 0:
            tell(doc, first + (last - first) * done // max(1, total), sentence.format(done, total))

    return step


def check(doc: ImporRoster) -> sheet_check.Checked:
    """Dry run: every row, each problem with its line, kept with the import. Writes no roster."""
    tell(doc, 5, _("Reading the file"))
    found = sheet_check.Checked()
    try:
        content, name = content_of(doc)
        rows = teller(doc, 20, 50, _("{0} of {1} rows checked"))
        found = sheet_check.check(sheet.read(content, name), doc.opd, month_of(doc.bulan), rows)
        doc.sidik_berkas = hashlib.sha256(content).hexdigest()
    except sheet.BrokenSheet as error:
        found.problems.append(sheet_check.Problem(0, "", doc.berkas or "", *broken(error.code)))
    tell(doc, 55, _("Comparing with the rosters that are there"))
    note(doc, found)
    doc.save()
    return found


def take_file(doc: ImporRoster) -> None:
    """A sheet attached before the first save hangs on the form's passing name: its uploader's own import takes it."""
    file = frappe.qb.DocType("File")
    (
        frappe.qb.update(file)
        .set(file.attached_to_name, doc.name)
        .where((file.file_url == doc.berkas) & (file.owner == frappe.session.user))
        .where((file.attached_to_doctype == doc.doctype) & file.attached_to_name.like("new-%"))
        .run()
    )


def content_of(doc: ImporRoster) -> tuple[bytes, str]:
    """The attached file; only one that belongs to this import, so that nobody reads another's by its address."""
    name = frappe.db.get_value(
        "File", {"file_url": doc.berkas, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
    )
    if not name:
        raise sheet.BrokenSheet("not_attached")
    file = frappe.get_doc("File", name)
    content = file.get_content()
    return content.encode() if isinstance(content, str) else content, file.file_name or ""


def broken(code: str) -> tuple[str, str]:
    reasons = {
        "unreadable": (_("The file cannot be read."), _("Save it as XLSX or CSV and attach it again.")),
        "too_large": (_("The file is too large."), _("One sheet, at most 5,000 rows and 5 MB.")),
        "no_header": (
            _("The header row was not found."),
            _("One row needs the titles NIP, Nama and the days 1 to 31. Take the template."),
        ),
        "no_rows": (_("There is no row below the header."), _("Enter one row for each person.")),
        "not_attached": (_("There is no file."), _("Attach the sheet here and save.")),
    }
    return reasons[code]


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
