"""A NIK is shown to nobody: wherever it stands, whatever it was taken for."""

from __future__ import annotations

import re

from spbe_attendance.kepegawaian.identity import compact, mask

ANYWHERE = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")


def hide(shown: str, field: str = "") -> str:
    """Sixteen digits anywhere, and all of a NIK's column, in the form 1410********0001."""
    if field == "nik":
        return mask(compact(shown.strip("'`"))) if shown else ""
    return ANYWHERE.sub(lambda found: mask(compact(found[0])), shown)
