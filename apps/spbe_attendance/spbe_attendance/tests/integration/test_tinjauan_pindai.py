"""The scan of the review queue: both sides of a finding, weeks apart, once each, whoever interrupts it."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, now_datetime

from spbe_attendance.kehadiran.pencatatan import missing_photos
from spbe_attendance.kehadiran.tinjauan import scan, store
from spbe_attendance.record_language import record_language
from spbe_attendance.signals import photo, types
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    LAT,
    LON,
    make_absensi,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_perangkat,
)
from spbe_attendance.tests.rekap_world import counted

REVIEW, SIGNAL = "Tinjauan Absensi", "Isyarat Tinjauan"


class ScanCase(SiteTestCase):
    __test__ = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        make_lokasi(opd=cls.opd.name)
        cls.staf, cls.rekan, cls.ketiga = (make_pegawai(opd=cls.opd.name) for _ in range(3))
        cls.kepala = make_pegawai(opd=cls.opd.name, roles=("Kepala OPD",))
        cls.serial = 0

    def recorded(self, person, **changes):
        """Uneven coordinates, accuracy and phone; ``changes`` beyond a punch's own are written afterwards, as if they had been so."""
        type(self).serial += 1
        number = self.serial
        said = {
            "latitude": LAT + number * 1.73e-6 + 1e-7,
            "longitude": LON - number * 1.37e-6 - 1e-7,
            "akurasi": 8 + number * 0.137,
            "perangkat": f"{person.name} uji",
        }
        said |= {field: changes.pop(field) for field in list(changes) if field in said}
        frappe.set_user(person.user)
        doc = make_absensi(**said)
        frappe.set_user("Administrator")
        frappe.db.set_value(
            "Absensi", doc.name, {"foto_status": "Tidak Diminta", **changes}, update_modified=False
        )
        return doc

    def scanned(self):
        while scan.batch():
            pass

    def kinds(self, doc):
        """Codes of the signals of a punch's row; None without a row."""
        if not frappe.db.exists(REVIEW, doc.name):
            return None
        return {row.kode for row in frappe.get_doc(REVIEW, doc.name).isyarat}

    def days_ago(self, days):
        moment = now_datetime() - timedelta(days=days)
        return {
            "tanggal": moment.date(),
            **{field: moment for field in ("waktu", "waktu_awal", "waktu_akhir", "waktu_tiba")},
        }

    def hashed(self, doc, bits):
        """As if the photo had this look: the scan reads it from the file otherwise."""
        pieces = {f"potong_{place}": piece for place, piece in enumerate(photo.pieces(bits))}
        frappe.db.set_value("Ciri Absensi", doc.name, {"sidik_foto": f"{bits:016x}", **pieces})


