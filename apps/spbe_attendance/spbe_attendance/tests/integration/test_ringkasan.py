"""The Command Center's numbers: who is counted where, who may see them, and what is refused."""

import io
from datetime import date, datetime, timedelta

import frappe
from freezegun import freeze_time
from openpyxl import load_workbook

from spbe_attendance.api import pemantauan
from spbe_attendance.kehadiran.apel import strength
from spbe_attendance.kehadiran.rekapitulasi import closing
from spbe_attendance.pemantauan.ringkas import exceptions, habits, keys
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_absensi,
    make_kegiatan,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_role_user,
)
from spbe_attendance.tests.rekap_world import bulk, punch_row
from spbe_attendance.worktime.presence import STATES

# A Monday morning in Selatpanjang: before work, half past eight, and the day after.
EARLY, MORNING, TUESDAY = "2026-11-22 23:30:00", "2026-11-23 01:30:00", "2026-11-24 01:30:00"
DAY = date(2026, 11, 23)


class RingkasCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-11-01 01:00:00"):
            cls.office = make_opd(nama_opd="Dinas Uji Ringkas").name
            cls.unit = make_opd(induk=cls.office).name
            cls.foreign = make_opd().name
            cls.place = make_lokasi(opd=cls.office).name
            make_lokasi(opd=cls.foreign)
            cls.head = make_pegawai(opd=cls.office, roles=("Kepala OPD",))
            cls.admin = make_pegawai(opd=cls.unit, roles=("Admin OPD",))
            cls.here, cls.late = make_pegawai(opd=cls.office), make_pegawai(opd=cls.unit)
            cls.stranger = make_pegawai(opd=cls.foreign)
            make_pegawai(opd=cls.office, with_user=False, status="Pensiun")
            cls.roles = {role: make_role_user(role) for role in ("Pimpinan", "BKPSDM", "Wali Data")}
            frappe.db.set_single_value("Pengaturan Absensi", "senyap_pegawai", 0)
            frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")

    def punch(self, person, moment, **values):
        with freeze_time(moment):
            frappe.set_user(person.user)
            return make_absensi(**values)

    def summary(self, moment=MORNING, user=None, **asked):
        with freeze_time(moment):
            frappe.set_user(user or self.head.user)
            return pemantauan.ringkasan(**{"opd": self.office, **asked})

    def people(self, moment=MORNING, user=None, **asked):
        with freeze_time(moment):
            frappe.set_user(user or self.head.user)
            return pemantauan.orang(**{"opd": self.office, **asked})

    def shown(self, found):
        return {state: count for state, count in found["jumlah"].items() if count and state in STATES}


class TestNumbers(RingkasCase):
    def test_before_work_begins_nobody_is_missing(self):
        self.assertEqual(self.shown(self.summary(EARLY)), {"belum_waktunya": 4})

    def test_who_came_in_time_who_came_late_and_who_is_not_there(self):
        self.punch(self.here, "2026-11-23 00:20:00")
        self.punch(self.late, "2026-11-23 01:00:00")
        found = self.summary()
        self.assertEqual(self.shown(found), {"tepat": 1, "terlambat": 1, "belum": 2})
        self.assertEqual((found["jumlah"]["pegawai"], found["jumlah"]["hadir"]), (4, 2))

    def test_children_and_the_units_own_staff_add_up_to_the_whole(self):
        self.punch(self.late, "2026-11-23 00:20:00")
        found = self.summary()
        self.assertEqual(
            [(row["opd"]["name"], row["langsung"]) for row in found["anak"]],
            [(self.office, True), (self.unit, False)],
        )
        for number in found["jumlah"]:
            self.assertEqual(
                sum(row["jumlah"][number] for row in found["anak"]), found["jumlah"][number], number
            )

    def test_a_rejected_punch_is_no_presence(self):
        self.punch(self.here, "2026-11-23 00:20:00").db_set("status", "Ditolak")
        self.assertEqual(self.shown(self.summary()), {"belum": 4})

    def test_a_punch_that_waits_for_a_decision_counts_and_is_told(self):
        self.punch(self.here, "2026-11-23 00:20:00", latitude=1.5, alasan="Rapat di luar")
        found = self.summary()["jumlah"]
        self.assertEqual((found["hadir"], found["menunggu"]), (1, 1))

    def test_the_day_is_closed_when_the_recap_has_computed_it_and_then_who_is_missing_is_absent(self):
        self.punch(self.here, "2026-11-23 00:20:00")
        before = self.summary(TUESDAY, tanggal="2026-11-23")
        with freeze_time(TUESDAY):
            closing.close(DAY, self.office, commit=False)
        after = self.summary(TUESDAY, tanggal="2026-11-23")
        self.assertEqual((before["ditutup"], self.shown(before)), (False, {"tepat": 1, "belum": 3}))
        self.assertFalse(before["kelengkapan"]["lengkap"])
        self.assertEqual((after["ditutup"], self.shown(after)), (True, {"tepat": 1, "alpa": 3}))
        self.assertEqual(after["kelengkapan"]["persen"], 100.0)

    def test_arrivals_are_counted_in_buckets_of_five_minutes(self):
        self.punch(self.here, "2026-11-23 00:22:00")
        curve = self.summary()["kurva"]
        self.assertEqual(dict(zip(curve["menit"], curve["hari_ini"], strict=True))[440], 1)
        self.assertEqual(dict(zip(curve["menit"], curve["hari_ini"], strict=True))[435], 0)


