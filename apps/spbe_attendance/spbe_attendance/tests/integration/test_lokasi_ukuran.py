"""Measured accuracy of a place and the proposal that follows from it; who could not punch on the first morning."""

import frappe
from frappe.desk import query_report
from frappe.utils import add_days, getdate

from spbe_attendance.api import lokasi as api
from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.kehadiran.lokasi import measuring, readiness
from spbe_attendance.kehadiran.lokasi.errors import UsulanUsang
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_lokasi,
    make_opd,
    make_pegawai,
    make_perangkat,
    make_role_user,
)
from spbe_attendance.tests.lokasi_world import HERE, crowd


def at(x, y=0.0):
    return dict(zip(("latitude", "longitude"), HERE.back(x, y), strict=True))


class TestUkuranLokasi(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd, cls.stranger = make_opd(), make_opd()
        cls.unit = make_opd(induk=cls.opd.name)
        cls.admin = make_pegawai(opd=cls.opd.name, roles=("Admin OPD",)).user
        cls.person = make_pegawai(opd=cls.unit.name, with_user=False)
        cls.place = make_lokasi(opd=cls.opd.name, radius=10)
        crowd(cls.person, cls.place, 80)

    def measured(self, name=None):
        measuring.measure_one(name or self.place.name)
        return frappe.get_doc("Ukuran Lokasi", {"lokasi": name or self.place.name})

    def test_numbers_come_from_the_punches_of_units_below_too(self):
        found = self.measured()
        self.assertEqual(found.jumlah, 80)
        self.assertTrue(8 <= found.akurasi_median <= found.akurasi_p90 <= 25)
        self.assertGreater(found.persen_ragu, 50)
        self.assertAlmostEqual(found.persen_dalam + found.persen_ragu + found.persen_luar, 100)
        self.assertLess(found.geser, 6)
        self.assertEqual(len(frappe.parse_json(found.contoh)), 80)

    def test_measuring_twice_keeps_one_row(self):
        self.assertEqual(self.measured().name, self.measured().name)

    def test_too_small_a_fence_gets_a_proposal_that_one_click_accepts(self):
        before = self.measured()
        self.assertEqual((before.usulan, before.dibatasi), ("Perluas", ""))
        frappe.set_user(self.admin)
        answer = api.terapkan_usulan(self.place.name)
        self.assertEqual(answer["radius"], before.usulan_radius)
        frappe.set_user("Administrator")
        self.assertEqual(frappe.db.get_value("OPD Lokasi", self.place.name, "radius"), before.usulan_radius)
        # Frappe keeps no versions in tests: what makes it keep them, and the comment, is what can be seen here.
        self.assertTrue(frappe.get_meta("OPD Lokasi").track_changes)
        self.assertTrue(
            frappe.db.exists("Comment", {"reference_name": self.place.name, "comment_type": "Info"})
        )
        after = self.measured()
        self.assertGreaterEqual(after.persen_dalam, 95)
        self.assertAlmostEqual(after.persen_dalam, before.persen_dalam_usulan)
        self.assertFalse(after.usulan)

    def test_a_proposal_for_a_place_that_was_changed_since_is_refused(self):
        self.measured()
        place = frappe.get_doc("OPD Lokasi", self.place.name)
        place.nama_lokasi = "Dipindah"
        place.save()
        with self.assertRaises(UsulanUsang):
            api.terapkan_usulan(self.place.name)
        self.assertEqual(frappe.db.get_value("OPD Lokasi", self.place.name, "radius"), 10)

    def test_a_stranger_next_door_stops_the_growth_and_kin_does_not(self):
        make_lokasi(opd=self.unit.name, radius=10, **at(30))
        self.assertEqual(self.measured().dibatasi, "")
        wall = make_lokasi(opd=self.stranger.name, radius=10, **at(0, 30))
        found = self.measured()
        self.assertEqual((found.dibatasi, found.tetangga), ("Tetangga", wall.name))
        self.assertLessEqual(found.usulan_radius, 20)

    def test_a_stranger_who_came_after_the_proposal_stops_it_when_it_is_accepted(self):
        self.measured()
        make_lokasi(opd=self.stranger.name, radius=10, **at(0, 30))
        with self.assertRaises(UsulanUsang):
            api.terapkan_usulan(self.place.name)

    def test_the_cap_of_the_settings_is_kept(self):
        frappe.db.set_single_value("Pengaturan Absensi", "usulan_radius_maks", 25)
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")
        found = self.measured()
        self.assertLessEqual(found.usulan_radius, 25)
        self.assertEqual(found.dibatasi, "Batas Usulan")

    def test_a_place_without_punches_has_zeros_and_no_proposal(self):
        empty = make_lokasi(opd=self.stranger.name, **at(5000))
        found = self.measured(empty.name)
        self.assertEqual((found.jumlah, found.usulan or "", found.contoh), (0, "", None))

    def test_a_deleted_place_leaves_no_numbers(self):
        empty = make_lokasi(opd=self.stranger.name, **at(5000))
        self.measured(empty.name)
        empty.delete()
        self.assertFalse(frappe.db.exists("Ukuran Lokasi", {"lokasi": empty.name}))

    def test_strangers_and_readers_neither_see_nor_accept(self):
        name = self.measured().name
        head = make_pegawai(opd=self.opd.name, roles=("Kepala OPD",)).user
        foreign = make_pegawai(opd=self.stranger.name, roles=("Admin OPD",)).user
        for user, reads in (
            (self.admin, True),
            (head, True),
            (foreign, False),
            (make_role_user("Pimpinan"), False),
        ):
            frappe.set_user(user)
            with self.subTest(user=user):
                self.assertEqual(bool(frappe.has_permission("Ukuran Lokasi", "read", doc=name)), reads)
        for user in (head, foreign):
            frappe.set_user(user)
            with self.subTest(user=user), self.assertRaises(frappe.PermissionError):
                api.terapkan_usulan(self.place.name)
            with self.subTest(user=user), self.assertRaises(frappe.PermissionError):
                api.ukur(self.place.name)

    def test_one_places_punches_are_read_in_as_many_statements_whatever_the_number_of_rows(self):
        with self.assertQueryCount(4):
            measuring.punches.by_place([self.opd.name, self.unit.name], add_days(getdate(), -30), getdate())


class TestSiapJalan(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Places for all staff of a site would make every unit ready.
        frappe.db.set_value("OPD Lokasi", {"semua_opd": 1}, "aktif", 0)
        cls.opd, cls.far = make_opd(), make_opd()
        cls.unit = make_opd(induk=cls.opd.name)
        cls.head = make_pegawai(opd=cls.opd.name, roles=("Kepala OPD",))
        cls.ready = make_pegawai(opd=cls.unit.name)
        make_perangkat(cls.ready)
        cls.lost = make_pegawai(opd=cls.far.name, with_user=False)
        cls.opd.db_set("kepala", cls.head.name)
        cls.place = make_lokasi(opd=cls.opd.name)

    def units(self, **options):
        rows = readiness.of_units(options.pop("day", getdate()), **options)
        return {row["opd"]: row for row in rows}

    def test_a_place_of_an_opd_holds_for_the_units_below_it(self):
        found = self.units()
        self.assertEqual(
            (found[self.unit.name]["lokasi_sendiri"], found[self.unit.name]["lokasi_atas"]), (0, 1)
        )
        self.assertEqual(found[self.unit.name]["tanpa_lokasi"], 0)
        self.assertEqual(found[self.far.name]["tanpa_lokasi"], 1)
        self.assertIn("1 without account", found[self.far.name]["kurang"])

    def test_a_place_counts_only_while_it_is_valid_active_usable_and_for_punches(self):
        tomorrow = add_days(getdate(), 1)
        self.place.update({"berlaku_sampai": getdate()})
        self.place.save()
        self.assertEqual(self.units()[self.unit.name]["tanpa_lokasi"], 0)
        self.assertEqual(self.units(day=tomorrow)[self.unit.name]["tanpa_lokasi"], 1)
        for values in ({"aktif": 0}, {"hanya_kegiatan": 1}, {"latitude": 0, "longitude": 0}):
            with self.subTest(values=values):
                before = {field: self.place.get(field) for field in values}
                self.place.db_set(values)
                self.assertEqual(self.units()[self.unit.name]["tanpa_lokasi"], 1)
                self.place.db_set(before)

    def test_a_place_for_all_makes_every_unit_ready_to_punch(self):
        make_lokasi(semua_opd=1)
        self.assertEqual(self.units()[self.far.name]["tanpa_lokasi"], 0)

    def test_only_what_lacks_something_is_listed_when_asked(self):
        self.unit.db_set("kepala", self.ready.name)
        self.assertNotIn(self.unit.name, self.units(lacking_only=True))
        self.assertIn(self.far.name, self.units(lacking_only=True))

    def test_people_are_named_with_what_they_lack(self):
        rows = readiness.of_people(getdate(), self.far.name)
        self.assertEqual([(row["nama"], row["tanpa_lokasi"], row["tanpa_akun"], row["tanpa_ponsel"]) for row in rows],
                         [(self.lost.nama, 1, 1, 1)])  # fmt: skip
        self.assertEqual(readiness.of_people(getdate(), self.unit.name), [])
        self.assertEqual(
            [row["nama"] for row in readiness.of_people(getdate(), self.opd.name, "tanpa_ponsel")],
            [self.head.nama],
        )

    def test_a_head_sees_the_own_subtree_and_nobody_else(self):
        frappe.set_user(self.head.user)
        self.assertEqual(set(self.units()), {self.opd.name, self.unit.name})
        self.assertEqual(readiness.of_people(getdate(), self.far.name), [])
        frappe.set_user(self.ready.user)
        self.assertEqual(self.units(), {})

    def test_the_reports_show_what_the_services_say(self):
        """By the framework's own door, with its permissions."""
        frappe.set_user(self.head.user)
        day = {"tanggal": str(getdate())}
        found = query_report.run("Siap Jalan Unit", {**day, "hanya_kurang": 1})
        self.assertEqual([row["opd"] for row in found["result"]], [self.opd.name, self.unit.name])
        self.assertEqual(found["report_summary"][0]["value"], "0 / 2")
        found = query_report.run("Siap Jalan Pegawai", {**day, "kurang": "tanpa_ponsel"})
        self.assertEqual([row["nama"] for row in found["result"]], [self.head.nama])
        with self.assertRaises(LaporanDitolak):
            query_report.run("Siap Jalan Pegawai", {**day, "kurang": "1=1"})
        self.assertEqual(query_report.run("Akurasi Lokasi", {})["result"], [])
        frappe.set_user(self.ready.user)
        for report in ("Siap Jalan Unit", "Siap Jalan Pegawai", "Akurasi Lokasi"):
            with self.subTest(report=report), self.assertRaises(frappe.PermissionError):
                query_report.run(report, day)
