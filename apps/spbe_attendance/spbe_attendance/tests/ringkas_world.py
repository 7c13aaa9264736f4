"""A small committed world for the Command Center's counters: Redis and other processes see only what is committed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from unittest.mock import patch

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import now_datetime
from freezegun import freeze_time

from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.pemantauan.ringkas import counters, marks, standing, tally
from spbe_attendance.tests.factories import make_lokasi, make_opd
from spbe_attendance.tests.rekap_world import bulk_staff, punch_row

# A Monday, half past eight in Selatpanjang.
MORNING, DAY = "2026-11-23 01:30:00", date(2026, 11, 23)
BY_OPD = (
    "Absensi",
    "Rekap Harian",
    "Hitung Ulang",
    "Ketidakhadiran",
    "Koreksi Absensi",
    "Tinjauan Absensi",
    "Riwayat Pegawai",
    "Roster Dinas",
    "Penugasan Jadwal",
    "Hari Libur",
    "Periode Jadwal",
    "Kegiatan Apel",
    "OPD Lokasi",
    "Segel Absensi",
    "Akar Harian",
    "Pegawai",
)


class CommittedCase(FrappeTestCase):
    """Two units of four people each, on a frozen morning; removed after each test."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        frappe.set_user("Administrator")
        clock = freeze_time(MORNING)
        clock.start()
        cls.addClassCleanup(clock.stop)
        # A worker that happens to run would compute the days meanwhile, or tell screens first.
        for quiet in (patch.object(affected, "enqueue"), patch.object(marks, "order")):
            quiet.start()
            cls.addClassCleanup(quiet.stop)

    def setUp(self) -> None:
        frappe.set_user("Administrator")
        self.office = make_opd().name
        self.unit = make_opd(induk=self.office).name
        self.units = [self.office, self.unit]
        self.place = make_lokasi(opd=self.office).name
        self.staff = bulk_staff(8, self.units)
        frappe.db.commit()
        self.addCleanup(remove, self.units, self.staff)

    def tearDown(self) -> None:
        frappe.db.rollback()

    def person(self, number: int) -> str:
        """Even numbers work in the office, odd ones in the unit."""
        return self.staff[number]

    def cached(self, day: date = DAY) -> dict[str, Any]:
        return plain(counters.of_day(day, self.units, anew=True).tallies)

    def truth(self, day: date = DAY) -> dict[str, Any]:
        return plain(counted(day, self.units))

    def expect_change(self, change: Callable[[], Any], day: date = DAY) -> None:
        """What was kept is not what is answered after the change, and what is answered is true; and is kept again."""
        # Twice: from the second count on what seldom changes comes from memory.
        self.cached(day)
        marks.touch(day, self.units)
        frappe.db.commit()
        before = self.cached(day)
        self.assertEqual(before, self.truth(day))
        change()
        frappe.db.commit()
        after = self.cached(day)
        self.assertEqual(after, self.truth(day))
        self.assertNotEqual(after, before)
        with no_counting():
            self.assertEqual(self.cached(day), after)


def counted(day: date, units: list[str]) -> dict[str, tally.Tally]:
    """From the table alone."""
    now = now_datetime()
    found = standing.of_units(day, units, now)
    return {opd: tally.of_unit(unit, day < now.date()) for opd, unit in found.items()}


def plain(tallies: dict[str, tally.Tally]) -> dict[str, Any]:
    return {
        opd: {**found.counts(), "arrivals": dict(found.arrivals), "places": found.places, "due": found.due}
        for opd, found in tallies.items()
    }


@contextmanager
def no_counting() -> Iterator[None]:
    """Whatever is answered meanwhile comes from Redis."""
    original = counters.count

    def refuse(*_args: Any, **_options: Any) -> Any:
        raise AssertionError("counted from the table")

    counters.count = refuse
    try:
        yield
    finally:
        counters.count = original


def punch_document(pegawai: str, opd: str, moment: datetime, **values: Any) -> Any:
    """A stored punch with the effects of its document, without place and photo."""
    row = punch_row(pegawai, "Masuk", moment, opd=opd, **values)
    doc = frappe.get_doc({"doctype": "Absensi", "name": uuid.uuid4().hex[:10], **row})
    doc.db_insert()
    doc.run_method("after_insert")
    return doc


def remove(units: list[str], staff: list[str]) -> None:
    frappe.db.rollback()
    frappe.db.delete("Hitung Ulang", {"pegawai": ["in", staff]})
    for doctype in BY_OPD:
        frappe.db.delete(doctype, {"opd": ["in", units]})
    frappe.db.delete("OPD", {"name": ["in", units]})
    frappe.db.commit()
