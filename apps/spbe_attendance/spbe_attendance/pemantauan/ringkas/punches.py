"""The punches of a day by person, as the live picture needs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import frappe
from pypika.functions import Coalesce, NullIf

from spbe_attendance.kehadiran.jadwal import source
from spbe_attendance.kehadiran.jadwal.source import MANY
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.kehadiran.permohonan import in_force
from spbe_attendance.kehadiran.rekapitulasi import sources
from spbe_attendance.kehadiran.rekapitulasi.facts import members
from spbe_attendance.pemantauan.ringkas import joined
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.types import Punch

DAY = timedelta(days=1)
TO_THE_MINUTE = 16
FIELDS = ("pegawai", "jenis", "status", "lokasi", "putusan_lokasi")
DOUBTFUL = "Ragu"
Signature = tuple[tuple[str, str, str], ...]
_EMPTY: Signature = ()


@dataclass(slots=True)
class Punched:
    """``signature``: (kind, earliest, latest) of each punch to the minute: people with equal ones share a verdict.
    ``pending``: one waits for a decision; ``place``: of the first clock-in; ``doubtful``: its place is uncertain."""

    signature: Signature = _EMPTY
    pending: bool = False
    place: str | None = None
    doubtful: bool = False
    first: str = ""

    def add(
        self, kind: str, status: str, earliest: str, latest: str, place: str | None, verdict: str
    ) -> None:
        self.signature = (*self.signature, (kind, earliest, latest))
        if status == codes.MENUNGGU:
            self.pending = True
        if kind == codes.MASUK and (not self.first or earliest < self.first):
            self.first, self.place, self.doubtful = earliest, place, verdict == DOUBTFUL


def of_day(names: Sequence[str], day: date, units: Iterable[str]) -> dict[str, Punched]:
    """By person, of those who have any that counts. ``units``: all OPD, so that a key serves where there are many people."""
    wanted = set(names)
    few = sorted(wanted) if len(wanted) <= MANY else None
    replaced = {*in_force.replaced_punches(few, day, day), *sources.void(few, day, day)}
    night = _on_nights(few, day) & wanted
    wanted -= night
    found: dict[str, Punched] = defaultdict(Punched)
    for _opd, rows in _of_units(few, day, units, replaced):
        for person, kind, status, place, verdict, earliest, latest in rows:
            if person in wanted:
                first = earliest[:TO_THE_MINUTE]
                last = max(first, latest[:TO_THE_MINUTE]) if latest else first
                found[person].add(kind, status, first, last, place or None, verdict)
    _add_nights(found, sorted(night), day)
    return found


def punch(part: tuple[str, str, str]) -> Punch:
    kind, earliest, latest = part
    return Punch("", kind, datetime.fromisoformat(earliest), datetime.fromisoformat(latest))


def _of_units(
    names: Sequence[str] | None, day: date, units: Iterable[str], without: Collection[str]
) -> Iterator[tuple[str, list[list[str]]]]:
    """By OPD, FIELDS, earliest and latest moment of each; the latest is empty where it is the earliest, as nearly always: the database
    spends its time on making texts of moments."""
    absensi = frappe.qb.DocType("Absensi")
    earliest = Coalesce(absensi.waktu_awal, absensi.waktu)
    query = (
        frappe.qb.from_(absensi)
        .where((absensi.tanggal == day) & (absensi.status != codes.DITOLAK))
        .where(absensi.jenis.isin((codes.MASUK, codes.PULANG)))
    )
    if names is not None:
        query = query.where(absensi.pegawai.isin(list(names) or [""]))
    else:
        query = query.where(absensi.opd.isin(list(units) or [""]))
    if without:
        query = query.where(absensi.name.notin(list(without)))
    fields = [absensi[field] for field in FIELDS]
    return joined.groups(query, absensi.opd, *fields, earliest, NullIf(absensi.waktu_akhir, earliest))


def _on_nights(names: Sequence[str] | None, day: date) -> set[str]:
    """Whose roster crosses midnight around the day: to which day their punches belong is decided as the recap does."""
    if names is not None and known.in_use():
        names = sorted(source.rostered(day - DAY, day + DAY).intersection(names))
        if not names:
            return set()
    roster, shift = frappe.qb.DocType("Roster Dinas"), frappe.qb.DocType("Shift Kerja")
    query = (
        frappe.qb.from_(roster)
        .join(shift)
        .on(shift.name == roster.shift)
        .select(roster.pegawai)
        .distinct()
        .where(roster.tanggal[day - DAY : day + DAY] & (shift.selesai_hari_berikut == 1))
    )
    if names is not None:
        query = query.where(roster.pegawai.isin(list(names) or [""]))
    return {name for (name,) in query.run()}


def _add_nights(found: dict[str, Punched], names: Sequence[str], day: date) -> None:
    if not names:
        return
    around = sources.schedules(list(members(names).values()), day - DAY, day + DAY)
    kept = sources.punches(names, day, day, around)
    places = _places([one.key for rows in kept.values() for one in rows])
    for (person, _day), rows in kept.items():
        for one in rows:
            if one.status != codes.DITOLAK:
                texts = [f"{moment:%Y-%m-%d %H:%M}" for moment in (one.first, one.last)]
                found[person].add(one.kind, one.status, *texts, *places.get(one.key, (None, "")))


def _places(keys: Sequence[str]) -> dict[str, tuple[str | None, str]]:
    rows = frappe.get_all(
        "Absensi", {"name": ["in", list(keys) or [""]]}, ["name", "lokasi", "putusan_lokasi"], as_list=True
    )
    return {name: (place, verdict or "") for name, place, verdict in rows}
