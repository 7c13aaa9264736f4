"""Roll calls (apel, upacara): an event of its own. Missing one is neither late nor absent; by default it costs nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from . import codes, outages, permits
from .errors import WorktimeError
from .rates import RateTable
from .schedule import Plan
from .types import ZERO, Outage, Permit, Person, Policy, Punch, Reason

PRESENT, ABSENT, EXEMPT, NOT_INVITED = "Hadir", "Tidak Hadir", "Dikecualikan", "Tidak Diundang"
_DEFAULT = Policy()


@dataclass(frozen=True, slots=True)
class ApelEvent:
    """``first``/``last``: when punches count. ``opds``: invited, None for all. ``exempt``: persons named in the list.
    ``deducts``: whether missing it costs the table's ``apel_percent``. Raises WorktimeError ``interval_reversed``."""

    key: str
    day: date
    first: datetime
    last: datetime
    opds: frozenset[str] | None = None
    exempt: frozenset[str] = frozenset()
    deducts: bool = False

    def __post_init__(self) -> None:
        if self.last <= self.first:
            raise WorktimeError("interval_reversed", key=self.key)


@dataclass(frozen=True, slots=True)
class ApelResult:
    """``status``: Hadir, Tidak Hadir, Dikecualikan, Tidak Diundang. ``percent``: of the base."""

    status: str
    reason: Reason
    percent: Decimal = ZERO
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class ApelFacts:
    """What decides one person at one roll call; ``punches`` may hold others of the day."""

    pegawai: str
    person: Person | None
    plan: Plan
    punches: tuple[Punch, ...] = ()
    permits: tuple[Permit, ...] = ()
    outages: tuple[Outage, ...] = ()


def judge_apel(event: ApelEvent, facts: ApelFacts, rates: RateTable, policy: Policy = _DEFAULT) -> ApelResult:
    """Presence stands above every exemption; a roll call on a holiday (17 August) still invites those with office hours, and
    exempts shift workers on duty and people on leave, duty or a rostered day off."""
    person = facts.person
    if person is None or person.state not in policy.counted_states or not _invited(event, person):
        return ApelResult(NOT_INVITED, Reason("apel_not_invited"))
    attended = [row for row in facts.punches if _attends(row, event)]
    if any(row.status != codes.MENUNGGU for row in attended):
        return ApelResult(PRESENT, Reason("apel_present"))
    if attended:
        return ApelResult(PRESENT, Reason("apel_pending"), provisional=True)
    exempt = _exemption(event, facts, person)
    if exempt is not None:
        return ApelResult(EXEMPT, exempt)
    costs = event.deducts and person.status in policy.tpp_statuses
    return ApelResult(
        ABSENT,
        Reason("apel_missing", (), rates.source if costs else ""),
        rates.apel_percent if costs else ZERO,
    )


def strength(results: Iterable[ApelResult]) -> dict[str, object]:
    """The report of one block: jumlah, hadir, kurang, and keterangan (count by reason key of all who are not there)."""
    invited = [result for result in results if result.status != NOT_INVITED]
    missing = [result for result in invited if result.status != PRESENT]
    return {
        "jumlah": len(invited),
        "hadir": len(invited) - len(missing),
        "kurang": len(missing),
        "keterangan": dict(sorted(Counter(_remark(result) for result in missing).items())),
    }


def _remark(result: ApelResult) -> str:
    """Permits by their code, as a block reports them."""
    return str(result.reason.args[0]) if result.reason.args else result.reason.key


def _invited(event: ApelEvent, person: Person) -> bool:
    return event.opds is None or bool(event.opds & person.opds)


def _attends(row: Punch, event: ApelEvent) -> bool:
    """In the window by any moment of the proven interval; the last minute counts whole."""
    this_one = row.kind == codes.APEL and row.event in ("", event.key) and row.status != codes.DITOLAK
    return this_one and row.first.replace(second=0, microsecond=0) <= event.last and row.last >= event.first


def _exemption(event: ApelEvent, facts: ApelFacts, person: Person) -> Reason | None:
    if facts.pegawai in event.exempt:
        return Reason("apel_exempt_listed")
    permit = _permit(event, facts.permits)
    if permit is not None:
        return Reason("apel_exempt_permit", (permit.kind,), permit.decree)
    if facts.plan.rostered:
        return Reason("apel_exempt_shift" if facts.plan.windows else "apel_exempt_off")
    concerned = outages.concerning(facts.outages, person)
    stop = next((row for row in concerned if row.first <= event.last and row.last >= event.first), None)
    return Reason("apel_exempt_outage", (), stop.decree) if stop else None


def _permit(event: ApelEvent, rows: Sequence[Permit]) -> Permit | None:
    """The strongest approved permit that holds the roll call; an afternoon permit does not excuse a morning one."""
    noon = event.first.replace(hour=12, minute=0, second=0, microsecond=0)
    half = codes.MORNING if event.first < noon else codes.AFTERNOON
    found = [
        row
        for row in rows
        if row.approved and (_in_hours(row, event) if row.of_hours else _in_days(row, event, half))
    ]
    return min(found, key=permits.rank, default=None)


def _in_hours(row: Permit, event: ApelEvent) -> bool:
    return (
        row.since is not None
        and row.until is not None
        and row.since <= event.last
        and row.until >= event.first
    )


def _in_days(row: Permit, event: ApelEvent, half: str) -> bool:
    # WFA exempts too: who works from home cannot stand in the yard.
    return row.first <= event.day <= row.last and row.half in (codes.WHOLE, half)
