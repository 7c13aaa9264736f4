"""The strength report of a roll call: jumlah, hadir, kurang and why, per OPD. A constant number of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import frappe

from spbe_attendance.kehadiran.apel import access, excuses, results
from spbe_attendance.overrides.database_query import hidden_fields

# column of the report -> what results calls it; what is none of these is "lainnya"
REASONS = {
    "cuti": "Cuti",
    "sakit": "Sakit",
    "izin": "Izin",
    "dinas_luar": "Dinas Luar",
    "shift": excuses.SHIFT,
}
OTHER, EXEMPT, PENDING, UNEXPLAINED = "lainnya", "dikecualikan", "menunggu", "tanpa_keterangan"
COLUMNS = ("jumlah", "hadir", "kurang", *REASONS, OTHER, EXEMPT, PENDING, UNEXPLAINED)
BY_WORDS = {
    **{words: column for column, words in REASONS.items()},
    excuses.OFF_DUTY: "shift",
    results.PENDING: PENDING,
    results.UNEXPLAINED: UNEXPLAINED,
}


def heading(result: results.Result) -> str:
    """The column in which a result is counted. Whose punch waits for approval is reported apart, not as present."""
    if result.hasil == results.PRESENT:
        return PENDING if result.keterangan == results.PENDING else "hadir"
    return EXEMPT if result.hasil == results.EXEMPT else BY_WORDS.get(result.keterangan, OTHER)


def kinds(result: results.Result) -> set[str]:
    """All by which a result may be asked for."""
    kind = heading(result)
    return {result.hasil, kind, "kurang"} if kind != "hadir" else {result.hasil, kind}


def visible(kegiatan: str) -> list[results.Result]:
    """Results of an event for the units that the session's user may see. Raises PermissionError."""
    frappe.get_doc("Kegiatan Apel", kegiatan).check_permission("read")
    scope = access.scope(frappe.session.user)
    found = results.of_event(kegiatan)
    return found if scope is None else [result for result in found if result.opd in set(scope)]


def of_event(kegiatan: str, *, per_unit: bool = False) -> dict[str, Any]:
    """{baris, total}: rows {opd, nama_opd, persen, COLUMNS}, in the order of the tree, and their sum.

    Units stand in the row of their OPD, as in its block on the field; where there is one OPD only, or with ``per_unit``, each unit has its own.
    """
    found = visible(kegiatan)
    units = tree()
    block = block_of(units)
    keys = {block(result.opd) for result in found}
    place: Callable[[str], str] = (lambda opd: opd) if per_unit or len(keys) < 2 else block
    counts: dict[str, Counter[str]] = {}
    for result in found:
        counts.setdefault(place(result.opd), Counter())[heading(result)] += 1
    order = {opd: number for number, opd in enumerate(units)}
    rows = [
        row(opd, units.get(opd, {}).get("nama_opd") or opd, count)
        for opd, count in sorted(counts.items(), key=lambda item: order.get(item[0], len(order)))
    ]
    return {"baris": rows, "total": row(None, "", sum_of(counts.values()))}


def sum_of(counts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total


def row(opd: str | None, label: str, count: Counter[str]) -> dict[str, Any]:
    total = sum(count.values())
    return {
        "opd": opd,
        "nama_opd": label,
        **{column: count[column] for column in COLUMNS},
        "jumlah": total,
        "kurang": total - count["hadir"],
        "persen": round(100 * count["hadir"] / total, 1) if total else 0.0,
    }


def tree() -> dict[str, dict[str, Any]]:
    """All OPD from top to bottom."""
    rows = frappe.get_all("OPD", fields=["name", "nama_opd", "induk"], order_by="lft")
    return {item["name"]: item for item in rows}


def block_of(units: dict[str, dict[str, Any]]) -> Callable[[str], str]:
    """The OPD to which a unit belongs: the one directly below the root of the tree."""

    def climb(opd: str) -> str:
        above = units.get(opd, {}).get("induk")
        while above in units and units[above]["induk"] in units:
            opd, above = above, units[above]["induk"]
        return opd

    return climb


def names(kegiatan: str, opd: str | None = None, hasil: str | None = None) -> list[dict[str, Any]]:
    """The people behind the numbers: {pegawai, nama, nip (for those who may read it), jabatan, opd, nama_opd, hasil, keterangan}, by OPD and
    name.

    ``opd``: with its subtree. ``hasil``: a result, or a column of the report.
    """
    wanted = [result for result in visible(kegiatan) if not hasil or hasil in kinds(result)]
    units = tree()
    if opd:
        edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"]) or (0, -1)
        below = set(frappe.get_all("OPD", {"lft": [">=", edges[0]], "rgt": ["<=", edges[1]]}, pluck="name"))
        wanted = [result for result in wanted if result.opd in below]
    people = {
        person["name"]: person
        for person in frappe.get_all("Pegawai", {"status": "Aktif"}, ["name", "nama", "nip", "jabatan"])
    }
    order = {name: number for number, name in enumerate(units)}
    shows_nip = "nip" not in hidden_fields("Pegawai")
    rows = [
        {
            **{field: people[result.pegawai][field] for field in ("nama", "jabatan")},
            "nip": people[result.pegawai]["nip"] if shows_nip else None,
            "pegawai": result.pegawai,
            "opd": result.opd,
            "nama_opd": units.get(result.opd, {}).get("nama_opd") or result.opd,
            "hasil": result.hasil,
            "keterangan": result.keterangan,
        }
        for result in wanted
        if result.pegawai in people
    ]
    return sorted(rows, key=lambda item: (order.get(item["opd"], len(order)), item["nama"]))
