"""Every row of a roster sheet against persons and shifts. All rows are checked; nothing is written."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _

from spbe_attendance.kehadiran.jadwal import roster, source, succession
from spbe_attendance.kehadiran.jadwal.hours import describe
from spbe_attendance.kehadiran.jadwal.sheet import Line, Sheet
from spbe_attendance.worktime.errors import BrokenSchedule
from spbe_attendance.worktime.hours import Hours
from spbe_attendance.worktime.schedule import roster_plan

OFF = {"", "L", "LEPAS", "OFF", "-"}
# Two shifts of one date, as people write them.
BETWEEN = re.compile(r"\s*[+/&]\s*")
MAX_SHIFTS = 2


@dataclass(frozen=True)
class Problem:
    row: int
    column: str
    content: str
    problem: str
    advice: str


@dataclass
class Checked:
    """``days``: shifts by person and date. Only without ``problems`` may it be written."""

    days: dict[tuple[str, date], tuple[str, ...]] = field(default_factory=dict)
    opds: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Persons:
    """Active staff of the OPD's subtree by NIP and staff number."""

    by_number: dict[str, dict[str, Any]]

    @classmethod
    def load(cls, opd: str) -> Persons:
        edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"]) or (0, 0)
        unit, person = frappe.qb.DocType("OPD"), frappe.qb.DocType("Pegawai")
        rows = (
            frappe.qb.from_(person)
            .join(unit)
            .on(unit.name == person.opd)
            .select(person.name, person.nama, person.nip, person.nomor_pegawai, person.opd)
            .where((unit.lft >= edges[0]) & (unit.rgt <= edges[1]) & (person.status == "Aktif"))
            .run(as_dict=True)
        )
        found = {row[field]: row for row in rows for field in ("nip", "nomor_pegawai") if row[field]}
        return cls(found)

    def find(self, line: Line) -> tuple[dict[str, Any] | None, str]:
        """The person, or None with what to do. A damaged number is taken only with the name beside it."""
        exact = self.by_number.get(line.number.text)
        if exact:
            return exact, ""
        if not line.number.known:
            return None, _(
                "Compare it with the register of this OPD: a person must be active and belong to it."
            )
        like = [row for number, row in self.by_number.items() if number.startswith(line.number.known)]
        named = [row for row in like if same_name(row["nama"], line.name)]
        if len(named) == 1:
            return named[0], ""
        if len(like) == 1:
            return None, _(
                "Excel has rounded the number. Format the column as text; perhaps {0} ({1}) is meant."
            ).format(like[0]["nip"] or like[0]["nomor_pegawai"], like[0]["nama"])
        return None, _("Excel has rounded the number. Format the column as text and enter all digits again.")


def check(
    sheet: Sheet, opd: str, first: date, tell: Callable[[int, int], None] = lambda _done, _total: None
) -> Checked:
    """The sheet of the month that begins with ``first``, for the OPD and the units below it. ``tell``: rows done, of how many."""
    persons, shifts = Persons.load(opd), source.shifts()
    length = calendar.monthrange(first.year, first.month)[1]
    result = Checked()
    seen: dict[str, Line] = {}
    for day, column in sorted(sheet.days.items()):
        if day > length and any(line.cells.get(day) for line in sheet.lines):
            result.problems.append(
                Problem(
                    0,
                    column,
                    str(day),
                    _("The month has no day {0}.").format(day),
                    _("Empty this column or choose the right month."),
                )
            )
    for done, line in enumerate(sheet.lines, start=1):
        tell(done, len(sheet.lines))
        person = person_of(line, persons, seen, result)
        for day in range(1, length + 1):
            kinds = shifts_of(line, day, sheet, shifts, result)
            if person and kinds is not None and day in sheet.days:
                result.days[(person["name"], first.replace(day=day))] = kinds
                result.opds[person["name"]] = person["opd"]
    check_succession(sheet, seen, first.replace(day=length), shifts, result)
    result.problems.sort(key=lambda problem: problem.row)
    return result


def check_succession(
    sheet: Sheet, seen: Mapping[str, Line], last: date, shifts: Mapping[str, Hours], result: Checked
) -> None:
    """Night shifts against the date that follows, the dates around the month and those that the sheet leaves out included."""
    month = [last.replace(day=day) for day in range(1, last.day + 1)]
    outside = [month[0] - timedelta(days=1), last + timedelta(days=1)]
    outside += [day for day in month if day.day not in sheet.days]
    # Those with a night shift before the month, too, whatever the sheet gives them.
    stored = roster.on_days(sorted(seen), outside)
    by_person: dict[str, dict[date, tuple[str, ...]]] = {}
    for (person, day), kinds in (*stored.items(), *result.days.items()):
        by_person.setdefault(person, {})[day] = kinds
    for person, line in seen.items():
        for clash in succession.of_codes(by_person.get(person, {}), shifts):
            # The cell that can be corrected here: the later one, unless it is none of the sheet's.
            inside = (person, clash.second_day) in result.days
            day = clash.second_day if inside else clash.first_day
            if (person, day) not in result.days:
                continue
            result.problems.append(
                Problem(
                    line.row,
                    f"{sheet.days.get(day.day, '')} ({day.day})",
                    line.cells.get(day.day, ""),
                    succession.describe(clash),
                    _("Leave time to rest after a night shift: choose a later shift or L."),
                )
            )


def person_of(line: Line, persons: Persons, seen: dict[str, Line], result: Checked) -> dict[str, Any] | None:
    if not line.number.text:
        problem = Problem(
            line.row, _("NIP"), line.name, _("The row has no number."), _("Enter NIP or staff number.")
        )
        result.problems.append(problem)
        return None
    person, advice = persons.find(line)
    if person is None:
        problem = Problem(
            line.row,
            _("NIP"),
            line.number.text,
            _("No such person in this OPD: {0}").format(line.name),
            advice,
        )
        result.problems.append(problem)
        return None
    if person["name"] in seen:
        problem = Problem(
            line.row,
            _("NIP"),
            line.number.text,
            _("{0} stands in row {1} already.").format(person["nama"], seen[person["name"]].row),
            _("Keep one row for each person."),
        )
        result.problems.append(problem)
        return None
    seen[person["name"]] = line
    return person


def shifts_of(
    line: Line, day: int, sheet: Sheet, known: Mapping[str, Hours], result: Checked
) -> tuple[str, ...] | None:
    """Codes of a cell; empty when off duty, None after a problem."""
    content = line.cells.get(day, "")
    kinds = tuple(kind for kind in BETWEEN.split(content.upper()) if kind not in OFF)
    unknown = [kind for kind in kinds if kind not in known]
    trouble, advice = "", ""
    if unknown:
        trouble = _("There is no shift {0}.").format(", ".join(unknown))
        advice = _("Known are {0}, and L for off duty.").format(", ".join(sorted(known)) or "–")
    elif len(kinds) > MAX_SHIFTS:
        trouble, advice = _("A date has at most two shifts."), _("Keep two, for example P+S.")
    else:
        try:
            roster_plan(date(2000, 1, 1), [known[kind] for kind in kinds])
        except BrokenSchedule as error:
            trouble, advice = describe(error), _("Choose shifts that follow one another.")
    if trouble:
        result.problems.append(
            Problem(line.row, f"{sheet.days.get(day, '')} ({day})", content, trouble, advice)
        )
        return None
    return kinds


def same_name(registered: str, written: str) -> bool:
    """Without titles: what stands before the first comma, letters only."""

    def bare(name: str) -> str:
        return re.sub(r"[^a-z]", "", name.split(",")[0].lower())

    return bool(bare(registered)) and bare(registered) in bare(written)
