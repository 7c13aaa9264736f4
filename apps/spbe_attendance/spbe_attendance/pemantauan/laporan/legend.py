"""What the codes mean. TB and TK are read in two ways elsewhere, so no sheet goes without it."""

from __future__ import annotations

from frappe import _

from spbe_attendance.worktime import codes


def of_codes() -> list[tuple[str, str]]:
    return [
        ("H", _("present")),
        ("TL1–TL4", _("late, by level")),
        ("PSW1–PSW4", _("left early, by level")),
        ("I", _("personal permit")),
        ("S", _("sick, with permit")),
        ("CT", _("annual leave")),
        ("CBs", _("long leave (cuti besar)")),
        ("CS", _("sick leave")),
        ("CM", _("maternity leave")),
        ("CAP", _("leave for an important reason")),
        ("CLTN", _("leave outside of state cost")),
        ("DL", _("duty elsewhere")),
        ("TB", _("study assignment")),
        ("WFA", _("work from another place")),
        ("TK", _("absent without reason")),
        ("L", _("holiday or day off")),
        ("CBer", _("joint leave day (cuti bersama)")),
    ]


def printed(code: str) -> str:
    return codes.PRINTED.get(code, code)
