"""Raw documents of requests may hold lists and objects where the database has a column: refused by name, not a fault of SQL."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import PermintaanTidakSah


class PlainValues(Document):
    """Base of controllers whose documents anybody may send."""

    def insert(self, *args: Any, **kwargs: Any) -> Document:
        refuse_structures(self)
        return super().insert(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Document:
        refuse_structures(self)
        return super().save(*args, **kwargs)


def refuse_structures(doc: Document) -> None:
    """Raises PermintaanTidakSah."""
    for field in (*doc.meta.get_valid_columns(), "__newname"):
        if isinstance(doc.get(field), list | dict | tuple):
            frappe.throw(_("{0} must be text or a number.").format(field), PermintaanTidakSah)
