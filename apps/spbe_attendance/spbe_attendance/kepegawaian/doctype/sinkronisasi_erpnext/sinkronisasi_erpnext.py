from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.integrations import task
from spbe_attendance.integrations.erpnext import run
from spbe_attendance.integrations.exceptions import TugasIntegrasiDitolak


class SinkronisasiERPNext(Document):
    """One preview or synchronisation of everything; made by the buttons of Integrasi ERPNext."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        hasil: DF.Code | None
        kursor: DF.Data | None
        ringkasan: DF.SmallText | None
        status: DF.Literal["Baru", "Antre", "Berjalan", "Selesai", "Gagal"]
        tahap: DF.Data | None
        tugas: DF.Literal["Pratinjau", "Sinkronkan"]
    # end: auto-generated types

    def on_trash(self) -> None:
        if self.status in task.AT_WORK:
            frappe.throw(_("This task is at work: wait until it is done."), TugasIntegrasiDitolak)

    @frappe.whitelist(methods=["POST"])
    def lanjutkan(self) -> dict[str, str]:
        """Go on where a task that broke off stood: {status: Antre}. Raises TugasIntegrasiDitolak, IntegrasiTidakSiap."""
        return run.resume(self.name)
