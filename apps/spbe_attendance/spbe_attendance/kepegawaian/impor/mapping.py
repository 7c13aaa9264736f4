"""Which column of the sheet is which field: guessed, shown, corrected by people, remembered for the next sheet with this header."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kepegawaian.impor import fields
from spbe_attendance.kepegawaian.impor.masking import hide
from spbe_attendance.lembar import files
from spbe_attendance.lembar.broken import describe
from spbe_attendance.tabular import layout, titles
from spbe_attendance.tabular.book import Book, Page, open_book
from spbe_attendance.tabular.cells import column_name
from spbe_attendance.tabular.errors import BrokenTable

HEAD = 200
SHEETS_LOOKED_AT = 20
EXAMPLES = 3


@dataclass(frozen=True)
class Head:
    sheet: str
    layout: layout.Layout
    page: Page


def broken(error: BrokenTable) -> tuple[str, str]:
    reasons = {
        "too_large": (_("The file is too large."), _("At most 20,000 rows and 10 MB: divide the sheet, for example by OPD.")),
        "no_header": (
            _("The header row was not found."),
            _("One row needs titles like NIP, Nama, Unit Kerja. Take the template, or enter the number of the header row."),
        ),
    }  # fmt: skip
    return reasons.get(error.code) or describe(error.code)


def refuse(error: BrokenTable) -> None:
    """Raises ImporDitolak with what to do."""
    problem, cure = broken(error)
    frappe.throw(f"{problem} {cure}", ImporDitolak, title=_("The sheet is not taken"))


def book_of(doc: Any) -> Book:
    """Raises BrokenTable."""
    return open_book(files.content(doc)[0])


def read_head(doc: Any) -> None:
    """Fills in sheet, header row and columns from the first rows of the file. Raises ImporDitolak."""
    try:
        book = book_of(doc)
        head = find_head(book, doc)
    except BrokenTable as error:
        refuse(error)
        return
    doc.daftar_lembar = "\n".join(book.sheets) if len(book.sheets) > 1 else ""
    doc.lembar, doc.baris_judul = head.sheet, head.layout.header
    doc.sidik_judul = fingerprint(head.layout.titles)
    body = layout.body(head.page.rows, head.layout)
    samples = layout.samples(body.lines, len(head.layout.titles))
    mapped = remembered(doc) or titles.guess(head.layout.titles, samples, fields.of(doc.jenis))
    doc.set("kolom", [])
    for column, title in enumerate(head.layout.titles):
        if title or samples.get(column):
            doc.append("kolom", column_row(column, title, samples.get(column, ()), mapped.get(column, "")))


def column_row(column: int, title: str, values: Sequence[str], field: str) -> dict[str, Any]:
    examples = ", ".join(hide(value, field) for value in list(dict.fromkeys(values))[:EXAMPLES])
    return {"huruf": column_name(column), "judul": title[:140], "contoh": examples[:140], "bidang": field}


def find_head(book: Book, doc: Any) -> Head:
    """On the chosen sheet, or on the one that names most fields. Raises BrokenTable."""
    known = fields.of(doc.jenis)
    if doc.lembar in book.sheets and doc.lembar:
        return _head(book, doc.lembar, known, doc.baris_judul)
    found: Head | None = None
    for sheet in book.sheets[:SHEETS_LOOKED_AT]:
        try:
            head = _head(book, sheet, known, doc.baris_judul)
        except BrokenTable as error:
            if len(book.sheets) == 1 or error.code != "no_header":
                raise
            continue
        if found is None or _worth(head) > _worth(found):
            found = head
    if found is None:
        raise BrokenTable("no_header")
    return found


def _head(book: Book, sheet: str, known: Sequence[titles.Field], header: int | None) -> Head:
    page = book.page(sheet, most=HEAD)
    where = layout.at_row(page.rows, header, known) if header else layout.find(page.rows, known)
    return Head(sheet, where, page)


def _worth(head: Head) -> tuple[int, int]:
    """Fields first, then rows: an empty form has the same titles as the sheet that is filled."""
    return head.layout.found, len(head.page.rows) - head.layout.header


def fingerprint(names: Sequence[str]) -> str:
    return hashlib.sha256("|".join(map(titles.normal, names)).encode()).hexdigest()


def remembered(doc: Any) -> dict[int, str]:
    """How the same header was mapped by this user's last import of it that was checked; empty when there is none."""
    before = frappe.get_all(
        "Impor Data",
        {
            "jenis": doc.jenis,
            "sidik_judul": doc.sidik_judul,
            "owner": frappe.session.user,
            "name": ["!=", doc.name or ""],
            "status": ["in", ["Diperiksa", "Diimpor", "Dibatalkan", "Terhenti"]],
        },
        order_by="creation desc",
        limit=1,
        pluck="name",
    )
    if not before:
        return {}
    rows = frappe.get_all("Impor Data Kolom", {"parent": before[0]}, ["huruf", "bidang"])
    return {index_of(row.huruf): row.bidang for row in rows if row.bidang}


def index_of(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def columns(doc: Any) -> dict[str, int]:
    """Column by field. Raises ImporDitolak: a field twice, one of another kind, or one that is needed and missing."""
    known = {field.name: field for field in fields.of(doc.jenis)}
    found: dict[str, int] = {}
    for row in doc.kolom:
        if not row.bidang:
            continue
        if row.bidang not in known:
            frappe.throw(
                _("Column {0}: this kind of import has no field {1}.").format(row.huruf, row.bidang),
                ImporDitolak,
            )
        if row.bidang in found:
            frappe.throw(
                _("Two columns hold {0}: leave one of them empty.").format(label(row.bidang)), ImporDitolak
            )
        found[row.bidang] = index_of(row.huruf)
    missing = [label(field.name) for field in known.values() if field.required and field.name not in found]
    if missing:
        frappe.throw(
            _("No column holds {0}: choose it in the table of columns.").format(", ".join(missing)),
            ImporDitolak,
        )
    return found


def label(field: str) -> str:
    """As people read it."""
    labels = {
        "nip": _("NIP"), "nik": _("NIK"), "nama": _("Name"), "gelar_depan": _("Title Before Name"), "gelar_belakang": _("Title After Name"),
        "status_kepegawaian": _("Employment Type"), "jenis_kelamin": _("Sex"), "tanggal_lahir": _("Date of Birth"), "opd": _("OPD"),
        "unor_id": _("SIASN Unit Id"), "jabatan": _("Position Held"), "golongan": _("Grade"), "status": _("Legal position"),
        "nomor_hp": _("Mobile Number"), "nomor_pegawai": _("Staff Number"), "siasn_id": _("SIASN Id"), "kode": _("Code"), "nama_opd": _("OPD Name"),
        "singkatan": _("Abbreviation"), "induk": _("Parent OPD"), "unor_induk": _("SIASN id of the unit above"),
        "nama_lokasi": _("Place Name"), "latitude": _("Latitude"), "longitude": _("Longitude"), "koordinat": _("Latitude and longitude"),
        "radius": _("Radius (m)"), "semua_opd": _("All OPD"), "berlaku_dari": _("Valid From"), "berlaku_sampai": _("Valid Until"),
    }  # fmt: skip
    return labels.get(field, field)
