"""What may be decided about a version, and what stays as it was made. Called by its controller."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from spbe_attendance.pemantauan.satu_data import reading, versions
from spbe_attendance.pemantauan.satu_data.errors import SatuDataDitolak, VersiTetap

FIXED = (
    "dataset", "periode", "nomor", "jumlah_baris", "sel_kecil", "sel_pelengkap", "hari_tanpa_kode", "sidik", "dasar", "sumber",
    "dibuat_pada", "metadata",
)  # fmt: skip
FILE = ("bentuk", "berkas", "nama_berkas", "ukuran", "sidik")
STAMPED = ("diperiksa_pada", "terbit_pada", "terbit_oleh", "ditarik_pada")


def keep(doc: Any, before: Any) -> None:
    """Raises VersiTetap where anything but the decision differs from what is stored; stamps are the server's."""
    changed = [field for field in FIXED if _plain(doc.get(field)) != _plain(before.get(field))]
    if changed or _files(doc) != _files(before):
        frappe.throw(
            _("A version stays as it was made. Correct the data and make a new version."), VersiTetap
        )
    if before.status in (versions.DITOLAK, versions.DITARIK):
        doc.alasan = before.alasan
    doc.update({field: before.get(field) for field in STAMPED})


def _plain(value: Any) -> str:
    if value is None or value == "":
        return ""
    text = str(value)
    return str(get_datetime(text)) if text[4:5] == "-" and ":" in text else text


def _files(doc: Any) -> list[tuple[str, ...]]:
    return [tuple(_plain(row.get(field)) for field in FILE) for row in doc.berkas]


def decide(doc: Any, before: Any) -> None:
    """What goes with a new status. Raises SatuDataDitolak."""
    if doc.status == before.status:
        return
    if doc.status in (versions.DITOLAK, versions.DITARIK) and not (doc.alasan or "").strip():
        frappe.throw(_("Say why: write the reason of the decision first."), SatuDataDitolak)
    if doc.status == versions.DIPERIKSA:
        doc.diperiksa_pada = now_datetime()
    elif doc.status == versions.TERBIT:
        publish(doc)
    elif doc.status == versions.DITARIK:
        doc.ditarik_pada = now_datetime()


def publish(doc: Any) -> None:
    """Only what is safe together with all that the public has seen, and is still what was made."""
    # Held until the end: of two that publish at once, the second sees the first.
    frappe.db.get_value("Dataset Satu Data", doc.dataset, "name", for_update=True)
    if (doc.dasar or "") != versions.base(doc.dataset, doc.periode, lock=True):
        frappe.throw(
            _("Another version was published since this draft was made: make the draft again."),
            SatuDataDitolak,
        )
    for file in doc.berkas:
        reading.content(doc.name, file)
    doc.terbit_pada, doc.terbit_oleh = now_datetime(), frappe.session.user
