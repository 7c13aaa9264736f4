"""Moving the projection forward: batch by batch, each committed with the place it reached."""

from __future__ import annotations

from collections.abc import Callable

import frappe

from spbe_attendance.integrations.erpnext import presence
from spbe_attendance.integrations.erpnext.settings import DOCTYPE, Settings
from spbe_attendance.integrations.erpnext.tally import Tally

CURSORS = {presence.PUNCH: "kursor_absensi", presence.DAY: "kursor_rekap"}
SEPARATOR = "|"


def cursor(doctype: str) -> presence.Cursor:
    text = frappe.db.get_single_value(DOCTYPE, CURSORS[doctype], cache=False) or ""
    moment, _separator, name = text.partition(SEPARATOR)
    return (moment, name) if moment else presence.START


def keep(doctype: str, reached: presence.Cursor) -> None:
    frappe.db.set_single_value(DOCTYPE, CURSORS[doctype], SEPARATOR.join(reached), update_modified=False)


def rewind(doctype: str) -> None:
    """From the beginning: every row is compared again, and only what differs is written."""
    frappe.db.set_single_value(DOCTYPE, CURSORS[doctype], "", update_modified=False)


def part(doctype: str, settings: Settings, tally: Tally, after_batch: Callable[[int], None]) -> None:
    """All that is new of one kind. ``after_batch(rows)`` commits."""
    name, _doctype, fields, show = next(item for item in presence.PARTS if item[1] == doctype)
    if name not in settings.parts:
        return
    while rows := presence.changed(doctype, fields, cursor(doctype), settings.since):
        show(rows, settings, tally)
        keep(doctype, presence.place(rows[-1]))
        after_batch(len(rows))
