"""At night the accounts of staff are read into Redis, so that the first request of the morning need not; and there they stay."""

import frappe
from frappe.auth import validate_ip_address
from frappe.core.doctype.user_permission.user_permission import get_user_permissions
from frappe.sessions import Session
from frappe.tests.utils import FrappeTestCase
from frappe.translate import get_user_lang
from frappe.utils import get_datetime
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from spbe_attendance.kepegawaian import early
from spbe_attendance.overrides import kept_account
from spbe_attendance.tests.case import SiteTestCase, in_request
from spbe_attendance.tests.factories import make_opd, make_pegawai


class TestEarly(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        opd = make_opd()
        cls.here, cls.gone, cls.never = (
            make_pegawai(opd=opd.name),
            make_pegawai(opd=opd.name, status="Pensiun"),
            make_pegawai(opd=opd.name),
        )
        for person in (cls.here, cls.gone):
            # Two phones are one account.
            for _phone in range(2):
                frappe.db.bulk_insert(
                    "Sessions", ["user", "sid", "status"], [(person.user, frappe.generate_hash(), "Active")]
                )

    def setUp(self):
        super().setUp()
        for person in (self.here, self.gone, self.never):
            frappe.clear_document_cache("User", person.user)

    def kept(self, person):
        frappe.local.cache.clear()
        return frappe.cache.get_value(frappe.get_document_cache_key("User", person.user)) is not None

    def test_staff_in_service_with_a_phone_that_is_logged_in_are_read_and_nobody_else(self):
        self.assertGreaterEqual(early.read(), 1)
        self.assertEqual([self.kept(one) for one in (self.here, self.gone, self.never)], [True, False, False])

    def test_the_first_request_then_asks_the_database_nothing_about_the_account(self):
        early.read()
        frappe.local.cache.clear()
        flag, frappe.flags.in_test = frappe.flags.in_test, False
        try:
            with self.assertQueryCount(0):
                validate_ip_address(self.here.user)
                get_user_lang(self.here.user)
                get_user_permissions(self.here.user)
        finally:
            frappe.flags.in_test = flag

    def test_a_cache_that_is_nearly_full_is_left_to_what_people_use(self):
        before = frappe.cache.config_get("maxmemory")["maxmemory"]
        used = frappe.cache.info("memory")["used_memory"]
        frappe.cache.config_set("maxmemory", int(used * 1.2))
        try:
            self.assertEqual(early.read(), 0)
        finally:
            frappe.cache.config_set("maxmemory", before)
        self.assertFalse(self.kept(self.here))


class TestKeptAccount(FrappeTestCase):
    """What the framework writes of a session is committed, so all is removed by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kept_account.install()

    def setUp(self):
        frappe.set_user("Administrator")
        opd = make_opd().name
        person = make_pegawai(opd=opd)
        self.user, self.sid = person.user, frappe.generate_hash()
        data = str({"user": self.user, "session_expiry": "240:00:00"})
        fields = ["user", "sid", "sessiondata", "status", "lastupdate"]
        row = (self.user, self.sid, data, "Active", frappe.utils.now())
        frappe.db.bulk_insert("Sessions", fields, [row])
        frappe.db.commit()
        self.addCleanup(self.remove, opd, person.name)

    def remove(self, opd, person):
        frappe.db.rollback()
        for doctype, filters in (
            ("Sessions", {"sid": self.sid}),
            ("Has Role", {"parent": self.user}),
            ("Pegawai", {"name": person}),
            ("User", {"name": self.user}),
            ("OPD", {"name": opd}),
        ):
            frappe.db.delete(doctype, filters)
        frappe.db.commit()
        frappe.clear_document_cache("User", self.user)
        for name in ("session", "last_db_session_update"):
            frappe.cache.hdel(name, self.sid)

    def request(self, meanwhile=lambda: None):
        """As one of this phone, which has read the account; True when the framework wrote of the session."""
        frappe.get_cached_doc("User", self.user)
        cookie = {"Cookie": f"sid={self.sid}"}
        before = frappe.local.session
        with in_request(Request(EnvironBuilder(headers=cookie).get_environ())):
            try:
                session = Session(None, resume=True)
                self.assertEqual(session.user, self.user)
                meanwhile()
                return session.update()
            finally:
                frappe.local.session = before

    def kept(self):
        frappe.local.cache.clear()
        return frappe.cache.get_value(frappe.get_document_cache_key("User", self.user))

    def test_an_account_stays_in_redis_when_nothing_is_written_but_when_it_was_active_last(self):
        self.assertTrue(self.request())
        frappe.db.commit()
        active = frappe.db.get_value("User", self.user, "last_active")
        self.assertEqual(get_datetime(self.kept().last_active), active)
        self.assertEqual(self.kept().name, self.user)

    def test_what_somebody_else_changes_of_it_meanwhile_is_not_covered_up(self):
        def elsewhere():
            # Another process: this one's memory still holds what it has read.
            account = frappe.qb.DocType("User")
            changed = frappe.qb.update(account).set(account.restrict_ip, "192.0.2.7")
            changed.set(account.modified, "2041-01-01 00:00:00").where(account.name == self.user).run()
            frappe.db.commit()

        self.assertTrue(self.request(elsewhere))
        frappe.db.commit()
        self.assertIsNone(self.kept())
        self.assertEqual(frappe.get_cached_doc("User", self.user).restrict_ip, "192.0.2.7")

    def test_a_second_request_within_ten_minutes_writes_nothing_and_leaves_it_as_it_is(self):
        self.request()
        first = self.kept().last_active
        self.assertFalse(self.request())
        self.assertEqual(self.kept().last_active, first)
