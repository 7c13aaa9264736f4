"""A correction: a punch that was forgotten, of the wrong kind, or prevented by a fault. The original punch stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, getdate, now_datetime

from spbe_attendance import permissions
from spbe_attendance.exceptions import (
    AbsensiAsalTidakSah,
    AlasanWajib,
    KuotaTerlampaui,
    MelewatiTenggat,
    PermohonanBertumpuk,
    PermohonanTidakSah,
    SaksiTidakSah,
    TanggalTidakSah,
)
from spbe_attendance.kehadiran.pencatatan import koreksi as writer
from spbe_attendance.kehadiran.permohonan import (
    allowance,
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
    from spbe_attendance.kehadiran.doctype.koreksi_absensi.koreksi_absensi import KoreksiAbsensi

MENUNGGU, DISETUJUI, DITOLAK = "Menunggu Persetujuan", "Disetujui", "Ditolak"
# They count for nothing: neither against the quota nor as a second request.
ENDED = (DITOLAK, withdrawal.DIBATALKAN)
KINDS, CAUSES = ("Masuk", "Pulang"), ("Lupa Absen", "Salah Jenis", "Kendala Teknis")
# A night shift belongs to the day it starts and ends on the next one.
LATEST_END = timedelta(hours=36)


def file(doc: KoreksiAbsensi) -> None:
    """Raises a subclass of PermohonanDitolak; nothing is written then."""
    person = applicant.settle(doc)
    if doc.jenis not in KINDS or doc.sebab not in CAUSES:
        frappe.throw(
            _("Choose kind and cause of the correction: {0}; {1}.").format(
                ", ".join(KINDS), ", ".join(CAUSES)
            ),
            PermohonanTidakSah,
        )
    check_time(doc)
    check_deadline(doc)
    check_witness(doc)
    check_original(doc)
    letters.check(doc)
    applicant.lock([doc.pegawai])
    check_others(doc)
    doc.status = MENUNGGU
    doc.atasan = deciders.superior(person, [doc.pegawai])


def check_time(doc: KoreksiAbsensi) -> None:
    doc.tanggal, doc.waktu = getdate(doc.tanggal), get_datetime(doc.waktu)
    start = get_datetime(doc.tanggal)
    if doc.waktu > now_datetime():
        frappe.throw(_("A correction is about what has been: the time lies ahead."), TanggalTidakSah)
    if not start <= doc.waktu < start + LATEST_END or (
        doc.jenis == "Masuk" and doc.waktu.date() != doc.tanggal
    ):
        frappe.throw(_("The time does not belong to this working day."), TanggalTidakSah)


def check_deadline(doc: KoreksiAbsensi) -> None:
    limit = cint(frappe.get_cached_doc("Pengaturan Absensi").batas_hari_koreksi)
    last = working_days.deadline(doc.pegawai, doc.tanggal, limit)
    if now_datetime().date() > last and not applicant.by_bkpsdm():
        frappe.throw(
            _("A correction may be asked for within {0} working days, until {1}: ask BKPSDM.").format(
                limit, last.strftime("%d-%m-%Y")
            ),
            MelewatiTenggat,
        )


def check_witness(doc: KoreksiAbsensi) -> None:
    if not doc.saksi:
        if doc.sebab == "Lupa Absen" or (doc.sebab == "Kendala Teknis" and not doc.lampiran):
            frappe.throw(
                _("Name a colleague who saw you at work; for a technical fault a letter does as well."),
                SaksiTidakSah,
            )
        return
    person = applicant.load([doc.saksi]).get(doc.saksi) if isinstance(doc.saksi, str) else None
    if doc.saksi == doc.pegawai:
        frappe.throw(_("Nobody is their own witness: name a colleague."), SaksiTidakSah)
    if not person or person["status"] != "Aktif" or not same_branch(person["opd"], doc.opd):
        frappe.throw(_("The witness must be an active colleague of the same OPD."), SaksiTidakSah)


def same_branch(one: str, other: str) -> bool:
    """One stands over the other, or both stand below the same OPD other than the root that everybody shares."""
    up, down = permissions.ancestors(one), permissions.ancestors(other)
    if one in down or other in up:
        return True
    shared = set(up) & set(down)
    return bool(shared) and bool(
        frappe.db.exists("OPD", {"name": ["in", list(shared)], "induk": ["is", "set"]})
    )


def check_original(doc: KoreksiAbsensi) -> None:
    if doc.sebab != "Salah Jenis":
        doc.absensi_asal = None
        return
    fields = ["pegawai", "tanggal", "jenis"]
    original = (
        frappe.db.get_value("Absensi", doc.absensi_asal, fields, as_dict=True) if doc.absensi_asal else None
    )
    if not original or original.pegawai != doc.pegawai or original.tanggal != doc.tanggal:
        frappe.throw(_("Name your punch of this day that has the wrong kind."), AbsensiAsalTidakSah)
    if original.jenis == doc.jenis:
        frappe.throw(_("That punch already has this kind."), AbsensiAsalTidakSah)


def check_others(doc: KoreksiAbsensi) -> None:
    """Quota of the month and a second request for the same; read locked, as another one may just have been committed."""
    first = doc.tanggal.replace(day=1)
    koreksi = frappe.qb.DocType("Koreksi Absensi")
    rows = (
        frappe.qb.from_(koreksi)
        .select(koreksi.name, koreksi.tanggal, koreksi.jenis, koreksi.status)
        .where((koreksi.pegawai == doc.pegawai) & koreksi.status.notin(ENDED))
        .where(koreksi.tanggal[first : allowance.end_of_month(first.year, first.month)])
        .for_update()
        .run(as_dict=True)
    )
    for row in rows:
        if (row.tanggal, row.jenis) == (doc.tanggal, doc.jenis):
            frappe.throw(
                _("There is a correction of {0} on {1} already ({2}).").format(
                    _(row.jenis), row.tanggal.strftime("%d-%m-%Y"), _(row.status)
                ),
                PermohonanBertumpuk,
            )
    limit = cint(frappe.get_cached_doc("Pengaturan Absensi").kuota_koreksi_bulanan)
    if len(rows) >= limit:
        frappe.throw(
            _("{0} corrections a month are allowed, and {1} were asked for: ask BKPSDM.").format(
                limit, len(rows)
            ),
            KuotaTerlampaui,
        )


def review(doc: KoreksiAbsensi) -> None:
    before = doc.get_doc_before_save()
    waiting = before.status == MENUNGGU
    changed = changes.changed_fields(doc)
    allowed = {"lampiran", "status", "catatan_persetujuan", withdrawal.REASON} if waiting else set()
    if doc.flags.result:
        allowed = {"absensi_hasil"}
    changes.refuse(doc, changed, allowed, waiting=waiting)
    if "lampiran" in changed:
        letters.check(doc)
    withdrawal.check(doc, changed)
    withdrawn = doc.status == withdrawal.DIBATALKAN
    if "catatan_persetujuan" in changed or ("status" in changed and not withdrawn):
        deciders.require(doc, MENUNGGU)
        if doc.status == DITOLAK and not doc.catatan_persetujuan:
            frappe.throw(_("Say why the request is refused."), AlasanWajib)


@record_language()
def apply_effects(doc: KoreksiAbsensi) -> None:
    """Approved: the one writer makes the punch; the day is computed again. Both with the decision, or neither."""
    before: Any = doc.get_doc_before_save()
    if before is None or before.status == doc.status or doc.status != DISETUJUI:
        return
    punch = writer.record(
        writer.Correction(doc.name, doc.pegawai, doc.tanggal, doc.jenis, doc.waktu, explain(doc))
    )
    doc.db_set("absensi_hasil", punch, update_modified=False)
    affected.mark(
        [doc.pegawai], None, doc.tanggal, doc.tanggal, _("Correction {0}: approved").format(doc.name)
    )


@record_language()
def explain(doc: KoreksiAbsensi) -> str:
    witness = frappe.db.get_value("Pegawai", doc.saksi, "nama") if doc.saksi else None
    said = _("Correction ({0}): {1}").format(_(doc.sebab), doc.alasan)
    return f"{said} {_('Witness: {0}.').format(witness)}" if witness else said
