"""What lays waste to its site comes last: the site is thrown away afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "lays_waste: changes whatever it can reach; run after all other tests of the folder"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("lays_waste") is not None)


@pytest.fixture(scope="session")
def database(stack) -> Iterator[None]:
    """The site's database itself, for what no answer tells. Nothing is kept open between statements' snapshots."""
    before = Path.cwd()
    # The framework finds its logs from there.
    os.chdir(os.environ.get("SPBE_SITES", "sites"))
    frappe.init(site=stack.site)
    frappe.connect()
    yield
    frappe.destroy()
    os.chdir(before)
