"""Figures of scenarios, kept as JSON beside the pages: what was reached, what should be, and what it was before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """``key``: the same in every run. ``target``: in words; ``met``: None where there is none to meet. ``scenario`` and ``run`` (day
    and commit) once it is kept."""

    key: str
    what: str
    value: float
    unit: str
    target: str = "–"
    met: bool | None = None
    scenario: str = ""
    run: str = ""

    def shown(self) -> str:
        return f"{number(self.value)} {self.unit}".strip()


def at_most(key: str, what: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(key, what, value, unit, f"≤ {number(limit)} {unit}".strip(), value <= limit)


def at_least(key: str, what: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(key, what, value, unit, f"≥ {number(limit)} {unit}".strip(), value >= limit)


def of_seconds(prefix: str, lines: Iterable[tuple[str, float, str]]) -> list[Figure]:
    """(what, seconds, target): those whose target is "≤ … s"."""
    found = []
    for order, (what, seconds, target) in enumerate(lines):
        limit = target.removeprefix("≤ ").removesuffix(" s")
        if limit != target:
            found.append(at_most(f"{prefix}_{order}", what, seconds, "s", float(limit)))
    return found


def number(value: float) -> str:
    """Three digits that mean something, whole numbers whole."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def save(figures: Iterable[Figure], path: Path | None) -> None:
    if path:
        path.write_text(
            json.dumps([asdict(figure) for figure in figures], indent=1, ensure_ascii=False) + "\n"
        )


def load(path: Path) -> list[Figure]:
    return [Figure(**row) for row in json.loads(path.read_text())] if path.is_file() else []
