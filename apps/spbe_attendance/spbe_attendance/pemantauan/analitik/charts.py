"""Charts of the analytics: {labels, datasets: [{name, values}]}, or {} where nothing is counted, of the units that the reader may see; every reader's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_months, formatdate, getdate

from spbe_attendance.pemantauan.analitik import months, requests
from spbe_attendance.pemantauan.beranda import charts
from spbe_attendance.pemantauan.laporan.scope import Scope, of_month

UNITS, REASONS = 10, 12
# Labels below the bars are cut where they are longer.
SHORT = 14
OUTCOMES = charts.GROUPS
Filters = Mapping[str, Any]


def trend(filters: Filters) -> dict[str, Any]:
    """The last months, in per cent of the days on which work was due."""
    scope = of_month(filters)
    shown = months.before(scope.first, months.KEPT_MONTHS)
    counted = [months.total(months.chosen(months.outcomes(month), scope.opds)) for month in shown]
    return drawn(
        [formatdate(month, "MMM yyyy") for month in shown],
        [
            {"name": label, "values": [share(counts, group) or 0 for counts in counted]}
            for group, label in charts.labels()
        ],
    )


def punctuality(filters: Filters) -> dict[str, Any]:
    """Units by their share of days on time, the lowest first; at most UNITS."""
    scope = _counted(filters)
    shares = {
        opd: found
        for opd, counts in months.chosen(months.outcomes(scope.first), scope.opds).items()
        if (found := share(counts, charts.ON_TIME)) is not None
    }
    lowest = sorted(shares, key=lambda opd: (shares[opd], opd))[:UNITS]
    return _by_unit(lowest, _("% On Time"), [shares[opd] for opd in lowest])


def arrivals(filters: Filters) -> dict[str, Any]:
    """First punches by hour, one series for each weekday on which there were any."""
    scope = _counted(filters)
    counted = months.total(months.chosen(months.arrivals(scope.first), scope.opds))
    hours = sorted({hour for _weekday, hour in counted})
    return drawn(
        [f"{hour:02d}.00" for hour in hours],
        [
            {"name": months.day_name(weekday), "values": [counted[(weekday, hour)] for hour in hours]}
            for weekday in sorted({weekday for weekday, _hour in counted})
        ],
    )


def reasons(filters: Filters) -> dict[str, Any]:
    """Why exceptions were asked for, the most frequent first."""
    found = requests.by_reason(of_month(filters))[:REASONS]
    return drawn(
        [reason for reason, _number in found],
        [{"name": _("Exceptions"), "values": [number for _reason, number in found]}],
    )


def decisions(filters: Filters) -> dict[str, Any]:
    """Units by the median hours from filing to the first decision, the slowest first."""
    minutes = requests.decision_minutes(of_month(filters))
    hours = {opd: requests.typical_hours({opd: values}) or 0 for opd, values in minutes.items()}
    slowest = sorted(hours, key=lambda opd: (-hours[opd], opd))[:UNITS]
    return _by_unit(slowest, _("Hours (Median)"), [hours[opd] for opd in slowest])


def anomalies(filters: Filters) -> dict[str, Any]:
    """Signals of the review queue by kind: still waiting, found in order, declared void."""
    counted = requests.signals(of_month(filters), frappe.session.user)
    totals: Counter[str] = Counter()
    for (name, _status), number in counted.items():
        totals[name] += number
    names = [name for name, _number in totals.most_common(REASONS)]
    groups = (
        (_("Waiting"), ("Menunggu", "Perlu Klarifikasi")),
        (_("In Order"), ("Wajar",)),
        (_("Declared Void"), ("Tidak Sah",)),
    )
    return drawn(
        names,
        [
            {
                "name": label,
                "values": [sum(counted.get((name, status), 0) for status in of) for name in names],
            }
            for label, of in groups
        ],
    )


def drawn(labels: list[str], datasets: list[dict[str, Any]]) -> dict[str, Any]:
    """Nothing at all where there is nothing to draw: the framework then says so, instead of leaving the last picture."""
    return {"labels": labels, "datasets": datasets} if labels else {}


def share(counts: Counter[str], group: str) -> float | None:
    """Per cent of the days on which work was due; None when there was none."""
    due = sum(counts[each] for each in OUTCOMES)
    return round(100 * counts[group] / due, 1) if due else None


def outcome(scope: Scope) -> Counter[str]:
    """Days of persons of the scope's month by their outcome."""
    return months.total(months.chosen(months.outcomes(scope.first), scope.opds))


def newest(filters: Filters) -> tuple[Scope, Counter[str]]:
    """The running month and its outcomes of what the reader may see; the last one until the running one has a computed day."""
    for back in (0, -1):
        scope = of_month({**filters, "bulan": f"{add_months(getdate(), back):%Y-%m}"})
        counts = outcome(scope)
        if any(counts[group] for group in OUTCOMES):
            break
    return scope, counts


def _counted(filters: Filters) -> Scope:
    """The month that is asked for; without one the month of the number cards beside the chart."""
    return of_month(filters) if filters.get("bulan") else newest(filters)[0]


def _by_unit(units: list[str], name: str, values: list[float]) -> dict[str, Any]:
    named = unit_names(units)
    return drawn(
        [named.get(unit, unit) for unit in units],
        [{"name": name, "values": values}],
    )


def unit_names(units: list[str]) -> dict[str, str]:
    """Short names; the caller has chosen the units by what its reader may see."""
    fields = ["name", "singkatan", "kode", "nama_opd"]
    rows = frappe.get_all("OPD", {"name": ["in", units or [""]]}, fields, limit_page_length=0)
    return {row["name"]: _short(row) for row in rows}


def _short(row: dict[str, Any]) -> str:
    """Its abbreviation, or a code that is one; the whole name otherwise."""
    code = row["kode"] or ""
    return row["singkatan"] or (code if 0 < len(code) <= SHORT else row["nama_opd"])
