"""Findings in words: what was seen, and what else may explain it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from frappe import _

from spbe_attendance.signals import types
from spbe_attendance.signals.types import Finding

Numbers = Mapping[str, float]


def sentence(finding: Finding) -> str:
    """For whoever decides."""
    return SENTENCES[finding.kind](finding.numbers)


def title(kind: str) -> str:
    return {
        types.SAME_PLACE: _("Identical Coordinates"),
        types.ROUND_PLACE: _("Rounded Coordinates"),
        types.STILL: _("No Jitter"),
        types.SAME_ACCURACY: _("Constant Accuracy"),
        types.TRAVEL: _("Impossible Travel"),
        types.FAR: _("Unusual Place"),
        types.ONE_DEVICE: _("Phone of Many"),
        types.SAME_PHOTO: _("Repeated Photo"),
        types.EMPTY_PHOTO: _("Photo Shows Nothing"),
        types.NO_PHOTO: _("Photo Missing"),
        types.WIDE: _("Time Proven Widely"),
        types.STRADDLES: _("Time Holds a Limit"),
        types.OFTEN_WIDE: _("Often Proven Widely"),
        types.GAP: _("Gap in the Chain"),
        types.MARKED: _("Noted with the Punch"),
    }[kind]


def same_place(told: Numbers) -> str:
    if told["people"] > 1:
        return _(
            "Exactly the same coordinates in {0} punches of {1} people on {2} days: two receivers never agree so closely. A position chosen by hand does."
        ).format(_count(told, "punches"), _count(told, "people"), _count(told, "days"))
    return _(
        "Exactly the same coordinates on {0} days: a real receiver never stands so still. A computer without GPS does."
    ).format(_count(told, "days"))


def same_photo(told: Numbers) -> str:
    if told["people"] > 1:
        return _(
            "The photo is almost the same in {0} punches of {1} people: one picture for several, or one mounted phone?"
        ).format(_count(told, "punches"), _count(told, "people"))
    return _(
        "The photo is almost the same in {0} punches of this person: sent again, or a photo of a photo?"
    ).format(_count(told, "punches"))


def round_place(told: Numbers) -> str:
    return _("The coordinates have {0} decimals only, as if typed in; some phones round for privacy.").format(
        _count(told, "decimals")
    )


def still(told: Numbers) -> str:
    return _(
        "On {0} days the position moved by {1} m at most: real ones scatter by metres. A fixed desk with Wi-Fi may come close."
    ).format(_count(told, "days"), _decimal(told["metres"], 2))


def same_accuracy(told: Numbers) -> str:
    return _("The accuracy was {0} m on every one of {1} punches; sky and weather vary.").format(
        _decimal(told["metres"], 2), _count(told, "punches")
    )


def travel(told: Numbers) -> str:
    return _(
        "{0} km from the neighbouring punch in {1} minutes at most, that is {2} km/h at least: faster than anybody travels here."
    ).format(_decimal(told["km"]), _decimal(told["minutes"]), _count(told, "kmh"))


def far(told: Numbers) -> str:
    return _(
        "{0} m from where this person usually stands at this place ({1} m): another building, or elsewhere?"
    ).format(_count(told, "metres"), _count(told, "usual"))


def one_device(told: Numbers) -> str:
    return _("{0} people punched on this phone on one day. Lending is allowed; was everybody there?").format(
        _count(told, "people")
    )


def wide(told: Numbers) -> str:
    return _("The time is proven to {0} minutes only: poor signal, or kept back on purpose?").format(
        _count(told, "minutes")
    )


def straddles(told: Numbers) -> str:
    return _(
        "The proven time of {0} minutes holds the limit between on time and late; the better result stands until somebody decides."
    ).format(_count(told, "minutes"))


def often_wide(told: Numbers) -> str:
    return _(
        "The time of {0} punches in {1} days is proven to a long interval only: poor signal, or kept back on purpose?"
    ).format(_count(told, "punches"), _count(told, "days"))


def empty_photo(_told: Numbers) -> str:
    return _("The photo is one even surface: a covered lens, darkness, or a wall.")


def no_photo(_told: Numbers) -> str:
    return _("The photo never came: a lost phone, a full one, or nobody to show.")


def gap(_told: Numbers) -> str:
    return _(
        "The entry before this one in the phone's chain has not arrived: lost, still waiting, or held back."
    )


SENTENCES: dict[str, Callable[[Numbers], str]] = {
    types.SAME_PLACE: same_place,
    types.ROUND_PLACE: round_place,
    types.STILL: still,
    types.SAME_ACCURACY: same_accuracy,
    types.TRAVEL: travel,
    types.FAR: far,
    types.ONE_DEVICE: one_device,
    types.SAME_PHOTO: same_photo,
    types.EMPTY_PHOTO: empty_photo,
    types.NO_PHOTO: no_photo,
    types.WIDE: wide,
    types.STRADDLES: straddles,
    types.OFTEN_WIDE: often_wide,
    types.GAP: gap,
}


def _count(told: Numbers, name: str) -> int:
    return int(told[name])


def _decimal(value: float, digits: int = 1) -> str:
    """Indonesian decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")
