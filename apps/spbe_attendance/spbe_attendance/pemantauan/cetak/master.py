"""What print formats of master data show: the letterhead, a person's data sheet, an OPD's list of people.

Called from templates, so each function tells no more than its caller may read.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, now_datetime

from spbe_attendance.kepegawaian import identity
from spbe_attendance.overrides.database_query import hidden_fields
from spbe_attendance.pemantauan.cetak.letterhead import (
    Letterhead,
    Signature,
    head_of,
    letterhead,
    place_and_date,
)
from spbe_attendance.pemantauan.laporan import people
from spbe_attendance.worktime import codes

SHEET = (
    "status_kepegawaian",
    "nip",
    "nomor_pegawai",
    "jenis_kelamin",
    "tanggal_lahir",
    "opd",
    "jabatan",
    "golongan",
    "atasan",
    "nomor_hp",
    "mulai_bertugas",
    "status",
)
LIST = ("name", "nama", "gelar_depan", "gelar_belakang", "nip", "nomor_pegawai", "jabatan", "golongan")
BLANK = "–"


def kop(opd: str | None) -> Letterhead:
    """The head of a sheet; no secret, it stands on every letter of the OPD."""
    return letterhead(opd)


def kepala(opd: str) -> Signature:
    """Who signs for the OPD: its head or the nearest above, blanks where there is none."""
    return head_of(opd)


def kota_tanggal() -> str:
    """Place and date of a signature, today."""
    return place_and_date(now_datetime().date())


def lembar_pegawai(doc: Document) -> list[tuple[str, str]]:
    """(label, value) of a person for reading and signing. The NIK is whole for who may read it, masked for everybody else."""
    doc.check_permission("read")
    hidden = hidden_fields("Pegawai")
    rows = [(_("Name"), people.full_name(doc.as_dict())), (_("NIK"), _nik(doc, "nik" not in hidden))]
    for field in SHEET:
        if field not in hidden:
            rows.append((_(doc.meta.get_label(field)), _shown(doc, field)))
    return rows


def _nik(doc: Document, whole: bool) -> str:
    # The document that a request loads may lack what its reader may not see.
    nik = frappe.db.get_value("Pegawai", doc.name, "nik")
    if not nik:
        return BLANK
    return nik if whole else identity.mask(nik)


def _shown(doc: Document, field: str) -> str:
    value = doc.get(field)
    if not value:
        return BLANK
    kind = doc.meta.get_field(field)
    if kind.fieldtype == "Link":
        title = frappe.get_meta(kind.options).get_title_field()
        return frappe.db.get_value(kind.options, value, title) or value
    if kind.fieldtype == "Date":
        return formatdate(value, "d MMMM yyyy")
    return _(value) if kind.fieldtype == "Select" else str(value)


def daftar_pegawai(doc: Document) -> list[dict[str, Any]]:
    """Active people of an OPD itself, whom the caller may see: LIST without hidden fields, and ``lengkap``: name with titles."""
    doc.check_permission("read")
    hidden = hidden_fields("Pegawai")
    rows = frappe.get_list(
        "Pegawai",
        filters={"opd": doc.name, "status": codes.AKTIF},
        fields=[field for field in LIST if field not in hidden],
        order_by="nama",
        limit_page_length=0,
    )
    return [{**row, "lengkap": people.full_name(row)} for row in rows]