class TestScan(ScanCase):
    __test__ = True

    def test_who_was_looked_at_alone_is_told_when_the_twin_comes(self):
        spot = {"latitude": LAT + 1.2345e-5, "longitude": LON + 2.3456e-5}
        first = self.recorded(self.staf, **spot)
        self.scanned()
        self.assertIsNone(self.kinds(first))
        second = self.recorded(self.rekan, **spot)
        self.scanned()

        self.assertEqual((self.kinds(first), self.kinds(second)), ({types.SAME_PLACE},) * 2)

    def test_the_same_spot_of_one_person_on_the_third_day(self):
        spot = {"latitude": LAT + 2.2345e-5, "longitude": LON + 1.3456e-5}
        made = [self.recorded(self.staf, **spot, **self.days_ago(days)) for days in (9, 6)]
        self.scanned()
        self.assertEqual([self.kinds(doc) for doc in made], [None, None])
        made.append(self.recorded(self.staf, **spot))
        self.scanned()

        self.assertEqual([self.kinds(doc) for doc in made], [{types.SAME_PLACE}] * 3)

    def test_a_photo_of_somebody_else_from_weeks_ago_is_found_by_one_piece_of_its_hash(self):
        bits = 0x1234_5678_9ABC_DEF0
        old = self.recorded(self.staf, **self.days_ago(20))
        self.scanned()
        self.hashed(old, bits)
        new = self.recorded(self.rekan)
        with patch("spbe_attendance.signals.picture.look", return_value=(bits ^ 0b101, False)):
            frappe.db.set_value("Absensi", new.name, {"foto": "/private/files/x.jpg", "foto_status": "Ada"})
            self.scanned()

        self.assertEqual((self.kinds(old), self.kinds(new)), ({types.SAME_PHOTO},) * 2)
        self.assertEqual(frappe.db.get_value("Ciri Absensi", new.name, "sidik_foto"), f"{bits ^ 0b101:016x}")

    def test_a_kiosk_is_no_phone_of_many_and_does_not_move(self):
        kios = frappe.get_doc(
            {"doctype": "Kios Absensi", "nama_kios": "Loket", "opd": self.opd.name}
        ).insert()
        spot = {
            "latitude": LAT + 3.2345e-5,
            "longitude": LON + 3.3456e-5,
            "perangkat": "loket",
            "kios": kios.name,
        }
        made = [self.recorded(person, **spot) for person in (self.staf, self.rekan, self.ketiga, self.kepala)]
        self.scanned()
        self.assertEqual([self.kinds(doc) for doc in made], [None] * 4)

    def test_many_on_one_phone_are_told_for_everybody_of_them(self):
        people = (self.staf, self.rekan, self.ketiga, self.kepala)
        made = [self.recorded(person, perangkat="satu") for person in people]
        self.scanned()
        self.assertEqual([self.kinds(doc) for doc in made], [{types.ONE_DEVICE}] * 4)

    def test_a_hole_in_the_chain_of_a_phone(self):
        key = make_perangkat(self.staf).name
        whole = [self.recorded(self.staf, kunci_perangkat=key, bukti_urutan=number) for number in (1, 2)]
        behind = self.recorded(self.staf, kunci_perangkat=key, bukti_urutan=4)
        self.scanned()
        self.assertEqual([self.kinds(doc) for doc in (*whole, behind)], [None, None, {types.GAP}])

    def test_a_day_that_turns_out_to_straddle_is_looked_at_once_more_and_only_once(self):
        doc = self.recorded(self.staf, **self.days_ago(1))
        frappe.db.set_value(
            "Absensi", doc.name, "waktu_akhir", doc.get_latest().waktu_awal + timedelta(minutes=2)
        )
        self.scanned()
        self.assertIsNone(self.kinds(doc))
        day = frappe.db.get_value("Absensi", doc.name, "tanggal")
        frappe.db.set_value("Absensi", doc.name, "isyarat_pada", now_datetime() - timedelta(hours=1))
        frappe.get_doc(
            {"doctype": "Rekap Harian", "pegawai": self.staf.name, "tanggal": day, "tinjau": 1}
        ).db_insert()
        scan.rows.ask_again()
        self.scanned()
        scan.rows.ask_again()

        self.assertEqual(self.kinds(doc), {types.STRADDLES})
        self.assertEqual(scan.batch(), 0)

    def test_what_the_punch_asked_for_outlives_a_photo_that_never_came(self):
        doc = self.recorded(
            self.staf,
            perlu_tinjau=1,
            alasan_tinjau="Disaksikan rekan",
            foto_status="Menunggu",
            **self.days_ago(1),
        )
        missing_photos.mark()
        self.scanned()
        found = {row.kode: row.uraian for row in frappe.get_doc(REVIEW, doc.name).isyarat}
        self.assertEqual(set(found), {types.NO_PHOTO, types.MARKED})
        self.assertEqual(found[types.MARKED], "Disaksikan rekan")

    def test_reasonable_stands_until_there_is_more_than_was_known(self):
        doc = self.recorded(self.staf, perlu_tinjau=1, alasan_tinjau="Undian")
        self.scanned()
        frappe.set_user(self.kepala.user)
        apply_workflow(frappe.get_doc(REVIEW, doc.name), "Wajar")
        frappe.set_user("Administrator")
        self.again(doc)
        self.assertEqual(frappe.db.get_value(REVIEW, doc.name, "status"), "Wajar")

        self.recorded(self.rekan, latitude=doc.latitude, longitude=doc.longitude)
        self.scanned()
        row = frappe.get_doc(REVIEW, doc.name)
        self.assertEqual((row.status, row.diputuskan_oleh), ("Menunggu", None))
        told = frappe.get_all("Version", {"ref_doctype": REVIEW, "docname": doc.name}, pluck="data")
        self.assertIn(self.kepala.user, "".join(told))

    def test_void_stays_void_whatever_is_found_later(self):
        doc = self.recorded(self.staf, perlu_tinjau=1, alasan_tinjau="Undian")
        self.scanned()
        row = frappe.get_doc(REVIEW, doc.name)
        frappe.set_user(self.kepala.user)
        row.catatan = "Orangnya di rumah"
        row.save()
        apply_workflow(row, "Nyatakan Tidak Sah")
        frappe.set_user("Administrator")
        self.recorded(self.rekan, latitude=doc.latitude, longitude=doc.longitude)
        self.scanned()
        self.assertEqual(frappe.db.get_value(REVIEW, doc.name, "status"), "Tidak Sah")

    def again(self, *docs):
        for doc in docs:
            frappe.db.set_value("Absensi", doc.name, "isyarat_pada", None, update_modified=False)
        self.scanned()

    def test_a_finding_is_there_once_and_its_numbers_follow(self):
        spot = {"latitude": LAT + 4.2345e-5, "longitude": LON + 4.3456e-5}
        made = [self.recorded(person, **spot) for person in (self.staf, self.rekan)]
        self.scanned()
        made.append(self.recorded(self.ketiga, **spot))
        self.scanned()
        self.again(*made)

        rows = frappe.get_all(SIGNAL, {"parent": ["in", [doc.name for doc in made]]}, ["parent", "uraian"])
        self.assertEqual(sorted(row.parent for row in rows), sorted(doc.name for doc in made))
        self.assertEqual(len({row.uraian for row in rows}), 1)
        self.assertIn("3", rows[0].uraian)

    def test_the_score_is_the_sum_and_never_more_than_a_hundred(self):
        doc = self.recorded(
            self.staf, perlu_tinjau=1, alasan_tinjau="Undian", latitude=round(LAT, 3), longitude=round(LON, 3)
        )
        self.scanned()
        weights = types.WEIGHTS[types.MARKED] + types.WEIGHTS[types.ROUND_PLACE]
        self.assertEqual(frappe.db.get_value(REVIEW, doc.name, "skor"), weights)
        heavy = store.Signal("uji", "Uji", "Uji", 99)
        store.keep([{**doc.as_dict()}], {doc.name: [heavy, store.Signal("uji2", "Uji", "Uji", 99)]}, set())
        self.assertEqual(frappe.db.get_value(REVIEW, doc.name, "skor"), 100)

    def test_statements_do_not_grow_with_findings(self):
        counts = []
        for size in (2, 8):
            for number in range(size):
                person = (self.staf, self.rekan)[number % 2]
                spot = {"latitude": LAT + size * 1.11e-5, "longitude": LON + number // 2 * 1.11e-5}
                self.recorded(person, perlu_tinjau=1, alasan_tinjau="Undian", **spot)
            with counted() as sent:
                self.assertEqual(scan.batch(), size)
            counts.append(len(sent))
        self.assertLessEqual(abs(counts[0] - counts[1]), 1)
        self.assertLessEqual(max(counts), 25)

    def test_a_photo_that_comes_while_the_scan_runs_is_not_passed_over(self):
        doc = self.recorded(self.staf, foto_status="Tidak Datang")
        original = scan.done

        def photo_first(fresh):
            frappe.db.set_value("Absensi", doc.name, "foto_status", "Ada", update_modified=False)
            original(fresh)

        with patch.object(scan, "done", photo_first):
            scan.batch()
        self.assertIsNone(frappe.db.get_value("Absensi", doc.name, "isyarat_pada"))
        self.assertEqual(scan.batch(), 1)

    def test_words_are_in_the_language_of_the_site_whoever_starts_the_job(self):
        frappe.local.lang = "en"
        with record_language():
            self.assertEqual(frappe._("Repeated Photo"), "Foto Berulang")
        self.assertEqual(frappe.local.lang, "en")

    def test_old_features_are_removed_and_those_of_this_month_are_not(self):
        new, old = self.recorded(self.staf), self.recorded(self.staf)
        self.scanned()
        frappe.db.set_value("Ciri Absensi", old.name, "tanggal", add_days(getdate(), -120))
        scan.features.remove_old()
        self.assertEqual(
            [bool(frappe.db.exists("Ciri Absensi", doc.name)) for doc in (new, old)], [True, False]
        )
