"""Names of punches: a hash that begins with the minute, so that the table is appended to."""

import re
from datetime import datetime, timezone

from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.kehadiran.pencatatan import naming

LAST = naming.EPOCH + 60 * 36**naming.LENGTH - 1
moments = st.floats(min_value=naming.EPOCH, max_value=LAST, allow_nan=False)


@given(moments, moments)
def test_what_was_made_in_a_later_minute_stands_after_what_was_made_before(one, other):
    minutes = [int(moment - naming.EPOCH) // 60 for moment in (one, other)]
    names = [naming.prefix(moment) for moment in (one, other)]
    assert (names[0] < names[1]) == (minutes[0] < minutes[1])


@given(moments)
def test_all_are_equally_long_and_of_digits_and_small_letters(moment):
    assert re.fullmatch(f"[0-9a-z]{{{naming.LENGTH}}}", naming.prefix(moment))


def test_the_minute_can_be_read_from_the_name():
    made = datetime(2026, 11, 30, 7, 30, tzinfo=timezone.utc).timestamp()
    minutes = int(naming.prefix(made), 36)
    assert naming.EPOCH + 60 * minutes == made


def test_a_clock_of_before_the_epoch_gives_names_all_the_same():
    assert naming.prefix(0) == "0" * naming.LENGTH


def test_names_of_one_minute_differ():
    names = {naming.timely_hash() for _name in range(1000)}
    assert len(names) == 1000
    assert all(re.fullmatch(r"[0-9a-z]{5}[0-9a-f]{8}", name) for name in names)
