"""At night the accounts of staff are read into Redis, so that the first request of the morning need not."""

import frappe
from frappe.auth import validate_ip_address

from spbe_attendance.kepegawaian import early
from spbe_attendance.tests.case import SiteTestCase
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