class TestWhoSeesWhat(RingkasCase):
    def test_a_head_starts_at_the_own_top_and_may_not_leave_it(self):
        with freeze_time(MORNING):
            frappe.set_user(self.head.user)
            found = pemantauan.ringkasan()
            self.assertEqual((found["opd"]["name"], found["ruang"]), (self.office, [self.office]))
            for opd in (self.foreign, "tidak-ada"):
                with self.subTest(opd), self.assertRaises(frappe.PermissionError):
                    pemantauan.ringkasan(opd=opd)

    def test_staff_see_nothing_of_it(self):
        with freeze_time(MORNING):
            frappe.set_user(self.here.user)
            for ask in (pemantauan.ringkasan, pemantauan.peta, pemantauan.orang):
                with self.subTest(ask.__name__), self.assertRaises(frappe.PermissionError):
                    ask()

    def test_leaders_and_bkpsdm_see_all_and_names_wali_data_numbers_only(self):
        for role, names in (("Pimpinan", True), ("BKPSDM", True), ("Wali Data", False)):
            user = self.roles[role]
            with self.subTest(role):
                self.assertEqual(self.summary(user=user)["boleh_nama"], names)
                if names:
                    self.assertEqual(self.people(user=user)["jumlah"], 4)
                else:
                    with self.assertRaises(exceptions.NamaTidakDibuka):
                        self.people(user=user)

    def test_names_tell_no_number_of_a_person(self):
        self.punch(self.here, "2026-11-23 00:20:00")
        rows = self.people(keadaan="hadir")["orang"]
        self.assertEqual([row["nama"] for row in rows], [self.here.nama])
        self.assertEqual(
            set(rows[0]), {"name", "nama", "opd", "jabatan", "keadaan", "masuk", "pulang", "keterangan"}
        )

    def test_the_room_of_an_opd_is_joined_by_those_who_see_its_numbers_and_nobody_else(self):
        with freeze_time(MORNING):
            for user, allowed in (
                (self.head.user, True),
                (self.admin.user, False),
                (self.here.user, False),
                (self.roles["Wali Data"], True),
                (self.roles["Pimpinan"], True),
            ):
                with self.subTest(user):
                    self.assertEqual(
                        bool(frappe.has_permission("Ringkasan OPD", "read", doc=self.office, user=user)),
                        allowed,
                    )
        self.assertTrue(
            frappe.has_permission("OPD", "read", doc=self.office, user=self.here.user),
            "why the room is not the OPD's own",
        )


