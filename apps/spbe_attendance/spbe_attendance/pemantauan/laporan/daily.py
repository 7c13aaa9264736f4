"""LH.1, everybody of a unit on a day, and LH.2, those about whom something is to be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.kehadiran.rekapitulasi import sentences
from spbe_attendance.pemantauan.laporan import closings, legend, people, recap
from spbe_attendance.pemantauan.laporan.months import within
from spbe_attendance.pemantauan.laporan.scope import GROUPS, Scope, of_day
from spbe_attendance.pemantauan.laporan.table import CODE, NUMBER, Column, Part, Row, Table
from spbe_attendance.worktime import codes

# Days that need no word: present in time, or off.
ORDINARY = {codes.HADIR, codes.LIBUR, codes.CUTI_BERSAMA}
FIELDS = (
    "pegawai",
    "tanggal",
    "opd",
    "status_kepegawaian",
    "kode",
    "jadwal",
    "masuk",
    "pulang",
    "menit_terlambat",
    "menit_pulang_cepat",
    "sementara",
    "tinjau",
    "penjelasan",
)
PERSON = ("nama", "gelar_depan", "gelar_belakang", "nip", "nomor_pegawai", "golongan", "jabatan")


def build_all(filters: Mapping[str, Any]) -> Table:
    """LH.1. Filters tanggal, opd, status. Raises LaporanDitolak, PermissionError."""
    return _build(filters, _("LH.1 Daily List of the Unit"), lambda row: True)


def build_exceptions(filters: Mapping[str, Any]) -> Table:
    """LH.2: late, early, absent, on leave or duty, or not settled. Same filters."""
    return _build(filters, _("LH.2 Daily Exceptions"), exceptional)


def exceptional(row: Mapping[str, Any]) -> bool:
    return bool(set(_codes(row)) - ORDINARY or row["sementara"] or row["tinjau"])


def _build(filters: Mapping[str, Any], title: str, wanted: Any) -> Table:
    scope = of_day(filters)
    rows = list(read(scope))
    closing = closings.of(scope)
    return Table(
        title=title,
        period=formatdate(scope.first, "EEEE, d MMMM yyyy"),
        scope=scope,
        columns=columns(),
        parts=_parts([row for row in rows if wanted(row)]),
        legend=legend.of_codes(),
        summary=[(_("Staff"), str(len(rows))), *_counts(rows)],
        draft=closing.draft,
        seal=closing.seal,
    )


def read(scope: Scope) -> Iterable[dict[str, Any]]:
    """Days of the scope with their persons, one statement."""
    rekap, person = frappe.qb.DocType("Rekap Harian"), frappe.qb.DocType("Pegawai")
    return (
        frappe.qb.from_(rekap)
        .join(person)
        .on(person.name == rekap.pegawai)
        .select(*[rekap[field] for field in FIELDS], *[person[field] for field in PERSON])
        .where(within(rekap, scope))
        .run(as_dict=True)
    )


def _parts(rows: list[dict[str, Any]]) -> list[Part]:
    sheets = []
    for name in GROUPS:
        own = [row for row in rows if recap.group(row["status_kepegawaian"]) == name]
        lines = [line(row) | {"no": number} for number, row in enumerate(sorted(own, key=people.order), 1)]
        if lines:
            sheets.append(Part(name, lines))
    return sheets


def line(row: Mapping[str, Any]) -> Row:
    return {
        "pegawai": row["pegawai"],
        "nama": people.full_name(row),
        "nip": people.shown_number(row),
        "golongan": row["golongan"] or "-",
        "jabatan": row["jabatan"] or "-",
        "jadwal": row["jadwal"] or "-",
        "masuk": clock(row["masuk"], row["tanggal"]),
        "pulang": clock(row["pulang"], row["tanggal"]),
        "kode": " ".join(legend.printed(code) for code in _codes(row)),
        "terlambat": row["menit_terlambat"],
        "cepat": row["menit_pulang_cepat"],
        "ket": explained(row),
    }


def explained(row: Mapping[str, Any]) -> str:
    """Why the day is what it is, in words; empty where it is an ordinary one."""
    if not exceptional(row):
        return ""
    said = [sentence["teks"] for sentence in sentences.sentences(row["penjelasan"], row["tanggal"])]
    return " ".join(said) + (f" ({_('open')})" if row["sementara"] else "")


def clock(moment: datetime | None, day: date) -> str:
    """07.30; with +1 when it is of the next day, as after a night shift."""
    if moment is None:
        return "-"
    later = (moment.date() - day).days
    return f"{moment:%H.%M}" + (f" (+{later})" if later > 0 else "")


def _codes(row: Mapping[str, Any]) -> list[str]:
    return [code for code in (row["kode"] or "").split(",") if code]


def _counts(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    counter = Counter(code for row in rows for code in _codes(row))
    return [(legend.printed(code), str(counter[code])) for code in codes.ORDER if counter[code]]


def columns() -> list[Column]:
    return [
        *recap.person_columns(name=14, position=11),
        Column("jadwal", _("Schedule"), width=8),
        Column("masuk", _("In (WIB)"), CODE, width=5),
        Column("pulang", _("Out (WIB)"), CODE, width=5),
        Column("kode", _("Codes"), CODE, width=7, bold=True),
        Column("terlambat", _("Minutes Late"), NUMBER, width=5),
        Column("cepat", _("Minutes Early"), NUMBER, width=5),
        Column("ket", _("Explanation"), width=30),
    ]
