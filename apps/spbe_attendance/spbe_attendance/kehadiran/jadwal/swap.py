"""Exchange of duties between two persons of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, now_datetime

from spbe_attendance.exceptions import TukarDitolak
from spbe_attendance.kehadiran.jadwal import reach, roster, source, succession
from spbe_attendance.kehadiran.permohonan import applicant
from spbe_attendance.record_language import language_of_record

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.tukar_dinas.tukar_dinas import TukarDinas

DIAJUKAN, DISETUJUI_REKAN, DISETUJUI, DITOLAK = "Diajukan", "Disetujui Rekan", "Disetujui", "Ditolak"
OPEN = (DIAJUKAN, DISETUJUI_REKAN)


def file(doc: TukarDinas) -> None:
    """Everything an exchange needs before anybody is asked. Raises TukarDitolak."""
    mine, other = (person(name) for name in (doc.pemohon, doc.rekan))
    doc.opd = mine["opd"]
    if doc.pemohon == doc.rekan:
        refuse(_("Choose a colleague: nobody exchanges duties with oneself."))
    if mine["user"] != frappe.session.user and not may_file_for_others():
        refuse(_("You may ask for an exchange of your own duties only."))
    if mine["opd"] != other["opd"]:
        refuse(_("Duties are exchanged within one unit. For other units, the Admin OPD changes the roster."))
    if other["status"] != "Aktif":
        refuse(_("{0} is not active: choose another colleague.").format(other["nama"]))
    if min(getdate(doc.tanggal), getdate(doc.tanggal_rekan)) < getdate():
        refuse(_("Past duties are not exchanged: choose days from today on."))
    applicant.lock([doc.pemohon, doc.rekan])
    days = rosters(doc)
    doc.shift_pemohon = words(days[(doc.pemohon, getdate(doc.tanggal))])
    doc.shift_rekan = words(days[(doc.rekan, getdate(doc.tanggal_rekan))])
    if not roster.codes(days[(doc.pemohon, getdate(doc.tanggal))]):
        refuse(_("You are off duty on {0}: there is nothing to give away.").format(formatdate(doc.tanggal)))
    refuse_second(doc)


def may_file_for_others() -> bool:
    return bool({"BKPSDM", "System Manager", "Administrator"} & set(frappe.get_roles()))


def person(name: str) -> dict[str, Any]:
    found = frappe.db.get_value("Pegawai", name, ["nama", "opd", "status", "user"], as_dict=True)
    if not found:
        refuse(_("This person is not registered."))
    return found


def rosters(doc: TukarDinas, *, lock: bool = False) -> dict[roster.Key, list[dict[str, Any]]]:
    """Rows of both persons on both dates; each must have some, an off day included. Raises TukarDitolak."""
    dates = sorted({getdate(doc.tanggal), getdate(doc.tanggal_rekan)})
    found = roster.stored([doc.pemohon, doc.rekan], dates[0], dates[-1], lock=lock)
    for who in (doc.pemohon, doc.rekan):
        for day in dates:
            if (who, day) not in found:
                name = frappe.db.get_value("Pegawai", who, "nama")
                refuse(_("{0} has no roster for {1}.").format(name, formatdate(day)))
    return {key: rows for key, rows in found.items() if key[1] in dates}


def words(rows: list[dict[str, Any]]) -> str:
    return " + ".join(roster.codes(rows)) or _("off duty")


def refuse_second(doc: TukarDinas) -> None:
    """One open exchange for each person and date; read locked, as another one may just have been committed."""
    days = {(doc.pemohon, getdate(doc.tanggal)), (doc.rekan, getdate(doc.tanggal_rekan))}
    row = frappe.qb.DocType("Tukar Dinas")
    people = [doc.pemohon, doc.rekan]
    open_ones = (
        frappe.qb.from_(row)
        .select(row.name, row.pemohon, row.tanggal, row.rekan, row.tanggal_rekan)
        .where(row.status.isin(OPEN) & (row.name != (doc.name or "")))
        .where(row.pemohon.isin(people) | row.rekan.isin(people))
        .for_update()
        .run(as_dict=True)
    )
    for other in open_ones:
        if days & {(other["pemohon"], other["tanggal"]), (other["rekan"], other["tanggal_rekan"])}:
            refuse(_("Another exchange of these duties waits for a decision: {0}.").format(other["name"]))


def exchange(doc: TukarDinas) -> None:
    """Both persons' rosters change places on both dates, in the transaction of the approval. Raises TukarDitolak when a roster
    is no longer what was agreed on."""
    before = rosters(doc, lock=True)
    agreed = {
        (doc.pemohon, getdate(doc.tanggal)): doc.shift_pemohon,
        (doc.rekan, getdate(doc.tanggal_rekan)): doc.shift_rekan,
    }
    for key, text in agreed.items():
        if words(before[key]) != text:
            refuse(
                _("The roster of {0} was changed since: it says {1}, agreed was {2}. Ask again.").format(
                    formatdate(key[1]), words(before[key]), text
                )
            )
    after: dict[roster.Key, list[dict[str, Any]]] = {}
    for who, day in before:
        giver = doc.rekan if who == doc.pemohon else doc.pemohon
        after[(who, day)] = taken_over(doc, who, day, roster.codes(before[(giver, day)]))
    refuse_clash(after)
    roster.replace(before, after)
    reach.mark_days(after, _("Exchange of duties {0}", language_of_record()).format(doc.name))
    doc.ditukar_pada = now_datetime()


def refuse_clash(after: Mapping[roster.Key, list[dict[str, Any]]]) -> None:
    """Nobody takes over a shift that begins before the own one of the day before has ended. Raises TukarDitolak."""
    days = sorted({day for _who, day in after})
    shifts = source.shifts()
    for person in sorted({who for who, _day in after}):
        around = roster.stored([person], days[0] - succession.NEXT, days[-1] + succession.NEXT)
        merged = {**around, **after}
        found = {day: roster.codes(rows) for (who, day), rows in merged.items() if who == person}
        for clash in succession.of_codes(found, shifts):
            if {clash.first_day, clash.second_day} & set(days):
                refuse(_("This exchange is not possible. {0}").format(succession.describe(clash)))


def taken_over(doc: TukarDinas, who: str, day: date, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    note = _("Exchange of duties {0}", language_of_record()).format(doc.name)
    return roster.rows_for(who, doc.opd, day, kinds, sumber=roster.TUKAR, keterangan=note)


def refuse(sentence: str) -> None:
    frappe.throw(sentence, TukarDitolak)
