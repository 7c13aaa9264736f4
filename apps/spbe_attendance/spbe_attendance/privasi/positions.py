"""Exact positions whose time has come. What stays of a punch is checked against its seal before, and its removal is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.query_builder.functions import Concat_ws, NullIf
from frappe.utils import getdate, now_datetime

from spbe_attendance.evidence import chain
from spbe_attendance.kehadiran.segel import roots, store, turn
from spbe_attendance.privasi.retention import Rule

BATCH = 1000


def candidates(rule: Rule, after: tuple[Any, ...] | None) -> list[Any]:
    """The oldest sealed punches with a position: asked of their seals, which nobody waits for when they are written."""
    seal, absensi = frappe.qb.DocType("Segel Absensi"), frappe.qb.DocType("Absensi")
    query = (
        frappe.qb.from_(seal)
        .join(absensi)
        .on(absensi.name == seal.absensi)
        .select(absensi.name, absensi.pegawai, absensi.opd, absensi.status, seal.tanggal)
        .select(seal.name.as_("segel"))
        .where((seal.posisi_ada == 1) & (seal.tanggal < rule.before))
        .orderby(seal.tanggal)
        .orderby(seal.name)
        .limit(BATCH)
    )
    if after:
        day, name = after
        later = (seal.tanggal == day) & (seal.name > name)
        query = query.where((seal.tanggal >= day) & ((seal.tanggal > day) | later))
    return query.run(as_dict=True)


def position(row: Any) -> tuple[Any, ...]:
    return row.tanggal, row.segel


def remove(rows: Sequence[Any], rule: Rule) -> set[str]:
    """Names of the punches whose positions are gone. Within the turn of the seals. One that is not as it was sealed stays: it is evidence."""
    punches = {row["name"]: row for row in store.punches(row.name for row in rows)}
    recorded = {seal.absensi: seal for seal in _recorded(list(punches))}
    heads = store.heads({row["pegawai"] for row in punches.values()})
    moment = chain.text(turn.moment())
    made = []
    for row in rows:
        known = chain.facts(punches[row.name])
        if not recorded[row.name].fits(known):
            continue
        blanked = {**known, **dict.fromkeys(chain.PLACE, "")}
        person = punches[row.name]["pegawai"]
        made.append(chain.seal_purge(heads[person], blanked, rule.words, moment))
        heads[person] = chain.Head(made[-1].urutan, made[-1].hash)
    store.write(made, {name: row["modified"] for name, row in punches.items()})
    gone = {seal.absensi for seal in made}
    _blank(gone, rule)
    return gone


def _recorded(names: Sequence[str]) -> list[chain.Seal]:
    seal = frappe.qb.DocType("Segel Absensi")
    query = frappe.qb.from_(seal).select("*").where(seal.absensi.isin(list(names) or [""]))
    return [store.seal_of(row) for row in query.where(seal.peristiwa == chain.TERCATAT).run(as_dict=True)]


def _blank(names: set[str], rule: Rule) -> None:
    chosen = sorted(names) or [""]
    absensi = frappe.qb.DocType("Absensi")
    (
        frappe.qb.update(absensi)
        .set(absensi.latitude, 0)
        .set(absensi.longitude, 0)
        .set(absensi.bukti, None)
        .set(absensi.posisi_dihapus_pada, now_datetime())
        .set(absensi.aturan_hapus, Concat_ws("\n", NullIf(absensi.aturan_hapus, ""), rule.words))
        .where(absensi.name.isin(chosen))
        .run()
    )
    seal = frappe.qb.DocType("Segel Absensi")
    (
        frappe.qb.update(seal)
        .set(seal.garam, None)
        .set(seal.posisi_ada, 0)
        .where(seal.absensi.isin(chosen) & (seal.peristiwa == chain.TERCATAT))
        .run()
    )
    features = frappe.qb.DocType("Ciri Absensi")
    frappe.qb.update(features).set(features.sel, None).where(features.name.isin(chosen)).run()


def root_again(days: set[tuple[str, Any]], *, commit: bool = True) -> None:
    """New versions of the roots of days that have one: their trees have grown by the removals."""
    with turn.taken(commit=commit, wait=600):
        roots.make(roots.closed({(opd, getdate(day)) for opd, day in days}))
