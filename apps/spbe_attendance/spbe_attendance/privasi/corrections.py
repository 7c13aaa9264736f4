"""Corrections of one's own master data (UU 27/2022 art. 30: within three times 24 hours): asked for by the person, decided by BKPSDM."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate, now_datetime

from spbe_attendance.kehadiran.pemberitahuan import requests, service
from spbe_attendance.kehadiran.pencatatan import request
from spbe_attendance.kepegawaian import identity
from spbe_attendance.kepegawaian.accounts import NIK_IN_TEXT
from spbe_attendance.permissions import own_pegawai
from spbe_attendance.privasi.errors import (
    PerbaikanSendiri,
    PerbaikanTidakDapatDiubah,
    PerbaikanTidakSah,
)
from spbe_attendance.record_language import record_language

DOCTYPE = "Perbaikan Data"
OPEN, ACCEPTED, REFUSED, WITHDRAWN = "Diajukan", "Diterima", "Ditolak", "Dibatalkan"
ANSWER_WITHIN = timedelta(hours=72)
DATES = ("tanggal_lahir", "mulai_bertugas")
DECISION = {"status", "jawaban", "diputus_oleh", "diputus_pada"}
LONGEST = 500


def file(doc: Any) -> None:
    """A new one: for oneself, about one field, with what stands there now. Raises PerbaikanTidakSah."""
    person = own_pegawai(frappe.session.user)
    if not person or doc.pegawai != person["name"]:
        frappe.throw(_("A correction is asked for by the person whose data they are."), PerbaikanTidakSah)
    if doc.bidang not in fields():
        frappe.throw(_("This field is not corrected this way: ask BKPSDM."), PerbaikanTidakSah)
    wanted = request.text(doc.nilai_baru, _(doc.meta.get_label("nilai_baru")), 140) or ""
    reason = request.text(doc.alasan, _(doc.meta.get_label("alasan")), LONGEST)
    present = _written(frappe.db.get_value("Pegawai", doc.pegawai, doc.bidang))
    wanted = _checked(doc.bidang, wanted)
    if not wanted or wanted == present:
        frappe.throw(_("Enter what it should be; it must differ from what it is."), PerbaikanTidakSah)
    if frappe.db.exists(DOCTYPE, {"pegawai": doc.pegawai, "bidang": doc.bidang, "status": OPEN}):
        frappe.throw(_("A correction of this field waits already: withdraw it first."), PerbaikanTidakSah)
    doc.update({"opd": person["opd"], "status": OPEN, "nilai_lama": present, "nilai_baru": wanted})
    doc.update(dict.fromkeys(("jawaban", "diputus_oleh", "diputus_pada")))
    doc.alasan = reason and NIK_IN_TEXT.sub(lambda found: identity.mask(found[0]), reason)
    doc.jawab_sebelum = now_datetime() + ANSWER_WITHIN


def fields() -> list[str]:
    return frappe.get_meta(DOCTYPE).get_field("bidang").options.split("\n")


def _written(value: Any) -> str:
    return "" if value is None else str(value)


def _checked(field: str, wanted: str) -> str:
    """In the form in which the master data keep it; what it may be the person's own form decides when it is accepted."""
    if field in DATES:
        try:
            return getdate(wanted).isoformat()
        except (ValueError, TypeError, AttributeError, frappe.ValidationError):
            frappe.throw(_("Write the date as YYYY-MM-DD."), PerbaikanTidakSah)
    options = _options(field)
    if options and wanted not in options:
        frappe.throw(_("Choose one of: {0}.").format(", ".join(options)), PerbaikanTidakSah)
    return wanted


def _options(field: str) -> list[str]:
    found = frappe.get_meta("Pegawai").get_field(field)
    return [one for one in (found.options or "").split("\n") if one] if found.fieldtype == "Select" else []


