"""The day's result.

Precedence: not counted (state) > day off or holiday > approved leave > duty > WFA > clock data > TK.
One event has one code: clock-in without clock-out is present with PSW4, neither is TK; a person seen at a time that is neither
in time to come nor to leave is present with TL4 and PSW4. Of two shifts on a date the day is TK when both were missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from . import codes, explain, outages
from .calendar import Holiday
from .measure import Measure, Task, measure, seen, task
from .permits import Cover, counts_as, cover, open_windows
from .rates import RateTable
from .schedule import Plan
from .types import ONE, ZERO, Cut, DayResult, Outage, Permit, Person, Policy, Punch, Reason, Session, ordered

_DEFAULT = Policy()


@dataclass(frozen=True, slots=True)
class DayFacts:
    """All that decides a day. ``punches``: of this working day, in any order; those that lie outside of the windows are passed over.
    ``permits``/``outages``: may contain others, only those that concern the day and the person count."""

    person: Person | None
    plan: Plan
    rates: RateTable
    holiday: Holiday | None = None
    permits: tuple[Permit, ...] = ()
    punches: tuple[Punch, ...] = ()
    outages: tuple[Outage, ...] = ()


def judge(facts: DayFacts, policy: Policy = _DEFAULT) -> DayResult:
    """The day, as if pending punches were accepted; then flagged ``provisional`` with the day without them as ``alternative``.

    Never raises: facts that are impossible cannot be built. ``person`` None: not employed on the date.
    """
    counted = tuple(punch for punch in facts.punches if punch.status != codes.DITOLAK)
    settled = tuple(punch for punch in counted if punch.status != codes.MENUNGGU)
    result = _day(facts, counted, policy)
    pending = sum(punch.kind != codes.APEL for punch in counted) - sum(
        punch.kind != codes.APEL for punch in settled
    )
    if not pending or result.excluded:
        return result
    reasons = (*result.reasons, explain.pending(pending))
    return replace(result, provisional=True, alternative=_day(facts, settled, policy), reasons=reasons)


def _day(facts: DayFacts, punches: tuple[Punch, ...], policy: Policy) -> DayResult:
    person, plan = facts.person, facts.plan
    if person is None or person.state not in policy.counted_states:
        return _excluded(plan, person, policy)
    pp94 = person.status in policy.pp94_statuses
    if not plan.known:
        return DayResult(plan.day, undetermined=True, pp94=pp94, reasons=(explain.no_roster(),))
    off = _off(facts, person, punches, policy)
    if off is not None:
        return replace(off, pp94=pp94)
    found = cover(plan, facts.permits, policy)
    notes = _notes(facts, found)
    if found.whole:
        result = _permitted(facts, found, punches, person)
    else:
        result = _clocked(facts, found, punches, person, policy)
    wfa = found.from_anywhere
    shown = ordered((*result.codes, codes.WFA)) if wfa else result.codes
    return _priced(
        replace(result, codes=shown, wfa=wfa, pp94=pp94, reasons=(*notes, *result.reasons)),
        person,
        policy,
        found,
        facts,
    )


def _excluded(plan: Plan, person: Person | None, policy: Policy) -> DayResult:
    if person is None:
        return DayResult(plan.day, excluded=True, reasons=(explain.not_employed(),))
    code = next((code for state, code in policy.state_codes if state == person.state), None)
    return DayResult(
        plan.day, (code,) if code else (), excluded=True, reasons=(explain.not_counted(person.state),)
    )


def _off(facts: DayFacts, person: Person, punches: Sequence[Punch], policy: Policy) -> DayResult | None:
    """The result of a day without duty; None when there is duty. A roster outranks the calendar."""
    plan, holiday = facts.plan, facts.holiday
    if holiday is not None and holiday.code == codes.CUTI_BERSAMA:
        holiday = holiday if person.status in policy.cuti_bersama_statuses else None
    if plan.windows and (holiday is None or plan.rostered):
        return None
    if holiday is not None and not plan.rostered:
        # Cuti bersama on a weekly day off gives nobody anything.
        code = holiday.code if plan.windows else codes.LIBUR
        reason = explain.holiday(holiday.name, holiday.decree)
    else:
        code, reason = codes.LIBUR, explain.day_off(plan)
    extra = (explain.worked_on_day_off(),) if _any_clock(punches) else ()
    return DayResult(plan.day, (code,), reasons=(reason, *extra))


def _notes(facts: DayFacts, found: Cover) -> tuple[Reason, ...]:
    """What was put aside, said before what was decided."""
    holiday = facts.holiday
    notes = [explain.holiday_worked(holiday.name)] if holiday and facts.plan.rostered else []
    notes += [explain.overridden(permit) for permit in found.overridden]
    if found.wfa is not None and found.from_anywhere:
        notes.append(explain.wfa(found.wfa))
    if any(not permit.approved and permit.first <= facts.plan.day <= permit.last for permit in facts.permits):
        notes.append(explain.permit_pending())
    rejected = sum(punch.status == codes.DITOLAK and punch.kind != codes.APEL for punch in facts.punches)
    return (*notes, explain.rejected(rejected)) if rejected else tuple(notes)


def _permitted(facts: DayFacts, found: Cover, punches: Sequence[Punch], person: Person) -> DayResult:
    shares: dict[str, Decimal] = {}
    for permit, share in found.whole:
        shares[counts_as(permit)] = shares.get(counts_as(permit), ZERO) + share
    reasons = [
        explain.permit(permit, person.status) for permit, _share in found.whole if permit is not found.wfa
    ]
    if reasons and _any_clock(punches):
        reasons.append(explain.punched_on_permit())
    return DayResult(
        facts.plan.day, ordered(shares), tuple(shares.items()), reasons=tuple(reasons), working_day=True
    )


def _clocked(
    facts: DayFacts, found: Cover, punches: tuple[Punch, ...], person: Person, policy: Policy
) -> DayResult:
    sessions = _sessions(facts, found, punches, person, policy)
    present = not all(session.absent for session in sessions)
    shares = {codes.HADIR if present else codes.TANPA_KETERANGAN: found.open_share}
    reasons = [explain.hours(permit) for permit in found.hours]
    if found.half:
        code = counts_as(found.half)
        shares[code] = shares.get(code, ZERO) + ONE - found.open_share
        reasons.append(explain.half(found.half, person.status))
    reasons += [reason for session in sessions for reason in session.reasons]
    if not present:
        reasons.append(explain.absent(person.status in policy.pp94_statuses))
    levels = [codes.TL[session.late_level - 1] for session in sessions if session.late_level]
    levels += [codes.PSW[session.early_level - 1] for session in sessions if session.early_level]
    return DayResult(
        facts.plan.day,
        ordered((*shares, *levels)),
        tuple(shares.items()),
        late=sum(session.late or 0 for session in sessions),
        early=sum(session.early or 0 for session in sessions),
        sessions=sessions,
        reasons=tuple(reasons),
        working_day=True,
        absent=not present and found.half is None,
        straddles=any(session.straddles for session in sessions),
        corrections=sum(punch.corrected and punch.kind != codes.APEL for punch in punches),
    )


def _sessions(
    facts: DayFacts, found: Cover, punches: tuple[Punch, ...], person: Person, policy: Policy
) -> tuple[Session, ...]:
    stops = outages.concerning(facts.outages, person) if facts.outages else ()
    source = _source(facts, policy)
    sessions = tuple(
        _session(task(window, part, stops, policy), punches, facts, policy)
        for window, part in open_windows(facts.plan, found)
    )
    if all(session.absent for session in sessions):
        return sessions
    # A shift that was missed beside one that was worked is a missing clock-in and clock-out, not an absent day.
    return tuple(_missed(row, facts.rates, source) if row.absent else row for row in sessions)


def _session(work: Task, punches: tuple[Punch, ...], facts: DayFacts, policy: Policy) -> Session:
    best = measure(work, punches, policy)
    window, rates = work.window, facts.rates
    proven = best.in_at is not None or best.out_at is not None or seen(work, punches, policy)
    # An outage stands in for the punches it prevented, unless its decree leaves absence as it is; duty elsewhere needs none.
    excused = presumed(work, best) or work.lenient_in or work.lenient_out
    if not proven and not excused:
        return Session(window.shift, window.start, window.end, late=None, early=None, absent=True)
    late, early = _levels(best, rates)
    straddles = False
    if any(punch.first != punch.last for punch in punches):
        straddles = _levels(measure(work, punches, policy, worst=True), rates) != (late, early)
    return Session(
        window.shift,
        window.start,
        window.end,
        best.in_at,
        best.out_at,
        best.late,
        best.early,
        late,
        early,
        straddles=straddles,
        reasons=explain.session(
            work, best, late, early, straddles, _source(facts, policy), facts.plan.source
        ),
    )


def presumed(work: Task, found: Measure) -> bool:
    """Whether an outage stands in for the punches of a window."""
    reasons = [row for row in (work.void_in, work.void_out) if row is not None]
    if (found.in_off and found.late == 0) or (found.out_off and found.early == 0):
        reasons += work.outages
    return any(row.excuses_absence for row in reasons)


def _levels(found: Measure, rates: RateTable) -> tuple[int, int]:
    late, early = rates.late_band(found.late), rates.early_band(found.early)
    return (late.level if late else 0), (early.level if early else 0)


def _source(facts: DayFacts, policy: Policy) -> str:
    """What TL and PSW rest on: the TPP decree for those it is for, the hours themselves for the others."""
    with_tpp = facts.person is not None and facts.person.status in policy.tpp_statuses
    return facts.rates.source if with_tpp else facts.plan.source


def _missed(session: Session, rates: RateTable, source: str) -> Session:
    return replace(
        session,
        absent=False,
        late_level=rates.missing_in.level,
        early_level=rates.missing_out.level,
        reasons=(explain.missed_shift(session, rates, source),),
    )


def _priced(result: DayResult, person: Person, policy: Policy, found: Cover, facts: DayFacts) -> DayResult:
    """Percentages, for those who have TPP: what the codes cost, capped at the day's cap."""
    if person.status not in policy.tpp_statuses:
        return result
    rates = facts.rates
    cuts = [
        Cut(permit.kind, rates.permit_percent(permit.kind) * share, rates.source)
        for permit, share in found.whole
    ]
    if found.half and not found.whole:
        kind = found.half.kind
        cuts.append(Cut(kind, rates.permit_percent(kind) * result.share(kind), rates.source))
    absent = result.share(codes.TANPA_KETERANGAN)
    cuts.append(Cut(codes.TANPA_KETERANGAN, rates.absent * absent, rates.source))
    clock = _clock_cuts(result, rates)
    cap = rates.cap * found.open_share
    spent = sum((cut.percent for cut in clock), ZERO)
    reasons = result.reasons
    if spent > cap:
        reasons = (*reasons, explain.day_capped(spent, cap, rates.source))
        spent = cap
    others = tuple(cut for cut in cuts if cut.percent)
    total = sum((cut.percent for cut in others), spent)
    return replace(result, percent=total, cuts=(*others, *clock), reasons=reasons)


def _clock_cuts(result: DayResult, rates: RateTable) -> tuple[Cut, ...]:
    """TL and PSW of all sessions; on the same day they add up."""
    cuts = []
    for session in () if result.share(codes.TANPA_KETERANGAN) else result.sessions:
        late = rates.late_band(session.late) if session.late_level else None
        early = rates.early_band(session.early) if session.early_level else None
        if late:
            cuts.append(Cut(codes.TL[late.level - 1], late.percent, rates.source))
        if early:
            cuts.append(Cut(codes.PSW[early.level - 1], early.percent, rates.source))
    return tuple(cuts)


def _any_clock(punches: Sequence[Punch]) -> bool:
    return any(punch.kind != codes.APEL for punch in punches)
