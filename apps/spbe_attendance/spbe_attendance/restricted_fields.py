"""Saving gives back the whole stored row; the answer of a request has only what its user may read."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

from spbe_attendance.overrides.database_query import hidden_fields


class RestrictedFields(Document):
    """Base of controllers with fields that not every reader of the row may see."""

    def as_dict(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        values = super().as_dict(*args, **kwargs)
        if frappe.request and not self.flags.ignore_permissions:
            for field in hidden_fields(self.doctype):
                values.pop(field, None)
        return values