class TestQuestions(RingkasCase):
    def test_nonsense_is_refused_by_name(self):
        for asked, error in (
            ({"tanggal": "2026-11-24"}, exceptions.TanggalTidakSah),
            ({"tanggal": "kemarin"}, exceptions.TanggalTidakSah),
            ({"tanggal": "2026-02-30"}, exceptions.TanggalTidakSah),
            ({"tanggal": ["2026-11-23"]}, exceptions.TanggalTidakSah),
            ({"opd": ["x"]}, exceptions.PertanyaanTidakSah),
            ({"opd": "x" * 141}, exceptions.PertanyaanTidakSah),
        ):
            with self.subTest(str(asked)[:40]), self.assertRaises(error):
                self.summary(**asked)
        for asked in ({"keadaan": "hilang"}, {"mulai": "-1"}, {"panjang": "0"}, {"panjang": "banyak"}):
            with self.subTest(str(asked)), self.assertRaises(exceptions.PertanyaanTidakSah):
                self.people(**asked)


class TestPlaces(RingkasCase):
    def test_a_place_tells_how_many_are_there_and_never_where_anybody_is(self):
        self.punch(self.here, "2026-11-23 00:20:00")
        with freeze_time(MORNING):
            frappe.set_user(self.head.user)
            found = pemantauan.peta(opd=self.office)["lokasi"]
        self.assertEqual([row["name"] for row in found if row["opd"]], [self.place])
        row = next(row for row in found if row["name"] == self.place)
        self.assertEqual((row["diharapkan"], row["hadir"], row["keadaan"]), (4, 1, "sebagian"))


class TestTheSheet(RingkasCase):
    def export(self, moment=MORNING, user=None, **asked):
        with freeze_time(moment):
            frappe.set_user(user or self.head.user)
            frappe.local.response = frappe._dict()
            pemantauan.ekspor(**{"opd": self.office, "bentuk": "csv", **asked})
            return frappe.local.response["filecontent"].decode("utf-8-sig")

    def test_while_the_day_runs_nobody_is_called_absent_and_the_sheet_says_why(self):
        text = self.export()
        self.assertIn("Nobody is called absent here", text)
        self.assertNotIn("Without a Word", text)
        with self.assertRaises(exceptions.DataBelumLengkap) as refused:
            self.export(alpa="1")
        self.assertIn("the day is not over", str(refused.exception))

    def test_a_day_that_is_computed_names_who_was_absent_to_those_who_see_names(self):
        self.punch(self.here, "2026-11-23 00:20:00")
        with freeze_time(TUESDAY):
            frappe.set_user("Administrator")
            closing.close(DAY, self.office, commit=False)
        day = {"tanggal": "2026-11-23"}
        self.assertIn("Without a Word", self.export(TUESDAY, **day))
        text = self.export(TUESDAY, alpa="1", **day)
        self.assertIn(self.late.nama, text)
        self.assertNotIn(self.here.nama, text)
        self.assertNotIn(self.late.nip, text)
        with self.assertRaises(exceptions.NamaTidakDibuka):
            self.export(TUESDAY, user=self.roles["Wali Data"], alpa="1", **day)

    def test_a_name_of_a_unit_begins_no_formula(self):
        frappe.set_user("Administrator")
        frappe.db.set_value("OPD", self.unit, "nama_opd", "=1+1")
        self.assertIn("'=1+1", self.export())

    def test_the_spreadsheet_opens_and_holds_the_same(self):
        with freeze_time(MORNING):
            frappe.set_user(self.head.user)
            frappe.local.response = frappe._dict()
            pemantauan.ekspor(opd=self.office)
        page = load_workbook(io.BytesIO(frappe.local.response["filecontent"])).active
        self.assertIn(["Total", 4], [[cell.value for cell in row[:2]] for row in page.rows])


class TestRollCalls(RingkasCase):
    def test_their_strength_is_that_of_the_events_own_report(self):
        with freeze_time(EARLY):
            frappe.set_user("Administrator")
            event = make_kegiatan(
                opd=self.office,
                tanggal=DAY,
                lokasi=self.place,
                mulai="07:00",
                selesai="08:00",
                undangan=[{"opd": self.office}],
                pengecualian=[{"pegawai": self.admin.name, "alasan": "Piket"}],
            )
        self.punch(self.here, "2026-11-23 00:20:00", jenis="Apel", kegiatan=event.name)
        found = self.summary()["apel"]
        self.assertEqual(
            found,
            [
                {
                    "name": event.name,
                    "nama": "Apel Uji",
                    "mulai": "07:00",
                    "selesai": "08:00",
                    "diharapkan": 3,
                    "hadir": 1,
                }
            ],
        )
        own = strength.of_event(event.name)["total"]
        self.assertEqual((own["jumlah"] - own["dikecualikan"], own["hadir"]), (3, 1))
        self.assertEqual(self.summary(opd=self.unit)["apel"][0]["diharapkan"], 1)


