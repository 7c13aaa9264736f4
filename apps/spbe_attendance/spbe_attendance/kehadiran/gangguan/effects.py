"""What confirming, changing or withdrawing an outage sets off: exactly its people's days are computed again, and it is logged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime

from spbe_attendance.kehadiran.gangguan import cover
from spbe_attendance.kehadiran.rekapitulasi import affected

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.gangguan_layanan.gangguan_layanan import GangguanLayanan

ROSTER, SHIFT = "Roster Dinas", "Shift Kerja"


def weight(doc: GangguanLayanan | None) -> tuple[Any, ...] | None:
    """All that somebody's day depends on; None for an outage that is not in force."""
    if doc is None:
        return None
    return (
        *cover.span(doc),
        get_datetime(doc.sampai),
        bool(doc.semua_lokasi),
        tuple(sorted(row.opd for row in doc.opd)),
        tuple(sorted(row.lokasi for row in doc.lokasi)),
        doc.perlakuan,
        doc.dasar or "",
    )


def follow(before: GangguanLayanan | None, after: GangguanLayanan) -> None:
    """Marks the days of the old coverage and of the new one, where they were or are in force, and leaves a note on the record."""
    old = before if before and before.status == cover.IN_FORCE else None
    new = after if after.status == cover.IN_FORCE else None
    if weight(old) == weight(new):
        return
    what = _("changed") if old and new else _("confirmed") if new else _("withdrawn")
    for doc in {reach(doc): doc for doc in (old, new) if doc}.values():
        mark(doc, what)
    after.add_comment("Info", note(after, what))


def reach(doc: GangguanLayanan) -> tuple[Any, ...]:
    """Whom and which days an outage touches, whatever it does to them."""
    opds = units(doc)
    return (*cover.span(doc), None if opds is None else tuple(opds))


def note(doc: GangguanLayanan, what: str) -> str:
    begin, end = cover.span(doc)
    return frappe.utils.escape_html(
        _(
            "Outage {0}: {1} from {2} to {3}, {4}, decree {5}. The days it covers are computed again. {6}"
        ).format(
            what,
            _(doc.sebab),
            format_datetime(begin, "dd-MM-yyyy HH:mm"),
            format_datetime(end, "dd-MM-yyyy HH:mm"),
            _(doc.perlakuan),
            doc.dasar or "-",
            doc.catatan or "",
        )
    )


def mark(doc: GangguanLayanan, what: str) -> None:
    begin, end = cover.span(doc)
    # An outage that ends at midnight does not touch the next day.
    last = (end - timedelta(microseconds=1)).date()
    why = _("Outage {0}: {1}").format(what, doc.name)
    opds = units(doc)
    affected.mark(None, opds, begin.date(), last, why)
    eve = begin.date() - timedelta(days=1)
    affected.mark(on_night_shift(opds, eve), None, eve, eve, why)


def units(doc: GangguanLayanan) -> list[str] | None:
    """OPD whose staff, subtrees included, are covered; None is everybody."""
    if doc.semua_lokasi:
        return None
    names = [row.lokasi for row in doc.lokasi]
    places = frappe.get_all("OPD Lokasi", {"name": ["in", names]}, ["opd", "semua_opd"]) if names else []
    if any(place.semua_opd for place in places):
        return None
    return sorted({row.opd for row in doc.opd} | {place.opd for place in places})


def on_night_shift(opds: list[str] | None, day: date) -> list[str]:
    """Those of the covered units whose shift began on this day and ends on the next."""
    if not frappe.db.table_exists(ROSTER) or not frappe.db.table_exists(SHIFT):
        return []
    roster, shift = frappe.qb.DocType(ROSTER), frappe.qb.DocType(SHIFT)
    statement = (
        frappe.qb.from_(roster)
        .join(shift)
        .on(shift.name == roster.shift)
        .select(roster.pegawai)
        .where((roster.tanggal == day) & (shift.selesai_hari_berikut == 1))
    )
    if opds is not None:
        person, own, above = (frappe.qb.DocType(name) for name in ("Pegawai", "OPD", "OPD"))
        own, above = own.as_("own"), above.as_("above")
        statement = (
            statement.join(person)
            .on(person.name == roster.pegawai)
            .join(own)
            .on(own.name == person.opd)
            .join(above)
            .on((own.lft >= above.lft) & (own.rgt <= above.rgt))
            .where(above.name.isin(opds or [""]))
        )
    return sorted({name for (name,) in statement.run()})
