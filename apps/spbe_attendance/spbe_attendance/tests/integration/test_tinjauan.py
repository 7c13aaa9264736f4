"""The review queue: found in the background, explained in words, decided by people, and never held against anybody by itself."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, now_datetime

from spbe_attendance import exceptions
from spbe_attendance.api import absensi as api
from spbe_attendance.kehadiran.pencatatan import photo as photos
from spbe_attendance.kehadiran.rekapitulasi import sources
from spbe_attendance.kehadiran.tinjauan import scan
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    LAT,
    LON,
    make_absensi,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_tinjauan,
    photo,
    punch,
)

REVIEW = "Tinjauan Absensi"


class TestTinjauan(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        make_lokasi(opd=cls.opd.name)
        cls.staf, cls.rekan = make_pegawai(opd=cls.opd.name), make_pegawai(opd=cls.opd.name)
        cls.kepala = make_pegawai(opd=cls.opd.name, roles=("Kepala OPD",))
        cls.kepala_lain = make_pegawai(opd=make_opd().name, roles=("Kepala OPD",))

    def recorded(self, person, settled=True, **changes):
        """With uneven coordinates and accuracy, as a receiver reports them; the photo settled, as if it were not asked for."""
        number = frappe.db.count("Absensi") + 1
        odd = {
            "latitude": LAT + number * 1.7e-6,
            "longitude": LON - number * 1.3e-6,
            "akurasi": 8 + number * 0.137,
        }
        frappe.set_user(person.user)
        doc = make_absensi(**{**odd, **changes})
        frappe.set_user("Administrator")
        if settled:
            frappe.db.set_value("Absensi", doc.name, "foto_status", "Tidak Diminta", update_modified=False)
        return doc

    def scanned(self):
        while scan.batch():
            pass
        return {row.name: row for row in frappe.get_all(REVIEW, fields=["name", "status", "skor", "pegawai"])}

    def kinds(self, name):
        return [row.jenis for row in frappe.get_doc(REVIEW, name).isyarat]

    def test_an_honest_punch_is_not_in_the_queue_and_not_looked_at_again(self):
        doc = self.recorded(self.staf)
        self.assertNotIn(doc.name, self.scanned())
        self.assertTrue(frappe.db.get_value("Absensi", doc.name, "isyarat_pada"))

    def test_the_same_spot_of_two_people_is_named_for_both_and_blocks_neither(self):
        spot = {"latitude": LAT + 1.2345e-5, "longitude": LON + 2.3456e-5}
        first = self.recorded(self.staf, **spot)
        second = self.recorded(self.rekan, perangkat="ponsel rekan", **spot)
        found = self.scanned()

        self.assertTrue({first.name, second.name} <= set(found))
        self.assertIn(second.name, frappe.get_doc(REVIEW, first.name).isyarat[0].absensi_lain)
        self.assertEqual(frappe.db.get_value("Absensi", first.name, "status"), "Sah")

    def test_looking_again_changes_nothing(self):
        doc = self.recorded(self.staf, latitude=round(LAT, 3), longitude=round(LON, 3))
        self.scanned()
        before = frappe.get_doc(REVIEW, doc.name).as_dict()
        frappe.db.set_value("Absensi", doc.name, "isyarat_pada", None, update_modified=False)
        self.scanned()
        after = frappe.get_doc(REVIEW, doc.name)

        self.assertEqual([row.jenis for row in after.isyarat], [row["jenis"] for row in before["isyarat"]])
        self.assertEqual(frappe.db.count(REVIEW, {"absensi": doc.name}), 1)

    def test_a_punch_waits_for_its_photo_before_it_is_looked_at(self):
        doc = self.recorded(self.staf, settled=False)
        self.scanned()
        self.assertFalse(frappe.db.get_value("Absensi", doc.name, "isyarat_pada"))

    def test_a_photo_sent_again_by_somebody_else_is_found_by_its_looks(self):
        made = []
        for person in (self.staf, self.rekan):
            frappe.set_user(person.user)
            body = punch(
                latitude=LAT + 3.1e-5 * len(made) + 1e-6,
                longitude=LON + 1.7e-5 * len(made) + 1e-6,
                akurasi=9.13,
            )
            made.append(api.catat(**body)["name"])
            photos.attach(body["id_klien"], {"pegawai": person.name}, photo())
        frappe.set_user("Administrator")
        self.scanned()

        self.assertIn("Foto Berulang", [frappe._(kind, "id") for kind in self.kinds(made[1])])

    def test_what_the_punch_asked_to_be_looked_at_comes_into_the_queue(self):
        doc = self.recorded(self.staf)
        frappe.db.set_value("Absensi", doc.name, {"perlu_tinjau": 1, "alasan_tinjau": "Undian"})
        self.scanned()
        self.assertEqual([row.uraian for row in frappe.get_doc(REVIEW, doc.name).isyarat], ["Undian"])

    def test_a_photo_that_comes_after_all_takes_the_row_out_again(self):
        frappe.set_user(self.staf.user)
        body = punch(latitude=LAT + 4.1e-6, longitude=LON + 4.7e-6, akurasi=9.17)
        name = api.catat(**body)["name"]
        frappe.db.set_value("Absensi", name, "foto_status", "Tidak Datang")
        self.assertIn(name, self.scanned())

        frappe.set_user(self.staf.user)
        photos.attach(body["id_klien"], {"pegawai": self.staf.name}, photo())
        frappe.set_user("Administrator")

        self.assertNotIn(name, self.scanned())

    def test_the_number_of_statements_does_not_grow_with_clean_punches(self):
        counts = []
        for size in (3, 12):
            for _turn in range(size):
                self.recorded(self.staf)
            before = frappe.db.sql("show session status like 'Questions'")[0][1]
            scan.batch()
            counts.append(int(frappe.db.sql("show session status like 'Questions'")[0][1]) - int(before))
        self.assertLessEqual(abs(counts[0] - counts[1]), 2)

    def review(self, person=None):
        doc = self.recorded(person or self.staf)
        return make_tinjauan(frappe.get_doc("Absensi", doc.name))

    def test_the_head_of_the_subtree_decides_and_it_is_kept_who_and_when(self):
        row = self.review()
        frappe.set_user(self.kepala.user)
        apply_workflow(row, "Wajar")
        stored = frappe.get_doc(REVIEW, row.name)

        self.assertEqual((stored.status, stored.diputuskan_oleh), ("Wajar", self.kepala.user))
        self.assertEqual(getdate(stored.diputuskan_pada), getdate(now_datetime()))

    def test_heads_of_other_opd_staff_and_the_person_do_not_decide(self):
        row = self.review(self.kepala)
        for user in (self.kepala_lain.user, self.staf.user, self.kepala.user):
            frappe.set_user(user)
            with self.subTest(user), self.assertRaises((frappe.PermissionError, frappe.ValidationError)):
                apply_workflow(frappe.get_doc(REVIEW, row.name), "Wajar")
        # The same by hand, past the workflow's own condition.
        row.reload()
        row.status = "Wajar"
        with self.assertRaises((exceptions.TinjauanSendiri, frappe.PermissionError)):
            row.save()
        self.assertEqual(frappe.db.get_value(REVIEW, row.name, "status"), "Menunggu")

    def test_void_needs_a_note(self):
        row = self.review()
        frappe.set_user(self.kepala.user)
        with self.assertRaises(exceptions.PutusanTanpaCatatan):
            apply_workflow(row, "Nyatakan Tidak Sah")

    def test_what_is_void_counts_no_more_the_punch_stays_and_the_person_reads_why(self):
        row = self.review()
        frappe.set_user(self.kepala.user)
        row.catatan = "Foto dari foto, orangnya di rumah"
        row.save()
        apply_workflow(row, "Nyatakan Tidak Sah")
        day = getdate(row.tanggal)

        self.assertIn(row.absensi, sources.void([self.staf.name], day, day))
        self.assertTrue(
            frappe.db.exists(
                "Hitung Ulang", {"pegawai": self.staf.name, "dari": ["<=", day], "sampai": [">=", day]}
            )
        )
        self.assertEqual(frappe.db.get_value("Absensi", row.absensi, "status"), "Sah")
        frappe.set_user(self.staf.user)
        shown = [one for one in api.hari_ini()["absensi"] if one["name"] == row.absensi]
        self.assertEqual((shown[0]["tinjauan"], shown[0]["catatan_tinjauan"]), ("Tidak Sah", row.catatan))

        frappe.set_user(self.kepala.user)
        apply_workflow(frappe.get_doc(REVIEW, row.name), "Wajar")
        self.assertEqual(sources.void([self.staf.name], add_days(day, -1), day), [])

    def test_nobody_hears_of_a_suspicion_before_a_decision(self):
        row = self.review()
        frappe.set_user(self.staf.user)
        shown = [one for one in api.hari_ini()["absensi"] if one["name"] == row.absensi]
        self.assertEqual(shown[0]["tinjauan"], None)

    def test_a_decider_changes_no_finding(self):
        row = self.review()
        frappe.set_user(self.kepala.user)
        row.update({"skor": 0, "isyarat": [], "pegawai": self.rekan.name, "catatan": "Sudah ditanya"})
        row.save()
        row.reload()
        self.assertEqual((row.pegawai, len(row.isyarat), row.catatan), (self.staf.name, 1, "Sudah ditanya"))

    def test_the_form_shows_the_punch_and_what_it_is_seen_beside(self):
        row, other = self.review(), self.recorded(self.rekan)
        row.flags.scanning = True
        row.isyarat[0].absensi_lain = other.name
        row.save()
        frappe.set_user(self.kepala.user)
        told = frappe.get_doc(REVIEW, row.name).bahan()
        self.assertEqual([one["name"] for one in told["absensi"]], [row.absensi, other.name])
        frappe.set_user(self.kepala_lain.user)
        with self.assertRaises(frappe.PermissionError):
            frappe.get_doc(REVIEW, row.name).bahan()

    def test_a_client_cannot_say_that_its_punch_was_looked_at(self):
        doc = self.recorded(self.staf, isyarat_pada="2020-01-01 00:00:00")
        self.assertIsNone(frappe.db.get_value("Absensi", doc.name, "isyarat_pada"))