class TestTheUsualMorning(RingkasCase):
    def test_it_is_the_median_of_the_same_weekdays_and_needs_three_of_them(self):
        for week, clocks in enumerate((("07:05", "07:20"), ("07:05", "07:40"), ("07:10", "07:20")), 1):
            day = DAY - timedelta(weeks=week)
            for person, clock in zip((self.here, self.late), clocks, strict=True):
                moment = datetime.fromisoformat(f"{day} {clock}")
                bulk(
                    "Rekap Harian",
                    [
                        {
                            "pegawai": person.name,
                            "opd": person.opd,
                            "tanggal": day,
                            "kode": "H",
                            "kode_utama": "H",
                            "hari_kerja": 1,
                            "masuk": moment,
                        }
                    ],
                )
            frappe.cache.delete(keys.usual(DAY, self.office))
            curve = self.summary()["kurva"]
            if week < 3:
                self.assertIsNone(curve["biasa"])
        usual = dict(zip(curve["menit"], curve["biasa"], strict=True))
        self.assertEqual([usual[7 * 60 + minute] for minute in (0, 5, 10, 20, 40)], [0, 1, 1, 2, 2])


class TestPhonesWithoutSignal(RingkasCase):
    def late_arrivals(self, person, days, minutes):
        for number in range(1, days + 1):
            made = datetime(2026, 11, 23, 7, 10) - timedelta(days=number)
            bulk(
                "Absensi",
                [
                    punch_row(
                        person.name,
                        "Masuk",
                        made,
                        opd=person.opd,
                        sumber="Luring",
                        waktu_tiba=made + timedelta(minutes=minutes),
                    )
                ],
            )

    def test_whose_clocking_in_usually_arrives_late_may_still_have_come(self):
        self.late_arrivals(self.here, 3, 90)
        self.late_arrivals(self.late, 2, 90)
        self.late_arrivals(self.head, 5, 10)
        with freeze_time(EARLY):
            habits.learn()
        self.assertEqual(
            frappe.get_all("Kebiasaan Tiba", fields=["pegawai", "hari", "menit"]),
            [{"pegawai": self.here.name, "hari": 3, "menit": 90}],
        )
        found = self.summary()
        self.assertEqual(self.shown(found), {"belum": 3, "tertunda": 1})
        self.assertEqual((found["kelengkapan"]["lengkap"], found["kelengkapan"]["persen"]), (False, 75.0))
        self.assertEqual(self.shown(self.summary("2026-11-23 02:01:00")), {"belum": 4})

    def test_what_is_switched_off_is_no_habit(self):
        self.late_arrivals(self.here, 3, 90)
        with freeze_time(EARLY):
            self.assertEqual(habits.of_days(DAY - timedelta(days=14), DAY, 0, 15), {})


class TestAUnitThatIsSilent(RingkasCase):
    def setUp(self):
        super().setUp()
        frappe.db.set_single_value("Pengaturan Absensi", "senyap_pegawai", 2)
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")

    def test_nobody_is_missing_where_nothing_is_heard_of_anybody(self):
        self.punch(self.here, "2026-11-23 00:20:00")
        found = self.summary()
        self.assertEqual(self.shown(found), {"tepat": 1, "belum": 1, "senyap": 2})
        self.assertFalse(found["kelengkapan"]["lengkap"])
        self.assertIn("2 people", found["kelengkapan"]["alasan"][0])

    def test_not_before_the_minutes_of_the_settings_have_passed(self):
        self.assertEqual(self.shown(self.summary("2026-11-23 00:45:00")), {"belum": 4})
