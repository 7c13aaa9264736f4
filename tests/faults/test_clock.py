"""The clock of the web server jumps ahead and back while people punch; the database's clock and the worker's stay right.

It proves that nothing is lost, doubled, refused or stuck by a jump, and that the punches of the time can be told afterwards. It does
not prove their time: a server can only go by its own clock, so that it is NTP that must keep it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults import ledger
from tests.faults.machine import until

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
JUMP = timedelta(minutes=40)
Jump = Callable[[timedelta], float]


@pytest.fixture(scope="module")
def jump(machine, tmp_path_factory) -> Iterator[Jump]:
    """Sets the web server's clock that far from the right time; answers the moment (time.monotonic())."""
    assert LIBRARY, "libfaketime is missing: apt-get install faketime"
    offset = tmp_path_factory.mktemp("clock") / "offset"
    offset.write_text("+0")
    machine.replace(
        "web",
        LD_PRELOAD=str(LIBRARY),
        FAKETIME_TIMESTAMP_FILE=str(offset),
        # Harder than a real jump: what the kernel counts since its start jumps along, because Python cannot sleep otherwise.
        FAKETIME_NO_CACHE="1",
        # Its master would take each worker for hung, because the kernel's own stamps do not jump along. A real jump ahead does
        # that once: see test_web for all workers ended at once.
        GUNICORN_CMD_ARGS="--timeout 14400",
    )

    def set_clock(away: timedelta) -> float:
        offset.write_text(f"{away.total_seconds():+.0f}")
        return time.monotonic()

    yield set_clock
    machine.replace("web")


@pytest.mark.parametrize("direction", [1, -1], ids=["ahead", "back"])
def test_a_jump_of_the_clock_loses_nothing_and_stops_nothing(machine, crowd, leader, jump, direction):
    away = direction * JUMP
    with crowd.punching(4):
        until(lambda: crowd.acknowledged() >= 10, 60, "punches do not get through")
        began = jump(away)
        until(lambda: crowd.receipts_since(began) >= 15, 60, "no punch while the clock is wrong")
        ended = jump(timedelta())
        until(lambda: crowd.receipts_since(ended) >= 10, 60, "no punch after the clock was set right")
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    assert crowd.unkind() == []
    screen, table = ledger.present(machine.site, leader)
    assert screen == table
    assert_told_apart(machine.site, crowd, began, ended)
    until(lambda: ledger.unsealed(machine.site, crowd.mark) == 0, 300, "punches are not sealed")


def assert_told_apart(site: str, crowd, began: float, ended: float) -> None:
    """Both clocks are kept with a punch: the ones of that time, and no others, differ by the jump."""
    statement = "select id_klien from `tabAbsensi` where perangkat = %s and abs(timestampdiff(minute, waktu, waktu_perangkat)) > %s"
    strange = {row["id_klien"] for row in ledger.rows(site, statement, crowd.mark, JUMP.seconds // 120)}
    last = {one.id: one.answers[-1] for one in crowd.punches}
    within = {name for name, one in last.items() if began < one.at and one.at + one.seconds < ended}
    around = {name for name, one in last.items() if began < one.at + one.seconds and one.at < ended}
    assert within and within <= strange <= around
