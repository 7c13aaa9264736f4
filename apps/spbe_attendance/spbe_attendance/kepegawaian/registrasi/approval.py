"""What a step of the workflow needs and does. The steps themselves stand in setup/workflow.py."""

from __future__ import annotations

from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.pencatatan import photo
from spbe_attendance.kepegawaian.accounts import ensure_user
from spbe_attendance.kepegawaian.registrasi import consent, notices
from spbe_attendance.kepegawaian.registrasi.exceptions import (
    AlasanPendaftaranWajib,
    PendaftaranBelumDicocokkan,
    PendaftaranSendiri,
    SudahMenjadiPegawai,
)

VERIFIED, APPROVED = "Terverifikasi", "Disetujui"
WITH_REASON = ("Dikembalikan", "Ditolak")
ENDED = (APPROVED, "Ditolak")


def decide(doc: Document) -> None:
    """Called by the controller when a person has moved the row to another state; makes the person when it is approved."""
    user = frappe.session.user
    if not doc.dicocokkan_pada:
        frappe.throw(
            _("This registration is still being compared with the recap: try again in a minute."),
            PendaftaranBelumDicocokkan,
        )
    refuse_own(doc, user)
    if doc.status in WITH_REASON and len((doc.alasan or "").strip()) < 5:
        frappe.throw(_("Write the reason first: the applicant reads it."), AlasanPendaftaranWajib)
    if doc.status == VERIFIED:
        doc.alasan = None
        doc.diverifikasi_oleh, doc.diverifikasi_pada = user, now_datetime()
        notices.later(doc.name)
    else:
        doc.diputus_oleh, doc.diputus_pada = user, now_datetime()
    if doc.status in ENDED:
        # The NIK is free for another registration.
        doc.nik_terbuka = None
    if doc.status == APPROVED:
        approve(doc, user)


def approve(doc: Document, user: str) -> None:
    if doc.diverifikasi_oleh == user:
        frappe.throw(
            _("You have verified this registration yourself: somebody else of BKPSDM approves it."),
            PendaftaranSendiri,
        )
    # The unique key holds it, too, but its refusal quotes the number.
    if frappe.db.exists("Pegawai", {"nik": doc.nik}):
        frappe.throw(
            _("Somebody with this NIK has become staff meanwhile: refuse this registration, or return it."),
            SudahMenjadiPegawai,
        )
    doc.alasan = None
    doc.pegawai = make_person(doc)


def refuse_own(doc: Document, user: str) -> None:
    """Whoever filed it, bears its NIK, or has its name and birth date. Raises PendaftaranSendiri."""
    person = frappe.db.get_value("Pegawai", {"user": user}, ["nik", "nama", "tanggal_lahir"], as_dict=True)
    own = doc.owner == user and user != "Guest"
    if person:
        same_name = (person.nama or "").strip().casefold() == doc.nama.strip().casefold()
        own |= bool(person.nik) and person.nik == doc.nik
        own |= same_name and str(person.tanggal_lahir) == str(doc.tanggal_lahir)
    if own:
        frappe.throw(
            _("Nobody decides on an own registration: ask a colleague of BKPSDM."), PendaftaranSendiri
        )


def make_person(doc: Document) -> str:
    """Pegawai and account, in the transaction of the approval."""
    person = frappe.get_doc(
        {
            "doctype": "Pegawai",
            **{
                field: doc.get(field)
                for field in (
                    "nama",
                    "nik",
                    "tanggal_lahir",
                    "jenis_kelamin",
                    "status_kepegawaian",
                    "opd",
                    "jabatan",
                    "vendor",
                    "nomor_hp",
                )
            },
            "status": "Aktif",
            # Nobody is absent on days before they were registered.
            "mulai_bertugas": now_datetime().date(),
        }
    ).insert()
    ensure_user(person.name)
    give_photo(doc, person)
    consent.pass_on(doc.name, person.name, person.opd)
    return str(person.name)


def give_photo(doc: Document, person: Document) -> None:
    """A file of its own: that of the registration is removed after a while."""
    name = frappe.db.get_value("File", {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name})
    if not name:
        return
    file = frappe.get_doc("File", name)
    ending = Path(file.file_url).suffix.lstrip(".")
    kept = photo.private_file("Pegawai", person.name, file.get_content(), ending)
    person.db_set("foto", kept.file_url, update_modified=False)
