"""Accounts of staff: how they log in, and how an account follows its person."""

import frappe
from frappe.auth import LoginManager
from frappe.tests.utils import FrappeTestCase
from frappe.utils.password import check_password

from spbe_attendance.kepegawaian.accounts import current_pegawai, ensure_user
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_pegawai

PASSWORD = "Sungai-Perumbi-17"


class TestAccounts(SiteTestCase):
    def test_people_log_in_with_their_nip(self):
        person = make_pegawai(with_user=False)
        user = ensure_user(person.name, PASSWORD)
        self.assertEqual(self.logged_in_as(person.nip), user)
        self.assertNotIn(person.nip, user)

    def test_people_without_nip_log_in_with_their_staff_number(self):
        person = make_pegawai(nip=None, status_kepegawaian="Alih Daya", with_user=False)
        user = ensure_user(person.name, PASSWORD)
        self.assertEqual(self.logged_in_as(person.nomor_pegawai), user)

    def test_making_an_account_twice_gives_the_same_one_and_keeps_the_password(self):
        person = make_pegawai(with_user=False)
        first = ensure_user(person.name, PASSWORD)
        self.assertEqual(ensure_user(person.name), first)
        self.assertEqual(check_password(first, PASSWORD), first)

    def test_no_mail_is_sent_to_the_invented_address(self):
        before = frappe.db.count("Email Queue")
        make_pegawai()
        self.assertEqual(frappe.db.count("Email Queue"), before)

    def test_the_log_in_name_follows_a_new_nip(self):
        person = make_pegawai(nip=None, status_kepegawaian="Non ASN")
        person.update({"nip": "199203152025211077", "status_kepegawaian": "PPPK"})
        person.save()
        self.assertEqual(frappe.db.get_value("User", person.user, "username"), person.nip)

    def test_a_number_that_another_account_uses_is_refused_with_what_to_do(self):
        person, other = make_pegawai(), make_pegawai()
        frappe.db.set_value("User", other.user, "username", "199203152025211078")
        person.nip = "199203152025211078"
        with self.assertRaises(frappe.ValidationError) as refused:
            person.save()
        self.assertIn("199203152025211078", str(refused.exception))

    def test_coming_back_opens_the_account_again(self):
        person = make_pegawai()
        for status, enabled in (("Nonaktif", 0), ("Aktif", 1)):
            person.status = status
            person.save()
            with self.subTest(status):
                self.assertEqual(frappe.db.get_value("User", person.user, "enabled"), enabled)

    def test_no_person_closes_the_administrators_account(self):
        person = make_pegawai(with_user=False, user="Administrator")
        person.status = "Nonaktif"
        person.save()
        self.assertEqual(frappe.db.get_value("User", "Administrator", "enabled"), 1)

    def test_an_account_belongs_to_one_person_only(self):
        person = make_pegawai()
        with self.assertRaises((frappe.DuplicateEntryError, frappe.UniqueValidationError)):
            make_pegawai(with_user=False, user=person.user)

    def test_somebody_who_is_no_staff_is_nobody(self):
        self.assertIsNone(current_pegawai("Guest"))

    @staticmethod
    def logged_in_as(login: str) -> str:
        """The user Frappe's own log-in finds; refuses by AuthenticationError."""
        manager = LoginManager.__new__(LoginManager)
        manager.user = None
        manager.authenticate(user=login, pwd=PASSWORD)
        return manager.user


class TestOpenSessions(FrappeTestCase):
    """Frappe ends sessions in a transaction of its own, so this test commits and cleans up after itself."""

    def setUp(self) -> None:
        frappe.set_user("Administrator")
        self.person = make_pegawai()
        sessions = frappe.qb.DocType("Sessions")
        fields = ("sid", "user", "status", "sessiondata", "lastupdate")
        row = (frappe.generate_hash(length=20), self.person.user, "Active", "{}", frappe.utils.now())
        frappe.qb.into(sessions).columns(*fields).insert(*row).run()
        frappe.db.commit()

    def tearDown(self) -> None:
        frappe.db.rollback()
        # Past delete_doc: it refuses to delete a user where Administrator is the only System Manager.
        for doctype, name in (
            ("Pegawai", self.person.name),
            ("User", self.person.user),
            ("OPD", self.person.opd),
        ):
            frappe.db.delete(doctype, {"name": name})
        frappe.db.delete("Has Role", {"parent": self.person.user})
        frappe.db.delete("Sessions", {"user": self.person.user})
        frappe.db.commit()

    def count(self) -> int:
        sessions = frappe.qb.DocType("Sessions")
        return len(frappe.qb.from_(sessions).select("sid").where(sessions.user == self.person.user).run())

    def test_leaving_ends_the_open_sessions_once_it_is_certain(self):
        self.person.status = "Nonaktif"
        self.person.save()
        self.assertEqual(self.count(), 1)
        frappe.db.commit()
        self.assertEqual(self.count(), 0)

    def test_a_change_that_is_taken_back_ends_no_session(self):
        self.person.status = "Nonaktif"
        self.person.save()
        frappe.db.rollback()
        frappe.db.commit()
        self.assertEqual(self.count(), 1)
