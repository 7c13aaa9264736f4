"""What documents of imports share: results that only check and import write, and their steps, each a task in the background."""

from __future__ import annotations

from typing import ClassVar

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.lembar import files
from spbe_attendance.lembar.job import AT_WORK, SheetJob
from spbe_attendance.plain_values import PlainValues

BARU, DIIMPOR = "Baru", "Diimpor"


class SheetDocument(PlainValues):
    """Base of controllers. ``SERVER``: fields that people do not write; ``TABLES``: tables that begin empty; ``FINISHED``: statuses
    whose questions do not change any more."""

    SERVER: ClassVar[tuple[str, ...]] = ()
    TABLES: ClassVar[tuple[str, ...]] = ()
    FINISHED: ClassVar[tuple[str, ...]] = (DIIMPOR,)

    def sheet_job(self) -> SheetJob:
        raise NotImplementedError

    def asked(self) -> list[object]:
        """What a check goes by: another answer needs another check."""
        return [self.get("berkas")]

    def keep_results(self) -> Document | None:
        """Puts back what people do not write; answers the stored document, None for a new one. Raises ImporDitolak."""
        before = self.get_doc_before_save()
        if before is None:
            empty: dict[str, list[object]] = {field: [] for field in self.TABLES}
            self.update({**dict.fromkeys(self.SERVER), "status": BARU, **empty})
            return None
        before.refuse_at_work()
        if before.status in self.FINISHED and self.asked() != before.asked():
            frappe.throw(
                _("This sheet is imported already. Undo it first, or make a new import."), ImporDitolak
            )
        for field in self.SERVER:
            self.set(field, before.get(field))
        return before

    def refuse_at_work(self) -> None:
        if self.status in AT_WORK:
            frappe.throw(_("This sheet is being worked on: wait until it is done."), ImporDitolak)

    def on_update(self) -> None:
        if self.get("berkas") and not self.flags.by_import:
            files.take(self)
            files.keep_private(self)

    def on_trash(self) -> None:
        if self.status == DIIMPOR:
            frappe.throw(_("Undo this import before deleting it."), ImporDitolak)
        self.refuse_at_work()

    # What the browser sends of the document is not trusted: each step works on the stored one, in the background.
    @frappe.whitelist(methods=["POST"])
    def periksa(self) -> dict[str, str]:
        """Have the sheet checked: {status: Antre}. Writes nothing else; the document then says Diperiksa or Gagal."""
        return self.sheet_job().start(self.stored(), "periksa")

    @frappe.whitelist(methods=["POST"])
    def impor(self) -> dict[str, str]:
        """Have it checked and written: {status: Antre}, then Diimpor, Gagal, or Terhenti where it can be gone on with."""
        return self.sheet_job().start(self.stored(), "impor")

    @frappe.whitelist(methods=["POST"])
    def batalkan(self) -> dict[str, str]:
        """Have the import taken back: {status: Antre}, then Dibatalkan, or Diimpor with the reason why not."""
        return self.sheet_job().start(self.stored(), "batalkan")

    def stored(self) -> Document:
        doc = frappe.get_doc(self.doctype, self.name, for_update=True)
        doc.check_permission("write")
        return doc
