"""A person's days as the phone shows them: code, minutes, deduction and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import frappe
from frappe.utils import cint, flt, getdate, now_datetime

from spbe_attendance.kehadiran.rekapitulasi import compute, row, sentences
from spbe_attendance.kehadiran.rekapitulasi.facts import Context, Standing, load

FIELDS = ("kode", "menit_terlambat", "menit_pulang_cepat", "persen_potongan", "sementara", "penjelasan")


def today(pegawai: str) -> dict[str, Any] | None:
    """The day so far, computed on the spot and not stored; None for whoever is not in service."""
    now = now_datetime()
    day = now.date()
    facts = load(Context(day, day), [pegawai], day, day)
    member = facts.members.get(pegawai)
    standing: Standing | None = member.on(day, None) if member else None
    if standing is None:
        return None
    return shown(row.build(compute.judged(facts, pegawai, day, standing, now)), day)


def between(pegawai: str, first: date, last: date) -> dict[date, dict[str, Any]]:
    """Stored days, by date."""
    rekap = frappe.qb.DocType("Rekap Harian")
    rows = (
        frappe.qb.from_(rekap)
        .select(rekap.tanggal, *[rekap[field] for field in FIELDS])
        .where((rekap.pegawai == pegawai) & rekap.tanggal[first:last])
        .run(as_dict=True)
    )
    return {getdate(found.tanggal): shown(found, found.tanggal) for found in rows}


def shown(values: Mapping[str, Any], day: date) -> dict[str, Any]:
    """{kode, menit_terlambat, menit_pulang_cepat, persen_potongan, sementara, penjelasan: [{teks, dasar}]}."""
    return {
        "kode": values["kode"] or "",
        "menit_terlambat": cint(values["menit_terlambat"]),
        "menit_pulang_cepat": cint(values["menit_pulang_cepat"]),
        "persen_potongan": flt(values["persen_potongan"], 4),
        "sementara": bool(values["sementara"]),
        "penjelasan": sentences.sentences(values["penjelasan"], day),
    }
