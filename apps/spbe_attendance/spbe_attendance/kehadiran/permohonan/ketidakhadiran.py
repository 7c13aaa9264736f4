"""A permit from asking to its end: what is checked when it is filed, decided, withdrawn or shortened, and what it changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from spbe_attendance.exceptions import (
    AlasanWajib,
    MelewatiTenggat,
    PermohonanTidakDapatDiubah,
    PesertaTidakSah,
    SudahDiputus,
    TanggalTidakSah,
    TanpaHariKerja,
)
from spbe_attendance.kehadiran.permohonan import (
    allowance,
    applicant,
    balance,
    changes,
    deciders,
    kinds,
    letters,
    overlap,
    steps,
    withdrawal,
    working_days,
)
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.record_language import record_language

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.ketidakhadiran.ketidakhadiran import Ketidakhadiran

DISETUJUI, DITOLAK, DIBATALKAN = "Disetujui", "Ditolak", withdrawal.DIBATALKAN
# Three years of leave outside of state expense are the longest that exist.
LONGEST = 1100
PAPERS = {"lampiran", "nomor_surat"}


def file(doc: Ketidakhadiran) -> None:
    """Check a new permit and give it its first step. Raises a subclass of PermohonanDitolak; nothing is written then."""
    person = applicant.settle(doc)
    kind = kinds.get(doc.jenis)
    check_dates(doc)
    people = [person, *settle_members(doc, kind)]
    for each in people:
        kinds.check_person(kind, each, doc.dari)
    kinds.check_half_day(kind, doc)
    doc.jumlah_hari = allowance.total(kind, doc)
    if not doc.jumlah_hari:
        frappe.throw(_("There is no working day between these dates: nothing to ask for."), TanpaHariKerja)
    check_deadline(doc)
    kinds.check_papers(kind, doc)
    letters.check(doc)
    applicant.lock([each["name"] for each in people])
    overlap.check(doc, people)
    for each in people:
        kinds.check_length(kind, each, doc.dari, doc.sampai)
        allowance.check(kind, doc, each)
    balance.check(kind, doc, person)
    begin(doc, person, bool(kind.perlu_bkpsdm))


def check_dates(doc: Ketidakhadiran) -> None:
    doc.dari, doc.sampai = getdate(doc.dari), getdate(doc.sampai)
    if doc.sampai < doc.dari:
        frappe.throw(_("The permit ends before it begins: correct the dates."), TanggalTidakSah)
    if (doc.sampai - doc.dari).days > LONGEST:
        frappe.throw(_("No permit lasts that long: correct the dates."), TanggalTidakSah)


def settle_members(doc: Ketidakhadiran, kind: Any) -> list[dict[str, Any]]:
    """The others of a duty order, with their OPD filled in. Raises PesertaTidakSah, PemohonTidakAktif."""
    names = [row.pegawai for row in doc.peserta]
    if not names:
        return []
    if not kind.boleh_rombongan:
        frappe.throw(_("{0} is for one person each.").format(kind.nama_jenis), PesertaTidakSah)
    people = applicant.load(names)
    for row in doc.peserta:
        person = people.get(row.pegawai)
        # Who may not file for others learns nothing about whether somebody exists.
        if not person or not applicant.files_for_opd(person["opd"]):
            frappe.throw(
                _("Others are added by the Admin OPD or Kepala OPD of their OPD, or by BKPSDM."),
                PesertaTidakSah,
            )
        applicant.refuse_inactive(person)
        row.opd = person["opd"]
    if len({doc.pegawai, *names}) <= len(names):
        frappe.throw(_("A person stands in this order twice."), PesertaTidakSah)
    return [people[name] for name in names]


def check_deadline(doc: Ketidakhadiran) -> None:
    if applicant.by_bkpsdm():
        return
    limit = int(frappe.get_cached_doc("Pengaturan Absensi").batas_hari_permohonan_mundur or 0)
    last = working_days.deadline(doc.pegawai, doc.dari, limit)
    if now_datetime().date() > last:
        frappe.throw(
            _(
                "A permit may be asked for until {0} working days after its first day, which was {1}: ask BKPSDM."
            ).format(limit, last.strftime("%d-%m-%Y")),
            MelewatiTenggat,
        )


def begin(doc: Ketidakhadiran, person: dict[str, Any], needs_bkpsdm: bool) -> None:
    route = steps.plan(doc, person, needs_bkpsdm=needs_bkpsdm)
    doc.atasan, doc.status = route.atasan, route.steps[0]
    doc.langkah_berikut = route.after(doc.status)
    doc.flags.skipped = route.skipped


def tell_skipped(doc: Ketidakhadiran) -> None:
    for sentence in doc.flags.skipped or ():
        doc.add_comment("Info", sentence)


def review(doc: Ketidakhadiran) -> None:
    """Rules for every later change of a permit, whoever makes it."""
    before = doc.get_doc_before_save()
    waiting = before.status in steps.ORDER
    changed = changes.changed_fields(doc)
    changes.refuse(doc, changed, editable(doc, before), waiting=waiting)
    if changed & PAPERS:
        require_filer(doc)
        letters.check(doc)
    withdrawal.check(doc, changed)
    if "status" in changed and doc.status == DIBATALKAN:
        refuse_begun(doc, before)
    elif "status" in changed or "catatan_persetujuan" in changed:
        deciders.require(doc, before.status)
    if "status" in changed:
        move(doc, before.status)


def editable(doc: Ketidakhadiran, before: Any) -> set[str]:
    if doc.flags.shortening:
        return {"dipersingkat_sampai", "jumlah_hari", "alasan_batal"}
    if before.status in steps.ORDER:
        return {*PAPERS, "alasan_batal", "status", "catatan_persetujuan"}
    if before.status == DISETUJUI:
        return {"alasan_batal", "status"} if doc.status in (DISETUJUI, DIBATALKAN) else {"alasan_batal"}
    return set()


def require_filer(doc: Ketidakhadiran) -> None:
    person = applicant.load([doc.pegawai])[doc.pegawai]
    if not applicant.may_file_for(person):
        frappe.throw(_("Papers are added by whom the permit is for."), PermohonanTidakDapatDiubah)


def refuse_begun(doc: Ketidakhadiran, before: Any) -> None:
    """The person gives back what lies ahead; what has begun is shortened, or ended by BKPSDM."""
    begun = before.status == DISETUJUI and doc.dari < now_datetime().date()
    if begun and not applicant.by_bkpsdm():
        frappe.throw(_("This permit has begun: shorten it, or ask BKPSDM to cancel it."), TanggalTidakSah)


def move(doc: Ketidakhadiran, step: str) -> None:
    """After a decision: the step that follows the next one, as the persons are now."""
    if doc.status == DITOLAK and not doc.catatan_persetujuan:
        frappe.throw(_("Say why the request is refused."), AlasanWajib)
    doc.langkah_berikut = None
    if doc.status in steps.ORDER:
        person = applicant.load([doc.pegawai])[doc.pegawai]
        kind = frappe.get_cached_doc("Jenis Ketidakhadiran", doc.jenis)
        doc.langkah_berikut = steps.plan(doc, person, needs_bkpsdm=bool(kind.perlu_bkpsdm)).after(doc.status)


@record_language()
def apply_effects(doc: Ketidakhadiran) -> None:
    """Exactly the days that the change touches are computed again."""
    before = doc.get_doc_before_save()
    if before is None:
        return
    people = deciders.persons(doc)
    if doc.flags.shortening:
        first = getdate(doc.dipersingkat_sampai) + timedelta(days=1)
        affected.mark(people, None, first, end(before), reason(doc, _("shortened")))
    elif before.status != doc.status and DISETUJUI in (before.status, doc.status):
        affected.mark(people, None, getdate(doc.dari), end(before), reason(doc, _(doc.status)))


def end(row: Any) -> date:
    return getdate(row.dipersingkat_sampai or row.sampai)


def reason(doc: Ketidakhadiran, what: str) -> str:
    return _("Permit {0} ({1}): {2}").format(doc.name, doc.jenis, what)


def shorten(doc: Ketidakhadiran, until: date, why: str) -> None:
    """The permit ends on ``until``. Raises SudahDiputus, BukanPemohon, AlasanWajib, TanggalTidakSah."""
    withdrawal.require(doc)
    if doc.status != DISETUJUI:
        frappe.throw(
            _("Only an approved permit is shortened; this one is {0}.").format(_(doc.status)), SudahDiputus
        )
    if not why:
        frappe.throw(_("Say why the request is cancelled or shortened."), AlasanWajib)
    yesterday = now_datetime().date() - timedelta(days=1)
    earliest = doc.dari if applicant.by_bkpsdm() else max(doc.dari, yesterday)
    if not earliest <= until < end(doc):
        frappe.throw(
            _(
                "The new last day must lie between {0} and the day before {1}; to give back all days, cancel the permit."
            ).format(earliest.strftime("%d-%m-%Y"), end(doc).strftime("%d-%m-%Y")),
            TanggalTidakSah,
        )
    doc.dipersingkat_sampai, doc.alasan_batal = until, why
    doc.jumlah_hari = allowance.total(frappe.get_cached_doc("Jenis Ketidakhadiran", doc.jenis), doc)
    doc.flags.shortening = True
    doc.save()
    with record_language():
        told = _("Shortened to {0}: {1}")
    doc.add_comment("Info", told.format(until.strftime("%d-%m-%Y"), frappe.utils.escape_html(why)))
