"""Versions of a dataset and period: made once, then decided about. Nothing else writes Versi Dataset."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime

from spbe_attendance.disclosure.tables import Release
from spbe_attendance.pemantauan.satu_data import cube, files, metadata, rows, settings, spec

DOCTYPE, CONTENT = "Versi Dataset", "Isi Versi Dataset"
DRAF, DIPERIKSA, TERBIT, DITOLAK, DITARIK = "Draf", "Diperiksa", "Terbit", "Ditolak", "Ditarik"
WAITING = (DRAF, DIPERIKSA)
# What the public has seen, a withdrawn version included: it cannot be unseen.
SEEN = (TERBIT, DITARIK)
SMALL, HIDDEN = 1, 2


@dataclass(frozen=True)
class Content:
    """What a version would say. ``release``: None for a reference list. ``closings``: names of the Tutup Bulan it rests on."""

    dataset: str
    period: str
    rows: Sequence[rows.Row]
    release: Release | None = None
    closings: Sequence[str] = ()
    unsettled: int = 0


def of(dataset: str, period: str, *states: str) -> list[Any]:
    """Versions in these states, the first one first: name, nomor, status, sidik, terbit_pada."""
    filters = {"dataset": dataset, "periode": period, "status": ["in", states]}
    fields = ["name", "nomor", "status", "sidik", "terbit_pada", "terbit_oleh"]
    return frappe.get_all(DOCTYPE, filters, fields, order_by="nomor", limit_page_length=0)


def latest(dataset: str, period: str, *states: str) -> Any | None:
    found = of(dataset, period, *states)
    return found[-1] if found else None


def seen(dataset: str, period: str) -> list[Release]:
    """What every reader may have kept, the first version first."""
    return [release(row.name) for row in of(dataset, period, *SEEN)]


def release(version: str) -> Release:
    """The true counts of a version, and which of them it withholds."""
    stored = json.loads(frappe.db.get_value(CONTENT, version, "nilai"))
    values = {(unit, group, code): value for unit, group, code, value, _flags in stored}
    small = {(unit, group, code) for unit, group, code, _value, flags in stored if flags & SMALL}
    hidden = frozenset((unit, group, code) for unit, group, code, _value, flags in stored if flags & HIDDEN)
    return Release(cube.table(values, small), hidden)


def base(dataset: str, period: str, *, lock: bool = False) -> str:
    """The versions that a new one must be safe together with. ``lock``: those that another session has just committed, too."""
    filters = {"dataset": dataset, "periode": period, "status": ["in", SEEN]}
    return ", ".join(
        frappe.db.get_values(DOCTYPE, filters, pluck="name", order_by="nomor asc", for_update=lock)
    )


def create(content: Content) -> Any:
    """The next version, a draft; drafts before it are refused by it. Hands it to Wali Data where the setting says so."""
    replace_drafts(content.dataset, content.period)
    number = frappe.db.count(DOCTYPE, {"dataset": content.dataset, "periode": content.period}) + 1
    about = metadata.of(frappe.get_doc("Dataset Satu Data", content.dataset), content.period)
    head = {
        "dataset": content.dataset,
        "periode": content.period,
        "versi": number,
        "versi_format": spec.VERSION,
        "sidik": rows.fingerprint(content.rows),
        "metadata": about,
    }
    name = f"{content.dataset}-{content.period}-v{number}"
    attached = [_attach(name, head, content, form) for form in spec.FORMS]
    doc = frappe.get_doc(
        {
            "doctype": DOCTYPE,
            "name": name,
            "dataset": content.dataset,
            "periode": content.period,
            "nomor": number,
            "status": DRAF,
            "jumlah_baris": len(content.rows),
            "sidik": head["sidik"],
            "dasar": base(content.dataset, content.period),
            "sumber": ", ".join(content.closings),
            "hari_tanpa_kode": content.unsettled,
            "dibuat_pada": now_datetime(),
            "metadata": json.dumps(about, ensure_ascii=False),
            "berkas": attached,
            **_counted(content.release),
        }
    )
    doc.flags.by_service = True
    doc.insert(ignore_permissions=True)
    if content.release:
        _keep(doc.name, content.release)
    return apply_workflow(doc, "Ajukan") if settings.read().otomatis else doc


def replace_drafts(dataset: str, period: str) -> None:
    """Two drafts that were made without each other must not both be published."""
    for row in of(dataset, period, *WAITING):
        doc = frappe.get_doc(DOCTYPE, row.name)
        doc.db_set("alasan", _("Replaced by a newer draft"), update_modified=False)
        apply_workflow(doc, "Tolak")


def _counted(release: Release | None) -> dict[str, int]:
    if release is None:
        return {"sel_kecil": 0, "sel_pelengkap": 0}
    small = len(release.table.sensitive)
    return {"sel_kecil": small, "sel_pelengkap": len(release.withheld) - small}


def _attach(name: str, head: Mapping[str, Any], content: Content, form: str) -> dict[str, Any]:
    """A private file; the public gets what is published from ``web`` only."""
    data = files.write(head, content.rows, form, now_datetime())
    file_name = spec.file_name(content.dataset, content.period, head["versi"], form)
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": file_name,
            "is_private": 1,
            "attached_to_doctype": DOCTYPE,
            "attached_to_name": name,
            "content": data,
        }
    ).insert(ignore_permissions=True)
    return {
        "bentuk": form,
        "berkas": file.file_url,
        "nama_berkas": file_name,
        "ukuran": len(data),
        "sidik": rows.sha256(data),
    }


def _keep(name: str, release: Release) -> None:
    table = release.table
    stored = [
        (*cell, value, SMALL * (cell in table.sensitive) + HIDDEN * (cell in release.withheld))
        for cell, value in sorted(table.values.items())
    ]
    frappe.get_doc(
        {"doctype": CONTENT, "versi": name, "nilai": json.dumps(stored, separators=(",", ":"))}
    ).insert(ignore_permissions=True)
