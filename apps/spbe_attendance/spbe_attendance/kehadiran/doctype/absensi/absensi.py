from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, cint, flt, get_datetime, getdate

from spbe_attendance.exceptions import AbsensiTidakDapatDiubah, PersetujuanSendiri
from spbe_attendance.kehadiran.apel import attendance
from spbe_attendance.kehadiran.pencatatan import judgement, naming, swift
from spbe_attendance.kehadiran.pencatatan.busy import refused_when_busy
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.pemantauan.ringkas import marks
from spbe_attendance.plain_values import refuse_structures
from spbe_attendance.record_language import record_language

# What the approver may change while the punch waits, and what the photo writer may.
DECISION = {"status", "catatan_persetujuan"}
FRAMEWORK = ("owner", "creation", "docstatus", "idx", "_user_tags", "_comments", "_assign", "_liked_by")
PHOTO = {"foto", "foto_status", "perlu_tinjau", "alasan_tinjau", "isyarat_pada"}


class Absensi(KeptRecord):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        akurasi: DF.Float
        alasan: DF.SmallText | None
        alasan_tinjau: DF.SmallText | None
        aturan_hapus: DF.SmallText | None
        bukti: DF.Code | None
        bukti_sha256: DF.Data | None
        bukti_urutan: DF.Int
        catatan_persetujuan: DF.SmallText | None
        catatan_waktu: DF.SmallText | None
        foto: DF.AttachImage | None
        foto_dihapus_pada: DF.Datetime | None
        foto_sha256: DF.Data | None
        foto_status: DF.Literal["Tidak Diminta", "Menunggu", "Ada", "Tidak Datang", "Dihapus"]
        id_klien: DF.Data | None
        isyarat_pada: DF.Datetime | None
        jarak: DF.Float
        jenis: DF.Literal["", "Masuk", "Pulang", "Apel"]
        kegiatan: DF.Link | None
        kios: DF.Link | None
        kunci_perangkat: DF.Link | None
        latitude: DF.Float
        lokasi: DF.Link | None
        longitude: DF.Float
        opd: DF.Link | None
        pegawai: DF.Link
        penjelasan: DF.SmallText | None
        perangkat: DF.Data | None
        perlu_tinjau: DF.Check
        posisi_dihapus_pada: DF.Datetime | None
        putusan_lokasi: DF.Literal["Dalam", "Ragu", "Luar"]
        saksi: DF.Link | None
        sebab_saksi: DF.Literal[
            "", "Ponsel Mati", "Ponsel Hilang", "Ponsel Rusak", "Ponsel Tertinggal", "Tidak Punya Ponsel"
        ]
        status: DF.Literal["Sah", "Menunggu Persetujuan", "Disetujui", "Ditolak"]
        sumber: DF.Literal["PWA", "Luring", "Saksi", "Koreksi", "Desk", "Mesin"]
        tanggal: DF.Date | None
        waktu: DF.Datetime | None
        waktu_akhir: DF.Datetime | None
        waktu_awal: DF.Datetime | None
        waktu_perangkat: DF.Data | None
        waktu_tiba: DF.Datetime | None
    # end: auto-generated types

    def insert(self, *args: Any, **kwargs: Any) -> Absensi:
        """A raw document may bring its own name, owner and times; the workflow trusts the owner."""
        self.doctype = "Absensi"
        refuse_structures(self)
        self.update(
            {"name": None, "__newname": None, "owner": None, "creation": None, "docstatus": 0, "idx": 0}
        )
        with refused_when_busy(), attendance.unknown_event_named(self):
            if self.flags.swift and swift.possible():
                return swift.insert(self)
            return super().insert(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Absensi:
        # A request's body is laid over the stored row, its DocType included.
        self.doctype = "Absensi"
        refuse_structures(self)
        if not self.is_new():
            # What is the framework's is neither compared below nor anybody's to send.
            self.update(frappe.db.get_value("Absensi", self.name, FRAMEWORK, as_dict=True) or {})
        with refused_when_busy():
            return super().save(*args, **kwargs)

    def autoname(self) -> None:
        self.name = naming.timely_hash()

    def before_insert(self) -> None:
        judgement.judge(self)

    def validate(self) -> None:
        if not self.is_new():
            self.refuse_changes()
            self.refuse_own_approval()

    def validate_workflow(self) -> None:
        # Frappe lets new documents begin in the first state only; here judgement has just chosen the state.
        if not self.is_new():
            super().validate_workflow()

    def refuse_changes(self) -> None:
        before = self.get_doc_before_save()
        allowed = PHOTO if self.flags.photo_writer else set()
        if before.status == judgement.MENUNGGU:
            allowed = allowed | DECISION
        changed = self.changed_fields()
        # Saving as it stands is refused, too: it would leave another name and time on the row.
        if not changed or changed - allowed:
            frappe.throw(
                _("A recorded punch cannot be changed: it is evidence. Ask for a correction instead."),
                AbsensiTidakDapatDiubah,
            )

    def changed_fields(self) -> set[str]:
        """By value: a form sends dates and numbers as text and empty text for nothing."""
        before = self.get_doc_before_save()
        return {
            field.fieldname
            for field in self.meta.get("fields")
            if field.fieldtype not in frappe.model.no_value_fields
            and comparable(field, self.get(field.fieldname)) != comparable(field, before.get(field.fieldname))
        }

    def refuse_own_approval(self) -> None:
        if self.changed_fields() & DECISION and self.is_own():
            frappe.throw(
                _("Nobody decides on an own exception: the next higher head or BKPSDM does."),
                PersetujuanSendiri,
            )

    def is_own(self) -> bool:
        return frappe.db.get_value("Pegawai", self.pegawai, "user") == frappe.session.user

    def after_insert(self) -> None:
        day, today = getdate(self.tanggal), getdate(self.waktu_tiba)
        marks.punched(self.opd, day, today)
        # Today is computed when it is over: a punch on its day costs nothing here.
        if day < today:
            self.mark_day(_("A punch came late"), homes=[self.opd])

    @record_language()
    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if before and before.status != self.status:
            self.mark_day(_("A punch was decided on"))

    def mark_day(self, why: str, homes: list[str] | None = None) -> None:
        day = getdate(self.tanggal)
        # A clock-out after midnight may belong to the shift of the evening before.
        affected.mark([self.pegawai], None, add_days(day, -1), day, why, homes)

    def why_kept(self) -> tuple[str, type[Exception]]:
        return _("A recorded punch cannot be deleted: it is evidence."), AbsensiTidakDapatDiubah


def comparable(field: Any, value: Any) -> Any:
    """A value as the database would keep it. Text that is no date or number stays as it is, and so counts as changed."""
    if value in (None, ""):
        return 0 if field.fieldtype in ("Float", "Check", "Int") else None
    try:
        if field.fieldtype == "Datetime":
            return get_datetime(value)
        if field.fieldtype == "Date":
            return getdate(value)
    except (ValueError, TypeError, OverflowError, frappe.ValidationError):
        return value
    if field.fieldtype in ("Float", "Check", "Int"):
        return flt(value, 9) if field.fieldtype == "Float" else cint(value)
    return value


def on_doctype_update() -> None:
    frappe.db.add_index("Absensi", ["pegawai", "tanggal"])
    frappe.db.add_index("Absensi", ["opd", "tanggal"])
    # Heads are told how many wait for them whenever they open the app; leaders see a month's exceptions.
    frappe.db.add_index("Absensi", ["status", "opd", "tanggal"])
    # The scheduler looks for photos that never came.
    frappe.db.add_index("Absensi", ["foto_status", "waktu_tiba"])
    frappe.db.add_index("Absensi", ["saksi", "tanggal"])
    # The search for signals takes what nobody has looked at.
    frappe.db.add_index("Absensi", ["isyarat_pada", "foto_status"])
    # One entry per number of a phone's chain; rows without a phone have no key and stand aside.
    frappe.db.add_unique(
        "Absensi", ["kunci_perangkat", "bukti_urutan"], constraint_name="satu_urutan_per_kunci"
    )
