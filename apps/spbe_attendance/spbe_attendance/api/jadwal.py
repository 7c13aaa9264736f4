"""Buttons of the calendar and the roster. Thin: check, delegate."""

from __future__ import annotations

import json

import frappe
from frappe import _

from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.kehadiran.jadwal import import_job, template
from spbe_attendance.kehadiran.kalender import proposal

MAX_ROWS, MAX_BASIS = 500, 140


@frappe.whitelist(methods=["POST"])
def kemajuan_impor(name: str) -> dict[str, object]:
    """How a roster sheet stands: {status, persen, keterangan}. POST, for a job that is gone is noted as broken off."""
    doc = frappe.get_doc(import_job.DOCTYPE, name)
    doc.check_permission("read")
    return import_job.progress(doc)


@frappe.whitelist(methods=["POST"])
def usulkan_libur(tahun: int | str) -> dict[str, int]:
    """Proposes the national days and cuti bersama of a year: {usulan, sudah_ada, cuti_bersama}."""
    _need("Hari Libur", "create")
    # Forms send text; Frappe converts nothing where annotations are kept as text.
    if isinstance(tahun, bool) or not str(tahun).isdecimal():
        frappe.throw(_("The year is written like 2026."), PermintaanTidakSah)
    return proposal.propose(int(tahun))


@frappe.whitelist(methods=["POST"])
def konfirmasi_libur(nama: list | str, dasar: str) -> dict[str, int]:
    """Puts proposed days into force: {berlaku, dihitung_ulang}. Each row's own permission is checked as it is saved."""
    _need("Hari Libur", "write")
    try:
        names = json.loads(nama) if isinstance(nama, str) else nama
    except ValueError:
        names = None
    if (
        not isinstance(names, list)
        or not all(isinstance(name, str) for name in names)
        or len(names) > MAX_ROWS
    ):
        frappe.throw(_("Choose between 1 and {0} rows.").format(MAX_ROWS), PermintaanTidakSah)
    if not isinstance(dasar, str) or not 0 < len(dasar.strip()) <= MAX_BASIS:
        frappe.throw(
            _("Enter the number of the decree, at most {0} characters.").format(MAX_BASIS), PermintaanTidakSah
        )
    return proposal.confirm(names, dasar)


@frappe.whitelist(methods=["GET"])
def templat_roster(opd: str, bulan: str) -> None:
    """The roster sheet of an OPD and month as XLSX, filled with what stands already."""
    _need("Impor Roster", "create", frappe._dict(doctype="Impor Roster", opd=opd))
    name, content = template.build(opd, bulan)
    frappe.response.update({"type": "binary", "filename": name, "filecontent": content})


def _need(doctype: str, verb: str, doc: frappe._dict | None = None) -> None:
    if not frappe.has_permission(doctype, verb, doc=doc):
        frappe.throw(_("Your role does not allow this."), frappe.PermissionError)
