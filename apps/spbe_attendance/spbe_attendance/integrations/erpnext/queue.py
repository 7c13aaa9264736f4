"""Working off what waits, and the regular jobs. Nothing here runs while the synchronisation is off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe.utils import add_to_date, getdate, now_datetime

from spbe_attendance.integrations.erpnext import (
    advance,
    foreign,
    holidays,
    leave,
    notes,
    people,
    presence,
    settings,
    units,
)
from spbe_attendance.integrations.erpnext.tally import DILEWATI, LOST, Tally, in_words
from spbe_attendance.integrations.exceptions import IntegrasiTidakSiap
from spbe_attendance.record_language import record_language

BATCH = 50
# A server that is down on the first day finds it done on the next.
NEW_YEAR_DAYS = 3
PROJECTION = "spbe_attendance.integrations.erpnext.queue.project"


def run_regularly() -> None:
    """Hooked to the scheduler."""
    if not settings.on():
        return
    notes.enqueue()
    frappe.enqueue(PROJECTION, queue="long", timeout=3600, job_id="erpnext-proyeksi", deduplicate=True)


def run_daily() -> None:
    """Hooked to the scheduler: lists of the year that begins, days that are no more, conflicts that were looked at."""
    if not settings.on():
        return
    notes.remove_settled()
    found = settings.load()
    if "kirim_rekap" in found.parts:
        presence.remove_orphans(found, Tally())
    if "kirim_libur" in found.parts:
        for year in {getdate().year, frappe.utils.add_months(getdate(), 2).year}:
            notes.wait(holidays.KIND, str(year))
    wait_for_quiet_changes()
    if (getdate().month, getdate().day) <= (1, NEW_YEAR_DAYS):
        # Everybody gets the list of the new year.
        wait_for_persons({"status": people.AKTIF})


def wait_for_quiet_changes() -> None:
    """Persons who were changed without a form being saved, as imports and moves of many do."""
    since = add_to_date(now_datetime(), hours=-26)
    wait_for_persons({"modified": [">=", since]})


def wait_for_persons(filters: dict[str, Any]) -> None:
    rows = frappe.get_all("Pegawai", filters, ["name", "nama"], as_list=True)
    if rows:
        notes.wait_all(people.KIND, rows)


@record_language()
def project() -> None:
    """The background job of the projection."""
    try:
        found = settings.load()
    except IntegrasiTidakSiap:
        return
    for doctype in advance.CURSORS:
        advance.part(doctype, found, Tally(), lambda _rows: frappe.db.commit())


@record_language()
def work() -> None:
    """The background job of the queue: what fails is noted and waits for a retry."""
    if not settings.on():
        return
    try:
        found = settings.load()
    except IntegrasiTidakSiap:
        return
    while work_once(found):
        frappe.db.commit()  # what is done stays, whatever comes next


def work_once(found: settings.Settings) -> int:
    """The first of those that wait; answers how many."""
    rows, tally = notes.waiting(BATCH), Tally()
    for row in rows:
        handle(row, found, tally)
    return len(rows)


def handle(row: Any, found: settings.Settings, tally: Tally) -> None:
    handler = HANDLERS.get(row.jenis)
    if handler is None:
        notes.done(row.jenis, row.acuan)
        return
    try:
        handler(row, found, tally)
    except LOST:
        raise
    except Exception as error:
        # One that cannot even be begun would else hold up all behind it.
        notes.failed(row.jenis, row.acuan, row.judul, in_words(error, row.jenis))
    # A record that is no more, or a part that is switched off, leaves its row behind.
    if frappe.db.get_value(notes.DOCTYPE, row.name, "status") == notes.MENUNGGU:
        notes.done(row.jenis, row.acuan)


def _person(row: Any, found: settings.Settings, tally: Tally) -> None:
    for name in people.sync([row.acuan], found, tally):
        presence.of_person(name, found, tally)


def _employee(row: Any, found: settings.Settings, tally: Tally) -> None:
    person = people.person_of(row.acuan) if found.both_ways else None
    if person:
        people.sync([person], found, tally)


def _unit(row: Any, found: settings.Settings, tally: Tally) -> None:
    units.sync(found, tally)
    people.sync(frappe.get_all("Pegawai", {"opd": row.acuan}, pluck="name"), found, tally)


def _year(row: Any, found: settings.Settings, tally: Tally) -> None:
    if "kirim_libur" in found.parts and row.acuan.isdecimal():
        rows = frappe.get_all("Pegawai", {"status": people.AKTIF}, ["name", "opd"], as_list=True)
        year = int(row.acuan)
        holidays.sync({year: set(holidays.patterns(list(rows), year).values())}, tally)


def _permit(row: Any, found: settings.Settings, tally: Tally) -> None:
    if "kirim_cuti" in found.parts:
        tally.attempt(row.jenis, row.acuan, row.judul, lambda: leave.sync(row.acuan, found))
    else:
        tally.add(DILEWATI)


def _rows(doctype: str) -> Callable[[Any, settings.Settings, Tally], None]:
    part, _doctype, fields, show = next(item for item in presence.PARTS if item[1] == doctype)

    def handler(row: Any, found: settings.Settings, tally: Tally) -> None:
        if part in found.parts:
            show(frappe.get_all(doctype, {"name": row.acuan}, fields), found, tally)

    return handler


HANDLERS: dict[str, Callable[[Any, settings.Settings, Tally], None]] = {
    people.KIND: _person,
    foreign.EMPLOYEE: _employee,
    units.KIND: _unit,
    holidays.KIND: _year,
    leave.KIND: _permit,
    presence.PUNCH: _rows(presence.PUNCH),
    presence.DAY: _rows(presence.DAY),
}