def review(doc: Any) -> None:
    """A change of one that is there: only its decision, only while it waits, never one's own. Raises PerbaikanDitolak's kinds."""
    before = doc.get_doc_before_save()
    changed = {
        field.fieldname
        for field in doc.meta.fields
        if _written(doc.get(field.fieldname)) != _written(before.get(field.fieldname))
    }
    if before.status != OPEN or changed - DECISION:
        frappe.throw(*doc.why_kept())
    own = doc.pegawai == own_pegawai(frappe.session.user).get("name")
    if changed and own and doc.status != WITHDRAWN:
        frappe.throw(_("Nobody decides on an own correction."), PerbaikanSendiri)
    if doc.status == REFUSED and not (doc.jawaban or "").strip():
        frappe.throw(_("Say in the answer why the correction is refused."), PerbaikanTidakSah)
    decided = doc.status != OPEN
    doc.diputus_oleh, doc.diputus_pada = (frappe.session.user, now_datetime()) if decided else (None, None)


def follow(doc: Any) -> None:
    """After it was stored: an accepted one is written into the person, and whoever has to know is told."""
    before = doc.get_doc_before_save()
    if before and before.status == doc.status:
        return
    if doc.status == ACCEPTED:
        _apply(doc)
    if doc.status != WITHDRAWN:
        frappe.enqueue(announce, queue="short", enqueue_after_commit=True, nama=doc.name, status=doc.status)


def _apply(doc: Any) -> None:
    """Through the person's own controller and the rights of whoever decides."""
    person = frappe.get_doc("Pegawai", doc.pegawai, for_update=True)
    if _written(person.get(doc.bidang)) != (doc.nilai_lama or ""):
        frappe.throw(
            _("The field has changed meanwhile: refuse this correction, and look at the person again."),
            PerbaikanTidakDapatDiubah,
        )
    person.set(doc.bidang, doc.nilai_baru)
    person.save()


def announce(nama: str, status: str) -> list[str]:
    """The background job: BKPSDM hears of a new one, the person of the decision."""
    doc = frappe.get_doc(DOCTYPE, nama)
    if doc.status != status:
        return []
    with record_language():
        if status == OPEN:
            return service.tell(requests.office(), _("A correction of master data waits for BKPSDM."), doc)
        sentence = _("Your correction of {0}: {1}.").format(_(_label(doc.bidang)), _(status))
        return service.tell(requests.users_of([doc.pegawai]), sentence, doc)


def _label(field: str) -> str:
    return str(frappe.get_meta("Pegawai").get_label(field))


def mine(person: dict[str, Any]) -> dict[str, Any]:
    """{bidang: [{nama, label, nilai, pilihan}], permintaan: [{name, bidang, label, nilai_lama, nilai_baru, status, jawaban, jawab_sebelum}]}"""
    row = frappe.db.get_value("Pegawai", person["name"], fields(), as_dict=True)
    listed = [
        {
            "nama": name,
            "label": _(_label(name)),
            "nilai": _written(row[name]),
            "pilihan": _options(name),
        }
        for name in fields()
    ]
    asked = frappe.get_all(
        DOCTYPE,
        {"pegawai": person["name"]},
        ["name", "bidang", "nilai_lama", "nilai_baru", "status", "jawaban", "jawab_sebelum"],
        order_by="creation desc",
        limit=20,
    )
    for one in asked:
        one.update({"label": _(_label(one.bidang)), "jawab_sebelum": str(one.jawab_sebelum)})
    return {"bidang": listed, "permintaan": asked}


def ask(person: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """File one; answers ``mine``."""
    told = {name: values.get(name) for name in ("bidang", "nilai_baru", "alasan")}
    frappe.get_doc({"doctype": DOCTYPE, "pegawai": person["name"], **told}).insert()
    return mine(person)


def withdraw(person: dict[str, Any], name: Any) -> dict[str, Any]:
    """Take an own one back while it waits; answers ``mine``."""
    if not isinstance(name, str) or not frappe.db.exists(DOCTYPE, {"name": name, "pegawai": person["name"]}):
        frappe.throw(_("There is no such correction of yours."), PerbaikanTidakSah)
    doc = frappe.get_doc(DOCTYPE, name)
    apply_workflow(doc, "Batalkan")
    return mine(person)
