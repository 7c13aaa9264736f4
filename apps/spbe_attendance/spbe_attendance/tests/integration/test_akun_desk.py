"""What others do with an account: who may, what it leaves behind; and the person's first log-in."""

import re
from io import BytesIO
from unittest.mock import patch

import frappe
from pypdf import PdfReader

from spbe_attendance.api import akun
from spbe_attendance.exceptions import PinTidakSah, TerlaluSeringSalah
from spbe_attendance.kepegawaian import account_desk, activation, first_login, pins
from spbe_attendance.kepegawaian.exceptions import (
    AkunDitolak,
    AkunTertutup,
    KataSandiLemah,
    KodeAktivasiSalah,
)
from spbe_attendance.kepegawaian.slip import job as slips
from spbe_attendance.pemantauan.cetak import job as files
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user

PASSWORD, PIN = "perahu-kopi-senja", "482915"
WHY = "Datang sendiri, kartu pegawai diperiksa"


class AccountCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd, cls.elsewhere = make_opd(), make_opd()
        cls.unit = make_opd(induk=cls.opd.name)
        cls.admin = make_pegawai(opd=cls.opd.name, roles=("Admin OPD",))
        cls.head = make_pegawai(opd=cls.opd.name, roles=("Kepala OPD",))
        cls.person = make_pegawai(opd=cls.unit.name)
        cls.stranger = make_pegawai(opd=cls.elsewhere.name)
        cls.bkpsdm = make_role_user("BKPSDM")

    def setUp(self):
        super().setUp()
        frappe.cache.delete_keys("spbe-pin:")


class TestCodesOnTheScreen(AccountCase):
    def test_the_admin_gives_a_code_to_people_of_the_own_subtree(self):
        frappe.set_user(self.admin.user)
        code = akun.terbitkan_kode(self.person.name, WHY)
        self.assertEqual(activation.holder(code["kode"])["name"], self.person.name)
        self.assertTrue(code["tautan"].endswith(f"/absen/aktivasi#{code['kode']}"))
        self.assertNotIn(self.person.nip, code["tautan"])

    def test_nobody_gives_one_who_may_not(self):
        for user, target in (
            (self.admin.user, self.stranger),  # another OPD
            (self.admin.user, self.head),  # further rights: the admin could use them
            (self.admin.user, self.admin),  # the own account
            (self.head.user, self.person),
            (self.person.user, self.person),
            (make_role_user("Pimpinan"), self.person),
            (make_role_user("Wali Data"), self.person),
        ):
            frappe.set_user(user)
            with self.subTest(user=user, target=target.name), self.assertRaises(frappe.PermissionError):
                akun.terbitkan_kode(target.name, WHY)

    def test_bkpsdm_gives_one_to_a_head(self):
        frappe.set_user(self.bkpsdm)
        self.assertTrue(akun.terbitkan_kode(self.head.name, WHY)["kode"])

    def test_an_account_that_was_made_elsewhere_is_never_opened_by_a_code(self):
        owner = make_role_user("System Manager")
        person = make_pegawai(opd=self.opd.name, with_user=False, user=owner)
        frappe.set_user(self.bkpsdm)
        with self.assertRaises((frappe.PermissionError, AkunDitolak)):
            akun.terbitkan_kode(person.name, WHY)
        with self.assertRaises(AkunDitolak):
            activation.issue([person.name])

    def test_how_the_identity_was_checked_must_be_said(self):
        frappe.set_user(self.admin.user)
        for note in (None, "", "ok", 5, ["KTP"]):
            with self.subTest(note), self.assertRaises(AkunDitolak):
                akun.terbitkan_kode(self.person.name, note)


