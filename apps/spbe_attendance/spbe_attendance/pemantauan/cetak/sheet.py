"""All that a sheet says besides its rows, put together once for both forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import formatdate, now_datetime

from spbe_attendance.pemantauan.cetak import letterhead
from spbe_attendance.pemantauan.cetak.letterhead import Letterhead, Signature
from spbe_attendance.pemantauan.laporan.table import Column, Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """``stamp``: when and by what it was made; ``state``: that it is not final, or the seal of the closed month."""

    table: Table
    head: Letterhead
    place: str
    left: Signature
    right: Signature
    stamp: str
    state: str

    @property
    def columns(self) -> list[Column]:
        return [column for column in self.table.columns if column.paper]


def compose(table: Table, user: str | None = None) -> Sheet:
    moment = now_datetime()
    opd = table.scope.opd
    state = _("SHA-256 of the closed month: {0}").format(table.seal) if table.seal else table.draft
    return Sheet(
        table,
        letterhead.letterhead(opd),
        letterhead.place_and_date(moment.date()),
        letterhead.head_of(opd),
        letterhead.maker(user or frappe.session.user),
        _("Printed {0} {1} WIB by SPBE Absensi").format(formatdate(moment, "d MMMM yyyy"), f"{moment:%H.%M}"),
        state,
    )


def headings(columns: list[Column]) -> Iterator[tuple[str, list[Column]]]:
    """(group, its neighbours): columns without a group stand alone under an empty one."""
    group: list[Column] = []
    for column in columns:
        if group and (not column.group or column.group != group[0].group):
            yield group[0].group, group
            group = []
        group.append(column)
    if group:
        yield group[0].group, group
