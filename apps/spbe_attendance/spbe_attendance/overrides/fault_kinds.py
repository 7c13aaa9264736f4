"""Which part of the server is away, told from the error that met it. Pure: no framework, no I/O."""

from __future__ import annotations

import errno

import redis.exceptions

DATABASE, REDIS, STORAGE = "database", "redis", "storage"
# MariaDB, https://mariadb.com/kb/en/mariadb-error-codes/: it is not reached, is going down, takes nobody more, or cut the line.
UNREACHED = {1040, 1053, 1080, 1129, 1158, 1159, 1160, 1161, 1203, 1927, 2002, 2003, 2006, 2013, 2014, 2055}
# Its disk or its tables are full.
NO_ROOM = {1021, 1026, 1114}
DRIVERS = {"pymysql", "MySQLdb"}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def of(error: BaseException | None) -> str | None:
    """Kind of a passing fault of the server, also of what an error was raised from; None for everything else.

    An error with a status of its own says already what it is.
    """
    while error is not None and not hasattr(error, "http_status_code"):
        found = of_one(error)
        if found:
            return found
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


def of_one(error: BaseException) -> str | None:
    if isinstance(error, redis.exceptions.ConnectionError | redis.exceptions.TimeoutError):
        return REDIS
    if type(error).__module__.partition(".")[0] in DRIVERS:
        # A connection that broke before answers every further statement with an InterfaceError.
        lost = type(error).__name__ == "InterfaceError" or number(error) in UNREACHED | NO_ROOM
        return DATABASE if lost else None
    if isinstance(error, OSError) and error.errno in FULL:
        return STORAGE
    return None


def number(error: BaseException) -> object:
    return error.args[0] if error.args else None
