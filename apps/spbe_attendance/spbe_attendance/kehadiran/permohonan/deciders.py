"""Who decides about what somebody asked for. Nobody about an own row, Administrator included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance import permissions
from spbe_attendance.exceptions import BukanPemutus, PersetujuanSendiri

ATASAN, KEPALA, BKPSDM = "Menunggu Atasan", "Menunggu Kepala OPD", "Menunggu BKPSDM"
WAITING = {ATASAN, KEPALA, BKPSDM, "Menunggu Persetujuan", "Diajukan"}
# Whoever is higher stands in for whoever is away.
SUPERIOR_DECIDES = {ATASAN, "Menunggu Persetujuan"}
HEAD_DECIDES = {ATASAN, KEPALA, "Menunggu Persetujuan", "Diajukan"}


def persons(doc: Document) -> list[str]:
    """Everybody whose days the row is about."""
    return [doc.pegawai, *(row.pegawai for row in doc.get("peserta") or ())]


def is_concerned(doc: Document, user: str) -> bool:
    return bool(frappe.db.exists("Pegawai", {"name": ["in", persons(doc)], "user": user}))


def require(doc: Document, step: str) -> None:
    """Raises PersetujuanSendiri or BukanPemutus unless the session's user decides this step."""
    user = frappe.session.user
    if is_concerned(doc, user):
        frappe.throw(
            _("Nobody decides on an own request: the next higher head or BKPSDM does."), PersetujuanSendiri
        )
    if not may_decide(doc, step, user):
        frappe.throw(
            _("This step is not yours: it is for {0}.").format(_(step.removeprefix("Menunggu "))),
            BukanPemutus,
        )


def may_decide(doc: Document, step: str, user: str) -> bool:
    roles = set(frappe.get_roles(user))
    if "BKPSDM" in roles:
        return True
    if step in HEAD_DECIDES and "Kepala OPD" in roles and doc.opd in permissions.subtree(user):
        return True
    superior = doc.get("atasan") if step in SUPERIOR_DECIDES else None
    return bool(superior) and permissions.own_pegawai(user).get("name") == superior


def heads(opd: str, without: Iterable[str]) -> list[str]:
    """Active persons with an account and the role Kepala OPD who stand over this OPD."""
    above = permissions.ancestors(opd)
    pegawai, role, unit = (frappe.qb.DocType(name) for name in ("Pegawai", "Has Role", "OPD"))
    named = frappe.qb.from_(unit).select(unit.kepala).where(unit.name.isin(above) & unit.kepala.isnotnull())
    query = (
        frappe.qb.from_(pegawai)
        .join(role)
        .on((role.parent == pegawai.user) & (role.parenttype == "User") & (role.role == "Kepala OPD"))
        .select(pegawai.name)
        .where((pegawai.status == "Aktif") & (pegawai.opd.isin(above) | pegawai.name.isin(named)))
    )
    return sorted({row[0] for row in query.run()} - set(without)) if above else []


def superior(person: dict[str, Any], without: Iterable[str]) -> str | None:
    """The direct superior, if there is one who can decide: active, with an account, not concerned."""
    name = person.get("atasan")
    if not name or name in without:
        return None
    row = frappe.db.get_value("Pegawai", name, ["status", "user"], as_dict=True)
    return name if row and row.status == "Aktif" and row.user else None
