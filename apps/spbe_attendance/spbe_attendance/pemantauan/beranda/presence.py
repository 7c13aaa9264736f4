"""Who is here today, as far as the reader may see: the figures that workspaces and the forms of OPD show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.jadwal import resolve
from spbe_attendance.kehadiran.permohonan import in_force
from spbe_attendance.worktime import codes

# Away for the whole day; half a day or working from elsewhere leaves a punch due.
AWAY = (*codes.LEAVE, *codes.DUTY)


@dataclass(frozen=True, slots=True)
class Presence:
    """Numbers of active staff. ``missing``: work is due today, without a punch and without a permit; ``free``: the rest."""

    staff: int = 0
    present: int = 0
    away: int = 0
    missing: int = 0

    @property
    def free(self) -> int:
        return self.staff - self.present - self.away - self.missing


def today() -> date:
    return now_datetime().date()


def of_day(day: date, opd: str | None = None) -> Presence:
    """Over everybody whom the reader may see, or those of ``opd`` and below. PermissionError for who reads no staff."""
    return _counted(_states(day, opd).values())


def by_unit(day: date) -> dict[str, Presence]:
    """The same per unit, by the code of the OPD right below the regency (for who sees all) or of the own unit."""
    people = _people(None)
    states = _states_of(people, day)
    groups = _groups({person["opd"] for person in people})
    found: dict[str, list[str]] = defaultdict(list)
    for person in people:
        found[groups[person["opd"]]].append(states[person["name"]])
    return {unit: _counted(words) for unit, words in found.items()}


PRESENT, ABROAD, MISSING, FREE = "hadir", "izin", "belum", "bebas"


def _counted(states: Any) -> Presence:
    words = list(states)
    return Presence(len(words), words.count(PRESENT), words.count(ABROAD), words.count(MISSING))


def _states(day: date, opd: str | None) -> dict[str, str]:
    return _states_of(_people(opd), day)


def _people(opd: str | None) -> list[dict[str, Any]]:
    filters: dict[str, Any] = {"status": codes.AKTIF}
    if opd:
        left, right = frappe.db.get_value("OPD", opd, ["lft", "rgt"]) or (0, 0)
        below = frappe.get_all("OPD", {"lft": [">=", left], "rgt": ["<=", right]}, pluck="name")
        filters["opd"] = ["in", below or [""]]
    return frappe.get_list("Pegawai", filters=filters, fields=["name", "opd"], limit_page_length=0)


def _states_of(people: list[dict[str, Any]], day: date) -> dict[str, str]:
    """{pegawai: state}, in a constant number of statements."""
    punched = _punched(day)
    others = [(person["name"], person["opd"]) for person in people if person["name"] not in punched]
    away = _away(day)
    due = resolve.schedules([pair for pair in others if pair[0] not in away], day, day)
    states = {}
    for person in people:
        name = person["name"]
        if name in punched:
            states[name] = PRESENT
        elif name in away:
            states[name] = ABROAD
        else:
            states[name] = FREE if due[(name, day)].free else MISSING
    return states


def _punched(day: date) -> set[str]:
    row = frappe.qb.DocType("Absensi")
    query = frappe.qb.from_(row).select(row.pegawai).distinct()
    found = query.where((row.tanggal == day) & (row.status != codes.DITOLAK)).run()
    return {name for (name,) in found}


def _away(day: date) -> set[str]:
    return {
        permit.pegawai
        for permit in in_force.permits(None, day, day)
        if permit.kode in AWAY and not permit.setengah_hari
    }


def _groups(units: set[str]) -> dict[str, str]:
    """{OPD: the one it is counted under}: itself, or where more than one OPD is seen the one right below the regency."""
    rows = frappe.get_all("OPD", fields=["name", "induk"], limit_page_length=0)
    parents = {row["name"]: row["induk"] for row in rows}

    def office(unit: str) -> str:
        while parents.get(parents.get(unit) or "") is not None:
            unit = parents[unit]
        return unit

    offices = {unit: office(unit) for unit in units}
    return offices if len(set(offices.values())) > 1 else {unit: unit for unit in units}
