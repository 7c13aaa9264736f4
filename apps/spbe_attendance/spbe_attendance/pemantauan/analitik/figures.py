"""Number cards of the analytics, of the running month, or the last one until it has a computed day."""

from __future__ import annotations

from collections import Counter
from typing import Any

import frappe
from frappe.utils import add_months, getdate

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


def newest() -> tuple[str, Counter[str]]:
    """(month YYYY-MM, its outcomes) of what the reader may see: on the first morning of a month that of the last one."""
    for back in (0, -1):
        scope = of_month({"bulan": f"{add_months(getdate(), back):%Y-%m}"})
        counts = charts.outcome(scope)
        if any(counts[group] for group in charts.OUTCOMES):
            break
    return scope.month, counts


def _per_cent(group: str) -> dict[str, Any] | str:
    _month, counts = newest()
    found = charts.share(counts, group)
    return NOTHING if found is None else {"value": found, "fieldtype": "Percent"}
