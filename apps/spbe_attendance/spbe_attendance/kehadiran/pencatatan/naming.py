"""Names of rows that come by the thousand: a hash that begins with the minute it was made in.

InnoDB keeps a table in the order of its names. Behind a wholly random name each row of a table of millions goes to a page that has to
be read first and written afterwards; names that grow with the time go where the last ones went. Nothing is counted, so nobody waits
for anybody as with a naming series.
"""

from __future__ import annotations

import secrets
import time

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# 2020-01-01T00:00Z. Five digits last until 2134.
EPOCH, LENGTH = 1_577_836_800, 5
# Hexadecimal digits.
RANDOM = 8


def timely_hash() -> str:
    """Thirteen characters; two of the same minute are equal once in four thousand million, which the table's key refuses."""
    return prefix(time.time()) + secrets.token_hex(RANDOM // 2)


def prefix(seconds: float) -> str:
    """Of a moment in seconds since 1970: as many digits for all, so that text sorts as time does. Before 2020 all zeros."""
    minutes = max(0, int(seconds - EPOCH) // 60)
    found = ""
    for _digit in range(LENGTH):
        minutes, rest = divmod(minutes, len(DIGITS))
        found = DIGITS[rest] + found
    return found
