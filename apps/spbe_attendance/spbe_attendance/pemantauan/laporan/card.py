"""LB.2, Kartu Kehadiran: one person's month, day by day, with the reasons in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.kehadiran.rekapitulasi import rules
from spbe_attendance.pemantauan.laporan import closings, daily, legend, months, people, recap
from spbe_attendance.pemantauan.laporan.scope import Scope, month_days, person
from spbe_attendance.pemantauan.laporan.table import CODE, DECIMAL, NUMBER, Column, Part, Row, Table
from spbe_attendance.worktime import codes

FIELDS = (*daily.FIELDS, "persen_potongan", "hari_kerja")


def build(filters: Mapping[str, Any]) -> Table:
    """Filters pegawai (own if left out), bulan. Raises LaporanDitolak, PermissionError."""
    first, last = month_days(filters.get("bulan"))
    name = person(filters.get("pegawai"))
    owner = frappe.db.get_value("Pegawai", name, [*daily.PERSON, "opd", "status_kepegawaian"], as_dict=True)
    scope = Scope(first, last, None, owner.opd)
    rows = frappe.get_all(
        "Rekap Harian",
        {"pegawai": name, "tanggal": ["between", (first, last)]},
        list(FIELDS),
        order_by="tanggal",
    )
    closing = closings.of(scope)
    return Table(
        title=_("LB.2 Attendance Card"),
        period=formatdate(first, "MMMM yyyy"),
        scope=scope,
        columns=columns(),
        parts=[Part(people.full_name(owner), [_line(row) for row in rows])] if rows else [],
        facts=_facts(owner) + _sums(name, scope),
        legend=legend.of_codes(),
        portrait=True,
        draft=closing.draft,
        seal=closing.seal,
    )


def check(filters: Mapping[str, Any]) -> str:
    """Whose card is asked for. Raises LaporanDitolak, PermissionError."""
    month_days(filters.get("bulan"))
    return person(filters.get("pegawai"))


def _facts(owner: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("Name"), people.full_name(owner)),
        ("NIP", people.number(owner) or "-"),
        (_("Rank / Grade"), people.rank(owner) or "-"),
        (_("Position Held"), owner["jabatan"] or "-"),
        (_("Employment Type"), owner["status_kepegawaian"] or "-"),
    ]


def _sums(name: str, scope: Scope) -> list[tuple[str, str]]:
    """The month in a line, by the same service as the unit's recap."""
    book = rules.read()
    found = months.read_person(name, scope, recap.group)
    lines = []
    for month in found:
        totals = recap.close_month(month, scope, book)
        parts = [f"{count} {legend.printed(code)}" for code, count in _ordered(month.sums.days)]
        said = _("{0} working days: {1}; {2} minutes late, {3} minutes early; deduction {4} %").format(
            month.sums.working_days,
            ", ".join(parts),
            totals.late,
            totals.early,
            recap.decimal_text(totals.percent),
        )
        lines.append((_("Month"), said))
    return lines


def _ordered(days: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(code, recap.decimal_text(days[code])) for code in codes.ORDER if days.get(code)]


def _line(row: Mapping[str, Any]) -> Row:
    return {
        "tanggal": formatdate(row["tanggal"], "EEE, d MMM"),
        "jadwal": row["jadwal"] or "-",
        "masuk": daily.clock(row["masuk"], row["tanggal"]),
        "pulang": daily.clock(row["pulang"], row["tanggal"]),
        "kode": " ".join(legend.printed(code) for code in (row["kode"] or "").split(",") if code),
        "terlambat": row["menit_terlambat"],
        "cepat": row["menit_pulang_cepat"],
        "persen": row["persen_potongan"],
        "ket": daily.explained(row),
    }


def columns() -> list[Column]:
    return [
        Column("tanggal", _("Date"), width=10),
        Column("jadwal", _("Schedule"), width=9),
        Column("masuk", _("In (WIB)"), CODE, width=6),
        Column("pulang", _("Out (WIB)"), CODE, width=6),
        Column("kode", _("Codes"), CODE, width=9, bold=True),
        Column("terlambat", _("Min Late"), NUMBER, width=5),
        Column("cepat", _("Min Early"), NUMBER, width=5),
        Column("persen", _("% Cut"), DECIMAL, width=5, bold=True),
        Column("ket", _("Explanation"), width=40),
    ]
