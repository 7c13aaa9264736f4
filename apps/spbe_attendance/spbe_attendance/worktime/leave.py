"""Which permits a status may ask for, what they require, how long they may be, and what is wrong with a request.

Local rules that were not confirmed (kinds for Non ASN, half days, sick notes) are in ``LeavePolicy``.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from . import codes
from .calendar import days
from .types import HALF, ONE, ZERO, Permit, Reason

_ALL = codes.STATUSES
_PPPK = (codes.PPPK, codes.PPPK_PARUH_WAKTU)
# PP 11/2017 for PNS; CPNS have no cuti besar and no CLTN. PP 49/2018 for PPPK: annual, sick, maternity only.
ALLOWED: dict[str, tuple[str, ...]] = {
    codes.CUTI_TAHUNAN: codes.ASN,
    codes.CUTI_BESAR: (codes.PNS,),
    codes.CUTI_SAKIT: codes.ASN,
    codes.CUTI_MELAHIRKAN: codes.ASN,
    codes.CUTI_ALASAN_PENTING: (codes.PNS, codes.CPNS),
    codes.CLTN: (codes.PNS,),
    codes.SAKIT: _ALL,
    codes.IZIN: _ALL,
    codes.DINAS_LUAR: _ALL,
    codes.TUGAS_BELAJAR: codes.ASN,
    codes.WFA: codes.ASN,
}
# Counted in the person's working days; all others in calendar days.
BY_WORKING_DAYS = frozenset((codes.CUTI_TAHUNAN, codes.IZIN, codes.DINAS_LUAR, codes.WFA))

# Papers that a request has to bring.
LETTER, DOCTOR, STATE_DOCTOR, INPATIENT = (
    "Surat Atasan",
    "Surat Dokter",
    "Surat Dokter Pemerintah",
    "Surat Rawat Inap",
)
ORDER_LETTER, REASON_LETTER, BKN_CONSENT = "Surat Tugas", "Surat Keterangan", "Persetujuan BKN"

# Reasons that change a rule.
HAJ, FOURTH_CHILD = "Haji Pertama", "Anak Keempat"
MISCARRIAGE, WORK_ACCIDENT = "Keguguran", "Kecelakaan Kerja"
FAMILY, FIRST_MARRIAGE = "Keluarga Sakit Keras atau Meninggal", "Pernikahan Pertama"


@dataclass(frozen=True, slots=True)
class LeavePolicy:
    """``extra_kinds``: (status, kind) allowed beyond ``ALLOWED``, such as annual leave by local contract. ``half_day_kinds``: what may
    be taken by halves (annual leave may not: one day at least). ``sick_note_days``/``inpatient_days``: longest S, in
    calendar days. ``early_pppk_days``: of PPPK before a year of service, for family and first marriage."""

    extra_kinds: frozenset[tuple[str, str]] = frozenset()
    half_day_kinds: frozenset[str] = frozenset((codes.IZIN, codes.DINAS_LUAR, codes.WFA))
    sick_note_days: int = 3
    inpatient_days: int = 10
    early_pppk_days: int = 6


@dataclass(frozen=True, slots=True)
class Request:
    """A permit asked for by a person of ``status``, in service ``since``. ``papers``: names of what is attached. ``reason``: one of
    this module's, or empty. ``inpatient``: S in hospital. ``available``: working days of annual leave left (``quota.balance``).
    ``remote``: annual leave is spent in a hard-to-reach place."""

    permit: Permit
    status: str
    since: date
    papers: frozenset[str] = frozenset()
    reason: str = ""
    inpatient: bool = False
    available: Decimal = ZERO
    remote: bool = False


def allowed_kinds(status: str, policy: LeavePolicy | None = None) -> tuple[str, ...]:
    """Kinds that a form may offer, in the order of precedence; the others are hidden."""
    extra = policy.extra_kinds if policy else frozenset()
    return tuple(kind for kind in codes.PERMITS if status in ALLOWED[kind] or (status, kind) in extra)


def required_papers(request: Request) -> tuple[str, ...]:
    """Names of the papers that must be attached. Sick leave: one day a letter, 14 days a doctor, more a government doctor."""
    kind, length = request.permit.kind, calendar_days(request.permit)
    if kind == codes.CUTI_SAKIT:
        return (LETTER if length <= 1 else DOCTOR if length <= 14 else STATE_DOCTOR,)
    if kind == codes.SAKIT:
        return (DOCTOR, INPATIENT) if request.inpatient else (DOCTOR,)
    if kind in codes.DUTY:
        return (ORDER_LETTER,)
    if kind == codes.CLTN:
        return (BKN_CONSENT,)
    return (REASON_LETTER,) if kind == codes.CUTI_ALASAN_PENTING else ()


def check(
    request: Request,
    working: Callable[[date], bool],
    others: Iterable[Permit] = (),
    policy: LeavePolicy | None = None,
) -> tuple[Reason, ...]:
    """All that is wrong with a request, empty when nothing is. ``working``: whether the person works on a date.

    ``others``: permits of the person that are approved or waiting.
    """
    rules = policy or LeavePolicy()
    permit = request.permit
    if permit.kind not in allowed_kinds(request.status, rules):
        return (Reason("leave_not_for_status", (permit.kind, request.status), source_of(request)),)
    found = [*_form(request, rules), *_service(request), *_length(request, working, rules)]
    if not any(working(day) for day in days(permit.first, permit.last)):
        found.append(Reason("leave_no_working_day"))
    found += [
        Reason("leave_overlaps", (other.kind, other.first, other.last))
        for other in sorted(others, key=lambda row: (row.first, row.key))
        if other.key != permit.key and overlap(permit, other)
    ]
    return tuple(found)


def charged(permit: Permit, working: Callable[[date], bool]) -> Decimal:
    """Days that a permit takes: working days or calendar days by its kind; a half is 0.5, hours take none."""
    if permit.of_hours:
        return ZERO
    unit = HALF if permit.half else ONE
    if permit.kind not in BY_WORKING_DAYS:
        return unit * calendar_days(permit)
    return unit * sum(working(day) for day in days(permit.first, permit.last))


def calendar_days(permit: Permit) -> int:
    return (permit.last - permit.first).days + 1


def overlap(one: Permit, other: Permit) -> bool:
    """Whether two permits claim the same time: morning and afternoon of a day do not, nor do hours that only touch."""
    if one.last < other.first or other.last < one.first:
        return False
    if one.since and one.until and other.since and other.until:
        return one.since < other.until and other.since < one.until
    return not (one.half and other.half and one.half != other.half)


def source_of(request: Request) -> str:
    if request.status in (codes.PNS, codes.CPNS):
        return codes.PP_LEAVE_PNS
    return codes.PP_LEAVE_PPPK if request.status in _PPPK else codes.LOCAL_CONTRACT


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_end(request: Request, policy: LeavePolicy) -> date | None:
    """The last date that the law lets this request reach; None where only the quota limits it."""
    first, kind = request.permit.first, request.permit.kind
    if kind == codes.SAKIT:
        return first + timedelta(
            days=(policy.inpatient_days if request.inpatient else policy.sick_note_days) - 1
        )
    if kind == codes.CUTI_SAKIT:
        return _sick_end(request)
    months = {
        codes.CUTI_BESAR: 3,
        codes.CUTI_MELAHIRKAN: 3,
        codes.CUTI_ALASAN_PENTING: 1,
        codes.CLTN: 48,
    }.get(kind)
    return add_months(first, months) - timedelta(days=1) if months else None


def _sick_end(request: Request) -> date | None:
    """Miscarriage a month and a half; work accident until recovery; else PNS a year and six months, PPPK a month."""
    first = request.permit.first
    if request.reason == MISCARRIAGE:
        return add_months(first, 1) + timedelta(days=14)
    if request.reason == WORK_ACCIDENT:
        return None
    return add_months(first, 1 if request.status in _PPPK else 18) - timedelta(days=1)


def _form(request: Request, policy: LeavePolicy) -> list[Reason]:
    permit = request.permit
    found = []
    if (permit.half or permit.of_hours) and permit.kind not in policy.half_day_kinds:
        found.append(Reason("leave_whole_days_only", (permit.kind,), source_of(request)))
    found += [
        Reason("leave_paper_missing", (paper,), source_of(request))
        for paper in required_papers(request)
        if paper not in request.papers
    ]
    if permit.kind == codes.CUTI_MELAHIRKAN and request.reason == FOURTH_CHILD:
        found.append(Reason("leave_fourth_child", (), source_of(request)))
    return found


def _service(request: Request) -> list[Reason]:
    """Years of service that a kind asks for on its first day."""
    kind, early = request.permit.kind, request.reason in (FAMILY, FIRST_MARRIAGE)
    years = {codes.CUTI_TAHUNAN: 1, codes.CUTI_BESAR: 5, codes.CLTN: 5}.get(kind, 0)
    if kind == codes.CUTI_BESAR and request.reason in (HAJ, FOURTH_CHILD):
        years = 0
    if kind == codes.CUTI_TAHUNAN and early and request.status in _PPPK:
        years = 0
    if add_months(request.since, 12 * years) > request.permit.first:
        return [Reason("leave_service_too_short", (request.permit.kind, years), source_of(request))]
    return []


def _length(request: Request, working: Callable[[date], bool], policy: LeavePolicy) -> list[Reason]:
    permit = request.permit
    end = latest_end(request, policy)
    if end is not None and permit.last > end:
        return [Reason("leave_too_long", (permit.kind, end), source_of(request))]
    if permit.kind != codes.CUTI_TAHUNAN:
        return []
    wanted = charged(permit, working)
    available = request.available
    if add_months(request.since, 12) > permit.first:
        # Before the first year there is no quota, only PPPK's days for family and marriage.
        available = Decimal(policy.early_pppk_days)
    if not request.remote and wanted > available:
        return [Reason("leave_over_quota", (wanted, available), source_of(request))]
    extra, limit = beyond_quota(permit, available, working), remote_days(request.status)
    if request.remote and extra > limit:
        return [Reason("leave_over_remote", (extra, limit), source_of(request))]
    return []


def remote_days(status: str) -> int:
    """Calendar days that annual leave in a hard-to-reach place may be longer: PNS 12, PPPK 6."""
    return {codes.PNS: 12, codes.CPNS: 12}.get(status, 6 if status in _PPPK else 0)


def beyond_quota(permit: Permit, available: Decimal, working: Callable[[date], bool]) -> int:
    """Calendar days of annual leave from the first working day on that the quota no longer covers."""
    left = available
    for day in days(permit.first, permit.last):
        if working(day):
            if left < ONE:
                return (permit.last - day).days + 1
            left -= ONE
    return 0
