"""What waits in the tables: seals, days to compute again, photos. Each is one look at an index, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.query_builder.functions import Count, Min
from frappe.utils import cint, now_datetime

from spbe_attendance.kehadiran.gangguan import failures
from spbe_attendance.kehadiran.segel import sealing, store
from spbe_attendance.pemantauan.kesehatan.measure import Measured

SPAN = timedelta(minutes=10)


def seals() -> Iterator[Measured]:
    found = store.unsealed(sealing.reached() - sealing.OVERLAP, 1)
    yield Measured("segel_tertunda_detik", age(found[0][1]) if found else 0.0)


def recomputing() -> Iterator[Measured]:
    waiting = frappe.qb.DocType("Hitung Ulang")
    number, first = frappe.qb.from_(waiting).select(Count("*"), Min(waiting.creation)).run()[0]
    yield Measured("hitung_ulang_panjang", number)
    yield Measured("hitung_ulang_tertua_detik", age(first) if first else 0.0)


def punches() -> Iterator[Measured]:
    now = now_datetime()
    # ``modified`` has an index, and no row is older by it than its arrival.
    recent = {"modified": [">=", now - SPAN], "waktu_tiba": [">=", now - SPAN]}
    yield Measured("absensi_10_menit", count(recent))
    bucket = failures.bucket_of(now)
    spans = [failures.figures(begin) for begin in (bucket, bucket - failures.BUCKET)]
    yield Measured("absensi_gagal", sum(failed for failed, _accounts in spans))
    yield Measured("absensi_gagal_akun", max(accounts for _failed, accounts in spans))


def photos() -> Iterator[Measured]:
    now = now_datetime()
    wait = cint(frappe.db.get_single_value("Pengaturan Absensi", "batas_tunggu_foto_menit")) or 30
    late = {"foto_status": "Menunggu", "waktu_tiba": ["<", now - timedelta(minutes=wait)]}
    yield Measured("foto_ditunggu", count(late))
    midnight = datetime.combine(now.date(), datetime.min.time())
    yield Measured(
        "foto_tidak_datang", count({"foto_status": "Tidak Datang", "waktu_tiba": [">=", midnight]})
    )


def count(filters: dict[str, Any]) -> int:
    return frappe.db.count("Absensi", filters)


def age(moment: datetime) -> float:
    """Seconds; a row from a clock that went ahead is new."""
    return max(0.0, (now_datetime() - moment).total_seconds())
