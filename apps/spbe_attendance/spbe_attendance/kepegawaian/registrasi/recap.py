"""BKPSDM's recap of honorer out of what is pasted from a spreadsheet, whatever its columns are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.kepegawaian import identity
from spbe_attendance.kepegawaian.impor.units import Units
from spbe_attendance.kepegawaian.registrasi import nik
from spbe_attendance.kepegawaian.registrasi.exceptions import RekapTidakTerbaca
from spbe_attendance.tabular import dates, layout, numbers
from spbe_attendance.tabular.book import open_book
from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.errors import BadValue, BrokenTable
from spbe_attendance.tabular.titles import Field, guess

DOCTYPE = "Acuan Registrasi"
# In one request; longer recaps are pasted in parts.
MOST = 2000
FIELDS = (
    Field("nama", ("nama", "nama lengkap", "nama honorer", "nama tenaga", "nama pegawai"), required=True),
    Field("nik", ("nik", "no ktp", "nomor ktp", "no nik", "nomor nik", "nomor induk kependudukan")),
    Field("tanggal_lahir", ("tanggal lahir", "tgl lahir", "tgllahir", "lahir")),
    Field("opd", ("opd", "unit kerja", "instansi", "dinas", "skpd", "perangkat daerah", "nama opd")),
    Field("jabatan", ("jabatan", "tugas", "pekerjaan", "nama jabatan")),
    Field("nomor_kontrak", ("nomor kontrak", "no kontrak", "nomor sk", "no sk", "sk")),
    Field("vendor", ("vendor", "perusahaan", "penyedia")),
)


def paste(content: str, source: str) -> dict[str, Any]:
    """{dibuat, sudah_ada, ditolak: [{baris, sebab}]}; what is there already is not made again. The caller's permission to make
    such rows is checked with each. Raises RekapTidakTerbaca.
    """
    columns, lines = read(content)
    units, made, known, refused = Units(), 0, 0, []
    for line in lines:
        try:
            row = values(columns, line.cells, units)
        except BadValue as bad:
            refused.append({"baris": line.row, "sebab": why(bad.code)})
            continue
        if exists(row):
            known += 1
            continue
        frappe.get_doc({"doctype": DOCTYPE, **row, "sumber": source or None}).insert()
        made += 1
    return {"dibuat": made, "sudah_ada": known, "ditolak": refused}


def read(content: str) -> tuple[dict[int, str], Sequence[layout.Line]]:
    try:
        page = open_book(content.encode()).page()
        found = layout.find(page.rows, FIELDS)
        lines = layout.body(page.rows, found).lines
    except BrokenTable:
        frappe.throw(
            _("No table was found: copy it with its header row, which names at least the column Nama."),
            RekapTidakTerbaca,
        )
        raise
    columns = guess(found.titles, layout.samples(lines, len(found.titles)), FIELDS)
    if "nama" not in columns.values() or not lines:
        frappe.throw(
            _("No table was found: copy it with its header row, which names at least the column Nama."),
            RekapTidakTerbaca,
        )
    if len(lines) > MOST:
        frappe.throw(_("At most {0} rows at a time: paste it in parts.").format(MOST), RekapTidakTerbaca)
    return columns, lines


def values(columns: dict[int, str], cells: Sequence[Any], units: Units) -> dict[str, Any]:
    """Raises BadValue."""
    raw = {name: cells[column] if column < len(cells) else "" for column, name in columns.items()}
    row: dict[str, Any] = {
        name: text(value) or None
        for name, value in raw.items()
        if name not in ("nik", "tanggal_lahir", "opd")
    }
    if not row.get("nama"):
        raise BadValue("nama")
    given = numbers.identifier(raw.get("nik"))
    if given.text:
        try:
            row["nik"] = identity.parse_nik(given.text).value
        except identity.IdentityError as error:
            raise BadValue("nik") from error
        if given.known:
            raise BadValue("nik")
    if text(raw.get("tanggal_lahir")):
        row["tanggal_lahir"] = dates.parse(raw["tanggal_lahir"], now_datetime().date())
    if text(raw.get("opd")):
        row["opd"] = units.find(raw["opd"])[0]
    return row


def exists(row: dict[str, Any]) -> bool:
    if row.get("nik"):
        return bool(frappe.db.exists(DOCTYPE, {"nik_hash": nik.digest(row["nik"])}))
    same = {field: row.get(field) or ["is", "not set"] for field in ("nama", "tanggal_lahir", "opd")}
    return bool(frappe.db.exists(DOCTYPE, same))


def why(code: str) -> str:
    """Never quotes the value: it may be a NIK."""
    reasons = {
        "nama": _("the name is missing"),
        "nik": _("the NIK is not valid or was damaged by Excel: format the column as text"),
        "date": _("the date of birth cannot be read"),
    }
    return reasons.get(code) or _("the OPD is not known or not clear: write its name as in the list of OPD")
