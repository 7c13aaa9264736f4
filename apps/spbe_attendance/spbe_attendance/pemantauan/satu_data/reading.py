"""The files of a version, checked: what is given out is what was made, or nothing."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _

from spbe_attendance.pemantauan.satu_data import rows
from spbe_attendance.pemantauan.satu_data.errors import VersiTetap

DOCTYPE = "Versi Dataset"


def content(version: str, file: Any) -> bytes:
    """Bytes of a row of Berkas Versi Dataset. Raises VersiTetap where they are gone or no longer have their SHA-256."""
    where = {"file_url": file.berkas, "attached_to_doctype": DOCTYPE, "attached_to_name": version}
    name = frappe.db.get_value("File", where)
    data = _read(name) if name else b""
    if rows.sha256(data) != file.sidik:
        frappe.log_error(title=f"{DOCTYPE} {version}", message=f"{file.nama_berkas}: SHA-256 differs")
        frappe.throw(
            _("{0} is not what was made: restore it from the backup.").format(file.nama_berkas), VersiTetap
        )
    return data


def _read(name: str) -> bytes:
    try:
        found = frappe.get_doc("File", name).get_content()
    except OSError:
        return b""
    return found.encode() if isinstance(found, str) else found


def data(version: str) -> list[rows.Row]:
    """The rows as they are published, null where a count is withheld."""
    fields = ["berkas", "sidik", "nama_berkas"]
    file = frappe.db.get_value(
        "Berkas Versi Dataset", {"parent": version, "bentuk": "JSON"}, fields, as_dict=True
    )
    return json.loads(content(version, file))["data"]
