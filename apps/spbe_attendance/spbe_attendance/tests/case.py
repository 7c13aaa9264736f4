"""The base of integration tests: what a test writes is gone before the next one, so their order does not matter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import caching, now_datetime

from spbe_attendance import compat
from spbe_attendance.tests.factories import make_role_user

# Keys of Frappe 15's cache that hold DocTypes, apps and hooks.
DEFINITIONS = (
    "all_apps",
    "app_hooks",
    "app_modules",
    "db_tables",
    "doctype_meta",
    "doctype_modules",
    "installed_apps",
    "is_table",
    "merged_translations",
    "module_app",
    "table_columns",
)


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
        forget()

    def committed_elsewhere(self, doctype: str, **values: Any) -> str:
        """The name of a row that another transaction writes and commits now: the snapshot of this one is from before."""
        # Read first, lest there be no snapshot yet.
        frappe.db.count(doctype)
        other, name = write_elsewhere(doctype, values)
        other.commit()
        other.close()
        # What this transaction has locked, only its own end gives free.
        type(self).addClassCleanup(remove, doctype, name)
        return name

    def held_elsewhere(self, doctype: str, **values: Any) -> None:
        """A row that another transaction has written and does not end; this one waits for it for a second at most."""
        other, _name = write_elsewhere(doctype, values)
        frappe.db.sql("set session innodb_lock_wait_timeout = 1")
        self.addCleanup(frappe.db.sql, "set session innodb_lock_wait_timeout = default")
        self.addCleanup(other.close)
        self.addCleanup(other.rollback)


def write_elsewhere(doctype: str, values: dict[str, Any]) -> tuple[Any, str]:
    """(Another connection, name of the row that it wrote and did not commit.)"""
    row = {"name": frappe.generate_hash(length=10), "creation": now_datetime(), **values}
    other = frappe.database.get_db(
        host=frappe.conf.db_host, user=frappe.conf.db_name, password=frappe.conf.db_password
    )
    # The query builder's own ``run`` would use the connection of this transaction.
    other.sql(frappe.qb.into(frappe.qb.DocType(doctype)).columns(*row).insert(*row.values()).get_sql())
    return other, row["name"]


def remove(doctype: str, name: str) -> None:
    frappe.db.rollback()
    frappe.db.delete(doctype, {"name": name})
    frappe.db.commit()


@contextmanager
def in_request(request: Any) -> Iterator[None]:
    """Code within runs as if this request asked for it. Afterwards there is again none: ``None`` is a request to the framework."""
    missing = object()
    before = getattr(frappe.local, "request", missing)
    frappe.local.request = request
    try:
        yield
    finally:
        if before is missing:
            del frappe.local.request
        else:
            frappe.local.request = before


def forget() -> None:
    """Empty the caches of what has just been rolled back: everything but ``DEFINITIONS``, which no test changes.

    Reading these anew for every test would be half of the suite's time.
    """
    if compat.MAJOR >= 16:
        frappe.clear_cache()
        return
    kept = {frappe.cache.make_key(name) for name in DEFINITIONS}
    stale = set(frappe.cache.get_keys("")) - kept
    if stale:
        frappe.cache.delete(*stale)
    frappe.local.cache = {key: value for key, value in frappe.local.cache.items() if key in kept}
    frappe.local.new_doc_templates = {}
    frappe.local.role_permissions = {}
    if hasattr(frappe.local, "request_cache"):
        frappe.local.request_cache.clear()
    frappe.db.value_cache = {}
    caching._SITE_CACHE.clear()
    for name in ("system_settings", "website_settings"):
        if hasattr(frappe.local, name):
            delattr(frappe.local, name)
