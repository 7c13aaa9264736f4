"""A day's result as a row of Rekap Harian: a name that only person and date decide, and a fingerprint of all that is said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from spbe_attendance.kehadiran.rekapitulasi.facts import Standing
from spbe_attendance.kehadiran.rekapitulasi.rules import Rule
from spbe_attendance.worktime import codes, permits
from spbe_attendance.worktime.judge import DayFacts
from spbe_attendance.worktime.types import DayResult, Policy, Reason

PRESENT, MISSING = "Hadir", "Tidak Hadir"


@dataclass(frozen=True, slots=True)
class Judged:
    """A day with what it was judged from. ``unfinished``: the day is not over, the result may still change."""

    name: str
    day: date
    standing: Standing
    facts: DayFacts
    rule: Rule
    policy: Policy
    result: DayResult
    events: Sequence[Any] = ()
    unfinished: bool = False


def key(pegawai: str, day: date) -> str:
    """The row's name: the same for the same person and day on every run, and telling neither."""
    return hashlib.sha256(f"{pegawai}|{day.isoformat()}".encode()).hexdigest()[:20]


def build(judged: Judged) -> dict[str, Any]:
    """Values of the row, as the database shows them (dates as ISO text), ``sidik`` last."""
    result = judged.result
    values = {
        "pegawai": judged.name,
        "tanggal": judged.day.isoformat(),
        "opd": judged.standing.opd,
        "status_kepegawaian": judged.standing.status,
        **coded(result),
        "hari_kerja": int(result.working_day),
        "sementara": int(result.provisional or result.undetermined or judged.unfinished),
        "tinjau": int(result.straddles),
        **timed(judged),
        "persen_potongan": float(result.percent),
        "aturan": (judged.rule.name or None) if judged.rule.applies else None,
        **events(judged),
        "ketidakhadiran": permit(judged),
        "gangguan": outage(judged),
        "penjelasan": json.dumps([plain(reason) for reason in result.reasons], separators=(",", ":")),
    }
    values["sidik"] = fingerprint(values)
    return {"name": key(judged.name, judged.day), **values}


def fingerprint(values: dict[str, Any]) -> str:
    text = json.dumps(values, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def coded(result: DayResult) -> dict[str, Any]:
    """Codes: all of them for readers, the main one and the one of the other half for sums."""
    shares = sorted(result.shares, key=lambda item: (-item[1], codes.ORDER.index(item[0])))
    main = shares[0][0] if shares else next(iter(result.codes), "")
    second, part = shares[1] if len(shares) > 1 else (None, Decimal(0))
    return {
        "kode": ",".join(result.codes),
        "kode_utama": main,
        "kode_kedua": second,
        "bagian_kedua": float(part),
    }


def timed(judged: Judged) -> dict[str, Any]:
    result, windows = judged.result, judged.facts.plan.windows
    return {
        "jadwal": " + ".join(window.shift for window in windows if window.shift)[:140] or None,
        "mulai": moment(windows[0].start if windows else None),
        "selesai": moment(windows[-1].end if windows else None),
        "masuk": moment(result.in_at),
        "pulang": moment(result.out_at),
        "menit_terlambat": result.late,
        "menit_pulang_cepat": result.early,
        "tingkat_terlambat": level(result, codes.TL),
        "tingkat_pulang_cepat": level(result, codes.PSW),
        "koreksi": result.corrections,
    }


def level(result: DayResult, ladder: Sequence[str]) -> int:
    return max((ladder.index(code) + 1 for code in result.codes if code in ladder), default=0)


def events(judged: Judged) -> dict[str, Any]:
    """Roll calls beside the day: missing one is neither late nor absent, and is cut apart from them."""
    attended = sum(row.hasil == PRESENT for row in judged.events)
    missed = [row for row in judged.events if row.hasil == MISSING]
    outcomes = sorted({row.hasil for row in judged.events})
    return {
        "apel": ", ".join(outcomes) or None,
        "apel_hadir": attended,
        "apel_tidak_hadir": len(missed),
        "persen_apel": float(sum((cost(row, judged) for row in missed), Decimal(0))),
    }


def cost(event: Any, judged: Judged) -> Decimal:
    """What the event itself says, else the rule; nothing for those without TPP."""
    if not judged.rule.applies:
        return Decimal(0)
    own = Decimal(str(event.potongan_persen or 0))
    return own or judged.rule.table.apel_percent


def permit(judged: Judged) -> str | None:
    """The permit that decided, if one did."""
    if not judged.facts.permits:
        return None
    found = permits.cover(judged.facts.plan, judged.facts.permits, judged.policy)
    chosen = found.whole[0][0] if found.whole else found.half or next(iter(found.hours), found.wfa)
    return chosen.key if chosen and judged.result.working_day else None


def outage(judged: Judged) -> str | None:
    """The disturbance that excused something, if one did."""
    if not judged.facts.outages:
        return None
    for reason in judged.result.reasons:
        for row in judged.facts.outages:
            named = reason.key == "outage_side" and reason.args == (row.first, row.last)
            if named or (reason.key == "outage_minutes" and reason.source == row.decree):
                return row.key
    return None


def moment(value: datetime | None) -> str | None:
    return value.isoformat(sep=" ", timespec="microseconds") if value else None


def plain(reason: Reason) -> list[Any]:
    """[key, arguments, source]; arguments that JSON does not know are {type: text}, see sentences."""
    return [reason.key, [argument(value) for value in reason.args], reason.source]


def argument(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"waktu": value.isoformat(timespec="minutes")}
    if isinstance(value, date):
        return {"tanggal": value.isoformat()}
    return {"angka": str(value)} if isinstance(value, Decimal) else value
