"""Another phone: with a witness where the setting says so, seen by the head, never without trace; and who uses which."""

import frappe
from frappe.utils import add_days, getdate

from spbe_attendance.api import perangkat as api
from spbe_attendance.exceptions import BukanSaksi, NomorAtauPinSalah, PerangkatDicabut
from spbe_attendance.kepegawaian import device_use, devices, pins, rebinding
from spbe_attendance.kepegawaian.exceptions import AkunDitolak, PerangkatMenungguSaksi
from spbe_attendance.kepegawaian.report.perangkat_pegawai import perangkat_pegawai as report
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_absensi, make_lokasi, make_opd, make_pegawai, make_perangkat

PIN = "482915"


class PhoneCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        cls.unit, cls.elsewhere = make_opd(induk=cls.opd.name), make_opd()
        cls.person = make_pegawai(opd=cls.unit.name)
        cls.colleague, cls.stranger = make_pegawai(opd=cls.opd.name), make_pegawai(opd=cls.elsewhere.name)
        cls.admin = make_pegawai(opd=cls.opd.name, roles=("Admin OPD",))
        cls.head = make_pegawai(opd=cls.opd.name, roles=("Kepala OPD",))
        frappe.db.set_value("OPD", cls.opd.name, "kepala", cls.head.name)
        for person in (cls.person, cls.colleague, cls.stranger):
            pins.store(person.name, PIN)

    def setUp(self):
        super().setUp()
        frappe.cache.delete_keys("spbe-pin:")
        self.first = make_perangkat(self.person)
        self.switch(1)

    def switch(self, on):
        frappe.db.set_single_value("Pengaturan Absensi", "ganti_perangkat_dengan_saksi", on)
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")

    def confirm(self, phone, witness, pin=PIN):
        frappe.set_user(self.person.user)
        return api.saksikan(sidik_kunci=phone.sidik_kunci, nomor=witness.nip, pin=pin)

    def status(self, phone):
        return frappe.db.get_value("Perangkat", phone.name, "status")


class TestAnotherPhone(PhoneCase):
    def test_the_first_phone_and_every_phone_without_the_setting_hold_at_once(self):
        self.assertEqual(self.first.status, "Aktif")
        self.switch(0)
        self.assertEqual(make_perangkat(self.person).status, "Aktif")

    def test_the_second_waits_and_what_it_signs_is_to_be_sent_again_later(self):
        second = make_perangkat(self.person)
        self.assertEqual(second.status, "Menunggu Saksi")
        with self.assertRaises(PerangkatMenungguSaksi) as refused:
            devices.key_of(second.sidik_kunci, self.person.name)
        # The phone keeps what is answered so: frontend/src/data/queue/drain.ts.
        self.assertEqual(refused.exception.http_status_code, 425)

    def test_a_colleague_confirms_and_the_first_phone_ends(self):
        second = make_perangkat(self.person)
        self.assertEqual(self.confirm(second, self.colleague), {"status": "Aktif"})
        self.assertEqual((self.status(self.first), self.status(second)), ("Dicabut", "Aktif"))
        self.assertEqual(frappe.db.get_value("Perangkat", second.name, "saksi"), self.colleague.name)
        with self.assertRaises(PerangkatDicabut):
            devices.key_of(self.first.sidik_kunci, self.person.name)

    def test_nobody_confirms_who_is_no_colleague_or_does_not_prove_it(self):
        second = make_perangkat(self.person)
        for witness, pin, refusal in (
            (self.person, PIN, BukanSaksi),
            (self.stranger, PIN, BukanSaksi),
            (self.colleague, "000000", NomorAtauPinSalah),
        ):
            with self.subTest(witness.name), self.assertRaises(refusal):
                self.confirm(second, witness, pin)
        self.assertEqual(self.status(second), "Menunggu Saksi")

    def test_a_phone_of_somebody_else_is_not_confirmed_nor_one_that_does_not_wait(self):
        frappe.set_user("Administrator")
        other = make_perangkat(self.stranger)
        for phone in (other, self.first):
            with self.subTest(phone.name), self.assertRaises(AkunDitolak):
                self.confirm(phone, self.colleague)

    def test_the_admin_approves_in_place_of_a_witness_and_says_why(self):
        second = make_perangkat(self.person)
        frappe.set_user(self.admin.user)
        doc = frappe.get_doc("Perangkat", second.name)
        with self.assertRaises(AkunDitolak):
            doc.sahkan("")
        doc.sahkan("Ponsel lama dijual, kartu pegawai diperiksa")
        self.assertEqual((self.status(self.first), self.status(second)), ("Dicabut", "Aktif"))

    def test_nobody_else_approves_it(self):
        second = make_perangkat(self.person)
        for user in (self.head.user, self.person.user, self.colleague.user):
            frappe.set_user(user)
            with self.subTest(user), self.assertRaises(frappe.PermissionError):
                frappe.get_doc("Perangkat", second.name).sahkan("Mencoba saja")

    def test_the_head_hears_of_it_and_the_record_names_the_witness(self):
        second = make_perangkat(self.person)
        self.confirm(second, self.colleague)
        frappe.set_user("Administrator")
        self.assertEqual(rebinding.tell_heads(self.person.name), [self.head.user])
        why = frappe.db.get_value(
            "Catatan Akun", {"pegawai": self.person.name, "tindakan": "Perangkat Diganti"}, "catatan"
        )
        self.assertIn(self.colleague.nama, why)


class TestWhoUsesWhich(PhoneCase):
    def rows(self, user, **filters):
        frappe.set_user(user)
        return report.execute(filters)[1]

    def test_the_report_has_the_phones_of_ones_own_people_only(self):
        frappe.set_user("Administrator")
        other = make_perangkat(self.stranger)
        names = [row["name"] for row in self.rows(self.admin.user)]
        self.assertIn(self.first.name, names)
        self.assertNotIn(other.name, names)

    def test_unused_ones_are_found_by_their_last_punch_or_their_registration(self):
        self.assertEqual(self.rows(self.admin.user, keadaan="Tidak Dipakai"), [])
        frappe.db.set_value("Perangkat", self.first.name, "terakhir_dipakai", add_days(getdate(), -91))
        self.assertEqual(
            [row["name"] for row in self.rows(self.admin.user, keadaan="Tidak Dipakai")], [self.first.name]
        )

    def test_a_phone_that_several_people_use_names_them(self):
        make_lokasi(opd=self.opd.name)
        for person in (self.person, self.colleague):
            frappe.set_user(person.user)
            make_absensi(perangkat="ponsel-bersama")
        found = self.rows(self.admin.user, keadaan="Dipakai Banyak Orang")
        self.assertEqual(
            {(row["pegawai"], row["orang"]) for row in found},
            {(self.person.name, 2), (self.colleague.name, 2)},
        )
        self.assertEqual(self.rows(self.stranger.user, keadaan="Dipakai Banyak Orang"), [])

    def test_the_last_use_is_noted_from_the_punches(self):
        make_lokasi(opd=self.opd.name)
        frappe.set_user(self.person.user)
        punch = make_absensi()
        frappe.set_user("Administrator")
        punch.db_set("kunci_perangkat", self.first.name, update_modified=False)
        device_use.note_last_use()
        self.assertEqual(
            frappe.db.get_value("Perangkat", self.first.name, "terakhir_dipakai"), getdate(punch.tanggal)
        )
