"""What is downloaded of an import: its problems, the corrected sheet, an empty sheet to fill in. Nothing in them is carried out
by a spreadsheet program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe import _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from spbe_attendance.kepegawaian.impor import fields, scope, store, view
from spbe_attendance.kepegawaian.impor.masking import hide
from spbe_attendance.tabular.safe import neutral

TEXT = "@"
HEAD = PatternFill("solid", fgColor="DDEBF7")
PAGE = 2000
# What a new sheet asks for; offices need no ids of SIASN.
TEMPLATE = {
    fields.OPD: ("kode", "nama_opd", "singkatan", "induk"),
    fields.PEGAWAI: (
        "nip", "nik", "nama", "gelar_depan", "gelar_belakang", "status_kepegawaian", "jenis_kelamin", "tanggal_lahir", "opd", "jabatan",
        "golongan",
    ),
    fields.LOKASI: ("nama_lokasi", "opd", "latitude", "longitude", "radius"),
}  # fmt: skip
# Of the sheets themselves, whatever the language of the screen: the words that are understood without a guess.
TITLES = {
    "nip": "NIP", "nik": "NIK", "nama": "Nama", "gelar_depan": "Gelar Depan", "gelar_belakang": "Gelar Belakang",
    "status_kepegawaian": "Status Kepegawaian", "jenis_kelamin": "Jenis Kelamin", "tanggal_lahir": "Tanggal Lahir", "opd": "OPD",
    "jabatan": "Jabatan", "golongan": "Golongan", "status": "Kedudukan Hukum", "siasn_id": "SIASN Id", "unor_id": "Unor Id", "kode": "Kode",
    "nama_opd": "Nama OPD", "singkatan": "Singkatan", "induk": "Induk", "nama_lokasi": "Nama Lokasi", "latitude": "Latitude",
    "longitude": "Longitude", "radius": "Radius",
}  # fmt: skip
File = tuple[str, bytes]


def problems(doc: Any, bentuk: str) -> File:
    """XLSX, or CSV with semicolons and a BOM, which Excel opens in Indonesia."""
    head = [
        _("Row"),
        _("Column"),
        _("Content"),
        _("Severity"),
        _("Problem"),
        _("Cure"),
        _("Rows in all"),
        _("Rows"),
    ]
    rows = (
        [
            row.baris or "",
            row.kolom,
            row.isi,
            _(row.keparahan),
            row.masalah,
            row.saran,
            row.jumlah,
            row.daftar_baris or "",
        ]
        for row in _pages(lambda start: view.problems(doc.name, mulai=start, most=PAGE)["baris"])
    )
    name = f"masalah-impor-{doc.name}"
    if bentuk == "csv":
        return f"{name}.csv", as_csv(head, rows)
    return f"{name}.xlsx", as_xlsx(_("Problems"), head, rows, widths=(8, 22, 28, 12, 50, 60, 10, 24))


def corrected(doc: Any) -> File:
    """The sheet as it was understood, under the titles that the import knows best, with what is wrong beside each row."""
    columns = [name for name in TEMPLATE[doc.jenis] if _may_read(doc, name)]
    extra = [
        field.name
        for field in fields.of(doc.jenis)
        if field.name not in columns and field.name in ("unor_id", "siasn_id", "status")
    ]
    columns += [name for name in extra if _may_read(doc, name)]
    wrong: dict[int, list[str]] = {}
    for row in frappe.get_all(store.PROBLEM, {"impor": doc.name, "jumlah": 1}, ["baris", "masalah"], limit=0):
        wrong.setdefault(row.baris, []).append(row.masalah)
    rows = (
        [*(_value(row, name) for name in columns), _(row.tindakan), " ".join(wrong.get(row.baris, []))]
        for row in _pages(lambda start: _stored(doc.name, start))
    )
    head = [*(TITLES[name] for name in columns), _("Result"), _("Problem")]
    return f"lembar-impor-{doc.name}.xlsx", as_xlsx(doc.jenis, head, rows, widths=(24,) * len(head))


def template(jenis: str) -> File:
    """An empty sheet whose columns are text, so that numbers keep their digits."""
    columns = [name for name in TEMPLATE[jenis] if name not in fields.RESTRICTED or _writes_restricted()]
    blank = ([""] * len(columns) for _number in range(200))
    head = [TITLES[name] for name in columns]
    return f"templat-{frappe.scrub(jenis)}.xlsx", as_xlsx(jenis, head, blank, widths=(24,) * len(head))


def as_csv(head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(value) for value in head])
    writer.writerows([neutral(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def as_xlsx(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet(name[:31])
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "A2"
    titles = [_cell(page, value) for value in head]
    for cell in titles:
        cell.font, cell.fill = Font(bold=True), HEAD
    page.append(titles)
    for row in rows:
        page.append([_cell(page, value) for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(page: Any, value: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, neutral(value))
    if isinstance(value, str):
        cell.number_format = TEXT
        if value:
            # Data, whatever it begins with.
            cell.data_type = "s"
    return cell


def _pages(read: Any) -> Iterable[Any]:
    start = 0
    while rows := read(start):
        yield from rows
        start += len(rows)


def _stored(impor: str, start: int) -> list[Any]:
    found = frappe.get_all(
        store.ROW,
        {"impor": impor},
        ["baris", "tindakan", "nilai"],
        order_by="baris",
        start=start,
        page_length=PAGE,
    )
    for row in found:
        row.nilai = json.loads(row.nilai or "{}")
    return found


def _value(row: Any, field: str) -> str:
    value = row.nilai.get(field)
    text = "" if value is None else str(value)
    return text if field == "nik" else hide(text)


def _may_read(doc: Any, field: str) -> bool:
    return field not in fields.RESTRICTED or (doc.jenis == fields.PEGAWAI and _writes_restricted())


def _writes_restricted() -> bool:
    return scope.LEVEL_OF_NIK in frappe.get_meta("Pegawai").get_permlevel_access("write")
