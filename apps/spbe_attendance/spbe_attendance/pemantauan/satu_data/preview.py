"""What whoever decides about a version sees of it: the first rows, and what differs from the version before."""

from __future__ import annotations

from typing import Any

from spbe_attendance.pemantauan.satu_data import reading, spec, versions
from spbe_attendance.pemantauan.satu_data.rows import Row

ROWS, CHANGES = 60, 60
KEY = {spec.ATTENDANCE: ("kode_opd", "status_kepegawaian", "kode_kehadiran"), spec.UNITS: ("kode_opd",)}


def of(doc: Any) -> dict[str, Any]:
    """{kolom, baris, jumlah, banding}: ``baris`` the first rows; ``banding`` {versi, jumlah, ubah} or None for the first version,
    ``ubah`` a list of {kunci, lama, baru} with lists of texts, None where a row is not there."""
    found = reading.data(doc.name)
    columns = spec.COLUMNS[doc.dataset]
    return {
        "kolom": [column.title for column in columns],
        "baris": [[row[column.name] for column in columns] for row in found[:ROWS]],
        "jumlah": len(found),
        "banding": compare(doc, found),
    }


def compare(doc: Any, found: list[Row]) -> dict[str, Any] | None:
    before = [row for row in versions.of(doc.dataset, doc.periode, *versions.SEEN) if row.nomor < doc.nomor]
    if not before:
        return None
    key = KEY[doc.dataset]
    old = {tuple(row[name] for name in key): row for row in reading.data(before[-1].name)}
    new = {tuple(row[name] for name in key): row for row in found}
    changed = [place for place in {**old, **new} if old.get(place) != new.get(place)]
    return {
        "versi": before[-1].nomor,
        "jumlah": len(changed),
        "ubah": [
            {"kunci": list(place), "lama": said(old.get(place)), "baru": said(new.get(place))}
            for place in changed[:CHANGES]
        ],
    }


def said(row: Row | None) -> str | None:
    """A row in one text: its count, or all that a reference list says."""
    if row is None:
        return None
    if "orang_hari" in row:
        return spec.WITHHELD if row["orang_hari"] is None else str(row["orang_hari"])
    return " · ".join(str(value) for value in row.values() if value)
