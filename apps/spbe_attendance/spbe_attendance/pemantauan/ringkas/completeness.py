"""How complete numbers are, and what is missing, in the reader's words."""

from __future__ import annotations

from typing import Any

from frappe import _

from spbe_attendance.pemantauan.ringkas.tally import Tally
from spbe_attendance.worktime import presence

NOT_ASKED = (presence.BEBAS, presence.BELUM_WAKTUNYA)


def of(tally: Tally, over: bool) -> dict[str, Any]:
    """HTTP contract Completeness. ``over``: on a day that is past nothing is complete until it is computed."""
    numbers = tally.numbers
    unknown = sum(numbers[state] for state in presence.UNKNOWN) + (numbers[presence.BELUM] if over else 0)
    asked = numbers["pegawai"] - sum(numbers[state] for state in NOT_ASKED)
    complete = not unknown and not tally.uncomputed
    # Rounded down: 100 only when nothing at all is missing.
    percent = (asked - unknown) * 1000 // asked / 10 if asked else 100.0
    return {
        "persen": percent if complete else min(percent, 99.9),
        "lengkap": complete,
        "tertunda": numbers[presence.TERTUNDA],
        "senyap": numbers[presence.SENYAP],
        "alasan": reasons(tally, over),
    }


def reasons(tally: Tally, over: bool) -> list[str]:
    numbers, found = tally.numbers, []
    if numbers[presence.SENYAP]:
        found.append(
            _(
                "Nothing is heard from {0} units with {1} people: signal, power or the service may be down."
            ).format(tally.silent, numbers[presence.SENYAP])
        )
    if numbers[presence.TERTUNDA]:
        found.append(
            _("Punches of {0} people usually arrive later: they may wait on a phone without signal.").format(
                numbers[presence.TERTUNDA]
            )
        )
    if over and tally.uncomputed:
        found.append(_("The day is not computed yet for {0} people.").format(tally.uncomputed))
    return found