class TestLocks(AccountCase):
    def test_a_locked_account_cannot_log_in_and_gets_no_code(self):
        frappe.set_user(self.admin.user)
        self.assertTrue(akun.kunci(self.person.name, "Ponsel dan kata sandi dicuri")["dikunci"])
        self.assertEqual(frappe.db.get_value("User", self.person.user, "enabled"), 0)
        with self.assertRaises(AkunTertutup):
            akun.terbitkan_kode(self.person.name, WHY)
        self.assertFalse(akun.buka_kunci(self.person.name, "Sudah jelas siapa")["dikunci"])
        self.assertEqual(frappe.db.get_value("User", self.person.user, "enabled"), 1)

    def test_codes_that_were_out_end_with_the_lock(self):
        (code,) = activation.issue([self.person.name])
        account_desk.lock(self.person.name, "Slip hilang di jalan")
        account_desk.unlock(self.person.name, "Slip baru dibuat")
        with self.assertRaises(KodeAktivasiSalah):
            activation.holder(code.kode)

    def test_coming_back_into_service_does_not_unlock(self):
        account_desk.lock(self.person.name, "Ditelusuri Inspektorat")
        person = frappe.get_doc("Pegawai", self.person.name)
        for status in ("Nonaktif", "Aktif"):
            person.status = status
            person.save()
        self.assertEqual(frappe.db.get_value("User", person.user, "enabled"), 0)

    def test_no_form_and_no_import_locks_or_unlocks(self):
        account_desk.lock(self.person.name, "Ditelusuri Inspektorat")
        frappe.set_user(self.admin.user)
        person = frappe.get_doc("Pegawai", self.person.name)
        person.akun_dikunci = 0
        person.save()
        self.assertEqual(frappe.db.get_value("Pegawai", person.name, "akun_dikunci"), 1)

    def test_nobody_locks_who_may_not_give_codes(self):
        for method in (akun.kunci, akun.buka_kunci):
            for user, target in (
                (self.admin.user, self.stranger),
                (self.admin.user, self.head),
                (self.head.user, self.person),
            ):
                frappe.set_user(user)
                with self.subTest(method.__name__, user=user), self.assertRaises(frappe.PermissionError):
                    method(target.name, "Mencoba saja")

    def test_who_and_why_stay_on_record_for_those_who_see_the_row(self):
        frappe.set_user(self.admin.user)
        akun.kunci(self.person.name, "Ponsel dan kata sandi dicuri")
        self.assertEqual(
            frappe.get_list(
                "Catatan Akun", {"pegawai": self.person.name, "tindakan": "Akun Dikunci"}, ["oleh", "catatan"]
            ),
            [{"oleh": self.admin.user, "catatan": "Ponsel dan kata sandi dicuri"}],
        )
        frappe.set_user(self.stranger.user)
        self.assertEqual(frappe.get_list("Catatan Akun"), [])


class TestFirstLogIn(AccountCase):
    def open_account(self, **values):
        with patch.object(first_login, "clear_sessions") as ended:
            user = first_login.open_account({"kata_sandi": PASSWORD, "pin": PIN, **values})
        self.ended = ended.call_args.kwargs.get("user")
        return user

    def test_code_password_and_pin_open_the_account(self):
        person = make_pegawai(with_user=False, opd=self.opd.name)
        (code,) = activation.issue([person.name])
        seen = akun.periksa_kode(kode=code.kode)
        self.assertEqual(seen, {"nama": person.nama, "nomor": person.nip, "keperluan": "Akun Baru"})
        user = self.open_account(kode=code.kode)
        self.assertEqual(frappe.utils.password.check_password(user, PASSWORD), user)
        self.assertEqual(pins.person_with(person.nip, PIN)["name"], person.name)
        self.assertEqual(self.ended, user)
        self.assertEqual(
            frappe.get_all(
                "Catatan Akun", {"pegawai": person.name, "tindakan": "Akun Diaktifkan"}, pluck="oleh"
            ),
            [user],
        )

    def test_looking_does_not_use_the_code_up_and_opening_does(self):
        (code,) = activation.issue([self.person.name])
        akun.periksa_kode(kode=code.kode)
        self.open_account(kode=code.kode)
        with self.assertRaises(KodeAktivasiSalah):
            self.open_account(kode=code.kode)

    def test_until_then_no_password_works(self):
        person = make_pegawai(with_user=False)
        activation.issue([person.name])
        self.assertEqual(activation.without_password([person.name]), [person.name])

    def test_what_others_would_guess_is_refused_and_the_code_still_works(self):
        person = make_pegawai(nama="Siti Rahmah", tanggal_lahir="1990-04-17")
        (code,) = activation.issue([person.name])
        for password in (
            "pendek",
            "password",
            "12345678",
            f"aku{person.nip}",
            "Siti-perahu-kopi",
            "hari17041990-ya",
            None,
            7,
            "x" * 300,
        ):
            with self.subTest(password), self.assertRaises(KataSandiLemah):
                self.open_account(kode=code.kode, kata_sandi=password)
        for pin in ("123456", "111111", "170490", "12345", None, 482915):
            with self.subTest(pin), self.assertRaises(PinTidakSah):
                self.open_account(kode=code.kode, pin=pin)
        self.assertTrue(self.open_account(kode=code.kode))

    def test_odd_values_are_wrong_codes(self):
        for kode in (None, "", 5, [], {"a": 1}, "A" * 5000):
            with self.subTest(str(kode)[:20]), self.assertRaises(KodeAktivasiSalah):
                akun.periksa_kode(kode=kode, nomor="199001012015031001x")

    def test_changing_the_password_needs_the_old_one(self):
        frappe.utils.password.update_password(self.person.user, PASSWORD)
        frappe.set_user(self.person.user)
        with self.assertRaises(KataSandiLemah):
            akun.ganti_kata_sandi(lama="bukan-itu-sama-sekali", baru="kelapa-gunung-radio")
        akun.ganti_kata_sandi(lama=PASSWORD, baru="kelapa-gunung-radio")
        self.assertTrue(frappe.utils.password.check_password(self.person.user, "kelapa-gunung-radio"))

    def test_guesses_at_the_old_password_are_counted(self):
        frappe.set_user(self.person.user)
        for _guess in range(pins.MAX_FAILURES):
            with self.assertRaises(KataSandiLemah):
                akun.ganti_kata_sandi(lama="tebakan", baru="kelapa-gunung-radio")
        with self.assertRaises(TerlaluSeringSalah):
            akun.ganti_kata_sandi(lama="tebakan", baru="kelapa-gunung-radio")

    def test_no_reset_by_mail_for_invented_addresses(self):
        with self.assertRaises(AkunDitolak):
            frappe.get_doc("User", self.person.user).validate_reset_password()


