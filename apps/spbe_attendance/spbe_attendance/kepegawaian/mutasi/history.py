"""What held for a person before: the only writer of Riwayat Pegawai. What holds now stands in Pegawai, since ``berlaku_sejak``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.kepegawaian.mutasi.timeline import Stretch

DOCTYPE = "Riwayat Pegawai"
FIELDS = ("opd", "status_kepegawaian", "status", "jabatan", "golongan")
DAY = timedelta(days=1)


def stretches(person: Document) -> list[Stretch]:
    """All of a person, the present one last."""
    past = [
        Stretch(_day(row.dari), _day(row.sampai), {field: row[field] or None for field in FIELDS})
        for row in rows([person.name]).get(person.name, [])
    ]
    values = {field: person.get(field) or None for field in FIELDS}
    return [*past, Stretch(_day(person.berlaku_sejak), None, values)]


def rows(names: Collection[str]) -> dict[str, list[Any]]:
    """Past stretches by person, the oldest first; one statement, none where nobody of them has a past."""
    if known.in_use():
        names = known.value(known.RIWAYAT, "people", _people).intersection(names)
        if not names:
            return {}
    past = frappe.qb.DocType(DOCTYPE)
    query = frappe.qb.from_(past).select(
        past.pegawai, past.dari, past.sampai, *[past[field] for field in FIELDS]
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in query.where(past.pegawai.isin(list(names) or [""])).orderby(past.sampai).run(as_dict=True):
        found[row.pegawai].append(row)
    return found


def _people() -> frozenset[str]:
    """Who has a past at all: few on most mornings."""
    past = frappe.qb.DocType(DOCTYPE)
    return frozenset(name for (name,) in frappe.qb.from_(past).select(past.pegawai).distinct().run())


def people_of(units: Sequence[str], first: date, last: date) -> list[str]:
    """Who belonged to one of these OPD on some of the days, and does not necessarily today."""
    past = frappe.qb.DocType(DOCTYPE)
    query = frappe.qb.from_(past).select(past.pegawai).distinct().where(past.opd.isin(list(units) or [""]))
    touching = (past.sampai >= first) & (past.dari.isnull() | (past.dari <= last))
    return [name for (name,) in query.where(touching).run()]


def memberships() -> list[tuple[str, str]]:
    """(Pegawai, OPD) of all past stretches."""
    past = frappe.qb.DocType(DOCTYPE)
    return [tuple(row) for row in frappe.qb.from_(past).select(past.pegawai, past.opd).distinct().run()]


def store(pegawai: str, past: Sequence[Stretch]) -> None:
    """These stretches instead of those that were stored."""
    known.forget(known.RIWAYAT)
    frappe.db.delete(DOCTYPE, {"pegawai": pegawai})
    moment, user = now_datetime(), frappe.session.user
    fields = ["name", "creation", "modified", "owner", "modified_by", "pegawai", "dari", "sampai", *FIELDS]
    stamps = (moment, moment, user, user)
    values = [
        (
            frappe.generate_hash(length=10),
            *stamps,
            pegawai,
            part.first,
            part.last,
            *(part.values[field] for field in FIELDS),
        )
        for part in past
    ]
    if values:
        frappe.db.bulk_insert(DOCTYPE, fields, values)


def follow_form(person: Document) -> None:
    """A form or an import says that something else holds since a later day: what held until then becomes past.

    Without a later day it corrects what holds now. Mutasi Pegawai writes both itself.
    """
    before = person.get_doc_before_save()
    if person.flags.mutasi or not before:
        return
    since, until = _day(before.berlaku_sejak), _day(person.berlaku_sejak)
    moved = until is not None and (since is None or until > since)
    if moved and any((before.get(field) or None) != (person.get(field) or None) for field in FIELDS):
        values = {field: before.get(field) or None for field in FIELDS}
        past = [part for part in stretches(person)[:-1]]
        store(person.name, [*past, Stretch(since, until - DAY, values)])


def _day(value: Any) -> date | None:
    return getdate(value) if value else None
