"""Aturan Potongan as the engine's rate tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from spbe_attendance.worktime import codes
from spbe_attendance.worktime.rates import MERANTI, Band, RateTable
from spbe_attendance.worktime.types import ZERO

FIELDS = (
    "name",
    "dasar_hukum",
    "dari",
    "sampai",
    "dikonfirmasi",
    "batas_harian",
    "batas_bulanan",
    "untuk_pns",
    "untuk_pppk",
    "untuk_pppk_paruh_waktu",
)
FLAGS = {
    codes.PNS: "untuk_pns",
    codes.CPNS: "untuk_pns",
    codes.PPPK: "untuk_pppk",
    codes.PPPK_PARUH_WAKTU: "untuk_pppk_paruh_waktu",
}
NO_IN, NO_OUT, ABSENT, EVENT, SICK = (
    "Lupa Masuk",
    "Lupa Pulang",
    codes.TANPA_KETERANGAN,
    "Apel",
    "Sakit Lebih",
)
# Minutes still get their level where no regulation gives a percentage.
LEVELS_ONLY = replace(MERANTI, key="", source=codes.PERPRES_HOURS, confirmed=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """``applies``: whether percentages are cut at all; ``name``: of the Aturan Potongan, empty without one."""

    name: str
    table: RateTable
    statuses: frozenset[str]
    applies: bool = True


NONE = Rule("", LEVELS_ONLY, frozenset(), False)


@dataclass(frozen=True)
class RuleBook:
    rules: tuple[Rule, ...]

    def on(self, status: str, day: date) -> Rule:
        """The rule of an employment status on a day; where there is none, levels without percentages."""
        held = [rule for rule in self.rules if rule.table.first <= day <= (rule.table.last or day)]
        own = next((rule for rule in held if status in rule.statuses), None)
        if own:
            return own
        return replace(held[0], name="", applies=False) if held else NONE


def read(names: Sequence[str] | None = None) -> RuleBook:
    """All rules, or those named; the latest first. Two statements."""
    filters = {"name": ["in", list(names)]} if names is not None else {}
    rows = frappe.get_all("Aturan Potongan", filters, list(FIELDS), order_by="dari desc, name")
    steps = frappe.get_all(
        "Aturan Potongan Jenjang",
        {"parenttype": "Aturan Potongan"},
        ["parent", "kode", "menit_dari", "persen"],
        order_by="parent, idx",
    )
    return RuleBook(tuple(rule(row, [step for step in steps if step.parent == row.name]) for row in rows))


def rule(row: Any, steps: Sequence[Any]) -> Rule:
    """``row``: FIELDS; ``steps``: kode, menit_dari, persen. Raises BrokenRates."""
    percent = {step.kode: decimal(step.persen) for step in steps}
    minutes = {step.kode: int(step.menit_dari or 0) for step in steps}

    def ladder(names: tuple[str, ...]) -> tuple[Band, ...]:
        return tuple(
            Band(minutes[code], level, percent[code])
            for level, code in enumerate(names, 1)
            if code in percent
        )

    late, early = ladder(codes.TL), ladder(codes.PSW)
    table = RateTable(
        key=row.name or "",
        first=row.dari,
        last=row.sampai or None,
        late=late,
        early=early,
        missing_in=missing(late, percent.get(NO_IN)),
        missing_out=missing(early, percent.get(NO_OUT)),
        absent=percent.get(ABSENT, ZERO),
        source=row.dasar_hukum or "",
        day_cap=decimal(row.batas_harian) if row.batas_harian else None,
        month_cap=decimal(row.batas_bulanan) if row.batas_bulanan else Decimal(100),
        sick_days_free=minutes.get(SICK, 0) if SICK in percent else 31,
        sick_percent=percent.get(SICK, ZERO),
        apel_percent=percent.get(EVENT, ZERO),
        confirmed=bool(row.dikonfirmasi),
    )
    statuses = frozenset(status for status, flag in FLAGS.items() if row.get(flag))
    return Rule(row.name or "", table, statuses)


def missing(ladder: tuple[Band, ...], percent: Decimal | None) -> Band:
    """A missing punch has the highest level there is, and costs as much as the highest step unless the rule says otherwise."""
    if percent is None:
        percent = ladder[-1].percent if ladder else ZERO
    return Band(0, len(codes.TL), percent)


def decimal(value: Any) -> Decimal:
    """Per cent as the form shows it; a binary float would carry a tail into sums."""
    return Decimal(str(round(float(value or 0), 4))).normalize() + ZERO
