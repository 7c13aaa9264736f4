"""Figures of the workspaces' charts: {labels, datasets: [{name, values}]} of what the reader may see.

Read anew for each reader: Frappe keeps the result of a chart for everybody who opens it next, whatever they may see.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.pemantauan.beranda import presence
from spbe_attendance.worktime import codes

DAYS, UNITS = 14, 12
# Upper ends in metres; the last group is everything above.
ACCURACIES = (10, 20, 30, 50)


def days(today: date) -> dict[str, Any]:
    """The last DAYS closed days with work: on time, late or early, away, without a word."""
    counted: dict[date, Counter[str]] = defaultdict(Counter)
    for row in frappe.get_list(
        "Rekap Harian",
        filters={"tanggal": ["between", [today - timedelta(days=DAYS), today - timedelta(days=1)]]},
        fields=["tanggal", "kode", "kode_utama"],
        limit_page_length=0,
    ):
        counted[row["tanggal"]][kind(row["kode"] or "", row["kode_utama"] or "")] += 1
    shown = sorted(day for day, counts in counted.items() if any(counts[group] for group in GROUPS))
    return {
        "labels": [formatdate(day, "d MMM") for day in shown],
        "datasets": [
            {"name": label, "values": [counted[day][group] for day in shown]} for group, label in labels()
        ],
    }


ON_TIME, PARTLY, AWAY, ABSENT, FREE = "tepat", "kurang", "izin", "alpa", "libur"
GROUPS = (ON_TIME, PARTLY, AWAY, ABSENT)


def labels() -> list[tuple[str, str]]:
    return [
        (ON_TIME, _("On Time")),
        (PARTLY, _("Late or Left Early")),
        (AWAY, _("Leave or Duty")),
        (ABSENT, _("Without a Word")),
    ]


def kind(code: str, main: str) -> str:
    """The group of a day's codes (``H,TL1``) and its main one."""
    if main in (codes.LIBUR, codes.CUTI_BERSAMA, ""):
        return FREE
    if main == codes.TANPA_KETERANGAN:
        return ABSENT
    if set(code.split(",")) & {*codes.TL, *codes.PSW}:
        return PARTLY
    return ON_TIME if main in (codes.HADIR, codes.WFA) else AWAY


def units(today: date) -> dict[str, Any]:
    """The UNITS with the most people missing today: present, away and missing of each."""
    found = presence.by_unit(today)
    worst = sorted(found, key=lambda unit: (-found[unit].missing, unit))[:UNITS]
    names = {
        row["name"]: row["singkatan"] or row["nama_opd"]
        for row in frappe.get_all(
            "OPD", {"name": ["in", worst or [""]]}, ["name", "singkatan", "nama_opd"], limit_page_length=0
        )
    }
    return {
        "labels": [names[unit] for unit in worst],
        "datasets": [
            {"name": _("Present"), "values": [found[unit].present for unit in worst]},
            {"name": _("Leave or Duty"), "values": [found[unit].away for unit in worst]},
            {"name": _("Not Yet"), "values": [found[unit].missing for unit in worst]},
        ],
    }


def accuracy() -> dict[str, Any]:
    """How many places have which median accuracy of their punches."""
    measured = frappe.get_list(
        "Ukuran Lokasi", filters={"jumlah": [">", 0]}, pluck="akurasi_median", limit_page_length=0
    )
    ends = (0, *ACCURACIES)
    groups = [
        (
            _("up to {0} m").format(end),
            sum(start < value <= end or (start == 0 == value) for value in measured),
        )
        for start, end in zip(ends, ACCURACIES, strict=False)
    ]
    groups.append(
        (_("above {0} m").format(ACCURACIES[-1]), sum(value > ACCURACIES[-1] for value in measured))
    )
    return {
        "labels": [label for label, _number in groups],
        "datasets": [{"name": _("Places"), "values": [number for _label, number in groups]}],
    }
