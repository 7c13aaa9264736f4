"""Number cards of the analytics, of the running month, or the last one until it has a computed day."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.pemantauan.analitik import charts, requests
from spbe_attendance.pemantauan.beranda import charts as outcomes
from spbe_attendance.pemantauan.laporan.scope import of_month

# Neither nought nor a hundred: nothing has been counted yet.
NOTHING = "–"


def on_time() -> dict[str, Any] | str:
    return _per_cent(outcomes.ON_TIME)


def absent() -> dict[str, Any] | str:
    return _per_cent(outcomes.ABSENT)


def decision_hours() -> dict[str, Any] | str:
    found = requests.typical_hours(requests.decision_minutes(of_month({})))
    return NOTHING if found is None else {"value": found, "fieldtype": "Float"}


def waiting_signals() -> int:
    counted = requests.signals(of_month({}), frappe.session.user)
    return sum(
        number for (_kind, status), number in counted.items() if status in ("Menunggu", "Perlu Klarifikasi")
    )


def _per_cent(group: str) -> dict[str, Any] | str:
    _scope, counts = charts.newest({})
    found = charts.share(counts, group)
    return NOTHING if found is None else {"value": found, "fieldtype": "Percent"}
