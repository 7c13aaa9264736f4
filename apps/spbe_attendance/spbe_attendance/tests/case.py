"""The base of integration tests: what a test writes is gone before the next one, so their order does not matter."""

from __future__ import annotations

import frappe
from frappe.tests.utils import FrappeTestCase

from spbe_attendance.tests.factories import make_role_user


class SiteTestCase(FrappeTestCase):
    """One world per class (setUpClass), one savepoint per test."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # Frappe makes the first user of a site a System Manager; let it be one that no test looks at.
        make_role_user("System Manager")

    def setUp(self) -> None:
        frappe.set_user("Administrator")
        frappe.db.savepoint("each_test")

    def tearDown(self) -> None:
        frappe.set_user("Administrator")
        frappe.db.rollback(save_point="each_test")
        # Cached documents may hold what has just been rolled back.
        frappe.clear_cache()
