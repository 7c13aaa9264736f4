"""The one writer of findings in the review queue: sets of rows, whose names are made of what they are about. So nothing is there twice,
whoever looks again and however often."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.utils import now
from pypika.terms import Values

REVIEW, SIGNAL = "Tinjauan Absensi", "Isyarat Tinjauan"
MENUNGGU, WAJAR = "Menunggu", "Wajar"
HIGHEST = 100


@dataclass(frozen=True)
class Signal:
    """A finding in words. ``others``: names of punches it is seen beside."""

    kind: str
    title: str
    sentence: str
    weight: int
    numbers: Mapping[str, float] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def keep(
    known: Sequence[dict[str, Any]], told: Mapping[str, Sequence[Signal]], fresh: Collection[str]
) -> None:
    """``told``: signals by punch; ``fresh``: punches looked at anew, whose open rows lose what does not hold any more.

    A decision stands, unless there is more than it knew: what was found reasonable then waits again.
    """
    about = {row["name"]: row for row in known if row["name"] in told}
    names = {*told, *fresh}
    status, kinds = statuses(names), known_kinds(names)
    open_again = [
        name
        for name, signals in told.items()
        if status.get(name) == WAJAR and {signal.kind for signal in signals} - kinds.get(name, set())
    ]
    write_reviews(about)
    write_signals(told)
    take_back([name for name in fresh if status.get(name) == MENUNGGU], told, kinds)
    for name in open_again:
        reopen(name)
    score({*told, *(name for name in fresh if name in status)})


def statuses(names: Collection[str]) -> dict[str, str]:
    return dict(
        frappe.get_all(REVIEW, {"name": ["in", list(names)]}, ["name", "status"], as_list=True)
        if names
        else ()
    )


def known_kinds(names: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    signal = frappe.qb.DocType(SIGNAL)
    query = frappe.qb.from_(signal).select(signal.parent, signal.kode)
    for parent, kind in query.where(signal.parent.isin(list(names) or [""])).run():
        found.setdefault(parent, set()).add(kind)
    return found


def write_reviews(about: Mapping[str, dict[str, Any]]) -> None:
    """Those that are not there yet."""
    if not about:
        return
    stamp, user = now(), frappe.session.user
    fields = ["name", "creation", "modified", "owner", "modified_by", "absensi", "pegawai", "opd", "tanggal", "status"]  # fmt: skip
    rows = [
        (name, stamp, stamp, user, user, name, row["pegawai"], row["opd"], row["tanggal"], MENUNGGU)
        for name, row in about.items()
    ]
    frappe.db.bulk_insert(REVIEW, fields, rows, ignore_duplicates=True)


def write_signals(told: Mapping[str, Sequence[Signal]]) -> None:
    if not told:
        return
    stamp, user = now(), frappe.session.user
    table = frappe.qb.DocType(SIGNAL)
    changing = ("idx", "jenis", "uraian", "bobot", "angka", "absensi_lain")
    standard = ("name", "creation", "modified", "owner", "modified_by", "parent", "parenttype", "parentfield", "kode")  # fmt: skip
    query = frappe.qb.into(table).columns(*standard, *changing)
    for name, signals in told.items():
        for place, signal in enumerate(signals, 1):
            query = query.insert(
                f"{name}-{signal.kind}",
                *(stamp, stamp, user, user, name, REVIEW, "isyarat", signal.kind),
                *(place, signal.title, signal.sentence, signal.weight),
                *(json.dumps(dict(signal.numbers), sort_keys=True), "\n".join(signal.others)),
            )
    for each in changing:
        query = query.on_duplicate_key_update(table[each], Values(table[each]))
    query.run()


def take_back(
    open_names: Sequence[str], told: Mapping[str, Sequence[Signal]], kinds: Mapping[str, set[str]]
) -> None:
    """What was found before and does not hold any more, such as a photo that came after all; rows nobody has decided on."""
    gone = [
        f"{name}-{kind}"
        for name in open_names
        for kind in kinds.get(name, set()) - {signal.kind for signal in told.get(name, ())}
    ]
    signal, review = frappe.qb.DocType(SIGNAL), frappe.qb.DocType(REVIEW)
    if gone:
        frappe.qb.from_(signal).delete().where(signal.name.isin(gone)).run()
    empty = [name for name in open_names if not told.get(name)]
    if empty:
        frappe.qb.from_(review).delete().where(review.name.isin(empty)).run()


def reopen(name: str) -> None:
    """As a document: who decided what before stays in its history."""
    doc = frappe.get_doc(REVIEW, name)
    doc.update({"status": MENUNGGU, "diputuskan_oleh": None, "diputuskan_pada": None})
    doc.flags.scanning = True
    doc.save(ignore_permissions=True, ignore_version=False)


def score(names: Collection[str]) -> None:
    """What the list shows: the sum of the weights, and the signals in a line."""
    if names:
        frappe.db.sql(
            """update `tabTinjauan Absensi` t join (
                select parent, sum(bobot) as bobot, group_concat(jenis order by idx separator ', ') as jenis
                from `tabIsyarat Tinjauan` where parent in %(names)s group by parent
            ) i on i.parent = t.name
            set t.skor = least(i.bobot, %(highest)s), t.isyarat_utama = left(i.jenis, 255)""",
            {"names": tuple(names), "highest": HIGHEST},
        )
