"""Findings in words: what was seen, and what else may explain it."""

from __future__ import annotations

from frappe import _

from spbe_attendance.signals import types
from spbe_attendance.signals.types import Finding


def sentence(finding: Finding) -> str:
    """For whoever decides."""
    told = finding.numbers
    words = {
        types.IDENTICAL_PLACE: _(
            "Exactly the same coordinates as {0} other punches: a real receiver never stands so still. A computer without GPS does."
        ).format(len(finding.others)),
        types.COARSE_PLACE: _(
            "The coordinates have {0} decimals only, as if typed in; some phones round for privacy."
        ).format(int(told.get("desimal", 0))),
        types.CONSTANT_ACCURACY: _(
            "The accuracy was {0} m on every one of {1} punches; sky and weather vary."
        ).format(_decimal(told.get("akurasi", 0)), len(finding.others) + 1),
        types.TRAVEL: _(
            "{0} km from the punch before, at {1} km/h at least: faster than anybody travels here."
        ).format(_decimal(told.get("km", 0)), int(told.get("km_per_jam", 0))),
        types.SHARED_DEVICE: _(
            "{0} people punched on this phone on one day. Lending is allowed; was everybody there?"
        ).format(int(told.get("orang", 0))),
        types.REPEATED_PHOTO: _(
            "The photo is almost the same as that of {0} other punches: a photo of a photo, or one sent again?"
        ).format(len(finding.others)),
        types.UNUSUAL_PLACE: _(
            "{0} km from where this person usually punches. A duty elsewhere explains it."
        ).format(_decimal(told.get("km", 0))),
        types.MISSING_PHOTO: _("The photo never came: a lost phone, a full one, or nobody to show."),
        types.OFTEN_LATE: _(
            "The time of {0} punches in 30 days is proven to a long interval only: poor signal, or kept back on purpose?"
        ).format(int(told.get("kali", 0))),
    }
    return words[finding.kind]


def title(kind: str) -> str:
    return {
        types.IDENTICAL_PLACE: _("Identical Coordinates"),
        types.COARSE_PLACE: _("Rounded Coordinates"),
        types.CONSTANT_ACCURACY: _("Constant Accuracy"),
        types.TRAVEL: _("Impossible Travel"),
        types.SHARED_DEVICE: _("Phone of Many"),
        types.REPEATED_PHOTO: _("Repeated Photo"),
        types.UNUSUAL_PLACE: _("Unusual Place"),
        types.MISSING_PHOTO: _("Photo Missing"),
        types.OFTEN_LATE: _("Often Proven Widely"),
    }[kind]


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
