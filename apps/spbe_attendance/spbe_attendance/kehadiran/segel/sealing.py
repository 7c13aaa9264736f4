"""Seals what was recorded and decided since the last run. The punch itself waits for nothing here.

A run looks at rows changed since the newest one that has a seal, less an hour: a transaction that began earlier and was committed later is
still found, because the left join asks for what has no seal and not for what is new. The nightly sweep looks at all rows,
for what came in with an older stamp than that (an import).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import frappe
from frappe.utils import getdate, now_datetime

from spbe_attendance.evidence import chain
from spbe_attendance.exceptions import SegelSedangDibuat
from spbe_attendance.kehadiran.segel import roots, store, turn

BATCH = 2000
OVERLAP = timedelta(hours=1)
BEGINNING = datetime(1900, 1, 1)
DECIDED = ("Disetujui", "Ditolak")
Days = set[tuple[str, date]]


def run() -> int:
    """Hooked to the scheduler, each minute: how many seals were made. Nothing when another run has the turn."""
    try:
        return seal_since(reached() - OVERLAP)
    except SegelSedangDibuat:
        return 0


def start_sweep() -> None:
    """Hooked to the scheduler, each night. In the long queue: it reads everything."""
    frappe.enqueue(sweep, queue="long", timeout=3600, job_id="segel-semua", deduplicate=True)


def sweep() -> int:
    """Every row that has no seal, and every day that has ended and no whole root."""
    made = seal_since(BEGINNING, wait=600)
    with turn.taken(wait=600):
        roots.make(roots.incomplete())
    return made


def start_day(day: date, *, commit: bool = True) -> None:
    """Called when a day was closed: seal and root it in the background, once however often it is asked for."""
    if day < getdate():
        frappe.enqueue(
            close_day,
            queue="long",
            timeout=1500,
            job_id=f"segel-tutup-{day.isoformat()}",
            deduplicate=True,
            enqueue_after_commit=not commit,
            tanggal=day.isoformat(),
        )


def close_day(tanggal: str) -> None:
    """The background job: whatever of the day has no seal yet, then its roots."""
    seal_since(reached() - OVERLAP, wait=600)
    day = getdate(tanggal)
    while names := store.unsealed_of_day(day, BATCH):
        with turn.taken(wait=600):
            seal(names)
    with turn.taken(wait=600):
        roots.make(roots.of_day(day))


def reached() -> datetime:
    """How far sealing has come: rows are taken in the order of their change, and a seal keeps the stamp of its row. So a
    backlog that was broken off is gone on with, however late. A stamp from a clock that went ahead counts as now."""
    found = frappe.db.sql("select max(modified) from `tabSegel Absensi`")[0][0]
    # Room for the overlap below it.
    return min(found, now_datetime()) if found else BEGINNING + OVERLAP


def seal_since(since: datetime, *, commit: bool = True, wait: int = 0) -> int:
    """Seal what changed since then, batch by batch, and give closed days that grew another root. Answers how many seals.

    Raises SegelSedangDibuat.
    """
    touched: Days = set()
    made = 0
    for find in (store.unsealed, store.unsealed_decisions, store.unsealed_rulings):
        position = since
        while True:
            with turn.taken(commit=commit, wait=wait):
                found = find(position, BATCH)
                made += seal([name for name, _modified in found], touched)
            if len(found) < BATCH:
                break
            # From here on, so that a backlog of millions is read once and not once a batch.
            position = found[-1][1]
    if touched:
        with turn.taken(commit=commit, wait=wait):
            roots.make(roots.closed(touched))
    return made


def seal(names: Iterable[str], touched: Days | None = None) -> int:
    """Seal these punches: their recording, their decision, and those of the review queue, as far as any is missing. Within the turn."""
    rows = store.punches(names)
    known = store.sealed(row["name"] for row in rows)
    deciders = store.deciders([row for row in rows if row["status"] in DECIDED])
    rulings = store.rulings(row["name"] for row in rows)
    heads = store.heads({row["pegawai"] for row in rows})
    moment = chain.text(turn.moment())
    made: list[chain.Seal] = []
    for row in sorted(rows, key=lambda row: (chain.text(row["waktu_tiba"]), row["name"])):
        name = row["name"]
        fresh = links(row, heads, known.get(name, set()), deciders.get(name, ""), moment)
        made += fresh + ruling_links(row, heads, known.get(name, set()), rulings.get(name, ()), moment)
    store.write(made, {row["name"]: row["modified"] for row in rows})
    if touched is not None:
        touched.update((seal.opd, date.fromisoformat(seal.tanggal)) for seal in made)
    return len(made)


def links(
    row: dict[str, Any], heads: dict[str, chain.Head], known: set[store.Event], decider: str, moment: str
) -> list[chain.Seal]:
    """The missing links of one punch; moves the head of its person on."""
    facts, person = chain.facts(row), row["pegawai"]
    made = []
    if (chain.TERCATAT, 0) not in known:
        head, salt = heads.get(person, chain.Head()), secrets.token_hex(16)
        made.append(chain.seal_punch(head, facts, row["status"], moment, salt))
        heads[person] = chain.Head(made[-1].urutan, made[-1].hash)
    if row["status"] in DECIDED and (chain.DIPUTUSKAN, 0) not in known:
        note = chain.digest(row["catatan_persetujuan"])
        made.append(chain.seal_decision(heads[person], facts, row["status"], decider, note, moment))
        heads[person] = chain.Head(made[-1].urutan, made[-1].hash)
    return made


def ruling_links(
    row: dict[str, Any],
    heads: dict[str, chain.Head],
    known: set[store.Event],
    rulings: Iterable[chain.Ruling],
    moment: str,
) -> list[chain.Seal]:
    """The missing links of what was decided on this punch in the review queue; moves the head of its person on."""
    facts, person = chain.facts(row), row["pegawai"]
    made = []
    for ruling in rulings:
        if (chain.DITINJAU, ruling.nomor) not in known:
            made.append(chain.seal_ruling(heads[person], facts, ruling, moment))
            heads[person] = chain.Head(made[-1].urutan, made[-1].hash)
    return made
