"""A person's own data as files: asked for in the app, made in the background, one at a time, told when ready, gone after three days."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.pemberitahuan import service
from spbe_attendance.privasi import own_data, parcel
from spbe_attendance.privasi.errors import SalinanSedangDibuat
from spbe_attendance.record_language import record_language

DOCTYPE = "Salinan Data"
MAKING, READY, FAILED, EXPIRED = "Disiapkan", "Siap", "Gagal", "Kedaluwarsa"
KEPT = timedelta(days=3)
# A second one within a day would tell the same; a job that was killed blocks nobody for longer than this.
FRESH, STUCK = timedelta(days=1), timedelta(hours=1)


def ask(person: dict[str, Any]) -> dict[str, Any]:
    """Queue the making, or answer the one that is ready since less than a day. Raises SalinanSedangDibuat."""
    # Two taps at once: the second one waits for the first, and sees its row because that is read with a lock, too.
    frappe.db.get_value("Pegawai", person["name"], "name", for_update=True)
    latest = _latest(person["name"], lock=True)
    if latest and latest.status == MAKING and latest.creation > now_datetime() - STUCK:
        frappe.throw(
            _("Your data are being put together: you will be told when they are ready."), SalinanSedangDibuat
        )
    if latest and latest.status == READY and latest.creation > now_datetime() - FRESH:
        return state(person["name"])
    doc = frappe.get_doc(
        {"doctype": DOCTYPE, "pegawai": person["name"], "opd": person["opd"], "status": MAKING}
    )
    doc.flags.by_service = True
    # To be the person is the permission.
    doc.insert(ignore_permissions=True)
    frappe.enqueue(
        make,
        queue="long",
        timeout=1500,
        enqueue_after_commit=True,
        job_id=f"salinan-{doc.name}",
        nama=doc.name,
    )
    return state(person["name"])


def make(nama: str) -> None:
    """The background job. Never raises: the person is told, the log has the rest."""
    doc = frappe.get_doc(DOCTYPE, nama)
    try:
        with record_language():
            build(doc)
    except Exception:
        frappe.db.rollback()
        frappe.log_error(title="Salinan Data")
        doc.db_set("status", FAILED, commit=False)
        _tell(doc, _("Your data could not be put together: ask for them again."))
    frappe.db.commit()  # whatever came of it must outlive the job


def build(doc: Any) -> None:
    person = doc.pegawai
    words = _(
        "What SPBE Absensi keeps about you, as of {0}. data.json has everything, berkas/ your photos and letters."
    )
    intro = words.format(now_datetime().strftime("%d-%m-%Y %H:%M"))
    count = size = 0
    for content in parcel.parts(own_data.tables(person), own_data.files(person), _content, intro):
        count, size = count + 1, size + len(content)
        _store(doc, f"data-saya-{count}-{secrets.token_hex(8)}.zip", content)
    until = now_datetime() + KEPT
    doc.db_set(
        {"status": READY, "jumlah_berkas": count, "ukuran": size, "berlaku_sampai": until}, commit=False
    )
    _tell(doc, _("Your data are ready: fetch them on the page Akun within three days."))


def _content(file: own_data.OwnFile) -> bytes:
    try:
        found = frappe.get_doc("File", file.file).get_content()
    except OSError:
        return b""
    return found.encode() if isinstance(found, str) else found


def _store(doc: Any, name: str, content: bytes) -> None:
    file = {
        "doctype": "File",
        "file_name": name,
        "is_private": 1,
        "attached_to_doctype": DOCTYPE,
        "attached_to_name": doc.name,
        "content": content,
    }
    frappe.get_doc(file).insert(ignore_permissions=True)


def _tell(doc: Any, sentence: str) -> None:
    user = frappe.db.get_value("Pegawai", doc.pegawai, "user")
    # The job runs as who asked, and nobody is told of the own acts.
    frappe.set_user("Administrator")
    service.tell([user] if user else [], sentence, doc)


def _latest(person: str, *, lock: bool = False) -> Any:
    return frappe.db.get_value(
        DOCTYPE,
        {"pegawai": person},
        ["name", "status", "creation", "berlaku_sampai", "ukuran"],
        order_by="creation desc",
        as_dict=True,
        for_update=lock,
    )


def state(person: str) -> dict[str, Any]:
    """{status, diminta_pada, berlaku_sampai, berkas: [{nama, url, ukuran}]} of the last one; status None before there is one."""
    found = _latest(person)
    if not found:
        return {"status": None, "diminta_pada": None, "berlaku_sampai": None, "berkas": []}
    files = frappe.get_all(
        "File",
        {"attached_to_doctype": DOCTYPE, "attached_to_name": found.name},
        ["file_url as url", "file_size as ukuran"],
        order_by="creation",
    )
    return {
        "status": found.status,
        "diminta_pada": str(found.creation),
        "berlaku_sampai": found.berlaku_sampai and str(found.berlaku_sampai),
        "berkas": [{"nama": f"data-saya-{number}.zip", **row} for number, row in enumerate(files, 1)],
    }


def remove_expired() -> None:
    """Hooked to the scheduler: the files go, that one was asked for stays on record."""
    filters = {"status": READY, "berlaku_sampai": ["<", now_datetime()]}
    for name in frappe.get_all(DOCTYPE, filters, pluck="name"):
        for file in frappe.get_all(
            "File", {"attached_to_doctype": DOCTYPE, "attached_to_name": name}, pluck="name"
        ):
            frappe.delete_doc("File", file, ignore_permissions=True, force=True, delete_permanently=True)
        frappe.db.set_value(DOCTYPE, name, "status", EXPIRED)
