"""Accounts of staff: how they log in, and how an account follows its person."""

from contextlib import contextmanager
from unittest.mock import patch

import frappe
from frappe.auth import LoginManager
from frappe.tests.utils import FrappeTestCase
from frappe.utils.password import check_password

from spbe_attendance.kepegawaian import accounts_bulk
from spbe_attendance.kepegawaian.accounts import current_pegawai, ensure_user
from spbe_attendance.kepegawaian.exceptions import NomorTerpakai
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


class TestAccountsInBulk(SiteTestCase):
    """The bulk path must not be told apart from accounts.ensure_user by what is stored."""

    OWN = {
        "name",
        "parent",
        "creation",
        "modified",
        "email",
        "username",
        "first_name",
        "full_name",
        "userid",
        "idx",
    }

    def test_every_stored_row_is_like_those_of_an_account_made_alone(self):
        alone, first, second = (make_pegawai(with_user=False) for _person in range(3))
        ensure_user(alone.name)
        self.assertEqual(accounts_bulk.make([first.name, second.name]), 2)
        pattern = self.shapes(alone)
        self.assertGreater(len(pattern["Has Role"]), 0)
        for person in (first, second):
            self.assertEqual(self.shapes(person), pattern)

    def test_people_log_in_with_their_own_number_and_nobody_elses(self):
        people = [
            make_pegawai(with_user=False),
            make_pegawai(nip=None, status_kepegawaian="Non ASN", with_user=False),
        ]
        accounts_bulk.make([person.name for person in people])
        for person in people:
            person.reload()
            stored = frappe.db.get_value("User", person.user, ["username", "full_name"])
            self.assertEqual(stored, (person.nip or person.nomor_pegawai, person.nama))
            self.assertEqual(frappe.get_roles(person.user).count("Pegawai SPBE"), 1)

    def test_whoever_has_an_account_keeps_it(self):
        known, fresh = make_pegawai(), make_pegawai(with_user=False)
        self.assertEqual(accounts_bulk.make([known.name, fresh.name, known.name]), 1)
        self.assertEqual(accounts_bulk.make([known.name, fresh.name]), 0)
        self.assertEqual(frappe.db.get_value("Pegawai", known.name, "user"), known.user)

    def test_who_is_not_in_service_gets_a_closed_account(self):
        people = [
            make_pegawai(with_user=False, status="Nonaktif"),
            make_pegawai(with_user=False, status="Pensiun"),
        ]
        accounts_bulk.make([person.name for person in people])
        users = [frappe.db.get_value("Pegawai", person.name, "user") for person in people]
        self.assertEqual(frappe.get_all("User", {"name": ["in", users]}, pluck="enabled"), [0, 0])

    def test_a_number_of_somebody_else_stops_it_before_anything_is_written(self):
        people = [make_pegawai(with_user=False) for _person in range(3)]
        other = make_pegawai()
        frappe.db.set_value("User", other.user, "username", people[1].nip)
        with self.assertRaises(NomorTerpakai):
            accounts_bulk.make([person.name for person in people])
        self.assertEqual(
            frappe.get_all("Pegawai", {"name": ["in", [p.name for p in people]], "user": ["is", "set"]}), []
        )

    def test_an_account_alone_with_a_taken_number_is_refused_too(self):
        person, other = make_pegawai(with_user=False), make_pegawai()
        frappe.db.set_value("User", other.user, "username", person.nip)
        with self.assertRaises(NomorTerpakai):
            ensure_user(person.name)

    def test_the_number_of_statements_does_not_grow_with_the_people(self):
        few, many = ([make_pegawai(with_user=False).name for _person in range(count)] for count in (2, 8))
        with self.counted() as for_few:
            accounts_bulk.make(few)
        with self.counted() as for_many:
            accounts_bulk.make(many)
        # Sequences number Has Role row by row.
        self.assertLessEqual(len(for_many) - len(for_few), 6 * 2)

    def test_the_hourly_limit_of_new_accounts_does_not_stop_an_office(self):
        person = make_pegawai(with_user=False)
        before = frappe.local.conf.get("throttle_user_limit")
        frappe.local.conf["throttle_user_limit"] = -1
        try:
            self.assertTrue(ensure_user(person.name))
        finally:
            frappe.local.conf["throttle_user_limit"] = 60 if before is None else before

    def shapes(self, person) -> dict[str, list[dict]]:
        """All that is stored of the account, but for what names it."""
        user = frappe.db.get_value("Pegawai", person.name, "user")
        rows = accounts_bulk.rows_of(user)
        return {
            doctype: sorted(
                (
                    {
                        key: "own" if value == user else value
                        for key, value in row.items()
                        if key not in self.OWN
                    }
                    for row in found
                ),
                key=str,
            )
            for doctype, found in rows.items()
        }

    @staticmethod
    @contextmanager
    def counted():
        statements, sql = [], frappe.db.__class__.sql

        def noting(self, query, *args, **kwargs):
            statements.append(query)
            return sql(self, query, *args, **kwargs)

        with patch.object(frappe.db.__class__, "sql", noting):
            yield statements
