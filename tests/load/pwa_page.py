"""What pwa.py measured as figures and as a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from . import figures
from .wire import Fetched

if TYPE_CHECKING:
    from .pwa import First, Measured, Repeat

KB = 1024
FIRST_KB, REPEAT_SECONDS = 150, 2


def total(fetched: Iterable[Fetched]) -> int:
    return sum(one.size for one in fetched)


def largest(measured: Measured) -> First:
    return max(measured.first, key=lambda one: total(one.fetched))


def figures_of(measured: Measured) -> list[figures.Figure]:
    most = largest(measured).fetched
    sizes = {
        "pwa_first_program": ("of the first the program, the rest is data", total_program(most)),
        "pwa_kept": ("fetched in the background, to start without a network later", kept(measured)),
    }
    first, slow, offline = (
        median(one.ready for one in some) for some in (measured.first, measured.slow, measured.offline)
    )
    received = sum(one.size for one in measured.offline)
    return [
        figures.at_most("pwa_first_bytes", "downloaded to the first punch", total(most) / KB, "KB", FIRST_KB),
        figures.at_most(
            "pwa_first_form",
            "the same, the log-in form before it included",
            total(measured.unknown.fetched) / KB,
            "KB",
            FIRST_KB,
        ),
        *(figures.Figure(key, what, size / KB, "KB") for key, (what, size) in sizes.items()),
        figures.Figure("pwa_first_seconds", "first visit, slow line: punch button works after", first, "s"),
        figures.at_most(
            "pwa_repeat", "repeat visit, slow line: punch button works after", slow, "s", REPEAT_SECONDS
        ),
        figures.Figure("pwa_offline", "without a network: punch button works after", offline, "s"),
        figures.at_most("pwa_offline_bytes", "without a network: bytes received", received, "", 0),
    ]


def total_program(fetched: Iterable[Fetched]) -> int:
    return total(one for one in fetched if not one.is_data)


def kept(measured: Measured) -> int:
    return measured.kept + measured.worker


def page(measured: Measured, facts: dict[str, str]) -> str:
    parts = [
        "# Benchmarks of the app on a phone",
        f"Measured by `./dev load` on {date.today():%d %B %Y} in Chromium against the whole stack behind nginx, the screen that of a small "
        "phone, the processor this machine's own and not slowed down. Bytes are those received over the network, headers included, as "
        "Chromium counts them; what is sent, the photo for one, is not among them. 1 KB is 1024 bytes. *Slow line*: 400 kbit/s with "
        "400 ms there and back, made by Chromium.",
        first_part(measured),
        repeat_part(measured),
        "## The machine\n\n" + "\n".join(f"- {name}: {value}" for name, value in facts.items()),
    ]
    return "\n\n".join(parts) + "\n"


def first_part(measured: Measured) -> str:
    most = largest(measured).fetched
    program = total_program(most)
    rows = [(str(number), one) for number, one in enumerate(measured.first, 1)]
    tries = "\n".join(
        f"| {title} | {one.ready:.2f} | {size_of(one, 'button')} | {size_of(one, 'button', 'punch')} |"
        for title, one in [*rows, ("log-in form first", measured.unknown)]
    )
    return (
        "## First visit, to the first punch\n\nAn empty profile with the cookie of a log-in, on the slow line: the home screen is opened, the "
        "punch button pressed as soon as it works, a photo taken and the punch sent. What is asked for until the server's answer that it "
        "is recorded is counted whole; the photo goes afterwards. The service worker is kept off, so that every file is fetched by the page, "
        f"and once. The largest of them is judged (target ≤ {FIRST_KB} KB): **{total(most) / KB:.1f} KB**, {program / KB:.1f} KB of the "
        f"program and {(total(most) - program) / KB:.1f} KB of data.\n\n"
        "| | s until the button works | KB until then | KB until the punch is recorded |\n|---|---|---|---|\n"
        f"{tries}\n\nThe service worker fetches the whole program besides, every page of it, to start without a network later: "
        f"{kept(measured) / KB:.1f} KB, {measured.worker / KB:.1f} KB of them its own file, those left out that the page has fetched already. "
        "It has no target. It begins when the app starts and shares the line with the home screen, which these times do not show.\n\n"
        + files(most)
    )


def size_of(one: First, *phases: str) -> str:
    return f"{total(each for each in one.fetched if each.phase in phases) / KB:.1f}"


def files(fetched: list[Fetched]) -> str:
    rows = "\n".join(
        f"| {one.path.rpartition('/')[2]} | {one.size:,} | {'gzip' if one.packed else '–'} | {'before' if one.phase == 'button' else 'after'} |"
        for one in sorted(fetched, key=lambda one: -one.size)
        if one.size
    )
    return f"| of the largest | bytes | | the button works |\n|---|---|---|---|\n{rows}"


def repeat_part(measured: Measured) -> str:
    return (
        "## Repeat visits\n\nThe same profile after one visit, everything kept; seconds until the punch button works, "
        f"{len(measured.slow)} tries each. Bytes are those of the whole visit: what is new is asked for beside. *Without a network*: "
        "Chromium lets nothing through, to the page or to its service worker; what was asked for there has failed.\n\n"
        "| | s, median | s of each | target | bytes received | requests that failed |\n|---|---|---|---|---|---|\n"
        + repeat_row("slow line", measured.slow, f"≤ {REPEAT_SECONDS} s")
        + "\n"
        + repeat_row("without a network", measured.offline, "0 bytes")
    )


def repeat_row(what: str, tries: list[Repeat], target: str) -> str:
    times = [one.ready for one in tries]
    return (
        f"| {what} | **{median(times):.2f}** | {', '.join(f'{one:.2f}' for one in times)} | {target} "
        f"| {sum(one.size for one in tries):,} | {sum(one.failed for one in tries)} |"
    )
