"""Run by ``./dev test --operations``: MariaDB and Redis run, SPBE_TEST_SITE is a throw-away site full of demo data."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session")
def site() -> str:
    name = os.environ.get("SPBE_TEST_SITE")
    if not name:
        pytest.fail("SPBE_TEST_SITE is not set: run ./dev test --operations.")
    return name
