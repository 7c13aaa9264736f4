"""What an applicant sees of the own registration, and what stands side by side for those who decide."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.kepegawaian.identity import mask
from spbe_attendance.kepegawaian.registrasi import (
    access,
    consent,
    handover,
    intake,
    period,
    receipt,
    request,
    settle,
)

RULES = ("foto_ukuran_maks_kb", "foto_sisi_maks")
OWN = ("nama", "tanggal_lahir", "jenis_kelamin", "status_kepegawaian", "opd", "jabatan", "vendor", "nomor_hp")
COMPARED = ("nama", "tanggal_lahir", "opd", "jabatan", "vendor")


def form() -> dict[str, Any]:
    """What the page needs: {dibuka, sampai, naskah, unit: [{kode, nama, induk}], aturan, status_kepegawaian, kontak}.

    While registration is closed the units are left out.
    """
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    opened = period.is_open()
    return {
        "dibuka": opened,
        "sampai": str(settings.pendaftaran_sampai) if opened and settings.pendaftaran_sampai else None,
        "naskah": consent.current(),
        "unit": units() if opened else [],
        "aturan": {field: settings.get(field) for field in RULES},
        "status_kepegawaian": request.KINDS,
        "kontak": consent.contact(),
    }


def units() -> list[dict[str, str | None]]:
    """Names and places in the tree, in its order: what any office has on its door, and nothing else."""
    fields = ["name as kode", "nama_opd as nama", "induk"]
    return frappe.get_all("OPD", fields=fields, order_by="lft")


def status(name: str) -> dict[str, Any]:
    """{nomor, status, diajukan_pada, alasan, nomor_pegawai, aktif, isian}: isian, NIK masked, only while a correction is asked for;
    aktif: the account of an approved registration has its password."""
    doc = frappe.get_doc(access.DOCTYPE, name)
    told = intake.FILED if doc.status == access.KNOWN else doc.status
    reason = doc.alasan if told in ("Dikembalikan", "Ditolak") else None
    login = frappe.db.get_value("Pegawai", doc.pegawai, "nomor_pegawai") if doc.pegawai else None
    answer: dict[str, Any] = {
        "nomor": doc.nomor,
        "status": told,
        "diajukan_pada": str(doc.diajukan_pada),
        "alasan": reason,
        "nomor_pegawai": login,
        "aktif": bool(login) and handover.is_activated(doc.pegawai),
        "isian": None,
    }
    if told == intake.RETURNED and not doc.dihapus_pada:
        answer["isian"] = {
            **{field: str(doc.get(field) or "") for field in OWN},
            "nik_samar": doc.nik_samar,
        }
    return answer


def look(values: dict[str, object]) -> dict[str, Any]:
    """Raises TandaTerimaSalah."""
    return status(receipt.open_row(values.get("nomor"), values.get("kode")))


def comparison(doc: Document) -> dict[str, Any]:
    """{kecocokan, skor, baris: [{label, diajukan, acuan, beda}], sumber, perlu_dilihat, digantikan}: the registration beside the row
    of the recap, the NIK masked. What the reader may not see of the recap's own list is shown here for this one row only.
    """
    row = frappe.get_doc(settle.RECAP, doc.acuan) if doc.acuan else None
    lines = [line(doc, row, field) for field in COMPARED]
    lines.insert(1, nik_line(doc, row))
    return {
        "kecocokan": doc.kecocokan,
        "skor": doc.skor,
        "baris": [each for each in lines if each["diajukan"] or each["acuan"]],
        "sumber": " · ".join(filter(None, (row.sumber, row.nomor_kontrak))) if row else None,
        "perlu_dilihat": settle.explain(doc),
        "terdaftar": already(doc),
    }


def line(doc: Document, row: Document | None, field: str) -> dict[str, Any]:
    filed, known = (shown(each, field) if each else "" for each in (doc, row))
    different = bool(row and known) and filed.casefold() != known.casefold()
    return {"label": _(doc.meta.get_label(field)), "diajukan": filed, "acuan": known, "beda": different}


def shown(doc: Document, field: str) -> str:
    value = doc.get(field)
    if field == "opd":
        return str(frappe.db.get_value("OPD", value, "nama_opd") or "") if value else ""
    return frappe.utils.formatdate(value) if field == "tanggal_lahir" and value else str(value or "")


def nik_line(doc: Document, row: Document | None) -> dict[str, Any]:
    known = mask(row.nik) if row and row.nik else ""
    # Two numbers may look the same when masked.
    different = bool(known) and row is not None and row.nik_hash != doc.nik_hash
    return {"label": _("NIK (masked)"), "diajukan": doc.nik_samar or "", "acuan": known, "beda": different}


def already(doc: Document) -> dict[str, Any] | None:
    """The member of staff who has this NIK, for BKPSDM."""
    if not doc.pegawai_terdaftar or not frappe.has_permission("Pegawai", "read", doc=doc.pegawai_terdaftar):
        return None
    fields = ["name", "nama", "opd", "status", "status_kepegawaian"]
    return frappe.db.get_value("Pegawai", doc.pegawai_terdaftar, fields, as_dict=True)
