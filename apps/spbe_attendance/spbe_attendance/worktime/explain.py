"""Sentences about a day, as keys with arguments. Engines know no language: services put ``TEMPLATES[key]`` through their translation
and fill in ``args`` formatted for their readers; ``english`` does it for logs and tests.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from . import codes
from .measure import Measure, Task
from .rates import RateTable
from .schedule import Plan
from .types import Argument, Outage, Permit, Reason, Session

TEMPLATES = {
    "not_employed": "Not employed on this date.",
    "not_counted": "Status {0}: attendance is not counted.",
    "no_roster": "No roster was made for this date; there is no verdict yet.",
    "day_off": "Day off by the weekly schedule.",
    "roster_off": "Day off by the roster.",
    "holiday": "Holiday: {0}.",
    "worked_on_day_off": "Punches on a day off are kept and change nothing.",
    "holiday_worked": "{0} is a working day for rostered shifts.",
    "permit": "Approved {0}, {1} to {2}; letter {3}.",
    "half_permit": "Approved {0} for the half day {1}; the other half is judged.",
    "hours_permit": "Approved {0} from {1} to {2} moves the time due.",
    "overridden": "{0} is set aside: another permit goes first.",
    "permit_pending": "A permit for this day still waits for approval and does not count yet.",
    "punched_on_permit": "Punches on a day of leave or duty are kept and change nothing.",
    "wfa": "Flexible place of work from {0} to {1}; the duty to clock remains as set.",
    "in_time": "First in {0}, due {1}: in time.",
    "within_grace": "First in {0}, due {1}: within the tolerance of {2} minutes.",
    "late": "First in {0}, due {1}: {2} minutes late, {3}.",
    "no_clock_in": "No clock-in in time counts as {0}.",
    "out_in_time": "Last out {0}, due {1}: in time.",
    "early": "Last out {0}, due {1}: {2} minutes early, {3}.",
    "no_clock_out": "No clock-out in time counts as {0}.",
    "payback": "{0} minutes of tolerance were used and are added to the time due out.",
    "straddles": "The proven time of a punch holds a limit; the better result for the person stands.",
    "outage_side": "The service was disturbed from {0} to {1}; this side of the day is excused.",
    "outage_minutes": "{0} minutes fall into a disturbance of the service and are taken off.",
    "missed_shift": "Shift {0} was missed: {1} and {2}.",
    "absent": "Neither clock-in nor clock-out, no permit: absent without reason (TK).",
    "pending": "{0} punches wait for approval; counted as if approved.",
    "rejected": "{0} punches were rejected and do not count.",
    "day_capped": "Deductions of {0} % are limited to {1} % for one day.",
    "week_sum_differs": "{0}: the hours of a week sum to {1} minutes, the law says {2}.",
    "month_capped": "Deductions of {0} % are limited to {1} % for the month.",
    "sick_beyond_free": "{0} sick days are more than {1} in the month: {2} days are cut.",
    "discipline_days": "{0} working days without reason in {1}: {2}.",
    "discipline_run": "{0} working days in a row without reason: {1}.",
    "leave_not_for_status": "{0} is not for {1}.",
    "leave_whole_days_only": "{0} is taken by whole days only.",
    "leave_paper_missing": "{0} is missing.",
    "leave_fourth_child": "From the fourth child on it is cuti besar, not cuti melahirkan.",
    "leave_service_too_short": "{0} needs {1} years of service.",
    "leave_too_long": "{0} that begins on this day ends on {1} at the latest.",
    "leave_over_quota": "{0} working days asked for, {1} left.",
    "leave_over_remote": "{0} calendar days beyond the quota, a hard-to-reach place gives {1}.",
    "leave_no_working_day": "None of these days is a working day.",
    "leave_overlaps": "Overlaps {0}, {1} to {2}.",
    "apel_present": "Present at the roll call.",
    "apel_missing": "Invited, not exempt, no punch in the window of the roll call.",
    "apel_exempt_listed": "Exempt: named in the roll call's list.",
    "apel_exempt_permit": "Exempt: approved {0}.",
    "apel_exempt_shift": "Exempt: on duty in a shift.",
    "apel_exempt_off": "Exempt: not a working day for this person.",
    "apel_exempt_outage": "Exempt: the service was disturbed.",
    "apel_not_invited": "Not invited.",
    "apel_pending": "The punch at the roll call waits for approval.",
}


def english(reason: Reason) -> str:
    """The sentence without translation."""
    return TEMPLATES[reason.key].format(*(_plain(argument) for argument in reason.args))


def _plain(argument: Argument) -> str:
    if isinstance(argument, datetime):
        return f"{argument:%Y-%m-%d %H:%M}"
    return str(argument)


def not_employed() -> Reason:
    return Reason("not_employed")


def not_counted(state: str) -> Reason:
    return Reason("not_counted", (state,))


def no_roster() -> Reason:
    return Reason("no_roster")


def day_off(plan: Plan) -> Reason:
    return Reason("roster_off" if plan.rostered else "day_off", (), plan.source)


def holiday(name: str, decree: str) -> Reason:
    return Reason("holiday", (name,), decree)


def worked_on_day_off() -> Reason:
    return Reason("worked_on_day_off")


def holiday_worked(name: str) -> Reason:
    return Reason("holiday_worked", (name,), codes.PERPRES_EXEMPT_UNITS)


def permit(row: Permit, status: str) -> Reason:
    return Reason("permit", (row.kind, row.first, row.last, row.decree), permit_source(row, status))


def half(row: Permit, status: str) -> Reason:
    return Reason("half_permit", (row.kind, row.half), permit_source(row, status))


def hours(row: Permit) -> Reason:
    moments = tuple(moment for moment in (row.since, row.until) if moment is not None)
    return Reason("hours_permit", (row.kind, *moments), row.decree)


def permit_source(row: Permit, status: str) -> str:
    """The law that gives a leave, by status; duty and izin rest on their letter."""
    if row.kind == codes.WFA:
        return codes.PERPRES_FLEXIBLE
    if row.kind in (*codes.DUTY, codes.IZIN):
        return row.decree
    if status in (codes.PNS, codes.CPNS):
        return codes.PERBUP_TPP if row.kind == codes.SAKIT else codes.PP_LEAVE_PNS
    return codes.PP_LEAVE_PPPK if status in codes.ASN else codes.LOCAL_CONTRACT


def overridden(row: Permit) -> Reason:
    return Reason("overridden", (row.kind,))


def permit_pending() -> Reason:
    return Reason("permit_pending")


def punched_on_permit() -> Reason:
    return Reason("punched_on_permit")


def wfa(row: Permit) -> Reason:
    return Reason("wfa", (row.first, row.last), codes.PERPRES_FLEXIBLE)


def absent(pp94: bool) -> Reason:
    return Reason("absent", (), codes.PP_DUTY if pp94 else codes.LOCAL_CONTRACT)


def pending(count: int) -> Reason:
    return Reason("pending", (count,))


def rejected(count: int) -> Reason:
    return Reason("rejected", (count,))


def day_capped(spent: Decimal, cap: Decimal, source: str) -> Reason:
    return Reason("day_capped", (spent, cap), source)


def missed_shift(row: Session, rates: RateTable, source: str) -> Reason:
    missing = (codes.TL[rates.missing_in.level - 1], codes.PSW[rates.missing_out.level - 1])
    return Reason("missed_shift", (row.shift, *missing), source)


def session(
    work: Task, found: Measure, late: int, early: int, straddles: bool, source: str, hours_source: str
) -> tuple[Reason, ...]:
    """Why a window ended as it did: coming, leaving, tolerance, outages."""
    reasons = [
        *_coming(work, found, late, source, hours_source),
        *_leaving(work, found, early, source, hours_source),
    ]
    if found.in_off + found.out_off:
        decree = work.outages[0].decree
        reasons.append(Reason("outage_minutes", (found.in_off + found.out_off,), decree))
    if straddles:
        reasons.append(Reason("straddles"))
    return tuple(reasons)


def _coming(work: Task, found: Measure, level: int, source: str, hours_source: str) -> list[Reason]:
    if work.due_in is None:
        return []
    if work.void_in is not None:
        return [_outage(work.void_in)]
    if level and found.in_at is None:
        return [Reason("no_clock_in", (codes.TL[level - 1],), source)]
    if found.in_at is None:
        return []
    if level:
        args = (found.in_at, work.due_in, found.late or 0, codes.TL[level - 1])
        return [Reason("late", args, source)]
    if found.in_at <= work.due_in:
        return [Reason("in_time", (found.in_at, work.due_in), hours_source)]
    return [Reason("within_grace", (found.in_at, work.due_in, work.window.grace), hours_source)]


def _leaving(work: Task, found: Measure, level: int, source: str, hours_source: str) -> list[Reason]:
    if work.due_out is None:
        return []
    if work.void_out is not None:
        return [_outage(work.void_out)]
    reasons = [Reason("payback", (found.owed,), hours_source)] if found.owed else []
    if level and found.out_at is None:
        reasons.append(Reason("no_clock_out", (codes.PSW[level - 1],), source))
    elif found.out_at is not None:
        due = work.due_with(found.owed)
        if level:
            args = (found.out_at, due, found.early or 0, codes.PSW[level - 1])
            reasons.append(Reason("early", args, source))
        else:
            reasons.append(Reason("out_in_time", (found.out_at, due), hours_source))
    return reasons


def _outage(row: Outage) -> Reason:
    return Reason("outage_side", (row.first, row.last), row.decree)
