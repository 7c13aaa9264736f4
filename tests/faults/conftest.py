"""One machine for all faults, supervised; each test has phones of its own making punches of its own mark."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import duty
from tests.client import Client
from tests.faults.ledger import SUMMARY
from tests.faults.machine import Machine, running
from tests.faults.phones import Crowd, Phone


@pytest.fixture(scope="session")
def machine() -> Iterator[Machine]:
    site = os.environ.get("SPBE_TEST_SITE")
    if not site:
        pytest.fail("No site to break: use ./dev test --faults.")
    with running(site) as started:
        yield started


@pytest.fixture(scope="session")
def users() -> list[dict]:
    return json.loads(Path(os.environ["SPBE_LOGINS"]).read_text())["users"]


@pytest.fixture(scope="session")
def phones(machine, users) -> list[Phone]:
    staff = [user for user in users if user["role"] == "Pegawai SPBE"]
    steward = Client(
        SimpleNamespace(url=machine.url, host=machine.site),
        next(user for user in users if user["role"] == "BKPSDM"),
    )
    today = steward.message("GET", SUMMARY)["tanggal"]
    duty.all_day(steward.call, [user["pegawai"] for user in staff], today)
    return [Phone(machine.url, machine.site, user) for user in staff]


@pytest.fixture(scope="session")
def leader(machine, users) -> Phone:
    return Phone(machine.url, machine.site, next(user for user in users if user["role"] == "Pimpinan"))


@pytest.fixture
def report(capsys) -> Callable[[str, Crowd, float], None]:
    """The measured line of docs/faults.md; ``moment``: when the part was killed, or when it was back (time.monotonic())."""

    def tell(what: str, crowd: Crowd, moment: float) -> None:
        answers = crowd.answers()
        after = [one.at + one.seconds for one in answers if one.status == 200 and one.at > moment]
        refused = [one.seconds for one in answers if one.status == 503]
        silent = sum(one.status is None for one in answers)
        twice = sum(bool(one.receipt and one.receipt["duplikat"]) for one in crowd.punches)
        with capsys.disabled():
            print(
                f"\n{what}: {len(crowd.punches)} punches; {len(refused)} answers 503, slowest {max(refused, default=0):.2f} s;"
                f" {silent} without answer; {twice} stored by an earlier try;"
                f" first receipt after {min(after, default=moment) - moment:.1f} s, last after {crowd.through(moment):.1f} s;"
                f" load {os.getloadavg()[0]:.1f}"
            )

    return tell


@pytest.fixture
def crowd(phones) -> Crowd:
    return Crowd(phones)
