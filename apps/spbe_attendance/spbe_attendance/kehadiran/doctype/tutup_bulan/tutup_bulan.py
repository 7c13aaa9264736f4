from __future__ import annotations

import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_fullname

from spbe_attendance.exceptions import BulanSudahDitutup, RekapDitolak, RekapTidakDapatDiubah
from spbe_attendance.kehadiran.rekapitulasi import checklist, freeze

COMPUTED = ("status", "ditutup_oleh", "ditutup_pada", "jumlah_baris", "sidik", "alasan_tutup", "alasan_buka")


class TutupBulan(Document):
    """The recap of one OPD and month, open or frozen."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        alasan_buka: DF.SmallText | None
        alasan_tutup: DF.SmallText | None
        bulan: DF.Data
        ditutup_oleh: DF.Link | None
        ditutup_pada: DF.Datetime | None
        jumlah_baris: DF.Int
        opd: DF.Link
        sidik: DF.Data | None
        status: DF.Literal["Terbuka", "Ditutup", "Dibuka Kembali"]
    # end: auto-generated types

    def onload(self) -> None:
        self.set_onload("daftar_periksa", checklist.items(self.opd, self.bulan))
        # The account's name is an address; people know each other by name.
        self.set_onload("penutup", get_fullname(self.ditutup_oleh) if self.ditutup_oleh else None)

    def validate(self) -> None:
        self.validate_month()
        self.refuse_second()
        if not self.flags.by_service:
            self.keep_what_is_computed()

    def validate_month(self) -> None:
        if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", self.bulan or ""):
            frappe.throw(_("Write the month as 2026-11."), RekapDitolak)

    def refuse_second(self) -> None:
        """The key in the database decides; this says it in words."""
        same = {"opd": self.opd, "bulan": self.bulan, "name": ["!=", self.name]}
        if frappe.db.exists("Tutup Bulan", same):
            frappe.throw(
                _("There is a row for this OPD and month already: open that one."), BulanSudahDitutup
            )

    def keep_what_is_computed(self) -> None:
        """A form or request may send anything: state and hash come from closing and reopening only."""
        before = self.get_doc_before_save()
        if before is None:
            self.update({**dict.fromkeys(COMPUTED), "status": "Terbuka", "jumlah_baris": 0})
            return
        if (before.opd, before.bulan) != (self.opd, self.bulan):
            frappe.throw(
                _("OPD and month of a closing stay as they are: make another one."), RekapTidakDapatDiubah
            )
        self.update({field: before.get(field) for field in COMPUTED})

    def on_trash(self) -> None:
        if self.status == freeze.CLOSED or frappe.db.exists("Rekap Harian", {"tutup_bulan": self.name}):
            frappe.throw(_("A closed month is opened again first."), RekapTidakDapatDiubah)

    @frappe.whitelist(methods=["POST"])
    def tutup(self, alasan: str | None = None) -> None:
        """Close the month; ``alasan`` is needed while something is not settled. BKPSDM only."""
        freeze.close(self, alasan)

    @frappe.whitelist(methods=["POST"])
    def buka_kembali(self, alasan: str) -> None:
        """Open the month again, with a reason. BKPSDM only."""
        freeze.reopen(self, alasan)


def on_doctype_update() -> None:
    frappe.db.add_unique("Tutup Bulan", ["opd", "bulan"])
    frappe.db.add_index("Tutup Bulan", ["bulan"])
