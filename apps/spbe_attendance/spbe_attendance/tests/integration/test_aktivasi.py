"""One-time codes: who holds them, how often they work, and what is kept of them."""

import frappe
from freezegun import freeze_time

from spbe_attendance.exceptions import TerlaluSeringSalah
from spbe_attendance.kepegawaian import activation
from spbe_attendance.kepegawaian.exceptions import AkunTertutup, KodeAktivasiSalah, NomorDiperlukan
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_pegawai


class TestCodes(SiteTestCase):
    def setUp(self):
        super().setUp()
        frappe.cache.delete_keys("spbe-pin:")

    def test_a_code_makes_the_account_and_leads_to_its_person(self):
        person = make_pegawai(with_user=False)
        (issued,) = activation.issue([person.name])
        self.assertEqual(activation.holder(issued.kode)["name"], person.name)
        self.assertTrue(frappe.db.get_value("Pegawai", person.name, "user"))

    def test_the_number_beside_the_code_must_be_the_persons(self):
        person, other = make_pegawai(), make_pegawai()
        (issued,) = activation.issue([person.name])
        self.assertEqual(activation.holder(issued.kode, person.nip)["name"], person.name)
        with self.assertRaises(KodeAktivasiSalah):
            activation.holder(issued.kode, other.nip)

    def test_a_code_is_read_whatever_way_it_is_typed(self):
        (issued,) = activation.issue([make_pegawai().name])
        for typed in (
            issued.kode.lower(),
            issued.kode.replace("-", " "),
            f" {issued.kode.replace('-', '')} ",
        ):
            with self.subTest(typed):
                self.assertTrue(activation.holder(typed))

    def test_no_code_has_letters_that_look_alike(self):
        issued = activation.issue([make_pegawai().name for _person in range(3)])
        for one in issued:
            self.assertRegex(one.kode, r"\A[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}\Z")

    def test_only_a_fingerprint_is_stored(self):
        (issued,) = activation.issue([make_pegawai().name])
        row = frappe.get_all("Kode Aktivasi", {"pegawai": issued.pegawai}, ["*"])[0]
        self.assertNotIn(issued.kode.replace("-", ""), str(row).replace("-", ""))

    def test_the_next_code_ends_the_one_before(self):
        person = make_pegawai()
        (first,), (second,) = activation.issue([person.name]), activation.issue([person.name])
        with self.assertRaises(KodeAktivasiSalah):
            activation.holder(first.kode)
        self.assertTrue(activation.holder(second.kode))

    def test_a_code_works_once(self):
        (issued,) = activation.issue([make_pegawai().name])
        activation.mark_used(activation.holder(issued.kode)["kode"])
        with self.assertRaises(KodeAktivasiSalah):
            activation.holder(issued.kode)

    def test_a_code_ends_with_the_last_day_of_the_setting(self):
        frappe.db.set_single_value("Pengaturan Absensi", "masa_kode_aktivasi", 3)
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")
        person = make_pegawai()
        with freeze_time("2026-11-23 08:00:00"):
            (issued,) = activation.issue([person.name])
        with freeze_time("2026-11-26 16:00:00"):
            self.assertTrue(activation.holder(issued.kode))
        with freeze_time("2026-11-26 17:01:00"), self.assertRaises(KodeAktivasiSalah):
            activation.holder(issued.kode)

    def test_wrong_code_and_unknown_number_get_the_same_answer(self):
        person = make_pegawai()
        activation.issue([person.name])
        answers = set()
        for number in (person.nip, "000000000000000000"):
            with self.assertRaises(KodeAktivasiSalah) as refused:
                activation.holder("AAAAA-AAAAA", number)
            answers.add(str(refused.exception))
        self.assertEqual(len(answers), 1)

    def test_guessing_at_a_number_is_paused_whether_or_not_somebody_has_it(self):
        for number in (make_pegawai().nip, "111111111111111111"):
            for _guess in range(activation.MAX_FAILURES):
                with self.assertRaises(KodeAktivasiSalah):
                    activation.holder("AAAAA-AAAAA", number)
            with self.subTest(number), self.assertRaises(TerlaluSeringSalah):
                activation.holder("AAAAA-AAAAA", number)

    def test_guesses_at_one_number_do_not_stop_a_colleague(self):
        person, other = make_pegawai(), make_pegawai()
        (issued,) = activation.issue([other.name])
        for _guess in range(activation.MAX_FAILURES + 1):
            with self.assertRaises((KodeAktivasiSalah, TerlaluSeringSalah)):
                activation.holder("AAAAA-AAAAA", person.nip)
        self.assertEqual(activation.holder(issued.kode, other.nip)["name"], other.name)

    def test_many_guesses_without_a_number_ask_for_one_and_the_slip_still_works(self):
        person = make_pegawai()
        (issued,) = activation.issue([person.name])
        for _guess in range(activation.MAX_WITHOUT_NUMBER):
            with self.assertRaises(KodeAktivasiSalah):
                activation.holder("BBBBB-BBBBB")
        with self.assertRaises(NomorDiperlukan):
            activation.holder(issued.kode)
        self.assertTrue(activation.holder(issued.kode, person.nip))

    def test_who_is_locked_or_not_in_service_gets_no_code(self):
        for values in ({"status": "Nonaktif"}, {"akun_dikunci": 1}):
            person = make_pegawai()
            frappe.db.set_value("Pegawai", person.name, values)
            with self.subTest(values), self.assertRaises(AkunTertutup):
                activation.issue([person.name])

    def test_who_was_locked_since_then_is_told_only_for_the_right_code(self):
        person = make_pegawai()
        (issued,) = activation.issue([person.name])
        frappe.db.set_value("Pegawai", person.name, "akun_dikunci", 1)
        with self.assertRaises(KodeAktivasiSalah):
            activation.holder("AAAAA-AAAAA", person.nip)
        with self.assertRaises(AkunTertutup):
            activation.holder(issued.kode, person.nip)

    def test_who_issued_when_and_why_stays_on_record(self):
        person = make_pegawai()
        activation.issue([person.name], note="Diperiksa KTP")
        (row,) = frappe.get_all(
            "Catatan Akun", {"pegawai": person.name}, ["tindakan", "oleh", "catatan", "opd"]
        )
        self.assertEqual(
            row,
            {
                "tindakan": "Kode Diterbitkan",
                "oleh": "Administrator",
                "catatan": "Layar · Diperiksa KTP",
                "opd": person.opd,
            },
        )

    def test_records_are_neither_changed_nor_removed(self):
        activation.issue([make_pegawai().name])
        for doctype in ("Catatan Akun", "Kode Aktivasi"):
            name = frappe.get_all(doctype, pluck="name", limit=1)[0]
            for role in ("BKPSDM", "Admin OPD", "Kepala OPD", "Pegawai SPBE"):
                for verb in ("write", "create", "delete"):
                    with self.subTest(doctype=doctype, role=role, verb=verb):
                        self.assertFalse(
                            any(
                                row.get(verb)
                                for row in frappe.get_meta(doctype).permissions
                                if row.role == role
                            )
                        )
            self.assertTrue(name)
