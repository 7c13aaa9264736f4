"""An appeal on a computed day: with a deadline to ask, one to answer, and never an answer without words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime

from spbe_attendance.exceptions import JawabanWajib, MelewatiTenggat, PermohonanBertumpuk, TanggalTidakSah
from spbe_attendance.kehadiran.permohonan import (
    applicant,
    changes,
    deciders,
    letters,
    withdrawal,
    working_days,
)
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.record_language import record_language

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.sanggah.sanggah import Sanggah

DIAJUKAN, DITERIMA, DITOLAK = "Diajukan", "Diterima", "Ditolak"
ENDED = (DITOLAK, withdrawal.DIBATALKAN)


def file(doc: Sanggah) -> None:
    """Raises a subclass of PermohonanDitolak; nothing is written then."""
    applicant.settle(doc)
    settings, today = frappe.get_cached_doc("Pengaturan Absensi"), now_datetime().date()
    doc.tanggal = getdate(doc.tanggal)
    if doc.tanggal > today:
        frappe.throw(_("This day has not been yet: there is nothing to contest."), TanggalTidakSah)
    doc.tenggat = working_days.deadline(doc.pegawai, doc.tanggal, cint(settings.batas_hari_sanggah))
    if today > doc.tenggat and not applicant.by_bkpsdm():
        frappe.throw(
            _("An appeal may be made within {0} working days, until {1}: ask BKPSDM.").format(
                cint(settings.batas_hari_sanggah), doc.tenggat.strftime("%d-%m-%Y")
            ),
            MelewatiTenggat,
        )
    letters.check(doc)
    applicant.lock([doc.pegawai])
    refuse_second(doc)
    doc.rekap = frappe.db.get_value("Rekap Harian", {"pegawai": doc.pegawai, "tanggal": doc.tanggal})
    doc.status = DIAJUKAN
    doc.jawab_sebelum = working_days.deadline(doc.pegawai, today, cint(settings.batas_hari_jawab_sanggah))


def refuse_second(doc: Sanggah) -> None:
    """One open appeal per day; after a refusal or a withdrawal a new one may bring new reasons, within the deadline."""
    sanggah = frappe.qb.DocType("Sanggah")
    rows = (
        frappe.qb.from_(sanggah)
        .select(sanggah.status)
        .where((sanggah.pegawai == doc.pegawai) & (sanggah.tanggal == doc.tanggal))
        .where(sanggah.status.notin(ENDED))
        .for_update()
        .run()
    )
    if rows:
        frappe.throw(
            _("There is an appeal about {0} already ({1}).").format(
                doc.tanggal.strftime("%d-%m-%Y"), _(rows[0][0])
            ),
            PermohonanBertumpuk,
        )


def review(doc: Sanggah) -> None:
    before = doc.get_doc_before_save()
    waiting = before.status == DIAJUKAN
    changed = changes.changed_fields(doc)
    allowed = {"lampiran", "status", "jawaban", withdrawal.REASON} if waiting else set()
    changes.refuse(doc, changed, allowed, waiting=waiting)
    if "lampiran" in changed:
        letters.check(doc)
    withdrawal.check(doc, changed)
    decided = "status" in changed and doc.status != withdrawal.DIBATALKAN
    if decided or "jawaban" in changed:
        deciders.require(doc, DIAJUKAN)
    if decided and not doc.jawaban:
        frappe.throw(_("An appeal is decided with an answer: write it first."), JawabanWajib)


@record_language()
def apply_effects(doc: Sanggah) -> None:
    """Accepted: the day is computed again, out of whatever the answer has put right."""
    before: Any = doc.get_doc_before_save()
    if before is not None and before.status != doc.status and doc.status == DITERIMA:
        day = getdate(doc.tanggal)
        affected.mark([doc.pegawai], None, day, day, _("Appeal {0}: accepted").format(doc.name))
