"""docs/benchmarks.md: every figure of one run with its target, what it was before, and the machine. Called by ``./dev load``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from . import figures, machine
from .figures import Figure

DOCS = machine.ROOT / "docs"
KEPT = DOCS / "benchmarks.json"
PAGES = {
    "absen": ("benchmarks-absen.md", "Punches against the framework's no-op"),
    "senin": ("benchmarks-senin.md", "A Monday morning"),
    "baris": ("benchmarks-baris.md", "Five million rows"),
    "ringkasan": ("benchmarks-ringkasan.md", "Command Center"),
    "rekap": ("benchmarks-rekap.md", "Closing a day, recap, analytics"),
    "impor": ("benchmarks-impor.md", "Import and accounts"),
    "pwa": ("benchmarks-pwa.md", "The app on a phone"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--folder", required=True, type=Path, help="with a JSON file of each scenario that ran"
    )
    parser.add_argument("--host", required=True, help="a site, for the database's version")
    parser.add_argument("--command", required=True, help="as it was called")
    options = parser.parse_args()
    before = figures.load(KEPT)
    with machine.connect(options.host) as connection:
        facts = machine.facts(connection)
    # Of this program, which has no meanwhile; the scenarios' pages have it.
    del facts[machine.STOLEN]
    run = f"{date.today():%d %B %Y}, commit {facts['Commit']}"
    found = {
        name: [replace(one, scenario=name, run=run) for one in figures.load(options.folder / f"{name}.json")]
        for name in PAGES
    }
    text = page(found, before, facts, options.command)
    (DOCS / "benchmarks.md").write_text(text)
    # Scenarios that were left out this time keep what they had.
    new = [figure for some in found.values() for figure in some]
    keys = {figure.key for figure in new}
    figures.save([*(figure for figure in before if figure.key not in keys), *new], KEPT)
    print(f"Written: {DOCS / 'benchmarks.md'}")


def page(found: dict[str, list[Figure]], before: list[Figure], facts: dict[str, str], command: str) -> str:
    """What was left out this time stands as it was, with the run it is of."""
    known = {figure.key: figure for figure in before}
    parts = [
        "# Benchmarks",
        f"Measured on {date.today():%d %B %Y} by `{command}` in one run: database, Redis, web workers, proxy and clients on one machine. "
        "Speeds of such machines swing: compare ratios, and figures of one run only. *Before* is the run whose figures were "
        "committed last, maybe on another machine.",
    ]
    for name, (file, title) in PAGES.items():
        older = [figure for figure in before if figure.scenario == name]
        link = f"[How, and every block]({file})."
        if found[name]:
            parts += [f"## {title}", table(found[name], known), link]
        elif older:
            left = f"**Not measured in this run**: these are of {older[0].run}, maybe on another machine."
            parts += [f"## {title}", left, table(older, {}), link]
    parts.append("The review queue is measured by hand: [benchmarks-tinjauan.md](benchmarks-tinjauan.md).")
    parts.append("## The machine\n\n" + "\n".join(f"- {name}: {value}" for name, value in facts.items()))
    return "\n\n".join(parts) + "\n"


def table(some: Sequence[Figure], before: dict[str, Figure]) -> str:
    lines = ["| what | measured | target | | before |", "|---|---|---|---|---|"]
    for figure in some:
        old = before.get(figure.key)
        mark = {True: "met", False: "**missed**", None: ""}[figure.met]
        lines.append(
            f"| {figure.what} | {figure.shown()} | {figure.target} | {mark} | {old.shown() if old else '–'} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
