"""A punch that names an event: whether the event takes it. Two statements, however many staff or events there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.exceptions import (
    BukanUndangan,
    DiLuarWaktuKegiatan,
    KegiatanBukanApel,
    KegiatanDibatalkan,
    KegiatanTidakDitemukan,
)
from spbe_attendance.kehadiran import times
from spbe_attendance.kehadiran.apel import events

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.absensi.absensi import Absensi

APEL = "Apel"


def admit(doc: Absensi) -> dict[str, Any] | None:
    """The event of a punch with its place (events.with_place); None for a punch without one.

    Person, OPD and the server's time are known by now. Raises a named refusal.
    """
    if not doc.kegiatan:
        doc.kegiatan = None
        return None
    if doc.jenis != APEL:
        frappe.throw(
            _("An event takes punches of the kind Apel only: they never stand for Masuk or Pulang."),
            KegiatanBukanApel,
        )
    statement, event = events.with_place()
    rows = statement.where(event.name == doc.kegiatan).run(as_dict=True)
    if not rows:
        refuse_unknown()
    refuse_uninvited(doc, rows[0])
    refuse_wrong_time(doc, rows[0])
    return rows[0]


@contextmanager
def unknown_event_named(doc: Absensi) -> Iterator[None]:
    """Frappe looks at links before any rule of the app runs, and would name a link, not what to do."""
    # Frappe empties a link that leads nowhere.
    name = doc.kegiatan
    try:
        yield
    except frappe.LinkValidationError:
        if name and not frappe.db.exists("Kegiatan Apel", name):
            frappe.clear_messages()
            refuse_unknown()
        raise


def refuse_unknown() -> None:
    frappe.throw(
        _("There is no such event: open the home screen again and choose one."), KegiatanTidakDitemukan
    )


def refuse_uninvited(doc: Absensi, event: dict[str, Any]) -> None:
    if event["semua_opd"] or invites(event["name"], doc.opd):
        return
    frappe.throw(
        _("Your OPD is not invited to {0}: ask whoever organises it to add your OPD.").format(
            event["nama_kegiatan"]
        ),
        BukanUndangan,
    )


def invites(event: str, opd: str) -> bool:
    """Whether an invited OPD is this one or stands above it."""
    invited, above, own = (frappe.qb.DocType(name) for name in ("Undangan Apel", "OPD", "OPD"))
    above, own = above.as_("above"), own.as_("own")
    return bool(
        frappe.qb.from_(invited)
        .join(above)
        .on(above.name == invited.opd)
        .join(own)
        .on((own.lft >= above.lft) & (own.rgt <= above.rgt))
        .select(invited.name)
        .where((invited.parent == event) & (own.name == opd))
        .limit(1)
        .run()
    )


def refuse_wrong_time(doc: Absensi, event: dict[str, Any]) -> None:
    if event["status"] == events.CANCELLED:
        frappe.throw(
            _("{0} has been cancelled: no punch is needed.").format(event["nama_kegiatan"]),
            KegiatanDibatalkan,
        )
    # Of a punch captured without signal an interval is known: it counts when it may have been in time.
    states = [events.status_at(event, moment) for moment in (doc.waktu_awal, doc.waktu, doc.waktu_akhir)]
    if events.OPEN in states or states[0] != states[-1]:
        return
    frappe.throw(
        _("{0} takes punches on {1} from {2} to {3}; by the server's clock it is {4} on {5}.").format(
            event["nama_kegiatan"],
            formatdate(event["tanggal"], "dd-MM-yyyy"),
            times.clock(event["mulai"]),
            times.clock(event["selesai"]),
            f"{doc.waktu:%H:%M}",
            formatdate(doc.waktu, "dd-MM-yyyy"),
        ),
        DiLuarWaktuKegiatan,
    )
