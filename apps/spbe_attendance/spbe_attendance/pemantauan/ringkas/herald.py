"""A small process that tells watching screens what changed, beside web and workers: ``bench spbe-kabar`` in the Procfile.

While it lives it holds the turn of every site, so that no punch orders a job: queues may be long on a Monday morning, and a job a
second costs a process a second. When it ends the turn runs out within seconds, and the next change orders a job as on any bench
that does not run it (publish.run).
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic, sleep

import click
import frappe
from frappe.utils import get_sites

from spbe_attendance.pemantauan.ringkas import keys, publish

APP = "spbe_attendance"
# Seconds.
LOOK, SEARCH, TROUBLE = 0.2, 30.0, 5.0


@dataclass
class Watched:
    """``again``: it rests until then."""

    site: str
    again: float = -LOOK
    failed: float = -TROUBLE


def serve() -> None:
    """Until the process is ended."""
    found: dict[str, Watched] = {}
    searched = -SEARCH
    while True:
        if monotonic() - searched > SEARCH:
            found = {site: found.get(site) or Watched(site) for site in sites()}
            searched = monotonic()
        for watched in found.values():
            attend(watched)
        sleep(LOOK)


def sites() -> list[str]:
    """Those on which the app is installed."""
    return [site for site in get_sites() if installed(site)]


def installed(site: str) -> bool:
    try:
        frappe.init(site=site, sites_path=".")
        frappe.connect()
        return APP in frappe.get_installed_apps()
    except Exception:
        # A site that is being made or dropped.
        return False
    finally:
        frappe.destroy()


def attend(watched: Watched) -> None:
    """Tells what waits, if it has rested since; whatever fails is tried again a little later."""
    if monotonic() < watched.again or monotonic() - watched.failed < TROUBLE:
        return
    try:
        frappe.init(site=watched.site, sites_path=".")
        if waits() or struck():
            began = monotonic()
            # Something waited already when the rest was over.
            burst = began < watched.again + 2 * LOOK
            frappe.connect()
            publish.tell_all()
            rest = publish.rest(monotonic() - began) if burst else publish.PACE
            watched.again = max(began + rest, monotonic())
            hold(rest)
    except Exception as error:
        watched.failed = monotonic()
        click.echo(f"{watched.site}: {type(error).__name__}: {error}", err=True)
    finally:
        frappe.destroy()


def hold(rest: float) -> None:
    """The turn, until after the rest."""
    frappe.cache.set(keys.turn(), "kabar", px=int(1000 * rest) + keys.PATIENCE)


def waits() -> bool:
    """One round trip: the turn is held on, and something waits. Raises the errors of Redis."""
    with frappe.cache.pipeline(transaction=False) as pipe:
        pipe.set(keys.turn(), "kabar", px=keys.PATIENCE)
        pipe.exists(keys.waiting())
        *_held, waiting = pipe.execute()
    return bool(waiting)


def struck() -> bool:
    """The clock alone has changed numbers: all are told, and when it does so next is noted with that."""
    if not publish.clock_has_struck():
        return False
    publish.put_back({keys.EVERY})
    return True
