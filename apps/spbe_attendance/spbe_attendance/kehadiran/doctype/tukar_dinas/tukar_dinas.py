from __future__ import annotations

import uuid

import frappe
from frappe import _

from spbe_attendance.exceptions import TukarTidakDapatDiubah
from spbe_attendance.kehadiran.jadwal import swap, swap_steps
from spbe_attendance.kehadiran.pencatatan import request
from spbe_attendance.kehadiran.pencatatan.busy import refused_when_busy
from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.plain_values import refuse_structures

SERVER = ("status", "shift_pemohon", "shift_rekan", "ditukar_pada", "catatan_persetujuan", "alasan_batal")
TEXTS = ("alasan", "catatan_persetujuan", "alasan_batal")
MAX_TEXT = 1000


class TukarDinas(KeptRecord):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        alasan: DF.SmallText
        alasan_batal: DF.SmallText | None
        catatan_persetujuan: DF.SmallText | None
        ditukar_pada: DF.Datetime | None
        id_klien: DF.Data | None
        opd: DF.Link
        pemohon: DF.Link
        rekan: DF.Link
        shift_pemohon: DF.Data | None
        shift_rekan: DF.Data | None
        status: DF.Literal["Diajukan", "Disetujui Rekan", "Disetujui", "Ditolak", "Dibatalkan"]
        tanggal: DF.Date
        tanggal_rekan: DF.Date
    # end: auto-generated types

    def insert(self, *args: object, **kwargs: object) -> TukarDinas:
        self.doctype = "Tukar Dinas"
        refuse_structures(self)
        fresh = {"name": None, "__newname": None, "owner": None, "creation": None, "docstatus": 0}
        self.update({**fresh, **dict.fromkeys(SERVER), "status": swap.DIAJUKAN})
        # Permissions are checked by unit and person before anything else.
        self.opd = frappe.db.get_value("Pegawai", self.pemohon, "opd") if self.pemohon else None
        with refused_when_busy():
            return super().insert(*args, **kwargs)

    def save(self, *args: object, **kwargs: object) -> TukarDinas:
        self.doctype = "Tukar Dinas"
        refuse_structures(self)
        with refused_when_busy():
            return super().save(*args, **kwargs)

    def before_insert(self) -> None:
        self.id_klien = request.client_id(self.id_klien) if self.id_klien else str(uuid.uuid4())
        swap.file(self)

    def validate(self) -> None:
        for field in TEXTS:
            self.set(field, request.text(self.get(field), _(self.meta.get_label(field)), MAX_TEXT))
        if not self.is_new():
            swap_steps.review(self)

    def why_kept(self) -> tuple[str, type[Exception]]:
        return _("An exchange is kept with its history: reject it instead."), TukarTidakDapatDiubah
