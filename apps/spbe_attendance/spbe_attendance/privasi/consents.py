"""Taking an agreement back (UU 27/2022 art. 9): what rests on it goes at once, what rests on the law stays."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.pemberitahuan import requests, service
from spbe_attendance.kepegawaian.registrasi import consent
from spbe_attendance.privasi.errors import TidakAdaPersetujuan
from spbe_attendance.record_language import record_language


def withdraw(person: dict[str, Any]) -> dict[str, Any]:
    """All agreements that stand; phone number and portrait go, BKPSDM hears that punches need another way than the photo. Answers
    consent.mine. Raises TidakAdaPersetujuan."""
    standing = {"pegawai": person["name"], "ditarik_pada": ["is", "not set"]}
    names = frappe.get_all(consent.RECORD, standing, pluck="name")
    if not names:
        frappe.throw(_("There is no agreement of yours that stands."), TidakAdaPersetujuan)
    for name in names:
        consent.note(name, now_datetime(), _("Withdrawn", consent.LANGUAGE))
    _remove(person["name"])
    frappe.enqueue(announce, queue="short", enqueue_after_commit=True, nama=names[0], pegawai=person["name"])
    return consent.mine(person)


def _remove(pegawai: str) -> None:
    """What was given on nothing but the agreement."""
    doc = frappe.get_doc("Pegawai", pegawai, for_update=True)
    for file in frappe.get_all(
        "File",
        {"attached_to_doctype": "Pegawai", "attached_to_name": pegawai, "file_url": doc.foto or ""},
        pluck="name",
    ):
        frappe.delete_doc("File", file, ignore_permissions=True, force=True, delete_permanently=True)
    doc.update({"nomor_hp": None, "foto": None})
    # The person may not write the master data, but take back what was given.
    doc.save(ignore_permissions=True)


def announce(nama: str, pegawai: str) -> list[str]:
    """The background job: BKPSDM sees to punches without a photo."""
    with record_language():
        sentence = _("{0} has withdrawn the consent: arrange punches without a photo.")
        name = frappe.db.get_value("Pegawai", pegawai, "nama")
        return service.tell(requests.office(), sentence.format(name), frappe.get_doc(consent.RECORD, nama))
