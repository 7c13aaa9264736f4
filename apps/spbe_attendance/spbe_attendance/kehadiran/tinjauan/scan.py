"""Looks for signals on new punches in the background; nothing of it is in the way of a punch, and nothing of it blocks one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.utils import cint, now_datetime

from spbe_attendance.kehadiran.pencatatan import missing_photos
from spbe_attendance.kehadiran.tinjauan import features, rows, store, words
from spbe_attendance.record_language import record_language
from spbe_attendance.signals import types
from spbe_attendance.signals.find import find
from spbe_attendance.signals.types import Finding, Policy

BATCH = 2000
MOST_BATCHES = 50


def run() -> int:
    """Hooked to the scheduler. Every batch is one transaction, so that a killed run goes on where it stood. Answers the number of
    punches looked at; 0 while another run is at it."""
    with turn() as mine, record_language():
        if not mine:
            return 0
        rows.ask_again()
        frappe.db.commit()  # its locks on recaps end here
        looked = 0
        for _number in range(MOST_BATCHES):
            size = batch()
            frappe.db.commit()  # each batch stands by itself
            looked += size
            if size < BATCH:
                break
        return looked


@contextmanager
def turn() -> Iterator[bool]:
    """One scan at a time. The lock belongs to the connection: who is killed gives it back."""
    lock = f"tinjauan.{frappe.local.site}"[:64]
    mine = bool(frappe.db.sql("select get_lock(%s, 0)", (lock,))[0][0])
    try:
        if mine:
            # A snapshot from before the turn would not show what the run before has written.
            frappe.db.commit()
        yield mine
    except BaseException:
        frappe.db.rollback()
        raise
    finally:
        if mine:
            frappe.db.sql("do release_lock(%s)", (lock,))


def batch() -> int:
    """A number of statements that does not depend on the number of punches."""
    fresh = rows.waiting(BATCH)
    if not fresh:
        return 0
    features.store(fresh)
    known = {row["name"]: row for row in rows.around(fresh)}
    known.update((row["name"], row) for row in fresh)
    gaps, straddles = rows.without_predecessor(fresh), rows.straddling(fresh)
    new = {row["name"] for row in fresh}
    found = find([rows.seen(row, gaps, straddles) for row in known.values()], policy(), new)
    store.keep([known[name] for name in sorted(known)], told(fresh, known, found), new)
    done(fresh)
    return len(fresh)


def policy() -> Policy:
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    return Policy(
        speed=cint(settings.laju_maksimum_kmj) or 150,
        per_device=cint(settings.batas_pegawai_per_perangkat) or 3,
        photo_bits=cint(settings.kemiripan_foto_bit),
        wide=cint(settings.tinjau_selang_menit),
    )


def told(
    fresh: Sequence[dict[str, Any]], known: dict[str, dict[str, Any]], findings: Sequence[Finding]
) -> dict[str, list[store.Signal]]:
    """By punch, the heaviest first; what the punch itself asked to be looked at among them."""
    found: dict[str, list[store.Signal]] = defaultdict(list)
    for finding in findings:
        # Marked for its width when it was recorded, in the same words.
        if finding.kind != types.WIDE or not known[finding.punch]["perlu_tinjau"]:
            found[finding.punch].append(
                store.Signal(
                    finding.kind,
                    words.title(finding.kind),
                    words.sentence(finding),
                    finding.weight,
                    dict(finding.numbers),
                    finding.others,
                )
            )
    for row in fresh:
        if row["perlu_tinjau"] and (why := noted(row)):
            title, weight = words.title(types.MARKED), types.WEIGHTS[types.MARKED]
            found[row["name"]].append(store.Signal(types.MARKED, title, why, weight))
    return {name: sorted(signals, key=lambda each: -each.weight) for name, signals in found.items()}


def noted(row: dict[str, Any]) -> str:
    """Reasons of the punch itself, but for the missing photo: that is a signal of its own."""
    lines = (row["alasan_tinjau"] or "").splitlines()
    return "\n".join(line for line in lines if line != missing_photos.never_came())


def done(fresh: Sequence[dict[str, Any]]) -> None:
    """Unless the photo came meanwhile: then it is looked at once more."""
    frappe.db.sql(
        """update tabAbsensi a join `tabCiri Absensi` c on c.name = a.name
        set a.isyarat_pada = %(now)s
        where a.name in %(names)s and a.foto_status = c.foto_status""",
        {"names": tuple(row["name"] for row in fresh), "now": now_datetime()},
    )
