from __future__ import annotations

import re

import frappe
from frappe import _
from frappe.utils import getdate

from spbe_attendance.integrations import task
from spbe_attendance.integrations.exceptions import EksporDitolak, TugasIntegrasiDitolak
from spbe_attendance.integrations.simpegnas import export
from spbe_attendance.plain_values import PlainValues

SERVER = ("ringkasan", "berkas", "jumlah_baris", "versi", "dibuat_pada", "sidik_berkas")
ASKED = ("bulan", "opd", "jenis", "bentuk", "hanya_asn", "sementara")


class EksporSIMPEGNAS(PlainValues):
    """A month's presence as a file for BKN; who asked for which, and how the file can be recognised."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        bentuk: DF.Literal["CSV", "JSON"]
        berkas: DF.Attach | None
        bulan: DF.Data
        dibuat_pada: DF.Datetime | None
        hanya_asn: DF.Check
        jenis: DF.Literal["Harian", "Bulanan"]
        jumlah_baris: DF.Int
        opd: DF.Link | None
        ringkasan: DF.SmallText | None
        sementara: DF.Check
        sidik_berkas: DF.Data | None
        status: DF.Literal["Baru", "Antre", "Berjalan", "Selesai", "Gagal"]
        versi: DF.Data | None
    # end: auto-generated types

    def validate(self) -> None:
        if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", self.bulan or ""):
            frappe.throw(_("Write the month as 2026-11."), EksporDitolak)
        if self.bulan > f"{getdate():%Y-%m}":
            frappe.throw(
                _("{0} has not begun yet: choose an earlier month.").format(self.bulan), EksporDitolak
            )
        self.keep_results()

    def keep_results(self) -> None:
        """Results come from the export alone; another question needs another file."""
        before = self.get_doc_before_save()
        if before is None:
            self.update({**dict.fromkeys(SERVER), "status": task.BARU, "jumlah_baris": 0})
            return
        if before.status in task.AT_WORK:
            frappe.throw(_("This task is at work: wait until it is done."), TugasIntegrasiDitolak)
        self.update({field: before.get(field) for field in (*SERVER, "status")})
        if any(str(self.get(field) or "") != str(before.get(field) or "") for field in ASKED):
            export.forget(self.name)
            self.update({**dict.fromkeys(SERVER), "status": task.BARU, "jumlah_baris": 0})

    def on_trash(self) -> None:
        if self.status in task.AT_WORK:
            frappe.throw(_("This task is at work: wait until it is done."), TugasIntegrasiDitolak)

    @frappe.whitelist(methods=["POST"])
    def ekspor(self) -> dict[str, str]:
        """Have the file made in the background: {status: Antre}, then Selesai or Gagal with the reason. Raises EksporDitolak."""
        doc = frappe.get_doc(self.doctype, self.name, for_update=True)
        doc.check_permission("write")
        return export.start(doc)
