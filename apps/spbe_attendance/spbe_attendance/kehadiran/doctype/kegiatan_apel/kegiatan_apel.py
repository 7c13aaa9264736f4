from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from spbe_attendance.exceptions import KegiatanSudahBerjalan, KegiatanTidakSah, UndanganDiLuarOPD
from spbe_attendance.geofence.errors import BrokenFence
from spbe_attendance.kehadiran import times
from spbe_attendance.kehadiran.apel import events
from spbe_attendance.kehadiran.pencatatan import places
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.permissions import ALL_RECORDS, subtree


class KegiatanApel(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.pengecualian_apel.pengecualian_apel import PengecualianApel
        from spbe_attendance.kehadiran.doctype.undangan_apel.undangan_apel import UndanganApel

        alasan_batal: DF.SmallText | None
        dasar: DF.Data | None
        jenis_kegiatan: DF.Literal["Apel Gabungan", "Apel OPD", "Upacara", "Senam", "Rapat"]
        lokasi: DF.Link
        mulai: DF.Time
        nama_kegiatan: DF.Data
        opd: DF.Link | None
        pembina: DF.Link | None
        pemimpin: DF.Link | None
        pengecualian: DF.Table[PengecualianApel]
        potongan_persen: DF.Percent
        selesai: DF.Time
        semua_opd: DF.Check
        status: DF.Literal["Rencana", "Berlangsung", "Selesai", "Batal"]
        tanggal: DF.Date
        undangan: DF.Table[UndanganApel]
    # end: auto-generated types

    def validate(self) -> None:
        self.validate_window()
        self.validate_invitation()
        self.validate_exemptions()
        self.validate_deduction()
        self.validate_place()
        self.validate_cancellation()
        self.refuse_moving_after_punches()
        self.status = events.status_at(self, now_datetime())

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if before is None or weight(before) != weight(self):
            mark(self.nama_kegiatan, *(doc for doc in (before, self) if doc))

    def on_trash(self) -> None:
        mark(self.nama_kegiatan, self)

    def validate_window(self) -> None:
        if times.clock(self.mulai) >= times.clock(self.selesai):
            frappe.throw(_("The roll call closes before it opens: correct the times."), KegiatanTidakSah)

    def validate_invitation(self) -> None:
        if self.semua_opd:
            self.undangan = []
            return
        kept = {row.opd: row for row in reversed(self.undangan)}
        self.undangan = list(reversed(kept.values()))
        if self.opd and not self.undangan:
            self.append("undangan", {"opd": self.opd})
        if not self.undangan:
            frappe.throw(_("Nobody is invited: add an OPD, or mark the event for all."), KegiatanTidakSah)
        self.refuse_foreign_invitations()

    def refuse_foreign_invitations(self) -> None:
        if self.flags.ignore_permissions or ALL_RECORDS & set(frappe.get_roles()):
            return
        foreign = {row.opd for row in self.undangan} - set(subtree(frappe.session.user))
        if foreign:
            frappe.throw(
                _("You invite within your own OPD only; {0} does not belong to it.").format(
                    ", ".join(
                        frappe.get_cached_value("OPD", opd, "nama_opd") or opd for opd in sorted(foreign)
                    )
                ),
                UndanganDiLuarOPD,
            )

    def validate_exemptions(self) -> None:
        persons = [row.pegawai for row in self.pengecualian]
        for row in self.pengecualian:
            if persons.count(row.pegawai) > 1:
                name = frappe.db.get_value("Pegawai", row.pegawai, "nama") or row.pegawai
                frappe.throw(_("{0} is exempt twice: keep one row.").format(name), KegiatanTidakSah)

    def validate_deduction(self) -> None:
        if not 0 <= frappe.utils.flt(self.potongan_persen) <= 100:
            frappe.throw(_("The deduction lies between 0 and 100 percent."), KegiatanTidakSah)

    def validate_place(self) -> None:
        place: Any = frappe.db.get_value(
            "OPD Lokasi",
            self.lokasi,
            ["aktif", "berlaku_dari", "berlaku_sampai", *places.FIELDS],
            as_dict=True,
        )
        if not place:
            frappe.throw(_("There is no such place: choose one or make a temporary one."), KegiatanTidakSah)
        day = getdate(self.tanggal)
        begins, ends = place["berlaku_dari"] or day, place["berlaku_sampai"] or day
        if not place["aktif"] or not getdate(begins) <= day <= getdate(ends):
            frappe.throw(
                _("The place {0} is not in use on that day: choose another or make a temporary one.").format(
                    place["nama_lokasi"]
                ),
                KegiatanTidakSah,
            )
        try:
            places.build_fence(place)
        except BrokenFence as error:
            frappe.throw(places.describe_broken(error), KegiatanTidakSah)

    def validate_cancellation(self) -> None:
        before = self.get_doc_before_save()
        if before and before.status == events.CANCELLED and self.status != events.CANCELLED:
            frappe.throw(_("A cancelled event stays cancelled: make a new one."), KegiatanSudahBerjalan)
        if self.status == events.CANCELLED and not (self.alasan_batal or "").strip():
            frappe.throw(_("Say why the event is cancelled: staff read it."), KegiatanTidakSah)

    def refuse_moving_after_punches(self) -> None:
        before = self.get_doc_before_save()
        if not before or (str(before.tanggal), before.lokasi) == (str(self.tanggal), self.lokasi):
            return
        if frappe.db.exists("Absensi", {"kegiatan": self.name}):
            frappe.throw(
                _(
                    "Punches have been judged by this day and place: cancel the event and make a new one instead."
                ),
                KegiatanSudahBerjalan,
            )


def weight(doc: KegiatanApel) -> tuple[Any, ...]:
    """All of an event that anybody's results depend on; its status by the clock is none of that."""
    return (
        getdate(doc.tanggal),
        times.clock(doc.mulai),
        times.clock(doc.selesai),
        doc.status == events.CANCELLED,
        frappe.utils.cint(doc.semua_opd),
        tuple(sorted(row.opd for row in doc.undangan)),
        tuple(sorted((row.pegawai, row.alasan) for row in doc.pengecualian)),
        frappe.utils.flt(doc.potongan_persen),
    )


def mark(name: str, *states: KegiatanApel) -> None:
    """The invited units' day in each state, once; what lies ahead has not been computed yet."""
    targets = {
        (getdate(doc.tanggal), None if doc.semua_opd else tuple(sorted(row.opd for row in doc.undangan)))
        for doc in states
    }
    for day, units in targets:
        if day <= now_datetime().date():
            affected.mark(None, units, day, day, _("Event {0} was made or changed").format(name))
