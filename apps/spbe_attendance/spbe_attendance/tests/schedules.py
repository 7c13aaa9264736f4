"""Records of schedules, rosters and the calendar for tests, each with keyword overrides."""

from __future__ import annotations

import io
import uuid
from datetime import date
from typing import Any

import frappe
from frappe.model.document import Document
from openpyxl import Workbook

from spbe_attendance.kehadiran.jadwal import import_job
from spbe_attendance.tests.factories import make_opd, make_pegawai

MONDAY_TO_FRIDAY = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")


def day_row(hari: str, mulai: str = "07:30", selesai: str = "16:00", **values: Any) -> dict[str, Any]:
    rest = {"istirahat_mulai": "12:00", "istirahat_selesai": "13:00"}
    return {"hari": hari, "varian": "Biasa", "mulai": mulai, "selesai": selesai, **rest, **values}


def make_jadwal(days: tuple[str, ...] = MONDAY_TO_FRIDAY, **values: Any) -> Document:
    """08 hours a day, 07:30–16:00 with an hour of rest, unless ``hari`` says otherwise."""
    return frappe.get_doc(
        {
            "doctype": "Jadwal Kerja",
            "nama_jadwal": f"Jadwal Uji {uuid.uuid4().hex[:8]}",
            "jenis": "Mingguan",
            "hari": [day_row(day) for day in days],
            **values,
        }
    ).insert()


def make_shift(
    kode: str | None = None, mulai: str = "07:30", selesai: str = "14:00", **values: Any
) -> Document:
    """``overnight`` is read off the times."""
    return frappe.get_doc(
        {
            "doctype": "Shift Kerja",
            "kode": kode or f"U{uuid.uuid4().hex[:6]}".upper(),
            "nama_shift": "Shift Uji",
            "mulai": mulai,
            "selesai": selesai,
            "selesai_hari_berikut": int(selesai <= mulai),
            **values,
        }
    ).insert()


def assign(jadwal: str, dari: str, sampai: str | None = None, **values: Any) -> Document:
    """For all unless ``pegawai`` or ``opd`` is given."""
    whose = "Pegawai" if values.get("pegawai") else "OPD" if values.get("opd") else "Semua"
    row = {"berlaku_untuk": whose, "jadwal": jadwal, "dari": dari, "sampai": sampai, **values}
    return frappe.get_doc({"doctype": "Penugasan Jadwal", **row}).insert()


def make_roster(pegawai: str, tanggal: str | date, shift: str | None, **values: Any) -> Document:
    row = {"pegawai": pegawai, "tanggal": tanggal, "shift": shift, "urutan": 1, **values}
    return frappe.get_doc({"doctype": "Roster Dinas", **row}).insert()


def make_libur(tanggal: str | date, **values: Any) -> Document:
    row = {
        "nama_libur": "Libur Uji",
        "jenis": "Libur Nasional",
        "status": "Berlaku",
        "dasar": "SKB Uji 1",
        **values,
    }
    return frappe.get_doc({"doctype": "Hari Libur", "tanggal": tanggal, **row}).insert()


def make_periode(dari: str, sampai: str, **values: Any) -> Document:
    row = {"nama_periode": "Ramadan Uji", "varian": "Ramadan", "dasar": "SE Uji 2", **values}
    return frappe.get_doc({"doctype": "Periode Jadwal", "dari": dari, "sampai": sampai, **row}).insert()


def make_tree() -> tuple[Document, Document, Document]:
    """An OPD, a unit below it, and a person of the unit."""
    opd = make_opd()
    unit = make_opd(induk=opd.name)
    return opd, unit, make_pegawai(opd=unit.name)


def xlsx(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def make_import(opd: str, content: bytes, bulan: str = "2026-11", name: str = "roster.xlsx") -> Document:
    """With the sheet attached."""
    doc = frappe.get_doc({"doctype": "Impor Roster", "opd": opd, "bulan": bulan})
    doc.flags.ignore_mandatory = True
    doc.insert()
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": name,
            "content": content,
            "is_private": 1,
            "attached_to_doctype": doc.doctype,
            "attached_to_name": doc.name,
        }
    ).insert()
    doc.berkas = file.file_url
    return doc.save()


def carry_out(doc: Document, task: str) -> Any:
    """A task of an import, as the form asks for it and the job does it; answers what the task answers. The document is as it is then."""
    doc.reload()
    assert getattr(doc, task)() == {"status": "Antre"}
    answer = import_job.work(doc.name, task)
    doc.reload()
    return answer


def noted() -> list[tuple[str | None, str | None, str, str]]:
    """What the closing job was told: (pegawai, opd, first, last)."""
    rows = frappe.get_all("Hitung Ulang", fields=["pegawai", "opd", "dari", "sampai"])
    found = [(row.pegawai, row.opd, str(row.dari), str(row.sampai)) for row in rows]
    return sorted(found, key=str)
