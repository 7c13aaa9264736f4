"""Whole-system tests talk to a running stack; ./dev test starts one and says where it is."""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.client import CATAT, HARI_INI, Client, inside, picture, punch


@dataclass(frozen=True)
class Stack:
    """Where the system runs. ``users``: dicts of role, username, password, pegawai, opd."""

    url: str
    host: str
    users: list[dict]
    site: str

    def user(self, role: str, index: int = 0) -> dict:
        return [user for user in self.users if user["role"] == role][index]


@pytest.fixture(scope="session")
def stack() -> Stack:
    path = os.environ.get("SPBE_LOGINS", "sites/demo-logins.json")
    if not Path(path).is_file():
        pytest.fail("No running system: use ./dev test, or ./dev start first.")
    values = json.loads(Path(path).read_text())
    return Stack(
        url=os.environ.get("SPBE_URL", values["url"]),
        host=os.environ.get("SPBE_HOST", values["host"]),
        users=values["users"],
        site=values["host"],
    )


@pytest.fixture(scope="session")
def staff(stack) -> Client:
    return Client(stack, stack.user("Pegawai SPBE"))


@pytest.fixture(scope="session")
def colleague(stack) -> Client:
    """Of another OPD than ``staff``."""
    mine = stack.user("Pegawai SPBE")["opd"]
    others = [user for user in stack.users if user["role"] == "Pegawai SPBE" and user["opd"] != mine]
    return Client(stack, others[0])


@pytest.fixture(scope="session")
def guest(stack) -> Client:
    return Client(stack, None)


@pytest.fixture(scope="session")
def here(staff) -> dict[str, float]:
    return inside(staff.message("GET", HARI_INI))


@pytest.fixture
def body(here) -> dict[str, Any]:
    return punch(here)


@pytest.fixture(scope="session")
def kept(staff, here) -> dict[str, Any]:
    """A punch with its photo: punch (its name), name and file_url of the File."""
    photo = picture(77)
    values = punch(here, foto_sha256=hashlib.sha256(photo).hexdigest())
    name = staff.message("POST", CATAT, json=values)["name"]
    staff.upload(values["id_klien"], photo)
    return {"punch": name, **staff.rows("File", {"attached_to_name": name}, "name", "file_url")[0]}


@pytest.fixture(scope="session")
def logged_in(stack) -> Callable[[str], Client]:
    """``logged_in(role)``: the first demo log-in of that role, one session for all."""
    return functools.cache(lambda role: Client(stack, stack.user(role)))
