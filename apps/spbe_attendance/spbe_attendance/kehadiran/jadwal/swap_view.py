"""What the phone shows of exchanges of duties: one's own, those that wait for one, and what a form needs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from spbe_attendance.exceptions import PermohonanTidakDitemukan
from spbe_attendance.kehadiran.jadwal import roster, source, swap, swap_steps
from spbe_attendance.worktime.hours import Hours

DOCTYPE = "Tukar Dinas"
# Rosters are made by the month: this one and the next are known at most.
DAYS_AHEAD = 62
MOST = 200
SHOWN = (
    "name",
    "pemohon",
    "tanggal",
    "shift_pemohon",
    "rekan",
    "tanggal_rekan",
    "shift_rekan",
    "alasan",
    "status",
    "catatan_persetujuan",
    "alasan_batal",
    "creation",
)


def mine(person: dict[str, Any], year: int) -> list[dict[str, Any]]:
    """Exchanges of a year that the person asked for or is asked for, newest first: SHOWN with nama_pemohon, nama_rekan, peran
    (pemohon, rekan) and tindakan (Setujui, Tolak, Batalkan: what the person can do now)."""
    row = frappe.qb.DocType(DOCTYPE)
    names = (
        frappe.qb.from_(row)
        .select(row.name)
        .where((row.pemohon == person["name"]) | (row.rekan == person["name"]))
        .where(row.tanggal[date(year, 1, 1) : date(year, 12, 31)])
        .orderby(row.tanggal, row.creation, order=frappe.qb.desc)
        .limit(MOST)
        .run()
    )
    docs = [frappe.get_doc(DOCTYPE, name) for (name,) in names]
    return [{**shape(doc), "peran": "pemohon" if doc.pemohon == person["name"] else "rekan"} for doc in docs]


def shape(doc: Any) -> dict[str, Any]:
    people = {who: frappe.db.get_value("Pegawai", doc.get(who), "nama") for who in ("pemohon", "rekan")}
    return {
        **{name: doc.get(name) for name in SHOWN},
        **{f"nama_{who}": name for who, name in people.items()},
        "tindakan": swap_steps.actions(doc, frappe.session.user),
    }


def waiting() -> list[dict[str, Any]]:
    """Exchanges that the session's user may agree to or decide now, as rows of ``menunggu_putusan``."""
    names = frappe.get_list(
        DOCTYPE, {"status": ["in", swap.OPEN]}, pluck="name", limit=MOST, order_by="creation"
    )
    shaped = (shape(frappe.get_doc(DOCTYPE, name)) for name in names)
    return [
        {"doctype": DOCTYPE, "nama": row["nama_pemohon"], "peserta": [], "lampiran": None, **row}
        for row in shaped
        if "Setujui" in row["tindakan"]
    ]


def form(person: dict[str, Any], colleague: str | None) -> dict[str, Any]:
    """{dinas, rekan, dinas_rekan}: own rostered dates from today on, colleagues of the same unit with a roster, and the dates of
    the chosen one. A date: {tanggal, shift, jam}, shift and jam None when off duty.

    An exchange needs a roster of both persons on both dates. Raises PermohonanTidakDitemukan for somebody of another unit.
    """
    first = getdate()
    last = first + timedelta(days=DAYS_AHEAD)
    people = colleagues(person, first, last)
    if colleague and colleague not in {row["name"] for row in people}:
        frappe.throw(_("This colleague has no roster in your unit."), PermohonanTidakDitemukan)
    wanted = [person["name"], *([colleague] if colleague else [])]
    rows, shifts = roster.stored(wanted, first, last), source.shifts()
    return {
        "dinas": duties(rows, person["name"], shifts),
        "rekan": people,
        "dinas_rekan": duties(rows, colleague, shifts) if colleague else [],
    }


def colleagues(person: dict[str, Any], first: date, last: date) -> list[dict[str, Any]]:
    pegawai, row = frappe.qb.DocType("Pegawai"), frappe.qb.DocType(roster.DOCTYPE)
    return (
        frappe.qb.from_(pegawai)
        .join(row)
        .on(row.pegawai == pegawai.name)
        .select(pegawai.name, pegawai.nama, pegawai.jabatan)
        .distinct()
        .where((pegawai.opd == person["opd"]) & (pegawai.status == "Aktif"))
        .where((pegawai.name != person["name"]) & row.tanggal[first:last])
        .orderby(pegawai.nama)
        .limit(MOST)
        .run(as_dict=True)
    )


def duties(
    rows: dict[roster.Key, list[dict[str, Any]]], person: str, shifts: dict[str, Hours]
) -> list[dict[str, Any]]:
    found = []
    for (who, day), of_day in rows.items():
        if who == person:
            codes = roster.codes(of_day)
            times = [clock(shifts[code]) for code in codes if code in shifts]
            found.append(
                {"tanggal": day, "shift": " + ".join(codes) or None, "jam": ", ".join(times) or None}
            )
    return found


def clock(hours: Hours) -> str:
    return f"{hours.start:%H:%M}–{hours.end:%H:%M}"
