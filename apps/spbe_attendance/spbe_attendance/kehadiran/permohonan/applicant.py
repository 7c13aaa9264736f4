"""For whom something is asked, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance import permissions
from spbe_attendance.exceptions import BukanPegawai, BukanPemohon, PemohonTidakAktif

FIELDS = ["name", "nama", "nip", "opd", "status", "status_kepegawaian", "jenis_kelamin", "user", "atasan"]
# Who may file for others: everywhere, or within the own subtree.
EVERYWHERE = {"BKPSDM", "System Manager", "Administrator"}
WITHIN_OPD = {"Admin OPD", "Kepala OPD"}


def settle(doc: Document) -> dict[str, Any]:
    """Fill in person and OPD of a new row; answers the person. Raises BukanPegawai, BukanPemohon, PemohonTidakAktif."""
    if not doc.pegawai:
        own = permissions.own_pegawai(frappe.session.user)
        if not own:
            frappe.throw(
                _("This account belongs to no registered person: ask the Admin OPD to link it."), BukanPegawai
            )
        doc.pegawai = own["name"]
    person = load([doc.pegawai]).get(doc.pegawai)
    if not person or not may_file_for(person):
        frappe.throw(
            _("You may ask for yourself only; the Admin OPD asks for the own OPD, BKPSDM for all."),
            BukanPemohon,
        )
    refuse_inactive(person)
    doc.opd = person["opd"]
    return person


def may_file_for(person: dict[str, Any]) -> bool:
    return person["user"] == frappe.session.user or files_for_opd(person["opd"])


def files_for_opd(opd: str) -> bool:
    roles = set(frappe.get_roles())
    if roles & EVERYWHERE:
        return True
    return bool(roles & WITHIN_OPD) and opd in permissions.subtree(frappe.session.user)


def by_bkpsdm() -> bool:
    """Deadlines bind staff and OPD; BKPSDM enters what came on paper, however late."""
    return bool(EVERYWHERE & set(frappe.get_roles()))


def refuse_inactive(person: dict[str, Any]) -> None:
    if person["status"] != "Aktif":
        frappe.throw(
            _("{0} is not active: ask BKPSDM to check the status.").format(person["nama"]), PemohonTidakAktif
        )


def load(names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """{name: person} in one statement."""
    rows = frappe.get_all("Pegawai", filters={"name": ["in", list(names)]}, fields=FIELDS)
    return {row["name"]: row for row in rows}


def lock(names: Sequence[str]) -> None:
    """One request per person at a time: quota and overlap are counted on what the other has committed. Ends with the transaction."""
    pegawai = frappe.qb.DocType("Pegawai")
    (
        frappe.qb.from_(pegawai)
        .select(pegawai.name)
        .where(pegawai.name.isin(sorted(set(names))))
        .orderby(pegawai.name)
        .for_update()
        .run()
    )
