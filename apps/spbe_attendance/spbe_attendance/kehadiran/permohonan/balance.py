"""The balance of annual leave, read from what is stored. Requests that wait count as taken: two of them never share a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime

from spbe_attendance.exceptions import KuotaTerlampaui, SaldoCutiTidakCukup
from spbe_attendance.kehadiran.permohonan import working_days
from spbe_attendance.kehadiran.permohonan.kinds import PPPK, appointed
from spbe_attendance.worktime.quota import Balance, QuotaRule, YearUse, balance

ENDED = ("Ditolak", "Dibatalkan")
MARKS = ("mengurangi_cuti_tahunan", "menghabiskan_cuti_tahunan")
HALF, ONE = Decimal("0.5"), Decimal(1)
# Whose number tells no appointment is taken to have served long.
LONG_AGO = date(2000, 1, 1)


@dataclass
class History:
    """By year: days ``used`` and ``extra``; ``big_leave``: years with cuti besar; ``known``: years whose leave is recorded."""

    used: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    extra: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    big_leave: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)
    contract_years: int = 0

    def uses(self) -> list[YearUse]:
        years = sorted({*self.used, *self.extra, *self.big_leave, *self.known})
        return [YearUse(year, self.used[year], year in self.big_leave, self.extra[year]) for year in years]


def rule() -> QuotaRule:
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    days, two, three = (
        Decimal(cint(settings.get(name)))
        for name in ("hak_cuti_tahunan", "batas_cuti_dua_tahun", "batas_cuti_tiga_tahun")
    )
    return QuotaRule(days, max(Decimal(0), two - days), max(Decimal(0), three - days))


def of_year(person: dict[str, Any], year: int, found: History) -> Balance:
    since = appointed(person) or LONG_AGO
    return balance(year, since, person["status_kepegawaian"], found.uses(), found.contract_years, rule())


def days_by_year(pegawai: str, row: Any) -> dict[int, Decimal]:
    """Working days taken from the balance: without the last calendar days that were granted for the journey."""
    last = getdate(row.get("dipersingkat_sampai") or row.sampai)
    granted = getdate(row.sampai) - timedelta(days=cint(row.hari_tambahan))
    days = working_days.working_days([pegawai], getdate(row.dari), min(last, granted))[pegawai]
    found: dict[int, Decimal] = defaultdict(Decimal)
    for day in days:
        found[day.year] += HALF if row.setengah_hari else ONE
    return found


def history(pegawai: str, last_year: int) -> History:
    found = History()
    for row in stored_leave(pegawai):
        if row.menghabiskan_cuti_tahunan:
            found.big_leave.add(getdate(row.dari).year)
        if row.mengurangi_cuti_tahunan:
            for year, days in days_by_year(pegawai, row).items():
                found.used[year] += days
    fields = ["tahun", "terpakai", "tambahan", "kontrak_tahun"]
    notes = frappe.get_all(
        "Catatan Cuti Tahunan", filters={"pegawai": pegawai}, fields=fields, order_by="tahun"
    )
    for note in notes:
        found.used[note.tahun] += Decimal(str(note.terpakai or 0))
        found.extra[note.tahun] += Decimal(str(note.tambahan or 0))
        found.contract_years = cint(note.kontrak_tahun) or found.contract_years
        found.known.add(note.tahun)
    first = cint(frappe.get_cached_doc("Pengaturan Absensi").tahun_awal_saldo_cuti) or now_datetime().year
    found.known.update(range(first, last_year + 1))
    return found


def stored_leave(pegawai: str) -> list[Any]:
    """Permits of kinds that touch the balance, each with the two marks of its kind; read locked, to see what another request
    has just committed."""
    kinds = {
        kind.name: kind
        for kind in frappe.get_all(
            "Jenis Ketidakhadiran", fields=["name", *MARKS], or_filters=dict.fromkeys(MARKS, 1)
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
    for row in rows:
        row.update({mark: kinds[row.jenis][mark] for mark in MARKS})
    return rows


def check(kind: Document, doc: Document, person: dict[str, Any]) -> None:
    """Raises SaldoCutiTidakCukup. Days of two years are held against two balances, and what a year carries over counts once."""
    if not kind.mengurangi_cuti_tahunan:
        return
    check_journey(doc, person)
    wanted = days_by_year(person["name"], doc)
    found = history(person["name"], getdate(doc.sampai).year)
    before = {year: of_year(person, year, found).left for year in wanted}
    for year, days in wanted.items():
        found.used[year] += days
    # Leave of later years that lives on what this year carries over is held to it as well.
    for year in sorted(year for year in found.used if year >= min(wanted, default=year)):
        now = of_year(person, year, found)
        if now.used > now.total:
            frappe.throw(
                _("Not enough annual leave in {0}: {1} days are left, {2} are asked for.").format(
                    year, number(before.get(year, Decimal(0))), number(wanted.get(year, Decimal(0)))
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


def overview(person: dict[str, Any], year: int) -> dict[str, float]:
    """{tahun, hak, terpakai, sisa} for forms, ``hak`` with what is carried over and added; waiting requests count as taken."""
    found = of_year(person, year, history(person["name"], year))
    return {
        "tahun": year,
        "hak": float(found.total),
        "terpakai": float(found.used),
        "sisa": float(found.left),
    }


def number(value: Decimal | float) -> str:
    """12; 0,5: decimal comma."""
    return f"{float(value):g}".replace(".", ",")
