"""A punch on somebody else's device: own number and PIN, live photo, named witness, a quota, and always for the head to see."""

import frappe

from spbe_attendance import exceptions
from spbe_attendance.api import absensi, saksi, sesi
from spbe_attendance.kehadiran.pencatatan import photo
from spbe_attendance.kehadiran.saksi import kiosk, witness
from spbe_attendance.kepegawaian import pins
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import LAT, make_lokasi, make_opd, make_pegawai, punch
from spbe_attendance.tests.factories import photo as picture

PIN, PIN_SAKSI, PASSWORD = "482915", "739164", "Rahasia-Uji-17"


class TestSaksi(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        make_lokasi(opd=cls.opd.name)
        cls.staf, cls.rekan = make_pegawai(opd=cls.opd.name), make_pegawai(opd=cls.opd.name)
        cls.kepala = make_pegawai(opd=cls.opd.name, roles=("Kepala OPD",))
        for person, pin in ((cls.staf, PIN), (cls.rekan, PIN_SAKSI)):
            frappe.utils.password.update_password(person.name, pin, doctype="Pegawai", fieldname="pin")

    def setUp(self):
        super().setUp()
        frappe.cache.delete_keys(pins.COUNTERS)
        frappe.set_user(self.rekan.user)

    def asked(self, **changes):
        return {**punch(), "nomor": self.staf.nip, "pin": PIN, "sebab": "Ponsel Mati", **changes}

    def kios(self):
        frappe.set_user("Administrator")
        doc = frappe.get_doc({"doctype": "Kios Absensi", "nama_kios": "Loket", "opd": self.opd.name}).insert()
        kiosk.open_account(doc)
        doc.reload()
        return doc

    def test_a_colleague_carries_a_punch_that_names_both_and_waits_for_a_look(self):
        answer = saksi.catat(**self.asked())
        doc = frappe.get_doc("Absensi", answer["name"])

        self.assertEqual((doc.pegawai, doc.saksi, doc.sumber), (self.staf.name, self.rekan.name, "Saksi"))
        self.assertEqual((doc.status, doc.perlu_tinjau, doc.sebab_saksi), ("Sah", 1, "Ponsel Mati"))
        self.assertIn(self.rekan.nama, doc.penjelasan)
        self.assertEqual((answer["nama"], answer["sisa_kuota"]), (self.staf.nama, 2))

    def test_the_head_sees_it(self):
        name = saksi.catat(**self.asked())["name"]
        frappe.set_user(self.kepala.user)
        rows = frappe.get_list("Absensi", {"perlu_tinjau": 1, "name": name}, ["saksi", "alasan_tinjau"])

        self.assertEqual([row.saksi for row in rows], [self.rekan.name])
        self.assertIn(self.rekan.nama, rows[0].alasan_tinjau)

    def test_the_same_punch_again_costs_no_quota(self):
        asked = self.asked()
        first, again = saksi.catat(**asked), saksi.catat(**asked)

        self.assertEqual((again["name"], again["duplikat"]), (first["name"], True))
        self.assertEqual(again["sisa_kuota"], 2)

    def test_wrong_pin_unknown_number_and_missing_pin_give_one_answer(self):
        answers = set()
        for change in (
            {"pin": "000001"},
            {"nomor": "199001012020011999"},
            {"nomor": self.kepala.nip},
            {"pin": None},
            {"nomor": {"a": 1}},
        ):
            with self.subTest(change), self.assertRaises(exceptions.NomorAtauPinSalah) as refused:
                saksi.catat(**self.asked(**change))
            answers.add(str(refused.exception))
        self.assertEqual(len(answers), 1)
        self.assertFalse(frappe.db.exists("Absensi", {"pegawai": self.staf.name}))

    def test_guessing_ends_after_a_few_mistakes_also_for_the_right_pin(self):
        for _attempt in range(pins.MAX_FAILURES):
            with self.assertRaises(exceptions.NomorAtauPinSalah):
                saksi.catat(**self.asked(pin="000001"))
        with self.assertRaises(exceptions.TerlaluSeringSalah):
            saksi.catat(**self.asked())

    def test_a_right_pin_forgives_the_mistakes_before_it(self):
        for _turn in range(2):
            for _attempt in range(pins.MAX_FAILURES - 1):
                with self.assertRaises(exceptions.NomorAtauPinSalah):
                    saksi.catat(**self.asked(pin="000001"))
            self.assertTrue(saksi.catat(**self.asked())["name"])

    def test_right_pins_of_many_people_never_lock_the_device(self):
        for _turn in range(pins.MAX_FAILURES_OF_SESSION + 1):
            self.assertEqual(pins.person_with(self.staf.nip, PIN)["name"], self.staf.name)

    def test_nobody_is_their_own_witness(self):
        frappe.set_user(self.staf.user)
        with self.assertRaises(exceptions.BukanSaksi):
            saksi.catat(**self.asked())

    def test_the_quota_of_the_month_holds(self):
        for _turn in range(3):
            saksi.catat(**self.asked())
        with self.assertRaises(exceptions.KuotaSaksiHabis):
            saksi.catat(**self.asked())

    def test_quota_zero_switches_it_off(self):
        frappe.set_user("Administrator")
        settings = frappe.get_single("Pengaturan Absensi")
        settings.kuota_saksi_bulanan = 0
        settings.save()
        frappe.set_user(self.rekan.user)
        with self.assertRaises(exceptions.KuotaSaksiHabis):
            saksi.catat(**self.asked())

    def test_a_photo_is_always_needed_and_only_the_carrier_sends_it(self):
        with self.assertRaises(exceptions.PermintaanTidakSah):
            saksi.catat(**self.asked(foto_sha256=None))
        asked = self.asked()
        name = saksi.catat(**asked)["name"]
        frappe.set_user(self.kepala.user)
        with self.assertRaises(exceptions.AbsensiTidakDitemukan):
            photo.attach(asked["id_klien"], witness.photo_filters(), picture())
        frappe.set_user(self.rekan.user)
        self.assertTrue(photo.attach(asked["id_klien"], witness.photo_filters(), picture())["diterima"])
        self.assertEqual(frappe.db.get_value("Absensi", name, "foto_status"), "Ada")

    def test_the_place_is_judged_as_ever(self):
        with self.assertRaises(exceptions.DiLuarLokasi):
            saksi.catat(**self.asked(latitude=LAT + 0.02))

    def test_bad_causes_and_named_persons_are_refused(self):
        for change in ({"sebab": "Malas"}, {"sebab": None}, {"sebab": ["Ponsel Mati"]}):
            with self.subTest(change), self.assertRaises(exceptions.PermintaanTidakSah):
                saksi.catat(**self.asked(**change))
        with self.assertRaises(exceptions.PegawaiTidakBolehDisebut):
            saksi.catat(**self.asked(pegawai=self.staf.name))

    def test_a_punch_of_ones_own_or_by_hand_never_names_a_witness(self):
        doc = frappe.get_doc(
            {
                "doctype": "Absensi",
                **punch(),
                "saksi": self.staf.name,
                "sumber": "Saksi",
                "flags": {"witnessed": {}},
            }
        ).insert()
        self.assertEqual((doc.saksi, doc.sumber, doc.pegawai), (None, "PWA", self.rekan.name))

    def test_on_a_kiosk_the_witness_proves_to_be_there_too(self):
        kios = self.kios()
        frappe.set_user(kios.user)
        with self.assertRaises(exceptions.NomorAtauPinSalah):
            saksi.catat(**self.asked(nomor_saksi=self.rekan.nip, pin_saksi="000001"))

        answer = saksi.catat(**self.asked(nomor_saksi=self.rekan.nip, pin_saksi=PIN_SAKSI))

        stored = frappe.db.get_value("Absensi", answer["name"], ["pegawai", "saksi", "kios"])
        self.assertEqual(stored, (self.staf.name, self.rekan.name, kios.name))

    def test_a_kiosk_punches_for_nobody_by_itself_and_reads_nothing(self):
        kios = self.kios()
        frappe.set_user(kios.user)
        with self.assertRaises(exceptions.BukanPegawai):
            absensi.catat(**punch())
        for doctype in ("Absensi", "Pegawai", "OPD", "Perangkat", "Kios Absensi"):
            with self.subTest(doctype):
                self.assertFalse(frappe.has_permission(doctype, "read"))

    def test_the_session_of_a_kiosk_says_so_and_is_nobody(self):
        self.assertIsNone(sesi.info()["kios"])
        frappe.set_user(self.kios().user)
        told = sesi.info()
        self.assertEqual((told["kios"], told["pegawai"]), ({"nama_kios": "Loket"}, None))

    def test_the_account_of_a_kiosk_never_administers_the_system(self):
        user = frappe.get_doc("User", self.kios().user)
        user.append("roles", {"role": "System Manager"})
        user.save()
        self.assertEqual([row.role for row in user.roles], ["Kios SPBE"])

    def test_a_kiosk_that_is_switched_off_takes_nothing(self):
        kios = self.kios()
        kios.aktif = 0
        kios.save()
        self.assertFalse(frappe.db.get_value("User", kios.user, "enabled"))
        frappe.set_user(kios.user)
        with self.assertRaises(exceptions.BukanSaksi):
            saksi.catat(**self.asked(nomor_saksi=self.rekan.nip, pin_saksi=PIN_SAKSI))

    def test_a_witness_of_many_is_pointed_out(self):
        frappe.set_user("Administrator")
        settings = frappe.get_single("Pengaturan Absensi")
        settings.batas_saksi_harian = 1
        settings.save()
        frappe.set_user(self.rekan.user)
        first, second = saksi.catat(**self.asked()), saksi.catat(**self.asked())

        told = [frappe.db.get_value("Absensi", row["name"], "alasan_tinjau") for row in (first, second)]
        # Invented names end in a number of their own.
        self.assertNotIn("2", told[0].replace(self.rekan.nama, "").rsplit("\n", 1)[-1])
        self.assertEqual(len(told[1].split("\n")), len(told[0].split("\n")) + 1)

    def test_a_pin_is_set_with_the_own_password_and_not_easily_guessed(self):
        frappe.utils.password.update_password(self.rekan.user, PASSWORD)
        for pin in ("123456", "111111", "987654", self.rekan.nip[3:9], "12345", "12345a", 482915):
            with self.subTest(pin), self.assertRaises(exceptions.PinTidakSah):
                saksi.atur_pin(pin=pin, kata_sandi=PASSWORD)
        with self.assertRaises(exceptions.PinTidakSah):
            saksi.atur_pin(pin="603847", kata_sandi="salah")

        self.assertEqual(saksi.atur_pin(pin="603847", kata_sandi=PASSWORD), {"punya_pin": True})
        self.assertEqual(pins.person_with(self.rekan.nip, "603847")["name"], self.rekan.name)

    def test_the_form_tells_what_is_needed(self):
        form = saksi.isian()
        self.assertEqual((form["kios"], form["punya_pin"], form["kuota"]), (None, True, 3))
        kios = self.kios()
        frappe.set_user(kios.user)
        self.assertEqual(saksi.isian()["kios"]["nama_kios"], "Loket")
