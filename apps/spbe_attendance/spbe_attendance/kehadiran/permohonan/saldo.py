"""The balance of annual leave, read from what is stored. Requests that wait count as taken: two of them never share a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate, now_datetime

from spbe_attendance.exceptions import KuotaTerlampaui, SaldoCutiTidakCukup
from spbe_attendance.kehadiran.permohonan import hari_kerja
from spbe_attendance.kehadiran.permohonan.cuti_tahunan import History, Rules, entitlement, remaining
from spbe_attendance.kehadiran.permohonan.jenis import PPPK

ENDED = ("Ditolak", "Dibatalkan")


def rules() -> Rules:
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    return Rules(
        flt(settings.hak_cuti_tahunan),
        flt(settings.batas_cuti_dua_tahun),
        flt(settings.batas_cuti_tiga_tahun),
    )


def days_by_year(pegawai: str, row: Any) -> dict[int, float]:
    """Working days taken from the balance: without the last calendar days that were granted for the journey."""
    last = getdate(row.get("dipersingkat_sampai") or row.sampai)
    granted = date.fromordinal(getdate(row.sampai).toordinal() - cint(row.hari_tambahan))
    days = hari_kerja.working_days([pegawai], getdate(row.dari), min(last, granted))[pegawai]
    found: dict[int, float] = defaultdict(float)
    for day in days:
        found[day.year] += 0.5 if row.setengah_hari else 1
    return found


def history(pegawai: str, last_year: int) -> History:
    """Locked as it is read, so that what another request has just committed is seen."""
    used: dict[int, float] = defaultdict(float)
    added: dict[int, float] = defaultdict(float)
    forfeited, noted = set(), set()
    for row in stored_leave(pegawai):
        if row.menghabiskan_cuti_tahunan:
            forfeited.add(getdate(row.dari).year)
        if row.mengurangi_cuti_tahunan:
            for year, days in days_by_year(pegawai, row).items():
                used[year] += days
    fields = ["tahun", "terpakai", "tambahan"]
    for note in frappe.get_all("Catatan Cuti Tahunan", filters={"pegawai": pegawai}, fields=fields):
        used[note.tahun] += flt(note.terpakai)
        added[note.tahun] += flt(note.tambahan)
        noted.add(note.tahun)
    first = cint(frappe.get_cached_doc("Pengaturan Absensi").tahun_awal_saldo_cuti) or now_datetime().year
    return History(used, added, noted | set(range(first, last_year + 1)), forfeited)


def stored_leave(pegawai: str) -> list[Any]:
    """Permits of kinds that touch the balance, each with the two marks of its kind."""
    marks = ["mengurangi_cuti_tahunan", "menghabiskan_cuti_tahunan"]
    kinds = {
        kind.name: kind
        for kind in frappe.get_all(
            "Jenis Ketidakhadiran", fields=["name", *marks], or_filters=dict.fromkeys(marks, 1)
        )
    }
    if not kinds:
        return []
    permit = frappe.qb.DocType("Ketidakhadiran")
    rows = (
        frappe.qb.from_(permit)
        .select(permit.jenis, permit.dari, permit.sampai, permit.dipersingkat_sampai)
        .select(permit.setengah_hari, permit.hari_tambahan)
        .where((permit.pegawai == pegawai) & permit.status.notin(ENDED) & permit.jenis.isin(list(kinds)))
        .for_update()
        .run(as_dict=True)
    )
    return [row.update({mark: kinds[row.jenis][mark] for mark in marks}) or row for row in rows]


def check(kind: Document, doc: Document, person: dict[str, Any]) -> None:
    """Raises SaldoCutiTidakCukup. Days of two years are held against two balances, and what a year carries over once only."""
    if not kind.mengurangi_cuti_tahunan:
        return
    check_journey(doc, person)
    wanted = days_by_year(person["name"], doc)
    now = history(person["name"], getdate(doc.sampai).year)
    used = {year: now.used.get(year, 0) + wanted.get(year, 0) for year in {*now.used, *wanted}}
    after = History(used, now.added, now.known, now.forfeited)
    for year in sorted(year for year in used if year >= min(wanted, default=year)):
        if remaining(year, after, rules()) < 0:
            frappe.throw(
                _("Not enough annual leave in {0}: {1} days are left, {2} are asked for.").format(
                    year, number(max(0, remaining(year, now, rules()))), number(wanted.get(year, 0))
                ),
                SaldoCutiTidakCukup,
            )


def check_journey(doc: Document, person: dict[str, Any]) -> None:
    """Raises KuotaTerlampaui. Calendar days for a place hard to reach, once a year."""
    if not cint(doc.hari_tambahan):
        return
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    pppk = person["status_kepegawaian"] in PPPK
    limit = cint(settings.tambahan_cuti_terpencil_pppk if pppk else settings.tambahan_cuti_terpencil)
    year = getdate(doc.dari).year
    permit = frappe.qb.DocType("Ketidakhadiran")
    rows = (
        frappe.qb.from_(permit)
        .select(permit.hari_tambahan)
        .where((permit.pegawai == person["name"]) & permit.status.notin(ENDED))
        .where(permit.dari[date(year, 1, 1) : date(year, 12, 31)])
        .for_update()
        .run()
    )
    taken = sum(cint(row[0]) for row in rows)
    length = (getdate(doc.sampai) - getdate(doc.dari)).days
    if not doc.tempat or taken + cint(doc.hari_tambahan) > limit or cint(doc.hari_tambahan) > length:
        frappe.throw(
            _(
                "Extra days for a place hard to reach: at most {0} calendar days a year, {1} are taken; name the destination, and keep at least one day of leave."
            ).format(limit, taken),
            KuotaTerlampaui,
        )


def overview(pegawai: str, year: int) -> dict[str, float]:
    """{tahun, hak, terpakai, sisa} for forms; waiting requests are counted as taken."""
    found = history(pegawai, year)
    return {
        "tahun": year,
        "hak": entitlement(year, found, rules()),
        "terpakai": found.used.get(year, 0),
        "sisa": max(0, remaining(year, found, rules())),
    }


def number(value: float) -> str:
    """12; 0,5: decimal comma."""
    return f"{value:g}".replace(".", ",")
