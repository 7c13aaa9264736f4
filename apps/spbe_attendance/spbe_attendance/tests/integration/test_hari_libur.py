"""The calendar: proposals, decrees, exactly the days touched, and working days as the decrees of 2025 and 2026 give them."""

from datetime import date

import frappe

from spbe_attendance.api import jadwal as api
from spbe_attendance.exceptions import HariLiburGanda
from spbe_attendance.kehadiran.jadwal import resolve
from spbe_attendance.kehadiran.kalender import proposal
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.schedules import assign, make_libur, noted
from spbe_attendance.tests.unit.test_worktime_calendar import PER_MONTH, YEARS


class TestHariLibur(SiteTestCase):
    def setUp(self):
        super().setUp()
        frappe.db.delete("Hari Libur")
        frappe.db.delete("Hitung Ulang")

    def test_proposals_hold_national_days_and_cuti_bersama_and_count_only_when_confirmed(self):
        self.assertEqual(proposal.propose(2025), {"usulan": 28, "sudah_ada": 0, "cuti_bersama": 11})
        rows = frappe.get_all("Hari Libur", fields=["name", "jenis", "status", "sumber", "tanggal"])
        self.assertEqual({row.status for row in rows}, {"Usulan"})
        self.assertTrue(all(row.sumber.startswith("holidays 0.") for row in rows))
        person = make_pegawai(with_user=False)
        key = (person.name, date(2025, 8, 18))
        self.assertIsNone(resolve.schedules([(person.name, person.opd)], key[1], key[1])[key].holiday)
        names = [row.name for row in rows]
        frappe.clear_messages()
        done = api.konfirmasi_libur(names, "SKB 1017/2024")
        self.assertEqual(done, {"berlaku": 28, "dihitung_ulang": 28})
        self.assertEqual((len(noted()), frappe.message_log), (28, []))
        found = resolve.schedules([(person.name, person.opd)], key[1], key[1])[key].holiday
        self.assertEqual((found.kind, found.decree), ("Cuti Bersama", "SKB 1017/2024"))
        self.assertEqual(api.konfirmasi_libur(names, "lain")["berlaku"], 0)

    def test_proposing_again_adds_nothing_and_keeps_what_people_wrote(self):
        make_libur("2025-01-01", nama_libur="Nama lain")
        self.assertEqual(api.usulkan_libur(2025)["usulan"], 27)
        self.assertEqual(api.usulkan_libur(2025)["usulan"], 0)
        self.assertEqual(
            frappe.db.get_value("Hari Libur", {"tanggal": "2025-01-01"}, "nama_libur"), "Nama lain"
        )

    def test_a_year_and_rows_come_as_a_form_sends_them(self):
        self.assertEqual(api.usulkan_libur("2025")["usulan"], 28)
        name = frappe.get_all("Hari Libur", pluck="name", limit=1)
        self.assertEqual(api.konfirmasi_libur(frappe.as_json(name), "SKB")["berlaku"], 1)
        for year in ("", "dua", None, ["2025"], 1999.5, True, 1800, "9999"):
            with self.subTest(year=year), self.assertRaises(frappe.ValidationError):
                api.usulkan_libur(year)
        for names, basis in (
            ("[", "SKB"),
            ({"a": 1}, "SKB"),
            ([1], "SKB"),
            (name, " "),
            (name, ["x"]),
            (name, "x" * 141),
        ):
            with self.subTest(names=names, basis=basis), self.assertRaises(frappe.ValidationError):
                api.konfirmasi_libur(names, basis)

    def test_a_day_in_force_needs_its_decree(self):
        with self.assertRaises(frappe.ValidationError):
            make_libur("2026-12-19", dasar="  ")
        self.assertTrue(make_libur("2026-12-19", dasar="", status="Usulan").name)

    def test_a_day_stands_once_for_each_kind_and_opd(self):
        make_libur("2026-12-19", jenis="Libur Daerah")
        with self.assertRaises(HariLiburGanda):
            make_libur("2026-12-19", jenis="Libur Daerah")
        one, other = make_opd().name, make_opd().name
        for opd in (one, other):
            make_libur("2026-12-19", jenis="Libur OPD", opd=opd)
        with self.assertRaises(HariLiburGanda):
            make_libur("2026-12-19", jenis="Libur OPD", opd=one)
        self.assertEqual(frappe.db.count("Hari Libur", {"tanggal": "2026-12-19"}), 3)

    def test_only_a_day_of_one_opd_names_one(self):
        with self.assertRaises(frappe.ValidationError):
            make_libur("2026-12-19", jenis="Libur OPD")
        self.assertIsNone(make_libur("2026-12-20", opd=make_opd().name).opd)

    def test_a_changed_day_in_the_past_marks_exactly_what_it_touches(self):
        opd = make_opd().name
        row = make_libur("2026-03-02", jenis="Libur OPD", opd=opd, status="Usulan")
        self.assertEqual(noted(), [])
        row.status = "Berlaku"
        row.save()
        self.assertEqual(noted(), [(None, opd, "2026-03-02", "2026-03-02")])
        frappe.db.delete("Hitung Ulang")
        row.tanggal = "2026-03-03"
        row.save()
        self.assertEqual(
            noted(), [(None, opd, "2026-03-02", "2026-03-02"), (None, opd, "2026-03-03", "2026-03-03")]
        )
        frappe.db.delete("Hitung Ulang")
        row.save()
        self.assertEqual(noted(), [])
        row.delete()
        self.assertEqual(noted(), [(None, opd, "2026-03-03", "2026-03-03")])

    def test_a_national_day_marks_everybody_and_a_day_to_come_nobody(self):
        make_libur("2026-03-02")
        self.assertEqual(noted(), [(None, None, "2026-03-02", "2026-03-02")])
        frappe.db.delete("Hitung Ulang")
        make_libur(frappe.utils.add_days(frappe.utils.getdate(), 3))
        self.assertEqual(noted(), [])

    def test_working_days_of_each_month_are_those_of_the_decrees(self):
        five, six = (make_pegawai(with_user=False) for _pattern in range(2))
        assign("5 Hari Kerja", "2025-01-01", pegawai=five.name)
        assign("6 Hari Kerja", "2025-01-01", pegawai=six.name)
        people = [(row.name, row.opd) for row in (five, six)]
        for year, calendar in YEARS.items():
            for day in calendar.holidays:
                make_libur(day.day, jenis=day.kind, dasar=day.decree)
            found = resolve.schedules(people, date(year, 1, 1), date(year, 12, 31))
            wanted = [(months, total) for of, _hours, months, total in PER_MONTH if of == year]
            for (person, _opd), (months, total) in zip(people, wanted, strict=True):
                worked = [0] * 12
                for (who, day), row in found.items():
                    worked[day.month - 1] += who == person and not row.free
                with self.subTest(year=year, total=total):
                    self.assertEqual((worked, sum(worked)), (months, total))
        self.assertEqual([total for *_rest, total in PER_MONTH], [237, 288, 240, 291])
