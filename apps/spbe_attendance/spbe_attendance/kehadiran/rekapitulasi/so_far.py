"""Days that are not over yet: nobody is absent, or has left without clocking out, while there is still time to punch."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from spbe_attendance.worktime import codes
from spbe_attendance.worktime.schedule import Plan
from spbe_attendance.worktime.types import DayResult, Reason, Session

OPEN_OUT = {"no_clock_out"}
OPEN_IN = {"no_clock_in", "absent", "missed_shift"}


def is_open(plan: Plan, now: datetime) -> bool:
    return any(now <= window.last_out for window in plan.windows)


def as_of(result: DayResult, plan: Plan, now: datetime) -> DayResult:
    """The result without what is only missing because the time for it has not passed."""
    if not is_open(plan, now) or not result.working_day or result.undetermined:
        return result
    sessions = [_pending(session, plan, now) for session in result.sessions]
    drop_out = any(out for _in, out in sessions)
    drop_in = any(entering for entering, _out in sessions)
    if not (drop_in or drop_out):
        return result
    unseen = all(session.in_at is None and session.out_at is None for session in result.sessions)
    removed = set(codes.PSW) if drop_out else set()
    if unseen:
        removed |= {codes.HADIR, codes.TANPA_KETERANGAN, *codes.TL, *codes.PSW}
    hidden = (OPEN_OUT if drop_out else set()) | (OPEN_IN if unseen else set())
    cuts = tuple(cut for cut in result.cuts if cut.code not in removed)
    reasons = tuple(reason for reason in result.reasons if reason.key not in hidden)
    if unseen:
        reasons = (*reasons, Reason("not_yet", (plan.windows[0].start,), plan.source))
    return replace(
        result,
        codes=tuple(code for code in result.codes if code not in removed),
        shares=tuple(item for item in result.shares if item[0] not in removed),
        cuts=cuts,
        percent=min(result.percent, sum((cut.percent for cut in cuts), start=result.percent * 0)),
        reasons=reasons,
        absent=result.absent and not unseen,
    )


def _pending(session: Session, plan: Plan, now: datetime) -> tuple[bool, bool]:
    """Whether the punch in, the punch out of a session may still come."""
    window = next(row for row in plan.windows if row.start == session.start)
    return session.in_at is None and now <= window.last_in, session.out_at is None and now <= window.last_out