class TestSlips(AccountCase):
    def printed(self, user, opd, **values):
        frappe.set_user(user)
        key = "uji" + frappe.generate_hash(length=8)
        slips.make(key, opd, values.get("bawahan", 1), values.get("semua", 0), user)
        file = frappe.get_last_doc("File", {"folder": f"Home/{slips.FOLDER}"})
        pages = PdfReader(BytesIO(file.get_content())).pages
        return file, " ".join(" ".join(page.extract_text() for page in pages).split())

    def test_the_paper_has_name_number_and_a_code_that_works(self):
        file, text = self.printed(self.admin.user, self.opd.name)
        self.assertIn(self.person.nama, text)
        self.assertIn(self.person.nip, text)
        codes = re.findall(r"[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}", text)
        self.assertIn(self.person.name, [activation.holder(code)["name"] for code in codes])
        self.assertEqual((file.is_private, file.owner), (1, self.admin.user))

    def test_heads_and_strangers_are_not_on_the_admins_paper(self):
        _file, text = self.printed(self.admin.user, self.opd.name, semua=1)
        for other in (self.head, self.admin, self.stranger):
            self.assertNotIn(other.nip, text)
        counted = akun.hitung_slip(self.opd.name, 1, 1)
        self.assertEqual((counted["orang"], counted["dikecualikan"]), (1, 2))

    def test_bkpsdm_prints_everybody(self):
        _file, text = self.printed(self.bkpsdm, self.opd.name, semua=1)
        self.assertIn(self.head.nip, text)

    def test_slips_of_a_foreign_opd_are_refused(self):
        for user, opd in (
            (self.admin.user, self.elsewhere.name),
            (self.head.user, self.opd.name),
            (self.person.user, self.unit.name),
        ):
            frappe.set_user(user)
            for method in (akun.hitung_slip, akun.cetak_slip):
                with (
                    self.subTest(user=user, method=method.__name__),
                    self.assertRaises(frappe.PermissionError),
                ):
                    method(opd, 1, 1)

    def test_rights_that_were_lost_while_it_waited_stop_the_job(self):
        frappe.set_user(self.admin.user)
        with (
            patch.object(slips, "choose", side_effect=frappe.PermissionError),
            patch.object(frappe.db, "rollback"),
        ):
            slips.run("uji-hilang", self.opd.name, 1, 0, self.admin.user)
        self.assertIn("gagal", files.state("uji-hilang", self.admin.user))

    def test_the_file_and_the_job_are_their_askers_alone(self):
        file, _text = self.printed(self.admin.user, self.opd.name)
        for user in (self.head.user, self.person.user, self.stranger.user):
            self.assertFalse(frappe.has_permission("File", "read", doc=file, user=user))
        files.say(self.admin.user, "kunci-admin", 50, "…")
        with self.assertRaises(frappe.ValidationError):
            files.state("kunci-admin", self.head.user)

    def test_a_job_that_breaks_off_leaves_the_codes_from_before(self):
        (code,) = activation.issue([self.person.name])
        frappe.set_user(self.admin.user)
        with patch.object(slips.page, "write", side_effect=RuntimeError), self.assertRaises(RuntimeError):
            slips.make("uji-rusak", self.opd.name, 1, 0, self.admin.user)
        self.assertEqual(activation.holder(code.kode)["name"], self.person.name)

    def test_the_files_are_gone_after_a_day(self):
        file, _text = self.printed(self.admin.user, self.opd.name)
        frappe.set_user("Administrator")
        file.db_set("creation", frappe.utils.add_days(frappe.utils.now(), -2), update_modified=False)
        slips.remove_old()
        self.assertFalse(frappe.db.exists("File", file.name))
