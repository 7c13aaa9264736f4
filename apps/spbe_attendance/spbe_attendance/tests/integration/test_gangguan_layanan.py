"""Outages: whom they cover, what a decision sets off, and what the system proposes from its own figures."""

from datetime import date, datetime, timedelta

import frappe
from freezegun import freeze_time
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from spbe_attendance import exceptions
from spbe_attendance.api import gangguan as api
from spbe_attendance.kehadiran.gangguan import cover, failures, silence
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_gangguan, make_lokasi, make_opd, make_pegawai, make_role_user
from spbe_attendance.worktime.types import MINUTES, VOID

DAY = date(2026, 11, 23)
WIB = timedelta(hours=7)


def clock(moment):
    return freeze_time(datetime.fromisoformat(moment) - WIB)


class TestGangguanLayanan(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd, cls.other = make_opd(), make_opd()
        cls.place = make_lokasi(opd=cls.opd.name, nama_lokasi="Kantor Sunyi")

    def setUp(self):
        super().setUp()
        frappe.db.delete("Gangguan Layanan")
        frappe.db.delete(affected.QUEUE)

    def marked(self):
        rows = frappe.get_all(affected.QUEUE, fields=["pegawai", "opd", "dari", "sampai"])
        return [(row.pegawai, row.opd, row.dari, row.sampai) for row in rows]

    def test_only_what_is_in_force_covers_anybody(self):
        doc = make_gangguan(lokasi=[{"lokasi": self.place.name}], opd=[{"opd": self.other.name}])
        self.assertEqual(cover.windows(DAY, DAY), ())
        api.berlakukan(doc.name, "Kepka 1/2026")
        by_opd, by_place = sorted(cover.windows(DAY, DAY), key=lambda row: row.opds is None)
        self.assertEqual((by_opd.opds, by_opd.places), (frozenset([self.other.name]), None))
        self.assertEqual((by_place.opds, by_place.places), (None, frozenset([self.place.name])))
        self.assertEqual(
            (by_opd.decree, by_opd.treatment, by_opd.excuses_absence), ("Kepka 1/2026", VOID, False)
        )
        self.assertEqual(cover.windows(DAY - timedelta(days=9), DAY - timedelta(days=2)), ())
        self.assertEqual(cover.windows(DAY + timedelta(days=1), DAY + timedelta(days=9)), ())
        api.tolak(doc.name, "Salah catat")
        self.assertEqual(cover.windows(DAY, DAY), ())

    def test_each_treatment_is_what_the_engine_takes(self):
        for values, expected in (
            ({"perlakuan": "Dianggap Tepat Waktu"}, (VOID, False, 9)),
            ({"perlakuan": "Dianggap Hadir"}, (VOID, True, 9)),
            (
                {"perlakuan": "Perpanjang Batas", "perpanjang_sampai": "2026-11-23 10:00:00"},
                (MINUTES, False, 10),
            ),
        ):
            frappe.db.delete("Gangguan Layanan")
            doc = make_gangguan(semua_lokasi=1, **values)
            api.berlakukan(doc.name, "SE 1/2026")
            (found,) = cover.windows(DAY, DAY)
            with self.subTest(values):
                self.assertEqual((found.treatment, found.excuses_absence, found.last.hour), expected)
                self.assertEqual((found.opds, found.places), (None, None))

    def test_confirming_changing_and_withdrawing_mark_exactly_the_covered_days_and_are_logged(self):
        doc = make_gangguan(lokasi=[{"lokasi": self.place.name}], sampai="2026-11-24 09:00:00")
        self.assertEqual(self.marked(), [])
        api.berlakukan(doc.name, "SE 1/2026")
        first = (None, self.opd.name, DAY, DAY + timedelta(days=1))
        self.assertEqual(self.marked(), [first])
        doc.reload()
        doc.update({"sampai": "2026-11-23 08:00:00", "lokasi": [], "opd": [{"opd": self.other.name}]})
        doc.save()
        self.assertCountEqual(self.marked(), [first, first, (None, self.other.name, DAY, DAY)])
        doc.save()
        self.assertEqual(len(self.marked()), 3)
        api.tolak(doc.name, "Ternyata jaringan normal")
        self.assertEqual(len(self.marked()), 4)
        notes = frappe.get_all(
            "Comment", {"reference_name": doc.name, "comment_type": "Info"}, ["content"], order_by="creation"
        )
        self.assertEqual(len(notes), 3)
        self.assertIn("SE 1/2026", notes[0].content)
        self.assertIn("Ternyata jaringan normal", notes[2].content)

    def test_everybody_is_marked_where_everybody_is_covered(self):
        shared = make_lokasi(semua_opd=1)
        for values in ({"semua_lokasi": 1}, {"lokasi": [{"lokasi": shared.name}]}):
            frappe.db.delete(affected.QUEUE)
            api.berlakukan(make_gangguan(**values).name, "SE 1/2026")
            with self.subTest(values):
                self.assertEqual(self.marked(), [(None, None, DAY, DAY)])

    def test_a_proposal_rejected_marks_nobody(self):
        api.tolak(make_gangguan(semua_lokasi=1).name, "Tidak terbukti")
        self.assertEqual(self.marked(), [])

    def test_contradictions_are_refused(self):
        for values in (
            {"semua_lokasi": 1, "sampai": "2026-11-23 07:00:00"},
            {"semua_lokasi": 1, "sampai": "2026-11-23 06:00:00"},
            {},
            {"semua_lokasi": 1, "perlakuan": "Perpanjang Batas"},
            {"semua_lokasi": 1, "perlakuan": "Perpanjang Batas", "perpanjang_sampai": "2026-11-23 06:00:00"},
        ):
            with (
                self.subTest(values),
                self.assertRaises((exceptions.GangguanTidakSah, frappe.MandatoryError)),
            ):
                make_gangguan(**values)

    def test_steps_that_do_not_exist_are_refused(self):
        with self.assertRaises(exceptions.KeputusanGangguanTidakSah):
            make_gangguan(semua_lokasi=1, status="Berlaku", dasar="SE 1/2026")
        doc = make_gangguan(semua_lokasi=1)
        for call in (
            lambda: api.berlakukan(doc.name),
            lambda: api.tolak(doc.name),
            lambda: api.tolak(doc.name, " "),
        ):
            with self.assertRaises(exceptions.KeputusanGangguanTidakSah):
                call()
        api.tolak(doc.name, "Tidak terbukti")
        with self.assertRaises(exceptions.KeputusanGangguanTidakSah):
            api.berlakukan(doc.name, "SE 1/2026")
        doc.reload()
        doc.sampai = "2026-11-23 10:00:00"
        with self.assertRaises(exceptions.KeputusanGangguanTidakSah):
            doc.save()

    def test_what_is_in_force_is_not_deleted_and_only_bkpsdm_decides(self):
        doc = make_gangguan(semua_lokasi=1)
        head = make_pegawai(opd=self.opd.name, roles=("Kepala OPD",))
        frappe.set_user(head.user)
        with self.assertRaises(frappe.PermissionError):
            api.berlakukan(doc.name, "SE 1/2026")
        with self.assertRaises(frappe.PermissionError):
            make_gangguan(opd=[{"opd": self.opd.name}])
        frappe.set_user("Administrator")
        frappe.set_user(make_role_user("BKPSDM"))
        api.berlakukan(doc.name, "SE 1/2026")
        with self.assertRaises(exceptions.GangguanBerlaku):
            frappe.delete_doc("Gangguan Layanan", doc.name)

    def test_nobody_passes_a_row_off_as_the_systems(self):
        doc = make_gangguan(semua_lokasi=1, diusulkan_oleh="Sistem", kunci_usulan="server:2026-11-23T07:00")
        self.assertEqual((doc.diusulkan_oleh, doc.kunci_usulan), ("Manusia", None))

    def proposals(self):
        fields = ["status", "diusulkan_oleh", "sebab", "dari", "sampai", "semua_lokasi", "bukti", "name"]
        return frappe.get_all("Gangguan Layanan", {"diusulkan_oleh": "Sistem"}, fields, order_by="dari")

    def failures_at(self, moment, times, status=500, path=failures.PUNCH):
        with clock(moment):
            for _number in range(times):
                request = Request(EnvironBuilder(path=path, method="POST").get_environ())
                failures.count_failed_punch(Response(status=status), request)

    def forget(self, day):
        for key in frappe.cache().get_keys(f"spbe_gagal:{day}"):
            frappe.cache().delete(key)

    def test_own_failures_above_the_threshold_are_proposed_once_with_figures(self):
        self.forget("20261123")
        self.failures_at("2026-11-23 07:33:00", 20)
        self.failures_at("2026-11-23 07:41:00", 25, status=503)
        self.failures_at("2026-11-23 07:52:00", 19)
        self.failures_at("2026-11-23 08:01:00", 50, status=417)
        self.failures_at("2026-11-23 08:02:00", 50, path="/api/method/frappe.ping")
        with clock("2026-11-23 07:39:00"):
            failures.propose()
            self.assertEqual(self.proposals(), [])
        for moment in ("07:41:00", "07:50:00", "08:20:00", "08:30:00"):
            with clock(f"2026-11-23 {moment}"):
                failures.propose()
        (row,) = self.proposals()
        self.assertEqual((row.status, row.sebab, row.semua_lokasi), ("Usulan", "Server", 1))
        self.assertEqual((f"{row.dari:%H:%M}", f"{row.sampai:%H:%M}"), ("07:30", "07:50"))
        self.assertIn("20 absen dari 1 akun", row.bukti)
        self.assertIn("25 absen", row.bukti)
        api.tolak(row.name, "Uji beban")
        with clock("2026-11-23 08:40:00"):
            failures.propose()
        self.assertEqual(len(self.proposals()), 1)
        self.assertEqual(cover.windows(DAY, DAY), ())

    def test_threshold_zero_proposes_nothing(self):
        self.forget("20261123")
        self.failures_at("2026-11-23 07:33:00", 40)
        frappe.db.set_single_value("Pengaturan Absensi", "ambang_gagal_server", 0)
        with clock("2026-11-23 07:50:00"):
            failures.propose()
        self.assertEqual(self.proposals(), [])

    def habit(self, place, people, *, today):
        """``people`` punch at 07:10 on every weekday of four weeks, and ``today`` of them on the day itself."""
        staff = [make_pegawai(opd=self.opd.name, with_user=False).name for _number in range(people)]
        rows = []
        for back in range(28, -1, -1):
            day = DAY - timedelta(days=back)
            if day.weekday() < 5:
                rows += [(day, name) for name in (staff if back else staff[:today])]
        fields = [
            "name",
            "creation",
            "modified",
            "owner",
            "modified_by",
            "pegawai",
            "opd",
            "tanggal",
            "jenis",
            "waktu",
        ]
        fields += ["lokasi", "putusan_lokasi", "status"]
        values = [
            (
                frappe.generate_hash(length=10),
                now,
                now,
                "Administrator",
                "Administrator",
                name,
                self.opd.name,
                day,
                "Masuk",
                now,
                place,
                "Dalam",
                "Sah",
            )
            for day, name in rows
            for now in [datetime.combine(day, datetime.min.time()) + timedelta(hours=7, minutes=10)]
        ]
        frappe.db.bulk_insert("Absensi", fields, values)

    def test_a_silent_place_is_proposed_once_by_its_habit(self):
        busy = make_lokasi(opd=self.opd.name, nama_lokasi="Kantor Ramai")
        small = make_lokasi(opd=self.opd.name, nama_lokasi="Kantor Kecil")
        self.habit(self.place.name, 6, today=0)
        self.habit(busy.name, 6, today=1)
        self.habit(small.name, 2, today=0)
        for _number in range(2):
            with clock("2026-11-23 08:10:00"):
                silence.propose()
        (row,) = self.proposals()
        self.assertEqual(
            (row.status, f"{row.dari:%H:%M}", f"{row.sampai:%H:%M}"), ("Usulan", "07:00", "08:00")
        )
        self.assertIn("Kantor Sunyi: biasanya 6 orang", row.bukti)
        doc = frappe.get_doc("Gangguan Layanan", row.name)
        self.assertEqual([line.lokasi for line in doc.lokasi], [self.place.name])

    def test_nothing_is_silent_on_a_free_day_or_at_another_hour(self):
        self.habit(self.place.name, 6, today=0)
        for moment in ("2026-11-22 08:10:00", "2026-11-23 10:10:00"):
            with clock(moment):
                silence.propose()
        self.assertEqual(self.proposals(), [])
