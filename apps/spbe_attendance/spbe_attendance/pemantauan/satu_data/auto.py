"""What happens by itself: drafts of months that all OPD have closed, and publication where nobody has objected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow
from frappe.query_builder.functions import Max
from frappe.utils import cint, get_datetime, now_datetime
from pypika import CustomFunction

from spbe_attendance import follow_up
from spbe_attendance.kehadiran.rekapitulasi.closed import CLOSED
from spbe_attendance.pemantauan.satu_data import build, facts, settings, spec, versions

RUNNER = "spbe_attendance.pemantauan.satu_data.auto.start_due"
Month = CustomFunction("left", ["date", "length"])


def follow_closing(doc: Any, _method: str | None = None) -> None:
    """Hooked to Tutup Bulan: looks, after the commit, whether that was the last OPD."""
    if doc.status == CLOSED and doc.has_value_changed("status") and settings.read().otomatis:
        follow_up.order(RUNNER, "satu-data-draf", queue="short")


def start_due() -> None:
    """Asks for the drafts that are due. Also hooked to the scheduler, for what a lost job has left."""
    if not settings.read().otomatis:
        return
    months = due()
    for month in months:
        ask(spec.ATTENDANCE, month)
    if months:
        ask(spec.UNITS, spec.REFERENCE)
    frappe.db.commit()  # a job of its own


def due() -> list[str]:
    """Months that are closed for everybody and of which a closing, or a correction that a closing has counted, is newer than the
    last draft that was asked for."""
    asked = _asked()
    return sorted(
        month
        for month, moment in _touched().items()
        if (month not in asked or get_datetime(moment) > asked[month]) and facts.state(month)[1] == 0
    )


def _touched() -> dict[str, Any]:
    """Month -> when a closing last said something about it."""
    closing, change = frappe.qb.DocType("Tutup Bulan"), frappe.qb.DocType("Penyesuaian Rekap")
    own = frappe.qb.from_(closing).select(closing.bulan, Max(closing.ditutup_pada))
    month = Month(change.tanggal, 7)
    later = frappe.qb.from_(change).join(closing).on(closing.name == change.tutup_bulan)
    later = later.select(month, Max(closing.ditutup_pada)).groupby(month)
    found: dict[str, Any] = {}
    for name, moment in (
        *own.where(closing.status == CLOSED).groupby(closing.bulan).run(),
        *later.where(closing.status == CLOSED).run(),
    ):
        if moment and (name not in found or moment > found[name]):
            found[name] = moment
    return found


def _asked() -> dict[str, Any]:
    asked = frappe.qb.DocType(build.DOCTYPE)
    query = frappe.qb.from_(asked).select(asked.periode, Max(asked.creation))
    return dict(query.where(asked.dataset == spec.ATTENDANCE).groupby(asked.periode).run())


def ask(dataset: str, period: str) -> Any:
    """A Penyusunan Dataset, and its job."""
    if not frappe.db.get_value("Dataset Satu Data", dataset, "aktif"):
        return None
    doc = frappe.get_doc({"doctype": build.DOCTYPE, "dataset": dataset, "periode": period})
    doc.insert(ignore_permissions=True)
    build.start(doc)
    return doc


def publish_unopposed() -> None:
    """Hooked to the scheduler: versions that nobody has refused within the days that the setting gives; none if it gives none."""
    days = cint(settings.read().hari_sanggah)
    if not days:
        return
    before = now_datetime() - timedelta(days=days)
    waiting = {"status": versions.DIPERIKSA, "diperiksa_pada": ["<", before]}
    for name in frappe.get_all(versions.DOCTYPE, waiting, pluck="name", order_by="creation"):
        try:
            apply_workflow(frappe.get_doc(versions.DOCTYPE, name), "Terbitkan")
            frappe.db.commit()  # each for itself
        except frappe.ValidationError as refusal:
            frappe.db.rollback()
            frappe.log_error(title=f"{versions.DOCTYPE} {name}", message=str(refusal))
            frappe.db.commit()  # the record of the failure must outlive it
