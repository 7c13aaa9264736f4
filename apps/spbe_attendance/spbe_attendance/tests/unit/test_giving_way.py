"""A process that gives way, seen from outside, in a session of its own and in somebody else's."""

import os
import subprocess
import sys

import pytest

from spbe_attendance.giving_way import AUTOGROUP

TELL = """
import os
from spbe_attendance.giving_way import AUTOGROUP, give_way
give_way(5)
print(os.nice(0), AUTOGROUP.read_text() if AUTOGROUP.exists() else "")
"""


def told(*, own_session):
    command = [sys.executable, "-c", TELL]
    found = subprocess.run(command, start_new_session=own_session, capture_output=True, text=True, check=True)
    nice, _, group = found.stdout.partition(" ")
    return int(nice), group.strip()


def test_a_process_that_gives_way_is_nicer_than_who_began_it():
    assert told(own_session=True)[0] == os.nice(0) + 5


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="This kernel shares processors among processes only.")
def test_its_own_session_gives_way_with_it_and_nobody_elses_does():
    assert told(own_session=True)[1].endswith("nice 5")
    # Processes older than the first session stand in no group: their file is empty.
    assert told(own_session=False)[1] == AUTOGROUP.read_text().strip()
