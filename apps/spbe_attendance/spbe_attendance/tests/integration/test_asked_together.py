"""What a request of the app asks Redis for before its endpoint: all at once, and nothing else than the framework would find."""

from unittest.mock import patch

import frappe
from frappe.auth import HTTPRequest
from frappe.sessions import Session
from redis.client import Pipeline
from redis.exceptions import ConnectionError
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from spbe_attendance import compat
from spbe_attendance.overrides import asked_together
from spbe_attendance.tests.case import SiteTestCase, in_request

OWN = "/api/method/spbe_attendance.api.absensi.hari_ini"
NOOP = "/api/method/frappe.auth.get_logged_user"


class TestAskedTogether(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.sid = frappe.generate_hash(length=20)
        self.user = "Administrator"
        frappe.get_cached_doc("User", self.user)
        frappe.get_cached_doc("System Settings", "System Settings")
        data = {"last_updated": frappe.utils.now(), "session_expiry": "06:00:00", "user": self.user}
        session = {"user": self.user, "sid": self.sid, "data": frappe._dict(data)}
        frappe.cache.hset("session", self.sid, frappe._dict(session))
        frappe.cache.hset("lang", self.user, "id")
        self.addCleanup(self.forget)

    def forget(self):
        frappe.cache.hdel("session", self.sid)
        frappe.cache.hdel("lang", self.user)

    def asked(self, path):
        """The names that single questions ask for while the session of such a request is read."""
        cookie = {"Cookie": f"sid={self.sid}"}
        request = Request(EnvironBuilder(path=path, headers=cookie).get_environ())
        single, frappe.local.cache = [], {}
        framework = frappe.cache.execute_command
        before = frappe.local.session

        def counted(*command, **options):
            single.append(bytes(command[1]).decode().split("|", 1)[-1])
            return framework(*command, **options)

        def session_only(_request):
            Session(None, resume=True)
            frappe.get_hooks()

        with in_request(request), patch.object(frappe.cache, "execute_command", counted):
            try:
                asked_together.asking(session_only)(object.__new__(HTTPRequest))
            finally:
                self.resumed, frappe.local.session = frappe.local.session, before
        # Of sites that allow tests, at a statement.
        return [name for name in single if name != "flag_print_sql"]

    def test_a_session_is_read_without_a_single_question(self):
        self.assertEqual(self.asked(OWN), [])
        self.assertEqual(self.resumed.user, self.user)

    def test_the_endpoints_of_the_framework_ask_as_ever(self):
        self.assertIn("session", self.asked(NOOP))
        self.assertEqual(self.resumed.user, self.user)

    def test_of_who_has_no_session_nothing_is_asked(self):
        for sid in (None, "nobody-has-this-one", "Guest"):
            frappe.local.cache = {}
            asked_together.ask(sid)
            self.assertIsNone(compat.user_of(sid))
            self.assertNotIn(frappe.cache.make_key("lang"), frappe.local.cache)

    def test_the_same_values_are_lent_as_the_framework_would_read(self):
        asked = [*compat.asked_by_each(self.sid), *compat.asked_about(self.user)]
        frappe.local.cache = {}
        read = [
            frappe.cache.get_value(name) if key is None else frappe.cache.hget(name, key)
            for name, key in asked
        ]
        frappe.local.cache = {}
        asked_together.ask(self.sid)
        with patch.object(frappe.cache, "execute_command", side_effect=AssertionError("asked again")):
            lent = [
                frappe.cache.get_value(name) if key is None else frappe.cache.hget(name, key)
                for (name, key), value in zip(asked, read, strict=True)
                if value is not None
            ]
        self.assertEqual([str(value) for value in lent], [str(value) for value in read if value is not None])
        self.assertGreaterEqual(len(lent), 5)

    def test_what_is_not_in_redis_is_made_by_the_framework(self):
        frappe.cache.delete_value("app_hooks")
        frappe.local.cache = {}
        asked_together.ask(self.sid)
        self.assertNotIn(frappe.cache.make_key("app_hooks"), frappe.local.cache)
        self.assertIn("spbe_attendance", frappe.get_hooks("app_name"))

    def test_without_redis_the_framework_is_left_to_itself(self):
        frappe.local.cache = {}
        with patch.object(Pipeline, "execute", side_effect=ConnectionError):
            asked_together.ask(self.sid)
        self.assertEqual(frappe.local.cache, {})

    def test_a_wrapped_request_is_wrapped_once(self):
        asked_together.install()
        wrapped = HTTPRequest.__init__
        asked_together.install()
        self.assertIs(HTTPRequest.__init__, wrapped)
