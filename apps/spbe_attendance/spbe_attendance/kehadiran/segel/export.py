"""The export that an auditor verifies offline: JSON lines, person by person, never more than a batch of persons in memory.

Names of persons are the system's random ones; NIP and names come along on request only. Free text never does: its SHA-256.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.evidence import chain, verify
from spbe_attendance.evidence.audit import UNDECIDED
from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.kehadiran.rekapitulasi import closing
from spbe_attendance.kehadiran.rekapitulasi.closed import bounds
from spbe_attendance.kehadiran.segel import roots, store

PEOPLE = 200
SOURCES = ("Segel Absensi", "Absensi")


@dataclass(frozen=True, slots=True)
class Scope:
    """``opd`` with its subtree, None: all. ``month``: YYYY-MM, None: from the beginning."""

    opd: str | None = None
    month: str | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        return bounds(self.month) if self.month else None

    @property
    def units(self) -> list[str] | None:
        return closing.subtree(self.opd) if self.opd else None


def asked(opd: str | None, month: str | None) -> Scope:
    """A scope from what somebody typed. Raises LaporanDitolak for a month or OPD that there is not."""
    try:
        bounds(month or "2026-01")
    except ValueError:
        frappe.throw(
            _("The month must be written as YYYY-MM, for instance {0}.").format("2026-11"), LaporanDitolak
        )
    if opd and not frappe.db.exists("OPD", opd):
        frappe.throw(_("There is no OPD with the code {0}.").format(opd), LaporanDitolak)
    return Scope(opd or None, month or None)


def lines(scope: Scope, *, identities: bool = False) -> Iterator[str]:
    """The export, line by line. All statements see one state of the database (MariaDB's repeatable read)."""
    units, days = scope.units, scope.days
    people = concerned(units, days)
    yield dumped(header(units, days, people if identities else ()))
    for root in roots_of(units):
        yield dumped({"jenis": "akar", **asdict(root)})
    counted = {"absensi": 0, "segel": 0, "tinjauan": 0}
    for at in range(0, len(people), PEOPLE):
        for record in persons(people[at : at + PEOPLE], units, days):
            counted[record["jenis"]] += 1
            yield dumped(record)
    yield dumped({"jenis": "akhir", **counted})


def dumped(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def header(units: list[str] | None, days: tuple[date, date] | None, people: Iterable[str]) -> dict[str, Any]:
    known = frappe.get_all("OPD", fields=["name", "induk"], as_list=True)
    return {
        "jenis": "kepala",
        "format": verify.FORMAT,
        "situs": frappe.local.site,
        "dibuat": chain.text(now_datetime()),
        "unit": units,
        "dari": days[0].isoformat() if days else "",
        "sampai": days[1].isoformat() if days else "",
        "pohon": {name: above or "" for name, above in known},
        "orang": identified(people),
    }


def identified(people: Iterable[str]) -> dict[str, str]:
    """Name and NIP or staff number of persons; empty when none are asked for."""
    wanted = list(people)
    if not wanted:
        return {}
    rows = frappe.get_all("Pegawai", {"name": ["in", wanted]}, ["name", "nama", "nip", "nomor_pegawai"])
    return {row.name: f"{row.nama} ({row.nip or row.nomor_pegawai or '-'})" for row in rows}


def concerned(units: list[str] | None, days: tuple[date, date] | None) -> list[str]:
    """Persons with seals or punches in the scope, in order of code points, as the verifier wants them."""
    found: set[str] = set()
    for doctype in SOURCES:
        table = frappe.qb.DocType(doctype)
        query = frappe.qb.from_(table).select(table.pegawai).distinct()
        found |= {chain.text(row[0]) for row in within(query, table, units, days).run()}
    return sorted(found)


def within(query: Any, table: Any, units: list[str] | None, days: tuple[date, date] | None) -> Any:
    if units is not None:
        query = query.where(table.opd.isin(units or [""]))
    return query.where(table.tanggal[days[0] : days[1]]) if days else query


def roots_of(units: list[str] | None) -> list[chain.Root]:
    """All of these OPD's, of all months: they are a chain."""
    table = frappe.qb.DocType("Akar Harian")
    query = frappe.qb.from_(table).select(*[table[field] for field in roots.FIELDS])
    rows = within(query, table, units, None).orderby(table.opd).orderby(table.urutan).run(as_dict=True)
    return [roots.root_of(row) for row in rows]


def persons(
    people: list[str], units: list[str] | None, days: tuple[date, date] | None
) -> Iterator[dict[str, Any]]:
    """Punches and reviews of the scope, then all seals of each person: a chain is checked from its beginning."""
    absensi, seal = frappe.qb.DocType("Absensi"), frappe.qb.DocType("Segel Absensi")
    fields = [absensi[field] for field in (*store.COLUMNS, "status", "catatan_persetujuan", "modified")]
    query = frappe.qb.from_(absensi).select(*fields).where(absensi.pegawai.isin(people))
    punches = by_person(within(query, absensi, units, days).run(as_dict=True))
    links = by_person(frappe.qb.from_(seal).select("*").where(seal.pegawai.isin(people)).run(as_dict=True))
    queue = reviews(people, units, days)
    for name in people:
        for row in punches.get(name, ()):
            yield {
                "jenis": "absensi",
                "isi": chain.facts(row),
                "status": chain.text(row["status"]),
                "catatan": chain.digest(row["catatan_persetujuan"]),
                "diubah": chain.text(row["modified"]),
            }
        for row in queue.get(name, ()):
            yield {"jenis": "tinjauan", **row}
        for row in sorted(links.get(name, ()), key=lambda row: row["urutan"]):
            yield {"jenis": "segel", **asdict(store.seal_of(row))}


def reviews(
    people: list[str], units: list[str] | None, days: tuple[date, date] | None
) -> dict[str, list[dict[str, Any]]]:
    """By person: rows of the review queue on which somebody has decided, with all that was decided."""
    review, ruling = frappe.qb.DocType("Tinjauan Absensi"), frappe.qb.DocType("Putusan Tinjauan")
    decided = frappe.qb.from_(ruling).select(ruling.parent)
    fields = [review.absensi, review.pegawai, review.opd, review.tanggal, review.status]
    query = frappe.qb.from_(review).select(*fields).where(review.pegawai.isin(people))
    query = query.where((review.status != UNDECIDED) | review.name.isin(decided))
    rows = within(query, review, units, days).run(as_dict=True)
    rulings = store.rulings(row["absensi"] for row in rows)
    return by_person(
        {
            **{field: chain.text(value) for field, value in row.items()},
            "putusan": [asdict(one) for one in rulings.get(row["absensi"], ())],
        }
        for row in rows
    )


def by_person(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[chain.text(row["pegawai"])].append(row)
    return found
