"""The measured figures as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from . import crowd, figures


@dataclass(frozen=True)
class Block:
    """One run of wrk. ``answered``: 2xx; ``refused``: any other status; ``broken``: no answer; latencies in ms, CPU in s."""

    mode: str
    connections: int
    seconds: float
    answered: int
    refused: int
    broken: int
    p50: float
    p99: float
    web_cpu: float
    database_cpu: float

    @property
    def rate(self) -> float:
        return self.answered / self.seconds

    def per_request(self, cpu: float) -> float:
        """Milliseconds of CPU per answer."""
        return 1000 * cpu / self.answered if self.answered else float("nan")


def page(
    blocks: Sequence[Block],
    statements: dict[str, float],
    waits: int,
    rows: tuple[int, int],
    facts: dict[str, str],
    command: str,
) -> str:
    connections = sorted({block.connections for block in blocks}, reverse=True)
    parts = [
        "# Benchmarks of punches",
        f"Measured on {date.today():%d %B %Y} with `{command}`: database, cache, web workers and the client wrk on one machine, "
        "through nginx, blocks of the two requests interleaved. What a block's client left unanswered at its end is worked off before the "
        "next one begins. Speeds of such machines swing: compare figures of one run only.",
        "*No-op*: `GET frappe.auth.get_logged_user`. *Punch*: `POST spbe_attendance.api.absensi.catat`, a new id each, judged "
        f"against the person's places and committed; no photo is sent. Both with the same log-in sessions of {crowd.PEOPLE} people. "
        "Latency is what wrk saw, without correction for requests it did not send while waiting.",
        *[_summary(blocks, count) for count in connections],
        _sql(statements),
        f"Rows of Absensi before and after: {rows[0]} and {rows[1]}. Times that a statement waited for a row of another transaction "
        f"during all blocks: {waits}.",
        "## Every block\n\n" + _table(blocks),
        "## The machine\n\n" + "\n".join(f"- {name}: {value}" for name, value in facts.items()),
    ]
    return "\n\n".join(parts) + "\n"


def chosen_of(blocks: Sequence[Block], connections: int) -> dict[str, list[Block]]:
    return {
        mode: [block for block in blocks if (block.mode, block.connections) == (mode, connections)]
        for mode in ("noop", "punch")
    }


def ratios_of(blocks: Sequence[Block], connections: int) -> list[float]:
    """Punches per no-op of each pair of blocks that stood beside each other."""
    chosen = chosen_of(blocks, connections)
    pairs = zip(chosen["noop"], chosen["punch"], strict=True)
    return [punch.rate / noop.rate for noop, punch in pairs if noop.rate]


def figures_of(blocks: Sequence[Block], statements: dict[str, float], waits: int) -> list[figures.Figure]:
    """What design.md asks of a punch."""
    most = max(block.connections for block in blocks)
    chosen = chosen_of(blocks, most)
    rate = {mode: median(block.rate for block in some) for mode, some in chosen.items()}
    ratio = median(ratios_of(blocks, most))
    extra = statements["punch"] - statements["noop"]
    broken = sum(block.refused + block.broken for block in blocks)
    return [
        figures.Figure("noop_rate", f"no-op, {most} connections", rate["noop"], "per s"),
        figures.Figure("punch_rate", f"punches, {most} connections", rate["punch"], "per s"),
        figures.at_least("punch_ratio", "punches per no-op, median of pairs", ratio, "", 0.6),
        figures.at_most(
            "punch_p99",
            f"p99 of a punch, {most} connections",
            median(b.p99 for b in chosen["punch"]),
            "ms",
            500,
        ),
        figures.at_most("punch_statements", "SQL statements more than the no-op", extra, "", 6),
        figures.at_most("lock_waits", "lock waits between punches", waits, "", 0),
        figures.at_most("punch_broken", "requests refused or not answered", broken, "", 0),
    ]


def _summary(blocks: Sequence[Block], connections: int) -> str:
    chosen, ratios = chosen_of(blocks, connections), ratios_of(blocks, connections)
    lines = [
        f"## {connections} connection{'s' if connections > 1 else ''}",
        "",
        "| medians | 2xx/s | p50 ms | p99 ms | web CPU ms | database CPU ms | refused | broken |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for mode, title in (("noop", "no-op"), ("punch", "punch")):
        some = chosen[mode]
        figures = [
            f"{median(block.rate for block in some):.1f}",
            f"{median(block.p50 for block in some):.1f}",
            f"{median(block.p99 for block in some):.1f}",
            f"{median(block.per_request(block.web_cpu) for block in some):.2f}",
            f"{median(block.per_request(block.database_cpu) for block in some):.2f}",
            str(sum(block.refused for block in some)),
            str(sum(block.broken for block in some)),
        ]
        lines.append(f"| {title} | " + " | ".join(figures) + " |")
    ratio = f"{median(ratios):.2f}" if ratios else "none"
    return "\n".join([*lines, "", f"Punches per no-op, median of {len(ratios)} pairs: **{ratio}**."])


def _sql(statements: dict[str, float]) -> str:
    extra = statements["punch"] - statements["noop"]
    return (
        "## SQL statements per request\n\n"
        f"No-op {statements['noop']:.1f}, punch {statements['punch']:.1f}, difference **{extra:.1f}**: everything that MariaDB "
        "counts in `Questions`, beginning and end of the transaction included, medians over rounds of single requests."
    )


def _table(blocks: Sequence[Block]) -> str:
    lines = [
        "| connections | request | 2xx/s | p50 ms | p99 ms | answered | refused | broken |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for block in blocks:
        lines.append(
            f"| {block.connections} | {block.mode} | {block.rate:.1f} | {block.p50:.1f} | {block.p99:.1f} "
            f"| {block.answered} | {block.refused} | {block.broken} |"
        )
    return "\n".join(lines)
