"""Which hours hold for whom: nearest wins, overlaps are refused, Ramadan by dates, shifts by their start date."""

from datetime import date, datetime

import frappe

from spbe_attendance.exceptions import JadwalBertumpuk
from spbe_attendance.kehadiran.jadwal import resolve
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_pegawai
from spbe_attendance.tests.schedules import (
    assign,
    day_row,
    make_jadwal,
    make_libur,
    make_periode,
    make_roster,
    make_shift,
    make_tree,
    noted,
)
from spbe_attendance.worktime.codes import PULANG
from spbe_attendance.worktime.schedule import day_of

MONDAY = date(2026, 11, 2)


class TestNearestWins(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.opd, self.unit, self.person = make_tree()

    def day(self, day=MONDAY, person=None):
        person = person or self.person
        return resolve.schedules([(person.name, person.opd)], day, day)[(person.name, day)]

    def test_without_any_assignment_the_settings_hold(self):
        found = self.day()
        self.assertEqual((found.level, found.jadwal), ("Pengaturan", ""))
        self.assertEqual(found.plan.windows[0].start, datetime(2026, 11, 2, 7, 30))
        self.assertTrue(self.day(date(2026, 11, 7)).free)

    def test_each_nearer_assignment_takes_over(self):
        steps = (
            ("Semua", {}),
            ("OPD", {"opd": self.opd.name}),
            ("OPD", {"opd": self.unit.name}),
            ("Pegawai", {"pegawai": self.person.name}),
        )
        for level, target in steps:
            jadwal = make_jadwal()
            row = assign(jadwal.name, "2026-01-01", **target)
            with self.subTest(**target):
                found = self.day()
                self.assertEqual((found.level, found.jadwal, found.penugasan), (level, jadwal.name, row.name))

    def test_a_roster_stands_above_every_assignment(self):
        assign(make_jadwal().name, "2026-01-01", pegawai=self.person.name)
        shift = make_shift()
        make_roster(self.person.name, MONDAY, shift.name)
        found = self.day()
        self.assertEqual((found.level, found.shifts), ("Roster", (shift.name,)))
        self.assertTrue(found.plan.rostered)

    def test_an_assignment_holds_from_its_first_to_its_last_day(self):
        jadwal = make_jadwal()
        assign(jadwal.name, "2026-11-03", "2026-11-04", pegawai=self.person.name)
        found = resolve.schedules([(self.person.name, self.person.opd)], MONDAY, date(2026, 11, 5))
        held = [day.day for (_person, day), row in found.items() if row.jadwal == jadwal.name]
        self.assertEqual(held, [3, 4])

    def test_a_shift_worker_without_roster_has_no_verdict_and_is_not_off(self):
        assign(make_jadwal(jenis="Shift").name, "2026-01-01", opd=self.unit.name)
        self.assertFalse(self.day().plan.known)
        make_roster(self.person.name, MONDAY, None)
        found = self.day()
        self.assertTrue(found.plan.known and found.free)

    def test_a_holiday_of_an_opd_holds_below_it_only_and_not_for_shifts(self):
        make_libur(MONDAY, jenis="Libur OPD", opd=self.opd.name)
        stranger = make_pegawai()
        self.assertEqual(self.day().holiday.decree, "SKB Uji 1")
        self.assertTrue(self.day().free)
        self.assertIsNone(self.day(person=stranger).holiday)
        make_roster(self.person.name, MONDAY, make_shift().name)
        self.assertFalse(self.day().free)

    def test_the_statements_depend_neither_on_persons_nor_on_days(self):
        assign(make_jadwal().name, "2026-01-01", opd=self.opd.name)
        people = [(f"orang-{number}", self.unit.name) for number in range(200)]
        frappe.get_cached_doc("Pengaturan Absensi")
        counts = []
        for some, last in ((people[:10], MONDAY), (people, date(2026, 11, 30)), (people * 4, MONDAY)):
            before = frappe.db.sql("show session status like 'Questions'")[0][1]
            found = resolve.schedules(some, MONDAY, last)
            after = frappe.db.sql("show session status like 'Questions'")[0][1]
            counts.append(int(after) - int(before))
            self.assertEqual(len(found), len(set(some)) * ((last - MONDAY).days + 1))
        self.assertEqual(len(set(counts)), 1)
        # 8 reads, and the question itself.
        self.assertLessEqual(counts[0], 9)


class TestOverlaps(SiteTestCase):
    def test_two_assignments_of_a_person_on_one_day_are_refused_and_the_other_is_named(self):
        person = make_pegawai().name
        first = make_jadwal()
        assign(first.name, "2026-01-01", "2026-06-30", pegawai=person)
        for dari, sampai in (
            ("2026-06-30", None),
            ("2025-01-01", "2026-01-01"),
            ("2026-02-01", "2026-02-02"),
        ):
            with self.subTest(dari=dari), self.assertRaisesRegex(JadwalBertumpuk, first.name):
                assign(make_jadwal().name, dari, sampai, pegawai=person)
        self.assertTrue(assign(make_jadwal().name, "2026-07-01", pegawai=person).name)

    def test_different_targets_do_not_disturb_each_other(self):
        opd, unit, person = make_tree()
        jadwal = make_jadwal().name
        rows = [assign(jadwal, "2026-01-01", **who) for who in ({}, {"opd": opd.name}, {"opd": unit.name})]
        self.assertEqual(len({row.name for row in rows}), 3)
        self.assertEqual(assign(jadwal, "2026-01-01", pegawai=person.name).opd, unit.name)

    def test_an_open_assignment_of_all_stands_alone(self):
        assign(make_jadwal().name, "2026-01-01")
        with self.assertRaises(JadwalBertumpuk):
            assign(make_jadwal().name, "2030-01-01")

    def test_an_assignment_that_ends_before_it_begins_is_refused(self):
        with self.assertRaisesRegex(frappe.ValidationError, "before it begins|sebelum mulai"):
            assign(make_jadwal().name, "2026-02-01", "2026-01-31")

    def test_an_inactive_schedule_is_not_assigned(self):
        with self.assertRaisesRegex(frappe.ValidationError, "not active|tidak aktif"):
            assign(make_jadwal(aktif=0).name, "2026-01-01")

    def test_periods_of_the_same_scope_do_not_overlap(self):
        make_periode("2026-02-19", "2026-03-20")
        with self.assertRaisesRegex(JadwalBertumpuk, "Ramadan Uji"):
            make_periode("2026-03-20", "2026-03-25")
        opd, _unit, _person = make_tree()
        self.assertTrue(make_periode("2026-02-19", "2026-03-20", opd=opd.name).name)
        with self.assertRaisesRegex(frappe.ValidationError, "before it begins|sebelum mulai"):
            make_periode("2026-05-02", "2026-05-01")


class TestHours(SiteTestCase):
    def test_an_end_before_the_start_is_refused_with_its_row(self):
        with self.assertRaisesRegex(frappe.ValidationError, r"1 \(Senin\).*(end lies before|mendahului)"):
            make_jadwal(hari=[day_row("Senin", "16:00", "07:30")])

    def test_hours_out_of_order_are_refused(self):
        bad = (
            {"paling_awal": "08:00"},
            {"batas_masuk": "06:00"},
            {"istirahat_mulai": "06:00", "istirahat_selesai": "07:00"},
            {"istirahat_mulai": "13:00", "istirahat_selesai": None},
        )
        for values in bad:
            with self.subTest(**values), self.assertRaises(frappe.ValidationError):
                make_jadwal(hari=[day_row("Senin", **values)])

    def test_a_day_stands_once_for_each_variant(self):
        with self.assertRaisesRegex(frappe.ValidationError, "twice|dua kali"):
            make_jadwal(("Senin", "Senin"))
        rows = [day_row("Senin"), day_row("Senin", "08:00", "15:00", varian="Ramadan")]
        self.assertEqual(len(make_jadwal(hari=rows).hari), 2)

    def test_empty_times_stay_empty(self):
        row = frappe.get_doc("Jadwal Kerja", make_jadwal().name).hari[0]
        self.assertEqual((row.paling_awal, row.batas_pulang), (None, None))

    def test_a_week_of_another_sum_is_warned_of_and_saved(self):
        frappe.clear_messages()
        doc = make_jadwal(("Senin", "Selasa"))
        self.assertIn("15", frappe.message_log[-1] if frappe.message_log else "")
        self.assertTrue(frappe.db.exists("Jadwal Kerja", doc.name))
        frappe.clear_messages()
        make_jadwal()
        self.assertEqual(frappe.message_log, [])

    def test_the_templates_sum_to_the_weeks_of_the_law(self):
        frappe.clear_messages()
        for name in ("5 Hari Kerja", "6 Hari Kerja"):
            frappe.get_doc("Jadwal Kerja", name).save()
        self.assertEqual(frappe.message_log, [])

    def test_codes_that_mean_off_duty_are_no_shifts(self):
        for kode in ("L", "off", "-"):
            with self.subTest(kode), self.assertRaises(frappe.ValidationError):
                make_shift(kode)

    def test_a_shift_says_whether_it_ends_on_the_next_day(self):
        with self.assertRaises(frappe.ValidationError):
            make_shift(mulai="20:00", selesai="08:00", selesai_hari_berikut=0)
        with self.assertRaises(frappe.ValidationError):
            make_shift(mulai="08:00", selesai="14:00", selesai_hari_berikut=1)
        self.assertTrue(make_shift(mulai="07:00", selesai="07:00").selesai_hari_berikut)


class TestVariantsAndShifts(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.person = make_pegawai()

    def days(self, first, last):
        found = resolve.schedules([(self.person.name, self.person.opd)], first, last)
        return [found[key] for key in sorted(found, key=lambda key: key[1])]

    def test_ramadan_begins_and_ends_on_its_days(self):
        assign("5 Hari Kerja", "2026-01-01", pegawai=self.person.name)
        make_periode("2026-02-19", "2026-03-20")
        before, first, after = (
            self.days(day, day)[0] for day in (date(2026, 2, 18), date(2026, 2, 19), date(2026, 3, 23))
        )
        self.assertEqual([row.variant for row in (before, first, after)], ["", "Ramadan", ""])
        self.assertEqual(before.plan.windows[0].start.hour, 7)
        self.assertEqual(first.plan.windows[0].start, datetime(2026, 2, 19, 8, 0))
        self.assertEqual(first.plan.source, "SE Uji 2")

    def test_the_switch_is_possible_on_the_day_and_has_it_computed_again(self):
        assign("5 Hari Kerja", "2026-01-01", pegawai=self.person.name)
        frappe.db.delete("Hitung Ulang")
        today = frappe.utils.getdate()
        make_periode(today, frappe.utils.add_days(today, 29))
        self.assertEqual(noted(), [(None, None, str(today), str(today))])

    def test_a_period_of_another_opd_changes_nothing_here(self):
        opd, _unit, _other = make_tree()
        assign("5 Hari Kerja", "2026-01-01", pegawai=self.person.name)
        make_periode("2026-02-19", "2026-03-20", opd=opd.name)
        self.assertEqual(self.days(date(2026, 2, 19), date(2026, 2, 19))[0].variant, "")

    def test_a_schedule_without_ramadan_hours_keeps_its_own(self):
        assign(make_jadwal().name, "2026-01-01", pegawai=self.person.name)
        make_periode("2026-02-19", "2026-03-20")
        found = self.days(date(2026, 2, 19), date(2026, 2, 19))[0]
        self.assertEqual((found.variant, found.plan.windows[0].start.hour), ("", 7))

    def test_a_night_shift_belongs_to_the_date_it_starts(self):
        night = make_shift(mulai="20:00", selesai="08:00")
        make_roster(self.person.name, date(2026, 12, 31), night.name)
        make_roster(self.person.name, date(2027, 1, 1), None)
        first, second = self.days(date(2026, 12, 31), date(2027, 1, 1))
        self.assertEqual(first.plan.windows[0].end, datetime(2027, 1, 1, 8, 0))
        self.assertTrue(second.free)
        out = datetime(2027, 1, 1, 8, 5)
        self.assertEqual(day_of(PULANG, out, [first.plan, second.plan]), date(2026, 12, 31))

    def test_two_shifts_of_a_date_may_follow_but_not_overlap(self):
        early, late, night = (
            make_shift(),
            make_shift(mulai="14:00", selesai="20:00"),
            make_shift(mulai="19:00", selesai="08:00"),
        )
        make_roster(self.person.name, MONDAY, early.name)
        make_roster(self.person.name, MONDAY, late.name, urutan=2)
        self.assertEqual(self.days(MONDAY, MONDAY)[0].shifts, (early.name, late.name))
        make_roster(self.person.name, date(2026, 11, 3), late.name)
        with self.assertRaisesRegex(frappe.ValidationError, "overlap|bertumpuk"):
            make_roster(self.person.name, date(2026, 11, 3), night.name, urutan=2)
        with self.assertRaises(JadwalBertumpuk):
            make_roster(self.person.name, MONDAY, late.name)


class TestSuccession(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = make_pegawai(with_user=False)
        cls.night, cls.early = make_shift(mulai="20:00", selesai="07:30"), make_shift(mulai="07:00")

    def test_an_early_shift_after_a_night_shift_is_refused_and_the_other_row_is_named(self):
        night = make_roster(self.person.name, "2026-11-10", self.night.name)
        with self.assertRaises(JadwalBertumpuk) as refused:
            make_roster(self.person.name, "2026-11-11", self.early.name)
        for part in (night.name, self.night.name, self.early.name, "07:30", "07:00"):
            self.assertIn(part, str(refused.exception))

    def test_a_night_shift_put_before_an_early_shift_is_refused_as_well(self):
        early = make_roster(self.person.name, "2026-11-11", self.early.name)
        row = make_roster(self.person.name, "2026-11-10", None)
        row.shift = self.night.name
        with self.assertRaisesRegex(JadwalBertumpuk, early.name):
            row.save()

    def test_a_shift_that_begins_when_the_night_ends_is_taken(self):
        make_roster(self.person.name, "2026-11-10", self.night.name)
        later = make_roster(self.person.name, "2026-11-11", make_shift(mulai="07:30").name)
        other = make_roster(make_pegawai(with_user=False).name, "2026-11-11", self.early.name)
        self.assertTrue(frappe.db.exists("Roster Dinas", later.name))
        self.assertTrue(frappe.db.exists("Roster Dinas", other.name))


class TestReach(SiteTestCase):
    """A change marks the days it touches, and no others."""

    def setUp(self):
        super().setUp()
        self.opd, self.unit, self.person = make_tree()
        frappe.db.delete("Hitung Ulang")

    def noted(self):
        found = noted()
        frappe.db.delete("Hitung Ulang")
        return found

    def test_an_assignment_marks_its_days_before_and_after_the_change(self):
        row = assign(make_jadwal().name, "2026-03-02", "2026-03-06", opd=self.unit.name)
        self.assertEqual(self.noted(), [(None, self.unit.name, "2026-03-02", "2026-03-06")])
        row.sampai = "2026-03-04"
        row.save()
        self.assertEqual(
            self.noted(),
            [
                (None, self.unit.name, "2026-03-02", "2026-03-04"),
                (None, self.unit.name, "2026-03-02", "2026-03-06"),
            ],
        )
        row.dasar = "SE lain"
        row.save()
        self.assertEqual(self.noted(), [])
        row.delete()
        self.assertEqual(self.noted(), [(None, self.unit.name, "2026-03-02", "2026-03-04")])

    def test_days_to_come_are_left_alone(self):
        assign(make_jadwal().name, frappe.utils.add_days(frappe.utils.getdate(), 1), opd=self.unit.name)
        self.assertEqual(self.noted(), [])

    def test_hours_of_a_schedule_mark_where_it_is_assigned(self):
        jadwal = make_jadwal()
        assign(jadwal.name, "2026-03-02", "2026-03-06", pegawai=self.person.name)
        self.noted()
        jadwal.reload()
        jadwal.save()
        self.assertEqual(self.noted(), [])
        jadwal.hari[0].mulai = "08:00"
        jadwal.save()
        self.assertEqual(self.noted(), [(self.person.name, None, "2026-03-02", "2026-03-06")])

    def test_hours_of_a_shift_mark_the_rostered_dates(self):
        shift = make_shift()
        for day in ("2026-03-02", "2026-03-03", "2026-03-05"):
            make_roster(self.person.name, day, shift.name)
        self.noted()
        shift.reload()
        shift.toleransi_menit = 5
        shift.save()
        who = self.person.name
        self.assertEqual(
            self.noted(), [(who, None, "2026-03-02", "2026-03-03"), (who, None, "2026-03-05", "2026-03-05")]
        )
