"""Charts and number cards of the workspace Analitik. Thin: read the chart's filters, delegate; services refuse who sees no unit."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.pemantauan.analitik import charts, figures


def _filters(text: Any) -> dict[str, Any]:
    """What the framework's widget posts: an object, as JSON or not; lists of conditions of other charts say nothing here."""
    try:
        found = json.loads(text) if isinstance(text, str) and text else text
    except (ValueError, RecursionError):
        frappe.throw(_("The filters are not understood: choose them anew."), LaporanDitolak)
    return found if isinstance(found, dict) else {}


@frappe.whitelist(methods=["GET", "POST"])
def tren_bulanan(filters: Any = None) -> dict[str, Any]:
    """Chart {labels, datasets}: twelve months up to ``bulan`` (YYYY-MM), in per cent of the days due, of ``opd`` and below."""
    return charts.trend(_filters(filters))


@frappe.whitelist(methods=["GET", "POST"])
def ketepatan_opd(filters: Any = None) -> dict[str, Any]:
    """Chart {labels, datasets}: units by their share of days on time in ``bulan``, the lowest first."""
    return charts.punctuality(_filters(filters))


@frappe.whitelist(methods=["GET", "POST"])
def jam_datang(filters: Any = None) -> dict[str, Any]:
    """Chart {labels, datasets}: first punches of ``bulan`` by hour, one series for each weekday."""
    return charts.arrivals(_filters(filters))


@frappe.whitelist(methods=["GET", "POST"])
def pengecualian(filters: Any = None) -> dict[str, Any]:
    """Chart {labels, datasets}: exceptions of ``bulan`` by their reason."""
    return charts.reasons(_filters(filters))


@frappe.whitelist(methods=["GET", "POST"])
def lama_keputusan(filters: Any = None) -> dict[str, Any]:
    """Chart {labels, datasets}: median hours from filing to the first decision by unit, the slowest first."""
    return charts.decisions(_filters(filters))


@frappe.whitelist(methods=["GET", "POST"])
def isyarat(filters: Any = None) -> dict[str, Any]:
    """Chart {labels, datasets}: signals of the review queue in ``bulan`` by kind and outcome."""
    return charts.anomalies(_filters(filters))


@frappe.whitelist(methods=["GET", "POST"])
def tepat_waktu() -> dict[str, Any] | str:
    """Number card {value, fieldtype}, or a dash: per cent of this month's days due that were whole and on time."""
    return figures.on_time()


@frappe.whitelist(methods=["GET", "POST"])
def tanpa_keterangan() -> dict[str, Any] | str:
    """Number card {value, fieldtype}, or a dash: per cent of this month's days due without punch and without permit."""
    return figures.absent()


@frappe.whitelist(methods=["GET", "POST"])
def jam_keputusan() -> dict[str, Any] | str:
    """Number card {value, fieldtype}, or a dash: median hours to the first decision on what was filed for this month."""
    return figures.decision_hours()


@frappe.whitelist(methods=["GET", "POST"])
def isyarat_menunggu() -> int:
    """Number card: signals of this month whose review waits."""
    return figures.waiting_signals()
