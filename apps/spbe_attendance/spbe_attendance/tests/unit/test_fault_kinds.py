"""Which errors mean that a part of the server is away, and which are faults of the program or refusals."""

import errno

import pymysql.err
import pytest
import redis.exceptions

from spbe_attendance.overrides import fault_kinds
from spbe_attendance.overrides.fault_kinds import DATABASE, REDIS, STORAGE


def raised_from(cause, outer):
    try:
        try:
            raise cause
        except Exception as error:
            raise outer from error
    except Exception as error:
        return error


class Refusal(Exception):
    http_status_code = 417


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (pymysql.err.OperationalError(2003, "Can't connect"), DATABASE),
        (pymysql.err.OperationalError(2013, "Lost connection during query"), DATABASE),
        (pymysql.err.OperationalError(1053, "Server shutdown in progress"), DATABASE),
        (pymysql.err.OperationalError(1040, "Too many connections"), DATABASE),
        (pymysql.err.OperationalError(1021, "Disk full"), DATABASE),
        (pymysql.err.InterfaceError(0, ""), DATABASE),
        (redis.exceptions.ConnectionError("refused"), REDIS),
        (redis.exceptions.BusyLoadingError("loading the dataset"), REDIS),
        (OSError(errno.ENOSPC, "No space left on device"), STORAGE),
        (OSError(errno.EROFS, "Read-only file system"), STORAGE),
        (raised_from(OSError(errno.ENOSPC, "full"), ValueError("not written")), STORAGE),
    ],
)
def test_a_part_that_is_away_is_told_from_its_error(error, kind):
    assert fault_kinds.of(error) == kind


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError("a fault of the program"),
        pymysql.err.OperationalError(1054, "Unknown column"),
        pymysql.err.IntegrityError(1062, "Duplicate entry"),
        redis.exceptions.ResponseError("wrong kind of value"),
        OSError(errno.ENOENT, "No such file"),
        raised_from(redis.exceptions.ConnectionError("refused"), Refusal("said in its own words")),
    ],
)
def test_a_fault_of_the_program_and_a_refusal_stay_what_they_are(error):
    assert fault_kinds.of(error) is None
