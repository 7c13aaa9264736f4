"""A punch is judged by its own document, whatever way it comes in, and stays as it is."""

import uuid
from datetime import timedelta

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime

from spbe_attendance import exceptions
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import LAT, LON, make_absensi, make_lokasi, make_opd, make_pegawai

FAR = {"latitude": LAT + 0.02}
EDGE = {"latitude": LAT + 0.0009, "akurasi": 20}


class TestAbsensi(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dinas = make_opd()
        cls.bidang = make_opd(induk=cls.dinas.name)
        cls.lain = make_opd()
        cls.lokasi = make_lokasi(opd=cls.dinas.name, nama_lokasi="Kantor Dinas Uji")
        cls.staf = make_pegawai(opd=cls.bidang.name)
        cls.kepala = make_pegawai(opd=cls.dinas.name, roles=("Kepala OPD",))
        cls.kepala_lain = make_pegawai(opd=cls.lain.name, roles=("Kepala OPD",))

    def as_staff(self, **values):
        frappe.set_user(self.staf.user)
        return make_absensi(**values)

    def test_inside_is_accepted_with_an_explanation(self):
        doc = self.as_staff()
        self.assertEqual((doc.status, doc.putusan_lokasi, doc.lokasi), ("Sah", "Dalam", self.lokasi.name))
        self.assertIn("Kantor Dinas Uji", doc.penjelasan)
        self.assertEqual((doc.pegawai, doc.opd, doc.sumber), (self.staf.name, self.bidang.name, "PWA"))

    def test_near_the_edge_is_uncertain_and_accepted(self):
        doc = self.as_staff(**EDGE)
        self.assertEqual((doc.status, doc.putusan_lokasi), ("Sah", "Ragu"))

    def test_uncertain_punches_are_sampled_for_review_as_set(self):
        settings = frappe.get_single("Pengaturan Absensi")
        for percent, expected in ((100, 1), (0, 0)):
            settings.contoh_ragu_persen = percent
            settings.save()
            self.assertEqual(self.as_staff(**EDGE).perlu_tinjau, expected)
            frappe.set_user("Administrator")

    def test_outside_without_a_reason_is_refused_naming_place_and_distance(self):
        with self.assertRaises(exceptions.DiLuarLokasi) as refused:
            self.as_staff(**FAR)
        self.assertIn("Kantor Dinas Uji", str(refused.exception))
        self.assertIn("2,1 km", str(refused.exception))
        self.assertFalse(frappe.db.exists("Absensi", {"pegawai": self.staf.name, "putusan_lokasi": "Luar"}))

    def test_blanks_are_no_reason(self):
        with self.assertRaises(exceptions.DiLuarLokasi):
            self.as_staff(**FAR, alasan="  \n ")

    def test_outside_with_a_reason_waits_for_approval(self):
        doc = self.as_staff(**FAR, alasan="Rapat di kantor camat")
        self.assertEqual((doc.status, doc.putusan_lokasi), ("Menunggu Persetujuan", "Luar"))

    def test_what_the_client_says_about_verdict_and_time_is_overwritten(self):
        doc = self.as_staff(
            **FAR,
            alasan="x",
            status="Disetujui",
            putusan_lokasi="Dalam",
            jarak=0,
            waktu="2020-01-01 07:00:00",
            tanggal="2020-01-01",
            sumber="Mesin",
            opd=self.lain.name,
            foto="/files/x.jpg",
            waktu_awal="2020-01-01 07:00:00",
        )
        doc.reload()
        self.assertEqual(
            (doc.status, doc.putusan_lokasi, doc.opd), ("Menunggu Persetujuan", "Luar", self.bidang.name)
        )
        self.assertEqual(doc.tanggal, now_datetime().date())
        self.assertEqual(doc.waktu_awal, doc.waktu_tiba)
        self.assertEqual((doc.sumber, doc.foto), ("PWA", None))

    def test_impossible_positions_are_refused(self):
        for values in (
            {"latitude": 0, "longitude": 0},
            {"latitude": None},
            {"longitude": 200},
            {"latitude": "nan"},
        ):
            with self.subTest(values), self.assertRaises(exceptions.KoordinatTidakSah):
                self.as_staff(**values)

    def test_a_vague_fix_is_refused(self):
        with self.assertRaises(exceptions.AkurasiTidakCukup):
            self.as_staff(akurasi=5000)

    def test_without_a_place_nobody_gets_through(self):
        frappe.set_user(self.kepala_lain.user)
        with self.assertRaises(exceptions.TanpaLokasi):
            make_absensi()

    def test_places_out_of_date_or_inactive_do_not_apply(self):
        opd, today = make_opd(), now_datetime().date()  # the site's day, not the machine's
        person = make_pegawai(opd=opd.name)
        make_lokasi(opd=opd.name, berlaku_sampai=today - timedelta(days=1))
        make_lokasi(opd=opd.name, berlaku_dari=today + timedelta(days=1))
        make_lokasi(opd=opd.name, aktif=0)
        frappe.set_user(person.user)
        with self.assertRaises(exceptions.TanpaLokasi):
            make_absensi()

    def test_a_broken_place_lets_nobody_through(self):
        opd = make_opd()
        person = make_pegawai(opd=opd.name)
        place = make_lokasi(opd=opd.name)
        place.db_set("radius", 0)
        frappe.set_user(person.user)
        with self.assertRaises(exceptions.TanpaLokasi):
            make_absensi()

    def test_nobody_punches_for_somebody_else(self):
        frappe.set_user(self.kepala.user)
        with self.assertRaises(exceptions.BukanUntukOrangLain):
            make_absensi(pegawai=self.staf.name)

    def test_somebody_inactive_cannot_punch(self):
        person = make_pegawai(opd=self.dinas.name)
        person.db_set("status", "Pensiun")
        frappe.set_user(person.user)
        with self.assertRaises(exceptions.PegawaiTidakAktif):
            make_absensi()

    def test_the_database_holds_one_punch_per_client_id(self):
        same = str(uuid.uuid4())
        self.as_staff(id_klien=same)
        with self.assertRaises(frappe.UniqueValidationError):
            self.as_staff(id_klien=same)

    def test_the_right_head_approves_and_only_once(self):
        doc = self.as_staff(**FAR, alasan="Rapat")
        frappe.set_user(self.kepala.user)
        apply_workflow(doc, "Setujui")
        self.assertEqual(frappe.db.get_value("Absensi", doc.name, "status"), "Disetujui")
        with self.assertRaises(frappe.ValidationError):
            apply_workflow(doc, "Tolak")

    def test_the_head_of_another_opd_neither_sees_nor_decides(self):
        doc = self.as_staff(**FAR, alasan="Rapat")
        frappe.set_user(self.kepala_lain.user)
        self.assertNotIn(doc.name, frappe.get_list("Absensi", pluck="name"))
        with self.assertRaises(frappe.PermissionError):
            frappe.get_doc("Absensi", doc.name).check_permission("read")
        with self.assertRaises((frappe.PermissionError, frappe.ValidationError)):
            apply_workflow(doc, "Setujui")
        self.assertEqual(frappe.db.get_value("Absensi", doc.name, "status"), "Menunggu Persetujuan")

    def test_nobody_approves_an_own_exception(self):
        frappe.set_user(self.kepala.user)
        doc = make_absensi(**FAR, alasan="Rapat")
        with self.assertRaises(frappe.ValidationError):
            apply_workflow(doc, "Setujui")
        # The same by hand, past the workflow's own check of the owner.
        frappe.db.set_value("Absensi", doc.name, "owner", "Administrator")
        doc.reload()
        with self.assertRaises(exceptions.PersetujuanSendiri):
            apply_workflow(doc, "Setujui")

    def test_a_recorded_punch_is_changed_by_nobody(self):
        doc = self.as_staff()
        for user in (self.staf.user, self.kepala.user, "Administrator"):
            frappe.set_user(user)
            again = frappe.get_doc("Absensi", doc.name)
            again.alasan = "diganti"
            with (
                self.subTest(user),
                self.assertRaises((frappe.PermissionError, frappe.CannotChangeConstantError)),
            ):
                again.save()

    def test_status_moves_by_the_workflow_only(self):
        doc = self.as_staff()
        frappe.set_user(self.kepala.user)
        again = frappe.get_doc("Absensi", doc.name)
        again.status = "Ditolak"
        with self.assertRaises(frappe.PermissionError):
            again.save()

    def test_only_the_administrator_deletes(self):
        doc = self.as_staff()
        for user in (self.staf.user, self.kepala.user):
            frappe.set_user(user)
            with self.subTest(user), self.assertRaises(frappe.PermissionError):
                frappe.delete_doc("Absensi", doc.name)
        self.assertTrue(frappe.db.exists("Absensi", doc.name))

    def test_longitude_on_the_equator_is_a_place(self):
        opd = make_opd()
        person = make_pegawai(opd=opd.name)
        make_lokasi(opd=opd.name, latitude=0, longitude=LON)
        frappe.set_user(person.user)
        self.assertEqual(make_absensi(latitude=0).putusan_lokasi, "Dalam")
