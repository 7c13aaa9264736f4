"""A punch carries the working day it belongs to, not the calendar day on which it was made."""

from datetime import date

import frappe
from freezegun import freeze_time

from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_absensi, make_lokasi, make_opd, make_pegawai
from spbe_attendance.tests.schedules import make_roster, make_shift

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


class TestWorkingDay(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        opd = make_opd()
        make_lokasi(opd=opd.name)
        cls.night = make_shift(mulai="20:00", selesai="07:30").name
        cls.nurse = make_pegawai(opd=opd.name)
        cls.clerk = make_pegawai(opd=opd.name)

    def setUp(self):
        super().setUp()
        make_roster(self.nurse.name, MONDAY, self.night)

    def punch(self, person, kind, moment):
        """``moment`` in UTC: the site's time is seven hours on."""
        frappe.set_user(person.user)
        with freeze_time(moment):
            return make_absensi(jenis=kind).tanggal

    def test_a_night_shift_that_ends_in_the_morning_belongs_to_the_evening_it_began(self):
        self.assertEqual(self.punch(self.nurse, "Masuk", "2026-11-23 12:50:00"), MONDAY)
        self.assertEqual(self.punch(self.nurse, "Pulang", "2026-11-24 00:40:00"), MONDAY)

    def test_a_late_coming_after_midnight_belongs_to_the_night_it_is_late_for(self):
        self.assertEqual(self.punch(self.nurse, "Masuk", "2026-11-23 17:20:00"), MONDAY)

    def test_without_a_roster_the_calendar_day_counts_at_any_hour(self):
        self.assertEqual(self.punch(self.clerk, "Pulang", "2026-11-24 00:40:00"), TUESDAY)
        self.assertEqual(self.punch(self.clerk, "Masuk", "2026-11-23 17:20:00"), TUESDAY)

    def test_the_day_after_the_roster_ended_is_a_day_of_its_own(self):
        self.assertEqual(self.punch(self.nurse, "Masuk", "2026-11-25 00:20:00"), date(2026, 11, 25))
