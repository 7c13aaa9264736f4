"""Which outages in force cover whom and when, for the engine that judges days. A constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from frappe.utils import get_datetime

from spbe_attendance.worktime.types import MINUTES, VOID, Outage

PROPOSED, IN_FORCE, REJECTED = "Usulan", "Berlaku", "Ditolak"
ON_TIME, PRESENT, EXTENDED = "Dianggap Tepat Waktu", "Dianggap Hadir", "Perpanjang Batas"
FIELDS = ("name", "dari", "sampai", "semua_lokasi", "perlakuan", "perpanjang_sampai", "dasar")
# A shift that began the day before may still run.
LONGEST_SHIFT = timedelta(days=1)


def windows(first: date, last: date, status: str = IN_FORCE) -> tuple[Outage, ...]:
    """Outages in force, or of another status, that touch working days from ``first`` to ``last``, as the engine takes them, in order of time.

    ``opds`` are the OPD named, with their subtrees understood: the engine compares them with a person's OPD and all above it.
    An outage that names OPD and places covers both, and so becomes two. Dianggap Tepat Waktu: lateness is excused, absence is not;
    Dianggap Hadir: absence, too; Perpanjang Batas: the minutes up to the extended limit.
    """
    start, end = datetime.combine(first, time.min), datetime.combine(last, time.max) + LONGEST_SHIFT
    row = frappe.qb.DocType("Gangguan Layanan")
    found = (
        frappe.qb.from_(row)
        .select(*[row[field] for field in FIELDS])
        .where((row.status == status) & (row.dari <= end))
        .where((row.sampai >= start) | (row.perpanjang_sampai >= start))
        .orderby(row.dari, row.name)
        .run(as_dict=True)
    )
    names = [item["name"] for item in found]
    opds, places = (
        named("Gangguan Layanan OPD", "opd", names),
        named("Gangguan Layanan Lokasi", "lokasi", names),
    )
    return tuple(
        outage for item in found for outage in outages(item, opds[item["name"]], places[item["name"]])
    )


def outages(row: dict[str, Any], opds: frozenset[str], places: frozenset[str]) -> Iterator[Outage]:
    begin, end = span(row)
    common = {
        "first": begin,
        "last": end,
        "decree": row["dasar"] or "",
        "treatment": MINUTES if row["perlakuan"] == EXTENDED else VOID,
        "excuses_absence": row["perlakuan"] == PRESENT,
    }
    if row["semua_lokasi"]:
        yield Outage(row["name"], **common)
        return
    if opds:
        yield Outage(row["name"], opds=opds, **common)
    if places:
        yield Outage(row["name"], places=places, **common)


def span(row: Any) -> tuple[datetime, datetime]:
    """From when to when an outage works: until the extended limit where there is one."""
    extended = row.get("perlakuan") == EXTENDED and row.get("perpanjang_sampai")
    return get_datetime(row.get("dari")), get_datetime(extended or row.get("sampai"))


def named(table: str, field: str, names: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    if names:
        for parent, value in frappe.get_all(
            table, {"parent": ["in", names]}, ["parent", field], as_list=True
        ):
            found[parent].add(value)
    return defaultdict(frozenset, {parent: frozenset(values) for parent, values in found.items()})
