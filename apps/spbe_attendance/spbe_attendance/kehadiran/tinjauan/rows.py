"""Punches as the engine of signals sees them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import frappe
from pypika.functions import Cast

from spbe_attendance.kehadiran.tinjauan import features
from spbe_attendance.signals.types import Punch

FIELDS = (
    "name", "pegawai", "opd", "latitude", "longitude", "akurasi", "lokasi", "kunci_perangkat", "bukti_urutan", "perangkat", "kios", "putusan_lokasi",
    "foto", "foto_status", "perlu_tinjau", "alasan_tinjau",
)  # fmt: skip
# As text: the framework's own reading of dates takes a hundred times longer.
TEXTS = ("tanggal", "waktu_awal", "waktu_akhir")
HISTORY = timedelta(days=30)
SETTLED = ("Ada", "Tidak Datang", "Tidak Diminta")


def waiting(most: int) -> Sequence[dict[str, Any]]:
    """Punches that nobody has looked at and whose photo is here or will not come, oldest first.

    Not locked: a lock on this range would also hold the gap into which new punches go.
    """
    absensi = frappe.qb.DocType("Absensi")
    return (
        _select()
        .where(absensi.isyarat_pada.isnull() & absensi.foto_status.isin(SETTLED))
        .orderby(absensi.waktu_tiba)
        .limit(most)
        .run(as_dict=True)
    )


def around(fresh: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the same people punched in the weeks before and after, and whatever else has something in common with these."""
    absensi, known = frappe.qb.DocType("Absensi"), frappe.qb.DocType(features.TABLE)
    days = sorted({date.fromisoformat(row["tanggal"]) for row in fresh})
    people = sorted({row["pegawai"] for row in fresh})
    # A punch that arrives late may be the wrong neighbour of one after it.
    own = absensi.pegawai.isin(people) & absensi.tanggal[days[0] - HISTORY : days[-1] + timedelta(days=1)]
    others = absensi.name.isin(features.twins(fresh) or {""})
    found: dict[str, dict[str, Any]] = {}
    for condition in (own, others):
        query = _select().left_join(known).on(known.name == absensi.name).where(condition)
        for row in query.select(known.sidik_foto, known.foto_polos).run(as_dict=True):
            found[row["name"]] = row
    return list(found.values())


def _select() -> Any:
    absensi = frappe.qb.DocType("Absensi")
    texts = [Cast(absensi[field], "char").as_(field) for field in TEXTS]
    located = absensi.latitude.isnotnull() & absensi.putusan_lokasi.isnotnull()
    return frappe.qb.from_(absensi).select(*[absensi[field] for field in FIELDS], *texts).where(located)


def without_predecessor(fresh: Sequence[dict[str, Any]]) -> set[str]:
    """Those whose entry before in the phone's chain has not arrived; one look at an index."""
    wanted = {
        row["name"]: (row["kunci_perangkat"], row["bukti_urutan"] - 1)
        for row in fresh
        if row["kunci_perangkat"] and (row["bukti_urutan"] or 0) > 1
    }
    if not wanted:
        return set()
    absensi = frappe.qb.DocType("Absensi")
    keys, numbers = ({pair[place] for pair in wanted.values()} for place in (0, 1))
    here = set(
        frappe.qb.from_(absensi)
        .select(absensi.kunci_perangkat, absensi.bukti_urutan)
        .where(absensi.kunci_perangkat.isin(keys) & absensi.bukti_urutan.isin(numbers))
        .run()
    )
    return {name for name, pair in wanted.items() if pair not in here}


def straddling(fresh: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    """(person, day) of which the recap says that a proven interval holds a limit."""
    rekap = frappe.qb.DocType("Rekap Harian")
    people, days = ({row[field] for row in fresh} for field in ("pegawai", "tanggal"))
    return set(
        frappe.qb.from_(rekap)
        .select(rekap.pegawai, Cast(rekap.tanggal, "char"))
        .where(rekap.pegawai.isin(people) & rekap.tanggal.isin(days) & (rekap.tinjau == 1))
        .run()
    )


def ask_again() -> None:
    """Recaps are computed after the punches were looked at: those of days that turned out to straddle are looked at once more."""
    frappe.db.sql(
        """update tabAbsensi a join `tabRekap Harian` r on r.pegawai = a.pegawai and r.tanggal = a.tanggal
        set a.isyarat_pada = null
        where r.tinjau = 1 and r.modified > now() - interval 3 day
        and a.waktu_akhir > a.waktu_awal and a.isyarat_pada < r.modified"""
    )


def seen(row: dict[str, Any], gaps: Collection[str], straddles: Collection[tuple[str, str]]) -> Punch:
    first, last = (
        datetime.fromisoformat(row[field] or row["tanggal"]) for field in ("waktu_awal", "waktu_akhir")
    )
    return Punch(
        key=row["name"],
        person=row["pegawai"],
        day=date.fromisoformat(row["tanggal"]),
        first=first,
        last=max(first, last),
        lat=row["latitude"],
        lon=row["longitude"],
        accuracy=row["akurasi"] or 0.0,
        place=row["lokasi"] or "",
        device=features.device(row),
        gap=row["name"] in gaps,
        photo_missing=row["foto_status"] == "Tidak Datang",
        photo=int(row["sidik_foto"], 16) if row["sidik_foto"] else None,
        photo_empty=bool(row["foto_polos"]),
        fixed=bool(row["kios"]),
        outside=row["putusan_lokasi"] == "Luar",
        straddles=(row["pegawai"], row["tanggal"]) in straddles,
    )
