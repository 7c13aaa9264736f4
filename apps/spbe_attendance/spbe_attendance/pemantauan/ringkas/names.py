"""The people behind the numbers, for those who may see names. No NIK, no NIP, no position."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import frappe
from frappe import _

from spbe_attendance.pemantauan.ringkas import access, standing
from spbe_attendance.pemantauan.ringkas.standing import Person
from spbe_attendance.pemantauan.ringkas.summary import View
from spbe_attendance.worktime import codes, presence


def of(
    view: View, keadaan: str | None = None, cari: str | None = None, mulai: int = 0, panjang: int = 50
) -> dict[str, Any]:
    """HTTP contract ``orang``. Raises NamaTidakDibuka."""
    found = sorted(listed(view, keadaan, cari), key=lambda item: (item[1]["nama"], item[0].who.name))
    return {
        "jumlah": len(found),
        "orang": [shape(view, person, about) for person, about in found[mulai : mulai + panjang]],
    }


def listed(
    view: View, keadaan: str | None, cari: str | None = None
) -> Iterable[tuple[Person, dict[str, Any]]]:
    """(person, {nama, jabatan}) of those in the state."""
    for root in view.roots:
        access.require_names(view.scope, root)
    wanted = presence.PRESENT if keadaan == "hadir" else (keadaan,) if keadaan else presence.STATES
    units = standing.of_units(view.day, sorted(view.units), view.now)
    people = [one for unit in units.values() for one in unit.people if one.state in wanted]
    about = known([one.who.name for one in people], cari)
    return [(one, about[one.who.name]) for one in people if one.who.name in about]


def known(names: list[str], cari: str | None) -> dict[str, dict[str, Any]]:
    person = frappe.qb.DocType("Pegawai")
    query = frappe.qb.from_(person).select(person.name, person.nama, person.jabatan)
    query = query.where(person.name.isin(names or [""]))
    if cari:
        text = cari.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.where(person.nama.like(f"%{text}%") | person.jabatan.like(f"%{text}%"))
    return {row["name"]: row for row in query.run(as_dict=True)}


def shape(view: View, person: Person, about: dict[str, Any]) -> dict[str, Any]:
    here = person.state in presence.PRESENT
    left = person.seen.out_at or (person.who.row.pulang if person.who.row else None)
    return {
        "name": person.who.name,
        "nama": about["nama"],
        "opd": view.tree.ref(person.who.opd) if person.who.opd in view.tree.rows else None,
        "jabatan": about["jabatan"] or None,
        "keadaan": person.state,
        "masuk": clock(person.masuk) if here else None,
        "pulang": clock(left) if here else None,
        "keterangan": remark(person),
    }


def clock(moment: datetime | None) -> str | None:
    return f"{moment:%H:%M}" if moment else None


def remark(person: Person) -> str:
    """Why the state is what it is, where that is not plain."""
    if person.state in presence.PRESENT:
        return _("A punch waits for a decision") if person.punched.pending else ""
    limit = person.due.limit
    if person.state == presence.BELUM_WAKTUNYA and limit:
        return _("Due until {0}").format(clock(limit))
    if person.state == presence.IZIN:
        return permit(person)
    if person.state == presence.BEBAS:
        holiday = person.day.holiday
        return (
            holiday.name if holiday and person.day.free else "" if person.day.plan.known else _("No roster")
        )
    if person.state == presence.TERTUNDA:
        return _("Punches of this person usually arrive about {0} minutes later").format(person.habit)
    return (
        _("Nothing is heard from the unit, or an outage is declared")
        if person.state == presence.SENYAP
        else ""
    )


def permit(person: Person) -> str:
    """The code as the recap prints it: what illness or reason stands behind it is not told here."""
    row = person.who.row
    if row and row.kode_utama in codes.PERMITS:
        return str(codes.PRINTED.get(row.kode_utama, row.kode_utama))
    return ", ".join(codes.PRINTED.get(one.kind, one.kind) for one in person.permits)
