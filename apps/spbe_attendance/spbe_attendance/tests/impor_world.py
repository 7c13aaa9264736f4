"""Sheets as offices make them, ugly ones included, and imports of them. Invented persons only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import frappe
from frappe.model.document import Document
from openpyxl import Workbook

from spbe_attendance.kepegawaian.impor import job
from spbe_attendance.kepegawaian.impor.store import PROBLEM, ROW

PEGAWAI_TITLES = [
    "No",
    "NIP",
    "NIK",
    "Nama Lengkap",
    "Status Kepegawaian",
    "L/P",
    "Tgl. Lahir",
    "Unit Kerja",
    "Jabatan",
    "Gol/Ruang",
]
NAMES = (
    "Anwar Rekaan", "Bunga Cempaka", "Chairil Tanjung", "Dewi Kencana", "Edi Gunawan", "Fitri Handayani", "Guntur Wibowo", "Halimah Sari",
    "Indra Lesmana", "Jamilah Putri", "Kurnia Sandi", "Lestari Ningsih",
)  # fmt: skip


def xlsx(rows: Sequence[Sequence[Any]], sheets: dict[str, Sequence[Sequence[Any]]] | None = None) -> bytes:
    """Text stays text, numbers numbers. ``sheets``: further ones by name."""
    book = Workbook()
    fill(book.active, rows)
    for name, more in (sheets or {}).items():
        fill(book.create_sheet(name), more)
    return saved(book)


def fill(page: Any, rows: Sequence[Sequence[Any]]) -> None:
    for row in rows:
        page.append(list(row))


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(content: bytes, changed: dict[str, bytes], added: dict[str, bytes] | None = None) -> bytes:
    """A workbook with parts replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            archive.writestr(name, changed.get(name, source.read(name)))
        for name, part in (added or {}).items():
            archive.writestr(name, part)
    return target.getvalue()


def nip(number: int, *, born: str = "19850210", appointed: str = "201001", sex: int = 1) -> str:
    return f"{born}{appointed}{sex}{number:03d}"


def nik(number: int, *, born: str = "100285", region: str = "141001") -> str:
    return f"{region}{born}{number:04d}"


def make_impor(content: bytes, jenis: str = "Pegawai", name: str = "lembar.xlsx", **values: Any) -> Document:
    """With the sheet attached, as its user does it: to the form before its first save."""
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": name,
            "content": content,
            "is_private": 1,
            "attached_to_doctype": "Impor Data",
            "attached_to_name": "new-impor-data-1",
        }
    ).insert()
    return frappe.get_doc(
        {
            "doctype": "Impor Data",
            "jenis": jenis,
            "berkas": file.file_url,
            "perbarui": 1,
            "buat_akun": 0,
            **values,
        }
    ).insert()


def carry_out(doc: Document, task: str) -> Any:
    """A task as the form asks for it and the job does it; the document is as it is then.

    Nothing is committed, so that the test leaves nothing; tests with real workers see that it is.
    """
    doc.reload()
    assert getattr(doc, task)() == {"status": "Antre"}
    with patch.object(frappe.db, "commit"):
        answer = job.JOB.work(doc.name, task)
    doc.reload()
    return answer


def checked(content: bytes, jenis: str = "Pegawai", **values: Any) -> Document:
    doc = make_impor(content, jenis, **values)
    carry_out(doc, "periksa")
    return doc


def imported(content: bytes, jenis: str = "Pegawai", **values: Any) -> Document:
    doc = checked(content, jenis, **values)
    carry_out(doc, "impor")
    return doc


def problems(doc: Document, **filters: Any) -> list[Any]:
    fields = ["baris", "kolom", "isi", "keparahan", "masalah", "saran", "jumlah", "daftar_baris", "kode"]
    return frappe.get_all(PROBLEM, {"impor": doc.name, **filters}, fields, order_by="urutan")


def rows(doc: Document, **filters: Any) -> list[Any]:
    fields = ["name", "baris", "tindakan", "keadaan", "rujukan", "keterangan", "ringkas", "nilai", "sebelum"]
    return frappe.get_all(ROW, {"impor": doc.name, **filters}, fields, order_by="urutan")
