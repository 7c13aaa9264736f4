"""Exceptions and reviews of a month: why people asked for them, how long heads took, what was noticed. Read anew each time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Min
from pypika.terms import Criterion

from spbe_attendance import permissions
from spbe_attendance.kehadiran.tinjauan.access import REVIEW
from spbe_attendance.pemantauan.laporan.scope import Scope
from spbe_attendance.worktime import codes

# DocTypes that heads decide on, with the day by which a row belongs to a month.
DECIDED = {"Absensi": "tanggal", "Koreksi Absensi": "tanggal", "Ketidakhadiran": "dari"}
EXCEPTIONS = (codes.MENUNGGU, codes.DISETUJUI, codes.DITOLAK)


def by_reason(scope: Scope) -> list[tuple[str, int]]:
    """(reason in words, number), the most frequent first: punches outside, on a colleague's phone, and corrections. Three statements."""
    found = Counter({_("Outside with a Reason"): _outside(scope)})
    for sentence, doctype, field, known in (
        # Whose witness is known: an index leads to these few.
        (_("Colleague's Phone: {0}"), "Absensi", "sebab_saksi", "saksi"),
        (_("Correction: {0}"), "Koreksi Absensi", "sebab", "sebab"),
    ):
        for cause, number in _causes(scope, doctype, field, known):
            found[sentence.format(_(cause))] += number
    return [(reason, number) for reason, number in found.most_common() if number]


def _outside(scope: Scope) -> int:
    row = frappe.qb.DocType("Absensi")
    query = frappe.qb.from_(row).select(Count("*"))
    return query.where(_within(row, scope, "tanggal") & row.status.isin(EXCEPTIONS)).run()[0][0]


def _causes(scope: Scope, doctype: str, field: str, known: str) -> list[tuple[str, int]]:
    row = frappe.qb.DocType(doctype)
    query = frappe.qb.from_(row).select(row[field], Count("*")).groupby(row[field])
    return list(query.where(_within(row, scope, "tanggal") & (row[known] > "") & (row[field] != "")).run())


def decision_minutes(scope: Scope) -> dict[str, list[int]]:
    """{OPD: minutes from filing to the first step that somebody else took}, over DECIDED. One statement each."""
    found: dict[str, list[int]] = defaultdict(list)
    for doctype, day in DECIDED.items():
        for opd, filed, decided in _first_steps(scope, doctype, day):
            found[opd].append(max(int((decided - filed).total_seconds() // 60), 0))
    return dict(found)


def _first_steps(scope: Scope, doctype: str, day: str) -> Sequence[tuple[str, datetime, datetime]]:
    """The framework's workflow leaves a comment at each step; what the applicant does is no decision."""
    row, step = frappe.qb.DocType(doctype), frappe.qb.DocType("Comment")
    query = (
        frappe.qb.from_(row)
        .join(step)
        .on((step.reference_doctype == doctype) & (step.reference_name == row.name))
        .select(row.opd, row.creation, Min(step.creation))
        .where(
            _within(row, scope, day) & (step.comment_type == "Workflow") & (step.comment_email != row.owner)
        )
        .groupby(row.name, row.opd, row.creation)
    )
    if doctype == "Absensi":
        query = query.where(row.status.isin(EXCEPTIONS))
    return list(query.run())


def typical_hours(minutes: Mapping[str, Sequence[int]]) -> float | None:
    """The median over all units, in hours; None without any decision."""
    every = [value for values in minutes.values() for value in values]
    return round(median(every) / 60, 1) if every else None


def signals(scope: Scope, user: str) -> dict[tuple[str, str], int]:
    """{(kind of signal in words, status of its review): number}. Nobody counts what is noticed of themselves. One statement."""
    review, signal = frappe.qb.DocType(REVIEW), frappe.qb.DocType("Isyarat Tinjauan")
    own = permissions.own_pegawai(user).get("name")
    query = (
        frappe.qb.from_(review)
        .join(signal)
        .on((signal.parent == review.name) & (signal.parenttype == REVIEW))
        .select(signal.jenis, review.status, Count("*"))
        .where(_within(review, scope, "tanggal") & (review.pegawai != (own or "")))
        .groupby(signal.jenis, review.status)
    )
    return {(kind, status): number for kind, status, number in query.run()}


def _within(row: Any, scope: Scope, day: str) -> Criterion:
    found = row[day][scope.first : scope.last]
    return found if scope.opds is None else found & row.opd.isin(list(scope.opds))
