"""A punch with signed evidence: what is proven, what is left open, what is refused. The server's clock is frozen."""

import json
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

import frappe

from spbe_attendance import exceptions
from spbe_attendance.api import perangkat as api
from spbe_attendance.kehadiran.pencatatan import intake, request
from spbe_attendance.kepegawaian import devices
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import LAT, LON, make_lokasi, make_opd, make_pegawai
from spbe_attendance.tests.phone import Phone, at, punch_fields

MORNING = datetime(2026, 11, 25, 7, 0)
MINUTE = 60_000
HERE = at(LAT, LON)
CLOCKS = (
    "spbe_attendance.kepegawaian.devices.now_datetime",
    "spbe_attendance.kehadiran.pencatatan.proof.now_datetime",
    "spbe_attendance.kehadiran.pencatatan.judgement.now_datetime",
)


class TestBukti(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        opd = make_opd()
        cls.lokasi = make_lokasi(opd=opd.name)
        cls.staf, cls.rekan = make_pegawai(opd=opd.name), make_pegawai(opd=opd.name)
        cls.admin = make_pegawai(opd=opd.name, roles=("Admin OPD",))

    @contextmanager
    def server_at(self, moment):
        patches = [patch(clock, lambda: moment) for clock in CLOCKS]
        for each in patches:
            each.start()
        try:
            yield
        finally:
            for each in patches:
                each.stop()

    def phone(self, person=None, moment=MORNING):
        """Registered, with an anchor of ``moment``."""
        person = person or self.staf
        frappe.set_user(person.user)
        made = Phone(person.name)
        with self.server_at(moment):
            made.take_anchor(devices.anchor_for(person.name))
            api.daftar(**made.registration())
        return made

    def send(self, signed, arrival, person=None, **changes):
        person = person or self.staf
        frappe.set_user(person.user)
        values = punch_fields(signed, **changes)
        with self.server_at(arrival):
            answer = intake.record(request.read_punch(values, photo_required=True), person.as_dict())
        return frappe.get_doc("Absensi", answer["name"])

    def test_a_punch_captured_in_time_and_sent_hours_later_was_in_time(self):
        phone = self.phone()
        phone.pass_time(25 * MINUTE)
        doc = self.send(phone.capture(**HERE), MORNING + timedelta(hours=4))

        self.assertEqual(doc.waktu_awal, MORNING + timedelta(minutes=25))
        self.assertLess(doc.waktu_akhir, MORNING + timedelta(minutes=25, seconds=5))
        self.assertEqual(doc.waktu_tiba, MORNING + timedelta(hours=4))
        self.assertEqual((doc.sumber, doc.status, str(doc.tanggal)), ("Luring", "Sah", "2026-11-25"))
        self.assertIn("07.25", doc.penjelasan)

    def test_a_punch_sent_at_once_has_the_time_of_its_capture_not_of_a_busy_servers_answer(self):
        phone = self.phone()
        phone.pass_time(29 * MINUTE)
        doc = self.send(phone.capture(**HERE), MORNING + timedelta(minutes=30, seconds=40))

        self.assertEqual((doc.sumber, doc.status), ("PWA", "Sah"))
        self.assertLess(doc.waktu_akhir, MORNING + timedelta(minutes=30))

    def test_a_clock_set_back_makes_nobody_earlier_and_is_noted(self):
        phone = self.phone()
        phone.pass_time(70 * MINUTE)
        phone.set_clock(-45 * MINUTE)
        doc = self.send(phone.capture(**HERE), MORNING + timedelta(minutes=71))

        self.assertEqual(doc.waktu_awal, MORNING + timedelta(minutes=70))
        self.assertEqual(doc.waktu, doc.waktu_awal)
        self.assertTrue(doc.catatan_waktu)

    def test_a_killed_page_widens_the_interval_and_asks_for_a_look(self):
        phone = self.phone()
        phone.pass_time(25 * MINUTE)
        phone.reload()
        doc = self.send(phone.capture(**HERE), MORNING + timedelta(hours=1))

        self.assertEqual((doc.waktu_awal, doc.waktu_akhir), (MORNING, MORNING + timedelta(hours=1)))
        self.assertEqual((doc.status, doc.perlu_tinjau), ("Sah", 1))
        # By its own clock, as far as nothing speaks against it.
        self.assertEqual(doc.waktu.replace(microsecond=0), MORNING + timedelta(minutes=25))

    def test_a_punch_that_may_be_of_another_day_waits_for_the_head(self):
        phone = self.phone(moment=MORNING - timedelta(hours=15))
        phone.reload()
        phone.set_clock(15 * 60 * MINUTE)
        doc = self.send(phone.capture(**HERE), MORNING + timedelta(minutes=20))

        self.assertEqual((doc.status, doc.perlu_tinjau), ("Menunggu Persetujuan", 1))

    def test_evidence_without_contact_for_too_long_waits_for_the_head(self):
        phone = self.phone(moment=MORNING - timedelta(days=4))
        phone.pass_time(4 * 24 * 60 * MINUTE)
        doc = self.send(phone.capture(**HERE), MORNING + timedelta(minutes=20))

        self.assertEqual(doc.status, "Menunggu Persetujuan")
        self.assertIn("72", doc.penjelasan)

    def test_where_offline_is_switched_off_only_punches_sent_at_once_count(self):
        phone = self.phone()
        frappe.set_user("Administrator")
        settings = frappe.get_single("Pengaturan Absensi")
        settings.luring_aktif = 0
        settings.save()
        first, second = phone.capture(**HERE), phone.capture(**HERE)

        self.assertEqual(self.send(first, MORNING + timedelta(minutes=1)).sumber, "PWA")
        with self.assertRaises(exceptions.LuringTidakDiizinkan):
            self.send(second, MORNING + timedelta(hours=1))

    def test_the_same_entry_again_is_the_same_punch(self):
        bukti = self.phone().capture(**HERE)
        first = self.send(bukti, MORNING + timedelta(minutes=1))
        again = self.send(bukti, MORNING + timedelta(hours=2))

        self.assertEqual((again.name, again.waktu_tiba), (first.name, first.waktu_tiba))

    def test_entries_may_arrive_in_any_order_and_bound_each_other(self):
        phone = self.phone()
        phone.pass_time(10 * MINUTE)
        phone.reload()
        first = phone.capture(**HERE)
        second = phone.capture(**HERE, j="Pulang")
        third = phone.capture(**HERE, j="Pulang")

        late = self.send(third, MORNING + timedelta(hours=9))
        early = self.send(first, MORNING + timedelta(hours=10))
        between = self.send(second, MORNING + timedelta(hours=11))

        self.assertEqual(early.waktu_akhir, late.waktu_akhir)
        self.assertEqual(between.waktu_akhir, late.waktu_akhir)
        self.assertEqual([early.bukti_urutan, between.bukti_urutan, late.bukti_urutan], [1, 2, 3])

    def test_two_entries_with_one_number_are_a_copied_queue(self):
        phone = self.phone()
        first = phone.capture(**HERE)
        phone.number, phone.previous = 0, ""
        twin = phone.capture(**HERE)
        self.send(first, MORNING + timedelta(minutes=1))

        with self.assertRaises(exceptions.UrutanBuktiTerpakai):
            self.send(twin, MORNING + timedelta(minutes=2))

    def test_an_entry_that_follows_another_history_is_a_copied_queue(self):
        phone = self.phone()
        self.send(phone.capture(**HERE), MORNING + timedelta(minutes=1))

        with self.assertRaises(exceptions.UrutanBuktiTerpakai):
            self.send(phone.capture(**HERE, h="cd" * 32), MORNING + timedelta(minutes=2))

    def test_a_refused_entry_leaves_a_gap_that_is_noted_but_harms_nobody(self):
        phone = self.phone()
        self.send(phone.capture(**HERE), MORNING + timedelta(minutes=1))
        phone.capture(**HERE)

        doc = self.send(phone.capture(**HERE), MORNING + timedelta(minutes=3))

        self.assertEqual((doc.status, doc.bukti_urutan), ("Sah", 3))
        self.assertTrue(doc.catatan_waktu)

    def test_nobody_sends_what_somebody_else_captured(self):
        bukti = self.phone().capture(**HERE)
        with self.assertRaises(exceptions.BuktiOrangLain):
            self.send(bukti, MORNING + timedelta(minutes=1), person=self.rekan)

    def test_a_foreign_an_unknown_and_a_revoked_key_are_refused(self):
        mine, theirs = self.phone(), self.phone(self.rekan)
        forged = theirs.signed({**theirs.body(**HERE), "p": self.staf.name, "a": mine.anchor})
        with self.assertRaises(exceptions.PerangkatMilikOrangLain):
            self.send(forged, MORNING + timedelta(minutes=1))

        fresh = Phone(self.staf.name)
        fresh.take_anchor(mine.anchor)
        with self.assertRaises(exceptions.PerangkatTidakDikenal):
            self.send(fresh.capture(**HERE), MORNING + timedelta(minutes=1))

        frappe.set_user(self.admin.user)
        name = frappe.db.get_value("Perangkat", {"sidik_kunci": mine.thumbprint})
        frappe.get_doc("Perangkat", name).cabut("Ponsel hilang di kapal")
        with self.assertRaises(exceptions.PerangkatDicabut):
            self.send(mine.capture(**HERE), MORNING + timedelta(minutes=1))

    def test_a_key_belongs_to_whoever_registered_it_first(self):
        phone = self.phone()
        frappe.set_user(self.rekan.user)
        with self.server_at(MORNING):
            phone.take_anchor(devices.anchor_for(self.rekan.name))
            with self.assertRaises(exceptions.PerangkatMilikOrangLain):
                api.daftar(**phone.registration())

    def test_a_key_is_registered_by_its_holder_alone_and_only_once(self):
        phone = self.phone()
        with self.server_at(MORNING):
            again = api.daftar(**phone.registration())
            stolen = {**phone.registration(), "kunci": json.dumps(Phone(self.staf.name).key.jwk())}
            with self.assertRaises(exceptions.BuktiTidakSah):
                api.daftar(**stolen)
        self.assertEqual(frappe.db.count("Perangkat", {"sidik_kunci": again["sidik_kunci"]}), 1)

    def test_altered_evidence_foreign_anchors_and_nonsense_are_refused_with_a_reason(self):
        phone = self.phone()
        altered = phone.capture(**HERE)
        altered["isi"]["wc"] += 1
        foreign = phone.capture(**HERE, a=self.phone(self.rekan).anchor)
        invented = phone.capture(**HERE, a="e30.AAAA")
        for bukti in (altered, foreign, invented):
            with self.assertRaises(exceptions.BuktiTidakSah):
                self.send(bukti, MORNING + timedelta(minutes=1))
        for nonsense in ("x", "[]", "{}", {"isi": 1}, [1], "{" * 2000, 7):
            with self.subTest(nonsense), self.assertRaises(exceptions.BuktiTidakSah):
                self.send(phone.capture(**HERE), MORNING, bukti=nonsense)

    def test_what_is_sent_beside_the_evidence_must_say_the_same(self):
        phone = self.phone()
        for change in (
            {"jenis": "Pulang"},
            {"latitude": LAT + 0.001},
            {"akurasi": 3},
            {"foto_sha256": "cd" * 32},
            {"id_klien": "00000000-0000-4000-8000-000000000000"},
        ):
            with self.subTest(change), self.assertRaises(exceptions.BuktiTidakSah):
                self.send(phone.capture(**HERE), MORNING + timedelta(minutes=1), **change)

    def test_a_reason_may_be_added_after_the_capture(self):
        bukti = self.phone().capture(**at(LAT + 0.02, LON))
        with self.assertRaises(exceptions.DiLuarLokasi):
            self.send(bukti, MORNING + timedelta(minutes=1))

        doc = self.send(bukti, MORNING + timedelta(minutes=5), alasan="Rapat di kantor camat")

        self.assertEqual((doc.status, doc.alasan), ("Menunggu Persetujuan", "Rapat di kantor camat"))

    def test_evidence_of_another_person_is_refused_also_when_bkpsdm_enters_it(self):
        bukti = self.phone().capture(**HERE)
        frappe.set_user("Administrator")
        with self.assertRaises(exceptions.BuktiOrangLain), self.server_at(MORNING):
            frappe.get_doc(
                {
                    "doctype": "Absensi",
                    "pegawai": self.staf.name,
                    **punch_fields(bukti, bukti=json.dumps(bukti)),
                }
            ).insert()

    def test_only_the_admin_and_bkpsdm_revoke_and_say_why(self):
        phone = self.phone()
        name = frappe.db.get_value("Perangkat", {"sidik_kunci": phone.thumbprint})
        with self.assertRaises(frappe.PermissionError):
            frappe.get_doc("Perangkat", name).cabut("karena saya mau")
        frappe.set_user(self.admin.user)
        with self.assertRaises(frappe.ValidationError):
            frappe.get_doc("Perangkat", name).cabut("  ")
        self.assertEqual(frappe.db.get_value("Perangkat", name, "status"), "Aktif")
