"""What the home screen and the history show."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.kehadiran.apel import events
from spbe_attendance.kehadiran.jadwal import today as schedule
from spbe_attendance.kehadiran.pencatatan import places
from spbe_attendance.kehadiran.pencatatan.intake import ANSWER
from spbe_attendance.kehadiran.rekapitulasi import shown
from spbe_attendance.kehadiran.times import clock, iso
from spbe_attendance.kepegawaian.devices import anchor_for

ROW = (
    *ANSWER,
    "alasan",
    "catatan_persetujuan",
    "sumber",
    "kegiatan",
    "id_klien",
    "waktu_awal",
    "waktu_akhir",
    "waktu_tiba",
)


def today(person: dict[str, Any]) -> dict[str, Any]:
    """HTTP contract ``hari_ini``."""
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    now = now_datetime()
    # A night shift began the evening before.
    recent = punches(person["name"], now.date() - timedelta(days=1), now.date())
    rows = [row for row in recent if row["tanggal"] == now.date()]
    return {
        "waktu_server": iso(now),
        "jangkar": anchor_for(person["name"]),
        "pegawai": {
            **{field: person[field] for field in ("name", "nama", "opd", "status_kepegawaian")},
            "nama_opd": frappe.get_cached_value("OPD", person["opd"], "nama_opd"),
        },
        "jadwal": schedule.shown(person["name"], person["opd"], now, recent),
        "absensi": rows,
        "rekap": shown.today(person["name"]),
        "kegiatan": [event_shape(row, rows) for row in events.of_person(person, now.date())],
        "lokasi": [place_shape(row) for row in places.shown(person["opd"], now.date())],
        "mode": settings.mode,
        # Read-only mode: a punch sent now is answered 503, and stays on the phone.
        "pemeliharaan": bool(frappe.flags.read_only),
        "aturan": {
            field: settings.get(field)
            for field in (
                "akurasi_maksimum",
                "foto_wajib",
                "foto_ukuran_maks_kb",
                "foto_sisi_maks",
                "luring_aktif",
            )
        },
    }


def place_shape(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "area": frappe.parse_json(row["area"]) if row["jenis_area"] == "Poligon" and row["area"] else None,
    }


def event_shape(row: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """An event of the day with its place and the person's own punch, the first that was not rejected."""
    own = next((p for p in rows if p["kegiatan"] == row["name"] and p["status"] != "Ditolak"), None)
    told = {
        field: row[field] for field in ("name", "nama_kegiatan", "jenis_kegiatan", "status", "dikecualikan")
    }
    return {
        **told,
        "mulai": clock(row["mulai"]),
        "selesai": clock(row["selesai"]),
        "lokasi": place_shape(events.place_of(row)),
        "absensi": own and {field: own[field] for field in ("name", "waktu", "status")},
    }


def month(person: dict[str, Any], bulan: object) -> dict[str, Any]:
    """HTTP contract ``riwayat``: {bulan, hari: [{tanggal, absensi, rekap}]}, newest day first; ``rekap`` is None until the day
    is computed. Raises PermintaanTidakSah."""
    if not isinstance(bulan, str) or not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", bulan):
        frappe.throw(_("bulan must be a month such as 2026-11."), PermintaanTidakSah)
    first = date.fromisoformat(f"{bulan}-01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    days: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in punches(person["name"], first, last):
        days[row["tanggal"]].append(row)
    recaps = shown.between(person["name"], first, last)
    return {
        "bulan": bulan,
        "hari": [
            {"tanggal": day, "absensi": days.get(day, []), "rekap": recaps.get(day)}
            for day in sorted({*days, *recaps}, reverse=True)
        ],
    }


def punches(pegawai: str, first: date, last: date) -> list[dict[str, Any]]:
    """A person's punches by time; ``nama_lokasi`` beside the place's key, and what was decided on a punch that was reviewed."""
    absensi, place, review = (
        frappe.qb.DocType(name) for name in ("Absensi", "OPD Lokasi", "Tinjauan Absensi")
    )
    return (
        frappe.qb.from_(absensi)
        .left_join(place)
        .on(place.name == absensi.lokasi)
        .left_join(review)
        # Before a decision nobody is told of a suspicion.
        .on((review.name == absensi.name) & review.status.isin(("Perlu Klarifikasi", "Tidak Sah")))
        .select(*[absensi[field] for field in ROW], place.nama_lokasi, *decision(review))
        .where((absensi.pegawai == pegawai) & absensi.tanggal[first:last])
        .orderby(absensi.waktu)
        .run(as_dict=True)
    )


def decision(review: Any) -> tuple[Any, Any]:
    return review.status.as_("tinjauan"), review.catatan.as_("catatan_tinjauan")
