"""Closed months of invented persons for open data: who came how often, by OPD and employment, written straight into the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import frappe

from spbe_attendance.pemantauan.satu_data import build, versions
from spbe_attendance.tests.laporan_world import day, write
from spbe_attendance.tests.rekap_world import bulk, bulk_staff

MONTH = "2026-10"
FIRST = date(2026, 10, 1)
CLOSED_AT = datetime(2026, 11, 3, 9)
# The working days of a week and a half: small enough to follow by hand.
DAYS = [FIRST + timedelta(days=number) for number in range(10)]

Pattern = Mapping[str, int]


def staff_month(opd: str, status: str, patterns: Iterable[Pattern], closing: str) -> list[str]:
    """One person for each pattern, which says how many of DAYS have which code; the rest are H."""
    wanted = list(patterns)
    names = bulk_staff(len(wanted), [opd], status)
    rows = []
    for name, pattern in zip(names, wanted, strict=True):
        codes = [code for code, count in pattern.items() for _time in range(count)]
        codes += ["H"] * (len(DAYS) - len(codes))
        rows += [
            day(name, opd, when, code, status_kepegawaian=status, tutup_bulan=closing)
            for when, code in zip(DAYS, codes, strict=True)
        ]
    write(rows)
    return names


def close(opd: str, month: str = MONTH, moment: datetime = CLOSED_AT) -> str:
    """A closing as the freeze leaves it."""
    values = {"opd": opd, "bulan": month, "status": "Ditutup", "ditutup_pada": moment, "sidik": "0" * 64}
    return bulk("Tutup Bulan", [values])[0]


def correct(pegawai: str, opd: str, when: date, code: str, *, closing: str | None) -> None:
    """A correction of a closed day; counted if ``closing`` names the later closing that has taken it in."""
    bulk(
        "Penyesuaian Rekap",
        [
            {
                "pegawai": pegawai,
                "opd": opd,
                "tanggal": when,
                "bulan_berlaku": "2026-11",
                "kode_baru": code,
                "selisih": 0,
                "tutup_bulan": closing,
            }
        ],
    )


def ask(dataset: str = "kehadiran-pegawai", period: str = MONTH) -> Any:
    return frappe.get_doc({"doctype": build.DOCTYPE, "dataset": dataset, "periode": period}).insert()


def draft(dataset: str = "kehadiran-pegawai", period: str = MONTH) -> Any:
    """The version that a draft made now leads to."""
    doc = ask(dataset, period)
    doc.db_set("ringkasan", build.make(doc))
    doc.reload()
    return frappe.get_doc(versions.DOCTYPE, doc.versi)


@contextmanager
def kept_transaction() -> Any:
    """Jobs commit; here what they write stays in the test's transaction."""
    commit, frappe.db.commit = frappe.db.commit, lambda: None
    rollback, frappe.db.rollback = frappe.db.rollback, lambda **_where: None
    try:
        yield
    finally:
        frappe.db.commit, frappe.db.rollback = commit, rollback
