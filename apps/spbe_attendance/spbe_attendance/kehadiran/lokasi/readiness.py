"""Before the first morning: which units and people could not punch on a date, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import frappe
from frappe import _

from spbe_attendance import permissions
from spbe_attendance.kehadiran.lokasi import units
from spbe_attendance.kehadiran.pencatatan import places
from spbe_attendance.permissions import EVERYTHING

TANPA_LOKASI, TANPA_AKUN, TANPA_PONSEL = "tanpa_lokasi", "tanpa_akun", "tanpa_ponsel"
LACKS = (TANPA_LOKASI, TANPA_AKUN, TANPA_PONSEL)
COUNTED = ("pegawai", *LACKS)


class Places:
    """Usable places that hold on a day, by the OPD they belong to."""

    def __init__(self, day: date, tree: units.Tree):
        place = frappe.qb.DocType("OPD Lokasi")
        fields = ("opd", "semua_opd", *places.FIELDS)
        rows = (
            frappe.qb.from_(place)
            .select(*[place[field] for field in fields])
            .where((place.aktif == 1) & (place.hanya_kegiatan == 0))
            .where(place.berlaku_dari.isnull() | (place.berlaku_dari <= day))
            .where(place.berlaku_sampai.isnull() | (place.berlaku_sampai >= day))
            .run(as_dict=True)
        )
        usable = [row for row in rows if places.usable_fences([row])]
        self.tree = tree
        self.of_all = sum(1 for row in usable if row["semua_opd"])
        self.own = Counter(row["opd"] for row in usable if not row["semua_opd"])

    def of_above(self, opd: str) -> int:
        return sum(self.own[unit] for unit in self.tree.above(opd)[1:])

    def any_for(self, opd: str) -> bool:
        return bool(self.of_all or self.own[opd] or self.of_above(opd))


def visible_units(tree: units.Tree, opd: str | None) -> list[dict[str, Any]]:
    """Units of the session's subtree (all for BKPSDM, Pimpinan and Wali Data), below ``opd`` when one is named."""
    user = frappe.session.user
    everyone = permissions.opd_criterion(user) == EVERYTHING
    heads = set(frappe.get_roles(user)) & permissions.OWN_SUBTREE
    rows = tree.within(None if everyone else set(permissions.subtree(user)) if heads else ())
    if opd:
        below = set(tree.below(opd))
        rows = [row for row in rows if row["name"] in below]
    return rows


def of_units(day: date, opd: str | None = None, *, lacking_only: bool = False) -> list[dict[str, Any]]:
    """A row per unit: counts of its own staff and places, and ``kurang``: what it lacks, in words."""
    tree = units.Tree()
    there = Places(day, tree)
    shown = visible_units(tree, opd)
    counts = _counts({row["name"] for row in shown}, there)
    found = []
    for row in shown:
        name = row["name"]
        line = {
            "opd": name,
            "nama_opd": row["nama_opd"],
            "indent": len(tree.above(name)) - 1,
            "lokasi_sendiri": there.own[name],
            "lokasi_atas": there.of_above(name),
            "lokasi_bersama": there.of_all,
            "kepala": 1 if row["kepala"] else 0,
            **{field: counts[name][field] for field in COUNTED},
        }
        line["kurang"] = lacks(line, has_place=there.any_for(name), head=bool(row["kepala"]))
        if not lacking_only or line["kurang"]:
            found.append(line)
    return found


def lacks(line: dict[str, Any], *, has_place: bool, head: bool) -> str:
    """What stands in the way of the unit's first morning, in words; '' when nothing does."""
    said = []
    if not has_place:
        said.append(_("no valid place"))
    if not head:
        said.append(_("no head"))
    if line[TANPA_AKUN]:
        said.append(_("{0} without account").format(line[TANPA_AKUN]))
    if line[TANPA_PONSEL]:
        said.append(_("{0} without phone").format(line[TANPA_PONSEL]))
    return ", ".join(said)


def _counts(shown: set[str], there: Places) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _people(shown):
        counted = found[row["opd"]]
        counted["pegawai"] += 1
        counted[TANPA_AKUN] += not row["user"]
        counted[TANPA_PONSEL] += not row["ponsel"]
        counted[TANPA_LOKASI] += not there.any_for(row["opd"])
    return found


def _people(shown: set[str]) -> list[dict[str, Any]]:
    """Active staff of these units: name, nama, opd, jabatan, user, ponsel (how many active ones)."""
    if not shown:
        return []
    person, phone = frappe.qb.DocType("Pegawai"), frappe.qb.DocType("Perangkat")
    rows = (
        frappe.qb.from_(person)
        .select(person.name, person.nama, person.opd, person.jabatan, person.user)
        .where((person.status == "Aktif") & person.opd.isin(sorted(shown)))
        .orderby(person.nama)
        .run(as_dict=True)
    )
    with_phone = {
        name
        for (name,) in frappe.qb.from_(phone)
        .select(phone.pegawai)
        .where(phone.status == "Aktif")
        .distinct()
        .run()
    }
    for row in rows:
        row["ponsel"] = row["name"] in with_phone
    return list(rows)


def of_people(day: date, opd: str | None = None, lack: str | None = None) -> list[dict[str, Any]]:
    """A row per person who lacks something (``lack``: this); the session sees those of its subtree."""
    tree = units.Tree()
    there = Places(day, tree)
    shown = {row["name"] for row in visible_units(tree, opd)}
    found = []
    for row in _people(shown):
        missing = {
            TANPA_LOKASI: not there.any_for(row["opd"]),
            TANPA_AKUN: not row["user"],
            TANPA_PONSEL: not row["ponsel"],
        }
        if missing[lack] if lack else any(missing.values()):
            found.append(
                {
                    "pegawai": row["name"],
                    "nama": row["nama"],
                    "nama_opd": tree.name_of(row["opd"]),
                    "jabatan": row["jabatan"],
                    **{name: int(value) for name, value in missing.items()},
                }
            )
    return found
