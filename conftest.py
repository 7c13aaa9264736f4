"""Integration tests run on the site that SPBE_TEST_SITE names (``./dev test`` makes a throw-away one)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

INTEGRATION = Path("tests") / "integration"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if INTEGRATION.as_posix() in item.path.as_posix():
            item.add_marker(pytest.mark.usefixtures("frappe_site"))


@pytest.fixture(scope="session")
def frappe_site() -> Iterator[str]:
    site = os.environ.get("SPBE_TEST_SITE")
    if not site:
        pytest.fail("SPBE_TEST_SITE is not set: run ./dev test.")
    import frappe

    sites = os.environ.get("SPBE_SITES", str(Path(__file__).parent / "sites"))
    os.chdir(sites)
    frappe.init(site=site, sites_path=".")
    frappe.connect()
    frappe.flags.in_test = True
    frappe.set_user("Administrator")
    try:
        yield site
    finally:
        frappe.db.rollback()
        frappe.destroy()
