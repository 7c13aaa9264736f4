"""What the database holds against what phones were told; read past the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pymysql.cursors import DictCursor

from tests.faults.phones import Phone, Punch
from tests.load.machine import connect

JUDGED = (
    "status",
    "putusan_lokasi",
    "lokasi",
    "penjelasan",
    "waktu",
    "waktu_tiba",
    "tanggal",
    "pegawai",
    "opd",
)
SUMMARY = "/api/method/spbe_attendance.api.pemantauan.ringkasan"


def rows(site: str, statement: str, *values: Any) -> list[dict[str, Any]]:
    with connect(site) as connection, connection.cursor(DictCursor) as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def value(site: str, statement: str, *values: Any) -> Any:
    return next(iter(rows(site, statement, *values)[0].values()))


def differences(site: str, mark: str, punches: Sequence[Punch]) -> list[str]:
    """Punches that were acknowledged and are not there once, as the receipt says; rows that are incomplete or nobody's."""
    stored = rows(site, "select * from `tabAbsensi` where perangkat = %s", mark)
    by_id: dict[str, list[dict[str, Any]]] = {}
    for row in stored:
        by_id.setdefault(row["id_klien"], []).append(row)
    found = [told for one in punches for told in compared(one, by_id.pop(one.id, []))]
    found += [f"row {row['name']} of an id that nobody sent" for many in by_id.values() for row in many]
    return found + [
        f"row {row['name']} has no {field}" for row in stored for field in JUDGED if row[field] in (None, "")
    ]


def compared(one: Punch, found: Sequence[dict[str, Any]]) -> list[str]:
    if one.receipt is None:
        last = one.answers[-1].text[:200] if one.answers else "not sent"
        return [f"{one.id} never had a receipt ({len(found)} rows): {last}"]
    if len(found) != 1:
        return [f"{one.id} was acknowledged and is there {len(found)} times"]
    row, told = found[0], one.receipt
    wrong = [
        f"{one.id}: {field} {row[field]!r}, told {told[field]!r}"
        for field in ("name", "status", "putusan_lokasi", "lokasi", "penjelasan")
        if row[field] != told[field]
    ]
    if str(row["waktu"])[:19] != str(told["waktu"]).replace("T", " ")[:19]:
        wrong.append(f"{one.id}: waktu {row['waktu']}, told {told['waktu']}")
    return wrong


def present(site: str, leader: Phone) -> tuple[int, int]:
    """People who are there today: by the Command Center, and by the punches of that day that were not rejected."""
    screen = leader.message(SUMMARY)
    table = value(
        site,
        """select count(distinct a.pegawai) from `tabAbsensi` a join `tabPegawai` p on p.name = a.pegawai
        where a.tanggal = %s and a.status != 'Ditolak' and p.status = 'Aktif'""",
        screen["tanggal"],
    )
    return int(screen["jumlah"]["hadir"]), int(table)


def unsealed(site: str, mark: str) -> int:
    return int(
        value(
            site,
            """select count(*) from `tabAbsensi` a left join `tabSegel Absensi` s on s.absensi = a.name
            where a.perangkat = %s and s.name is null""",
            mark,
        )
    )
