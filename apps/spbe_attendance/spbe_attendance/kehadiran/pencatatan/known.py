"""What a punch and the home screen need to know and what seldom changes, kept in the web process: prepared fences, hours and holidays,
who has a roster, a permit or a past elsewhere, what else a site has set up for punches. The person is read each time: with several processes and two punches a day it would hardly ever be there.

A value holds while the stamp of its kind stands; the stamps are in Redis, and whoever changes a row it was made of sets a new one
after the commit (``forget``; hooks.py names the DocTypes). One look at Redis a punch replaces nine statements. Four rules keep it true:

- only the endpoints of the phones use it (``used``), at their very beginning, and the counters of the Command Center, at the beginning
  of a new transaction. Everything else reads the database.
- a value is kept only under a stamp that an earlier request of this process has seen, too. What asks for a session or a token may have
  begun the transaction before the stamps were read, and an older view of the rows would be kept under a newer stamp; a request that
  began after another one saw the stamp cannot have such a view. For the same reason nothing that is kept here is taken from Frappe's
  cache of documents, which anybody's older view may have filled. Holds for processes that answer one request at a time.
- a stamp is random, never a number: after Redis lost its memory a number could come again.
- nothing is kept longer than LIFETIME, for writes that no hook sees (SQL by hand).

Without Redis the database is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import frappe
from redis.exceptions import RedisError

from spbe_attendance import compat

TEMPAT, JADWAL, ROSTER, ATURAN = "tempat", "jadwal", "roster", "aturan"
IZIN, RIWAYAT = "izin", "riwayat"
KINDS = (TEMPAT, JADWAL, ROSTER, ATURAN, IZIN, RIWAYAT)
# DocType -> the kind that it is told under.
SOURCES = {
    "OPD": TEMPAT,
    "OPD Lokasi": TEMPAT,
    "Roster Dinas": ROSTER,
    "Ketidakhadiran": IZIN,
    **dict.fromkeys(
        (
            "Aturan Potongan",
            "Gangguan Layanan",
            "Hari Libur",
            "Jadwal Kerja",
            "Kegiatan Apel",
            "Penugasan Jadwal",
            "Periode Jadwal",
            "Shift Kerja",
        ),
        JADWAL,
    ),
    **dict.fromkeys(
        (
            "Assignment Rule",
            "Custom DocPerm",
            "Custom Field",
            "DocType",
            "Energy Point Rule",
            "Milestone Tracker",
            "Notification",
            "Pengaturan Absensi",
            "Property Setter",
            "Server Script",
            "Translation",
            "Webhook",
            "Workflow",
        ),
        ATURAN,
    ),
}
WAITING = "spbe_stamps_to_renew"
KEY = "spbe_absensi:stempel:"
LIFETIME = 60.0
# Late punches of many days must not fill the memory.
MOST = 100


class Kept:
    """Values of one kind under one stamp."""

    def __init__(self, stamp: str) -> None:
        self.stamp, self.since = stamp, monotonic()
        self.values: dict[Any, Any] = {}

    def holds(self, stamp: str) -> bool:
        young = monotonic() - self.since < LIFETIME
        return self.stamp == stamp and young and len(self.values) < MOST


_kept: dict[tuple[str, str], Kept] = {}
# By site, the stamps of the request before.
_seen: dict[str, dict[str, str]] = {}


@contextmanager
def used() -> Iterator[None]:
    """Inside values may be taken from memory. Enter it before the transaction's first statement. Also as a decorator."""
    before = getattr(frappe.local, "spbe_stamps", None)
    # What this transaction itself has changed is in nobody's memory yet.
    stamps = None if frappe.local.flags.get(WAITING) else _stamps()
    frappe.local.spbe_stamps = stamps
    try:
        yield
    finally:
        frappe.local.spbe_stamps = None if frappe.local.flags.get(WAITING) else before
        if stamps:
            _seen[frappe.local.site] = stamps


def in_use() -> bool:
    return bool(getattr(frappe.local, "spbe_stamps", None))


def value(kind: str, key: Any, load: Callable[[], Any]) -> Any:
    """What ``load`` gives, or gave before; None is never kept. Nobody may change what comes out of here."""
    stamps = getattr(frappe.local, "spbe_stamps", None)
    if not stamps:
        return load()
    site = frappe.local.site
    if _seen.get(site, {}).get(kind) != stamps[kind]:
        return load()
    kept = _kept.get((site, kind))
    if kept is None or not kept.holds(stamps[kind]):
        kept = _kept[(site, kind)] = Kept(stamps[kind])
    if key in kept.values:
        return kept.values[key]
    found = load()
    if found is not None:
        kept.values[key] = found
    return found


def settings() -> Any:
    """Pengaturan Absensi, to be read only."""
    read = frappe.get_doc if in_use() else frappe.get_cached_doc
    return value(ATURAN, "settings", lambda: read("Pengaturan Absensi"))


def words(key: str, translate: Callable[[], str]) -> str:
    """A sentence in the language of the moment: Frappe unpacks the words of a whole language for one of them."""
    return value(ATURAN, ("words", key, frappe.local.lang), translate)


def changed(doc: Any, _method: str | None = None) -> None:
    """Hooked to what is done to the documents of SOURCES."""
    forget(SOURCES[doc.doctype])


def forget(kind: str) -> None:
    """Now for this transaction, and for everybody once it is committed."""
    frappe.local.spbe_stamps = None
    waiting = frappe.local.flags.setdefault(WAITING, set())
    if kind not in waiting:
        waiting.add(kind)
        frappe.db.after_commit.add(lambda: _renew(kind))
        frappe.db.after_rollback.add(lambda: waiting.discard(kind))


def renew_waiting() -> None:
    """After the commit, for who says next that something has changed: whoever hears it must not find the old stamps."""
    for kind in tuple(frappe.local.flags.get(WAITING) or ()):
        _renew(kind)


def _renew(kind: str) -> None:
    frappe.local.flags.get(WAITING, set()).discard(kind)
    try:
        frappe.cache.set(_key(kind), frappe.generate_hash(length=12))
    except RedisError:
        # Whoever cannot be told cannot ask either; what is in memory ends with its LIFETIME.
        frappe.logger().warning("Stamp %s could not be renewed: Redis does not answer.", kind)


def _stamps() -> dict[str, str] | None:
    """By kind; those that are missing are made, once for everybody. None without Redis."""
    try:
        found = _first_look()
        if None in found:
            for kind, stamp in zip(KINDS, found, strict=True):
                if stamp is None:
                    frappe.cache.set(_key(kind), frappe.generate_hash(length=12), nx=True)
            found = frappe.cache.mget([_key(kind) for kind in KINDS])
    except RedisError:
        return None
    return None if None in found else dict(zip(KINDS, (stamp.decode() for stamp in found), strict=True))


def _first_look() -> list[bytes | None]:
    """The stamps; what the framework will ask for comes with them instead of by a round trip each."""
    asked = compat.asked_soon()
    with frappe.cache.pipeline(transaction=False) as pipe:
        pipe.mget([_key(kind) for kind in KINDS])
        compat.ask(pipe, asked)
        found, *answers = pipe.execute()
    compat.lend_answers(asked, answers)
    return found


def _key(kind: str) -> bytes:
    return frappe.cache.make_key(KEY + kind)
