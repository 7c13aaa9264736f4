"""What of a punch can be looked up: its cell, its phone, the pieces of its photo's hash. Written by the scan before it compares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import getdate, now
from pypika.terms import Values

from spbe_attendance.signals import photo, picture
from spbe_attendance.signals.position import cell

TABLE = "Ciri Absensi"
# As long as the engine looks back.
KEPT = timedelta(days=31)
PIECES = tuple(f"potong_{place}" for place in range(photo.PIECES))
FIELDS = ("absensi", "pegawai", "tanggal", "foto_status", "sel", "gawai", "sidik_foto", "foto_polos", *PIECES)


def store(fresh: Sequence[dict[str, Any]]) -> None:
    """One statement. Looks at the photos, which are files; gives the rows their ``sidik_foto`` and ``foto_polos``."""
    stamp, user = now(), frappe.session.user
    table = frappe.qb.DocType(TABLE)
    standard = ("name", "creation", "modified", "owner", "modified_by")
    query = frappe.qb.into(table).columns(*standard, *FIELDS)
    for row in fresh:
        look_at_photo(row)
        query = query.insert(row["name"], stamp, stamp, user, user, *features(row))
    for field in ("modified", *FIELDS):
        query = query.on_duplicate_key_update(table[field], Values(table[field]))
    query.run()


def features(row: dict[str, Any]) -> tuple[Any, ...]:
    bits = row["sidik_foto"] and int(row["sidik_foto"], 16)
    pieces = (0,) * photo.PIECES if bits is None else photo.pieces(bits)
    spot = None if row["kios"] else "{},{}".format(*cell(row["latitude"], row["longitude"]))
    return (
        row["name"],
        row["pegawai"],
        row["tanggal"],
        row["foto_status"],
        spot,
        None if row["kios"] else device(row) or None,
        row["sidik_foto"],
        int(row["foto_polos"]),
        *pieces,
    )


def device(row: dict[str, Any]) -> str:
    """The name that a phone gives itself: a key is one person's, the phone may be many people's."""
    return (row["perangkat"] or "").split(" ", 1)[0]


def look_at_photo(row: dict[str, Any]) -> None:
    bits, empty = picture.look(content(row["foto"])) if row["foto"] else (None, False)
    row["sidik_foto"] = None if bits is None else f"{bits:016x}"
    row["foto_polos"] = empty


def content(address: str) -> bytes:
    try:
        return Path(frappe.get_site_path(address.lstrip("/"))).read_bytes()
    except OSError:
        return b""


def twins(fresh: Sequence[dict[str, Any]]) -> set[str]:
    """Names of punches that share a cell or a phone and day with one of these, or have a photo like one; one statement each."""
    table = frappe.qb.DocType(TABLE)
    days = sorted({date.fromisoformat(row["tanggal"]) for row in fresh})
    near = table.tanggal[days[0] - KEPT : days[-1] + KEPT]
    told = [dict(zip(FIELDS, features(row), strict=True)) for row in fresh]
    cells, phones = ({row[field] for row in told} - {None} for field in ("sel", "gawai"))
    found = {name for (name,) in _where(near & table.sel.isin(cells or {""}), table.name)}
    found |= {
        name for (name,) in _where(table.tanggal.isin(days) & table.gawai.isin(phones or {""}), table.name)
    }
    return found | _photo_twins(near, [row for row in told if row["sidik_foto"]])


def _photo_twins(near: Any, hashed: Sequence[dict[str, Any]]) -> set[str]:
    """Among a month of everybody's photos several share each piece by chance: the whole hash is compared before a row is read."""
    if not hashed:
        return set()
    table = frappe.qb.DocType(TABLE)
    alike = reduce(or_, (table[piece].isin({row[piece] for row in hashed}) for piece in PIECES))
    index: dict[tuple[int, int], set[int]] = defaultdict(set)
    for row in hashed:
        bits = int(row["sidik_foto"], 16)
        for place in enumerate(photo.pieces(bits)):
            index[place].add(bits)
    return {
        name
        for name, sidik in _where(near & table.sidik_foto.isnotnull() & alike, table.name, table.sidik_foto)
        if _is_near(int(sidik, 16), index)
    }


def _is_near(bits: int, index: Mapping[tuple[int, int], Collection[int]]) -> bool:
    return any(
        photo.distance(bits, other) <= photo.MOST_BITS
        for place in enumerate(photo.pieces(bits))
        for other in index.get(place, ())
    )


def _where(condition: Any, *fields: Any) -> Sequence[tuple[Any, ...]]:
    table = frappe.qb.DocType(TABLE)
    return frappe.qb.from_(table).select(*fields).where(condition).run()


def remove_old() -> None:
    """Hooked to the scheduler, daily: nothing is compared with what is older."""
    table = frappe.qb.DocType(TABLE)
    frappe.qb.from_(table).delete().where(table.tanggal < getdate() - 3 * KEPT).run()
