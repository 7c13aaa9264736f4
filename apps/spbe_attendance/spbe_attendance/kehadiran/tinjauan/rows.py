"""Punches as the engine of signals sees them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import frappe
from pypika.functions import Cast

from spbe_attendance.signals.picture import difference_hash
from spbe_attendance.signals.types import Seen

FIELDS = (
    "name", "pegawai", "opd", "latitude", "longitude", "akurasi", "kunci_perangkat", "perangkat", "foto", "foto_dhash",
    "foto_status", "perlu_tinjau", "alasan_tinjau",
)  # fmt: skip
# As text: the framework's own reading of dates takes a hundred times longer.
TEXTS = ("tanggal", "waktu_awal", "waktu_akhir")
HISTORY = timedelta(days=30)
WIDE = timedelta(minutes=15)
SETTLED = ("Ada", "Tidak Datang", "Tidak Diminta")


def waiting(most: int) -> Sequence[dict[str, Any]]:
    """Punches that nobody has looked at and whose photo is here or will not come, oldest first; locked for this transaction."""
    absensi = frappe.qb.DocType("Absensi")
    return (
        _select()
        .where(absensi.isyarat_pada.isnull() & absensi.foto_status.isin(SETTLED))
        .orderby(absensi.waktu_tiba)
        .limit(most)
        .for_update()
        .run(as_dict=True)
    )


def around(fresh: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the same people punched in the weeks before, and everybody on the same days; two statements."""
    absensi = frappe.qb.DocType("Absensi")
    days = sorted({row["tanggal"] for row in fresh})
    people = sorted({row["pegawai"] for row in fresh})
    first = date.fromisoformat(days[0]) - HISTORY
    own = _select().where(absensi.pegawai.isin(people) & absensi.tanggal[first : days[-1]])
    same_days = _select().where(absensi.tanggal.isin(days))
    found = {row["name"]: row for query in (own, same_days) for row in query.run(as_dict=True)}
    return list(found.values())


def _select() -> Any:
    absensi = frappe.qb.DocType("Absensi")
    texts = [Cast(absensi[field], "char").as_(field) for field in TEXTS]
    located = absensi.latitude.isnotnull() & absensi.putusan_lokasi.isnotnull()
    return frappe.qb.from_(absensi).select(*[absensi[field] for field in FIELDS], *texts).where(located)


def hashes(fresh: Collection[dict[str, Any]]) -> dict[str, str]:
    """Perceptual hashes of the photos that have none yet, by punch; files that cannot be read are left out."""
    found = {}
    for row in fresh:
        if row["foto"] and not row["foto_dhash"]:
            value = difference_hash(_content(row["foto"]))
            if value is not None:
                found[row["name"]] = row["foto_dhash"] = f"{value:016x}"
    return found


def _content(address: str) -> bytes:
    try:
        return Path(frappe.get_site_path(address.lstrip("/"))).read_bytes()
    except OSError:
        return b""


def seen(row: dict[str, Any]) -> Seen:
    first, last = (
        datetime.fromisoformat(row[field] or row["tanggal"]) for field in ("waktu_awal", "waktu_akhir")
    )
    return Seen(
        name=row["name"],
        person=row["pegawai"],
        day=row["tanggal"],
        earliest=_ms(first),
        latest=_ms(max(first, last)),
        lat=row["latitude"],
        lon=row["longitude"],
        accuracy=row["akurasi"] or 0.0,
        device=_device(row),
        photo=int(row["foto_dhash"], 16) if row["foto_dhash"] else None,
        photo_missing=row["foto_status"] == "Tidak Datang",
        wide=last - first > WIDE,
    )


def _device(row: dict[str, Any]) -> str | None:
    """The name that a phone gives itself: a key is one person's, the phone may be many people's."""
    return (row["perangkat"] or "").split(" ", 1)[0] or None


def _ms(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1)).total_seconds() * 1000)
