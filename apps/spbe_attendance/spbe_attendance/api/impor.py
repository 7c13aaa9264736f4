"""The form of an import: how it stands, what was found, decisions, downloads. Thin: check, delegate."""

from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.kepegawaian.impor import fields, job, sheets, view


@frappe.whitelist(methods=["POST"])
def kemajuan(name: str) -> dict[str, object]:
    """How an import stands: {status, persen, keterangan}. POST, for a job that is gone is noted as broken off."""
    return job.JOB.progress(_readable(name))


@frappe.whitelist(methods=["GET"])
def masalah(name: str, keparahan: str = "", mulai: int | str = 0) -> dict[str, object]:
    """A page of problems: {jumlah: by severity, baris: [{baris, kolom, isi, keparahan, masalah, saran, jumlah, daftar_baris}]}."""
    return view.problems(_readable(name).name, str(keparahan), _start(mulai))


@frappe.whitelist(methods=["GET"])
def baris(name: str, tindakan: str = "", keadaan: str = "", mulai: int | str = 0) -> dict[str, object]:
    """A page of rows with what changes in each: {jumlah: by action, keadaan: by state, baris: [...]}; a NIK is masked."""
    return view.rows(_readable(name).name, str(tindakan), str(keadaan), _start(mulai))


@frappe.whitelist(methods=["POST"])
def putuskan(name: str, baris: list | str, putusan: str) -> dict[str, int]:
    """Decides on rows that may be somebody who is registered already: Baru, Sama or Lewati. {diputuskan}."""
    doc = frappe.get_doc(job.DOCTYPE, name, for_update=True)
    doc.check_permission("write")
    return view.decide(doc, baris, putusan)


@frappe.whitelist(methods=["GET"])
def unduh_masalah(name: str, bentuk: str = "xlsx") -> None:
    """All problems as XLSX or CSV, harmless to spreadsheet programs."""
    _download(sheets.problems(_readable(name), str(bentuk)))


@frappe.whitelist(methods=["GET"])
def unduh_lembar(name: str) -> None:
    """The sheet as it was understood, as XLSX: to correct and to import again."""
    _download(sheets.corrected(_readable(name)))


@frappe.whitelist(methods=["GET"])
def templat(jenis: str) -> None:
    """An empty sheet to fill in, as XLSX."""
    if jenis not in fields.FIELDS:
        frappe.throw(_("There is no such kind of import."), PermintaanTidakSah)
    if not frappe.has_permission(job.DOCTYPE, "create"):
        frappe.throw(_("Your role does not allow this."), frappe.PermissionError)
    _download(sheets.template(jenis))


def _readable(name: str) -> frappe.model.document.Document:
    doc = frappe.get_doc(job.DOCTYPE, name)
    doc.check_permission("read")
    return doc


def _start(mulai: int | str) -> int:
    if not str(mulai).isdecimal() or len(str(mulai)) > 9:
        frappe.throw(_("A page begins at a number."), PermintaanTidakSah)
    return int(mulai)


def _download(file: tuple[str, bytes]) -> None:
    name, content = file
    frappe.response.update({"type": "binary", "filename": name, "filecontent": content})
