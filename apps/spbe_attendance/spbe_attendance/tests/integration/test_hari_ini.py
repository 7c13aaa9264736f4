"""The hours that the home screen shows."""

from datetime import date, datetime

from spbe_attendance.kehadiran.jadwal.today import shown
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_pegawai
from spbe_attendance.tests.schedules import (
    assign,
    make_jadwal,
    make_libur,
    make_periode,
    make_roster,
    make_shift,
)

CONTRACT = {"tanggal", "hari_kerja", "buka_masuk", "jam_masuk", "jam_pulang", "tutup_pulang", "saran"}


class TestHariIni(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.person = make_pegawai()

    def shown(self, moment, punches=()):
        return shown(self.person.name, self.person.opd, datetime.fromisoformat(moment), punches)

    def test_friday_ends_later_and_the_weekend_is_no_working_day(self):
        for moment, end, working in (
            ("2026-11-26 07:00", "16:00", True),
            ("2026-11-27 07:00", "16:30", True),
            ("2026-11-28 07:00", "16:00", False),
        ):
            day = self.shown(moment)
            with self.subTest(moment):
                self.assertLessEqual(CONTRACT, set(day))
                self.assertEqual(
                    (day["jam_pulang"], day["hari_kerja"], day["saran"]), (end, working, "Masuk")
                )
                self.assertEqual((day["buka_masuk"], day["tutup_pulang"]), ("06:00", "18:00"))

    def test_the_assigned_hours_and_the_ramadan_ones_are_shown(self):
        assign("5 Hari Kerja", "2026-01-01", pegawai=self.person.name)
        make_periode("2026-02-19", "2026-03-20")
        day = self.shown("2026-02-19 07:00")
        self.assertEqual((day["jam_masuk"], day["jam_pulang"], day["varian"]), ("08:00", "15:00", "Ramadan"))
        self.assertEqual(self.shown("2026-02-18 07:00")["nama"], "5 Hari Kerja")

    def test_a_holiday_is_named(self):
        make_libur("2026-11-26", nama_libur="Hari Uji")
        day = self.shown("2026-11-26 07:00")
        self.assertEqual((day["hari_kerja"], day["libur"]), (False, "Hari Uji"))

    def test_a_night_shift_is_shown_until_it_can_no_longer_be_left(self):
        night = make_shift(mulai="20:00", selesai="07:30")
        make_roster(self.person.name, "2026-11-26", night.name)
        make_roster(self.person.name, "2026-11-27", None)
        entered = [{"jenis": "Masuk", "tanggal": date(2026, 11, 26)}]
        for moment, day, working, offer in (
            ("2026-11-26 19:30", 26, True, "Pulang"),
            ("2026-11-27 02:00", 26, True, "Pulang"),
            ("2026-11-27 11:30", 26, True, "Pulang"),
            ("2026-11-27 11:31", 27, False, "Masuk"),
        ):
            found = self.shown(moment, entered)
            with self.subTest(moment):
                self.assertEqual(
                    (found["tanggal"].day, found["hari_kerja"], found["saran"]), (day, working, offer)
                )

    def test_the_next_shift_takes_over_when_it_opens(self):
        night = make_shift(mulai="20:00", selesai="07:30")
        late = make_shift(mulai="10:00", selesai="14:00")
        make_roster(self.person.name, "2026-11-26", night.name)
        make_roster(self.person.name, "2026-11-27", late.name)
        self.assertEqual(self.shown("2026-11-27 07:00")["jam_masuk"], "20:00")
        self.assertEqual(self.shown("2026-11-27 08:00")["jam_masuk"], "10:00")

    def test_a_shift_worker_without_roster_is_told_so(self):
        assign(make_jadwal(jenis="Shift").name, "2026-01-01", pegawai=self.person.name)
        day = self.shown("2026-11-26 07:00")
        self.assertEqual((day["roster_ada"], day["hari_kerja"]), (False, False))
