"""Who takes which step of an exchange of duties: the colleague agrees, the head decides, who asked may take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _

from spbe_attendance import permissions
from spbe_attendance.exceptions import AlasanWajib, BukanPemutus, PersetujuanSendiri, TukarTidakDapatDiubah
from spbe_attendance.kehadiran.jadwal import swap
from spbe_attendance.kehadiran.permohonan import changes, withdrawal

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.tukar_dinas.tukar_dinas import TukarDinas

NOTE = "catatan_persetujuan"


def review(doc: TukarDinas) -> None:
    """Rules for every later change, whoever makes it: a decision, its note, a withdrawal; nothing else."""
    before = doc.get_doc_before_save()
    doc.ditukar_pada = before.ditukar_pada
    changed = changes.changed_fields(doc)
    allowed = {"status", NOTE, withdrawal.REASON} if before.status in swap.OPEN else set()
    if changed - allowed:
        frappe.throw(
            _("What was asked for cannot be changed: withdraw this exchange and ask again."),
            TukarTidakDapatDiubah,
        )
    withdrawal.check(doc, changed)
    decided = "status" in changed and doc.status != withdrawal.DIBATALKAN
    if decided or NOTE in changed:
        require(doc, before.status, agreeing=decided and doc.status != swap.DITOLAK)
    if decided and doc.status == swap.DITOLAK and not doc.get(NOTE):
        frappe.throw(_("Say why the request is refused."), AlasanWajib)
    if decided and doc.status == swap.DISETUJUI:
        swap.exchange(doc)


def require(doc: TukarDinas, step: str, *, agreeing: bool) -> None:
    """Raises PersetujuanSendiri or BukanPemutus unless the session's user takes this step.

    The colleague may decline until the head has decided; nobody but the colleague agrees in the colleague's place.
    """
    me, users = frappe.session.user, users_of(doc)
    if me == users["pemohon"]:
        frappe.throw(
            _("Nobody decides on an own exchange: the next higher head or BKPSDM does."), PersetujuanSendiri
        )
    if agreeing and step == swap.DIAJUKAN and me != users["rekan"]:
        frappe.throw(_("Only the colleague who is asked can agree."), PersetujuanSendiri)
    if agreeing and step == swap.DISETUJUI_REKAN and me == users["rekan"]:
        frappe.throw(
            _("Nobody decides on an own exchange: the next higher head or BKPSDM does."), PersetujuanSendiri
        )
    if me != users["rekan"] and not heads_over(doc, me):
        frappe.throw(_("This step is not yours: it is for {0}.").format(waits_for(doc, step)), BukanPemutus)


def users_of(doc: TukarDinas) -> dict[str, str | None]:
    return {who: frappe.db.get_value("Pegawai", doc.get(who), "user") for who in ("pemohon", "rekan")}


def heads_over(doc: TukarDinas, user: str) -> bool:
    roles = set(frappe.get_roles(user))
    return "BKPSDM" in roles or ("Kepala OPD" in roles and doc.opd in permissions.subtree(user))


def waits_for(doc: TukarDinas, step: str) -> str:
    if step == swap.DIAJUKAN:
        return str(frappe.db.get_value("Pegawai", doc.rekan, "nama"))
    return "Kepala OPD"


def actions(doc: TukarDinas, user: str) -> list[str]:
    """What this user can do now, in the workflow's words."""
    if doc.status not in swap.OPEN:
        return []
    users = users_of(doc)
    if user == users["pemohon"]:
        return ["Batalkan"]
    if user == users["rekan"]:
        return ["Setujui", "Tolak"] if doc.status == swap.DIAJUKAN else ["Tolak"]
    if not heads_over(doc, user):
        return []
    return ["Tolak"] if doc.status == swap.DIAJUKAN else ["Setujui", "Tolak"]
