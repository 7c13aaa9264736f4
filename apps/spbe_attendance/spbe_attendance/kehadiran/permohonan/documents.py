"""What permits, corrections and appeals have in common as documents."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import PermohonanTidakDapatDiubah, PermohonanTidakSah
from spbe_attendance.kehadiran.pencatatan import request
from spbe_attendance.kehadiran.pencatatan.busy import refused_when_busy
from spbe_attendance.kept_record import KeptRecord
from spbe_attendance.plain_values import refuse_structures

FRAMEWORK = ("owner", "creation", "docstatus", "idx", "_user_tags", "_comments", "_assign", "_liked_by")
FRESH = {"name": None, "__newname": None, "owner": None, "creation": None, "docstatus": 0, "idx": 0}
MAX_TEXT = 1000


class Permohonan(KeptRecord):
    """A request of staff. Subclasses name their DocType and hand over to their service."""

    DOCTYPE: ClassVar[str]
    # Filled in by the server alone.
    SERVER: ClassVar[tuple[str, ...]] = ()
    TEXTS: ClassVar[tuple[str, ...]] = ()

    def set(self, key: str, value: Any, as_value: bool = False) -> None:
        """Rows of a table that are none would be a fault of the framework: refused by name."""
        if not as_value and value and key in self._table_fieldnames and not are_rows(value):
            frappe.throw(_("{0} must be a list of rows.").format(key), PermohonanTidakSah)
        super().set(key, value, as_value)

    def insert(self, *args: Any, **kwargs: Any) -> Permohonan:
        """A raw document may bring its own name, owner, times and decisions."""
        self.doctype = self.DOCTYPE
        self.clean_request()
        self.update({**FRESH, **dict.fromkeys(self.SERVER)})
        with refused_when_busy():
            return super().insert(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Permohonan:
        self.doctype = self.DOCTYPE
        self.clean_request()
        if not self.is_new():
            self.update(frappe.db.get_value(self.DOCTYPE, self.name, FRAMEWORK, as_dict=True) or {})
        with refused_when_busy():
            return super().save(*args, **kwargs)

    def clean_request(self) -> None:
        refuse_structures(self)
        for field in self.TEXTS:
            label = _(self.meta.get_label(field))
            self.set(field, request.text(self.get(field), label, MAX_TEXT))

    def validate_workflow(self) -> None:
        # A request begins with the step that somebody holds, which need not be the first one.
        if not self.is_new():
            super().validate_workflow()

    def before_insert(self) -> None:
        self.id_klien = request.client_id(self.id_klien) if self.id_klien else str(uuid.uuid4())
        self.file()

    def validate(self) -> None:
        if not self.is_new():
            self.review()

    def file(self) -> None:
        raise NotImplementedError

    def review(self) -> None:
        raise NotImplementedError

    def why_kept(self) -> tuple[str, type[Exception]]:
        sentence = _("A request is kept with its history: cancel it instead of deleting it.")
        return sentence, PermohonanTidakDapatDiubah


def are_rows(value: Any) -> bool:
    """A list of documents, or of dictionaries without structures in them."""
    return isinstance(value, list) and all(
        isinstance(row, Document)
        or (isinstance(row, dict) and not any(isinstance(cell, list | dict) for cell in row.values()))
        for row in value
    )
