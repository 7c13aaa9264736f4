"""The page of a Monday, and its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from . import figures

if TYPE_CHECKING:
    from .monday import Seen


@dataclass(frozen=True)
class Result:
    """``used``: CPU seconds by part. ``asked``: statements of everything. ``truth``: id_klien -> (name, state of the photo)."""

    staff: int
    minutes: float
    seconds: float
    seen: Seen
    used: dict[str, float]
    asked: int
    waits: int
    truth: dict[str, tuple[str, str]]

    def missing(self) -> int:
        """Acknowledged and not there, or there under another name."""
        stored = self.truth
        return sum(stored.get(key, ("",))[0] != name for key, name in self.seen.acknowledged.items())

    def unexpected(self) -> int:
        """There and never acknowledged; what a client gave up on may be."""
        return len(self.truth.keys() - self.seen.acknowledged.keys() - set(self.seen.lost))

    def photos(self) -> int:
        return sum(state == "Ada" for _name, state in self.truth.values())


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def figures_of(result: Result) -> list[figures.Figure]:
    receipts = [seconds for _at, seconds in result.seen.receipts]
    lost = len(result.seen.lost) + result.missing()
    return [
        figures.at_most("monday_lost", f"punches lost of {result.staff:,}", lost, "", 0),
        figures.at_most("monday_doubled", "punches doubled or unexpected", result.unexpected(), "", 0),
        figures.at_least("monday_photos", "photos stored", result.photos(), "", result.staff),
        figures.at_most("monday_p95", "receipt of a punch, p95", quantile(receipts, 0.95), "s", 1),
        figures.Figure("monday_p99", "receipt of a punch, p99", quantile(receipts, 0.99), "s"),
        figures.Figure("monday_photo_p95", "photo stored, p95", quantile(result.seen.photos, 0.95), "s"),
        figures.Figure("monday_home_p95", "home screen, p95", quantile(result.seen.opened, 0.95), "s"),
    ]


def page(result: Result, facts: dict[str, str]) -> str:
    seen = result.seen
    parts = [
        "# Benchmarks of a Monday",
        f"Measured on {date.today():%d %B %Y} by `./dev load`: {result.staff:,} people with logged-in phones arrive within "
        f"{result.minutes:g} minutes, most of them shortly before the limit (triangular, peak at 70 %). Each opens the app "
        "(who is logged in, and the home screen), punches two seconds later and sends a photo of about 60 KB as soon as the receipt is there; nobody waits for a slow server before "
        "arriving. Whoever has no receipt or home screen after two minutes puts the phone away; the photo is sent by the app, which goes on. Times run from when a request was due, tries after a 503 included. Beside them five leaders look at the whole regency "
        "and BKPSDM opens the recap of a month.",
        latencies(result),
        by_minute(seen.receipts),
        f"At the busiest, {busiest(seen.receipts):.0f} punches/s over ten seconds. Acknowledged {len(seen.acknowledged):,}, given up "
        f"{len(seen.lost)}, acknowledged and not in the table {result.missing()}, in the table and not acknowledged {result.unexpected()}, "
        f"photos stored {result.photos():,}. Lock waits {result.waits}. The clients' program was never more than "
        f"{1000 * seen.late_client:.0f} ms behind its own plan.",
        answers(result),
        cpu(result),
        "## The machine\n\n" + "\n".join(f"- {name}: {value}" for name, value in facts.items()),
    ]
    return "\n\n".join(parts) + "\n"


def latencies(result: Result) -> str:
    seen = result.seen
    lines = ["| s | p50 | p95 | p99 | longest | answers |", "|---|---|---|---|---|---|"]
    for what, values in (
        ("home screen", seen.opened),
        ("receipt of the punch", [seconds for _at, seconds in seen.receipts]),
        ("photo stored", seen.photos),
        ("leaders' screens and reports", seen.beside),
    ):
        if values:
            shown = " | ".join(f"{quantile(values, share):.3f}" for share in (0.5, 0.95, 0.99))
            lines.append(f"| {what} | {shown} | {max(values):.2f} | {len(values):,} |")
    return "\n".join(lines)


def by_minute(receipts: list[tuple[float, float]]) -> str:
    """How long those waited whose punch was due in a minute."""
    minutes: dict[int, list[float]] = {}
    for at, seconds in receipts:
        minutes.setdefault(int(at // 60), []).append(seconds)
    lines = ["| minute | punches due | p50 s | p95 s | longest s |", "|---|---|---|---|---|"]
    for minute, waits in sorted(minutes.items()):
        shown = " | ".join(f"{quantile(waits, share):.3f}" for share in (0.5, 0.95))
        lines.append(f"| {minute + 1} | {len(waits):,} | {shown} | {max(waits):.2f} |")
    return "\n".join(lines)


def busiest(receipts: list[tuple[float, float]]) -> float:
    """Most punches per second that were due in ten seconds."""
    if not receipts:
        return 0.0
    by_ten = [int(at // 10) for at, _seconds in receipts]
    return max(by_ten.count(ten) for ten in set(by_ten)) / 10


def answers(result: Result) -> str:
    lines = ["| request | status | answers |", "|---|---|---|"]
    lines += [
        f"| {what} | {code or 'no answer'} | {count:,} |"
        for (what, code), count in sorted(result.seen.status.items())
    ]
    return "\n".join(lines)


def cpu(result: Result) -> str:
    staff = max(len(result.seen.acknowledged), 1)
    lines = ["| part | CPU s | ms per person |", "|---|---|---|"]
    lines += [
        f"| {part} | {seconds:.1f} | {1000 * seconds / staff:.2f} |" for part, seconds in result.used.items()
    ]
    total = sum(result.used.values())
    return "\n".join(
        [
            f"## Where the time of {result.seconds:.0f} s went",
            "",
            *lines,
            f"| all | {total:.1f} | {1000 * total / staff:.2f} |",
            "",
            f"SQL statements per person, everything included: {result.asked / staff:.1f}.",
        ]
    )
