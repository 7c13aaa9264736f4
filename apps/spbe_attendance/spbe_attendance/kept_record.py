"""Records that stay: only the Administrator removes or renames them, and changes are told to those who may read the row."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from spbe_attendance import realtime


class KeptRecord(Document):
    """Mixin of controllers. Subclasses say in ``why_kept`` what others are told who try to remove one."""

    def why_kept(self) -> tuple[str, type[Exception]]:
        """The translated sentence and the exception of the refusal."""
        raise NotImplementedError

    def before_rename(self, *_args: object) -> None:
        self.refuse_removal()

    def on_trash(self) -> None:
        self.refuse_removal()

    def refuse_removal(self) -> None:
        if frappe.session.user != "Administrator":
            sentence, refusal = self.why_kept()
            frappe.throw(sentence, refusal)

    def notify_update(self) -> None:
        """Tell open forms of this row only: Frappe would tell every list of every user about each one, a storm at 07:30."""
        if not self.flags.in_insert:
            realtime.publish_changed(self)
