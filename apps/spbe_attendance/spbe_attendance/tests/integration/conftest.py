"""For pytest: these tests run on the site that SPBE_TEST_SITE names (``./dev test`` makes a throw-away one)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def frappe_site() -> Iterator[str]:
    site = os.environ.get("SPBE_TEST_SITE")
    if not site:
        pytest.fail("SPBE_TEST_SITE is not set: run ./dev test.")
    import frappe

    os.chdir(os.environ.get("SPBE_SITES", Path.cwd() / "sites"))
    frappe.init(site=site, sites_path=".")
    frappe.connect()
    frappe.flags.in_test = True
    frappe.set_user("Administrator")
    try:
        yield site
    finally:
        frappe.db.rollback()
        frappe.destroy()
