"""The settings as data, and what they must keep to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate

from spbe_attendance.integrations.erpnext import foreign, ownership
from spbe_attendance.integrations.exceptions import IntegrasiTidakSiap

DOCTYPE, UNITS = "Integrasi ERPNext", "Pemetaan OPD ERPNext"
SERVER = ("kursor_absensi", "kursor_rekap")
BOTH_WAYS = "Dua Arah"
# What each part needs of HRMS.
PARTS = {
    "kirim_libur": (foreign.HOLIDAY_LIST,),
    "kirim_cuti": (foreign.LEAVE, foreign.LEAVE_TYPE),
    "kirim_absensi": (foreign.CHECKIN,),
    "kirim_rekap": (foreign.ATTENDANCE,),
}


@dataclass(frozen=True)
class Settings:
    """``parts``: those switched on and possible here. ``leave_types``: by Jenis Ketidakhadiran. ``owners``: by field."""

    company: str
    both_ways: bool
    parts: frozenset[str]
    since: date
    joined: date | None
    send_position: bool
    leave_types: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=ownership.default_owners)


def on() -> bool:
    """Whether anything is to be done at all: one look into the cache, no statement."""
    try:
        return bool(cint(frappe.get_cached_doc(DOCTYPE).aktif))
    except frappe.DoesNotExistError:
        # A patch changes persons before this DocType has come.
        frappe.clear_last_message()
        return False


def require_right() -> None:
    """Raises PermissionError."""
    if not frappe.has_permission(DOCTYPE, "write"):
        frappe.throw(_("Your role does not allow this."), frappe.PermissionError)


def load() -> Settings:
    """Raises IntegrasiTidakSiap."""
    doc = frappe.get_cached_doc(DOCTYPE)
    if not cint(doc.aktif):
        frappe.throw(
            _("The synchronisation is switched off: tick Synchronise in Integrasi ERPNext."),
            IntegrasiTidakSiap,
        )
    return read(doc)


def read(doc: Any) -> Settings:
    """Of a document, switched on or not. Raises IntegrasiTidakSiap."""
    here = require_apps()
    if not doc.company:
        frappe.throw(_("Choose the Company in Integrasi ERPNext."), IntegrasiTidakSiap)
    parts = frozenset(part for part, needs in PARTS.items() if cint(doc.get(part)) and here.issuperset(needs))
    owners = ownership.default_owners()
    for item in ownership.FIELDS:
        if item.setting and doc.get(item.setting):
            owners[item.name] = doc.get(item.setting)
    if doc.arah != BOTH_WAYS:
        # What ERPNext owns stays there; nothing of it comes here.
        owners = {
            name: ownership.NOBODY if owner == ownership.THEIRS else owner for name, owner in owners.items()
        }
    return Settings(
        company=doc.company,
        both_ways=doc.arah == BOTH_WAYS,
        parts=parts,
        since=getdate(doc.proyeksi_sejak),
        joined=getdate(doc.bergabung_bawaan) if doc.bergabung_bawaan else None,
        send_position=bool(cint(doc.kirim_koordinat)),
        leave_types={row.jenis: row.leave_type for row in doc.cuti},
        owners=owners,
    )


def require_apps() -> frozenset[str]:
    """Their DocTypes that are here. Raises IntegrasiTidakSiap."""
    here = foreign.present()
    if not here.issuperset(foreign.ESSENTIAL):
        frappe.throw(
            _("ERPNext is not installed on this site: there is nothing to synchronise with."),
            IntegrasiTidakSiap,
        )
    return here


def check(doc: Any) -> None:
    """What is chosen exists there; switching on makes ready. Raises IntegrasiTidakSiap."""
    for name in SERVER:
        # Jobs move these on while a form is open.
        doc.set(name, frappe.db.get_single_value(DOCTYPE, name, cache=False))
    if cint(doc.aktif):
        if not doc.proyeksi_sejak:
            doc.proyeksi_sejak = getdate()
        read(doc)
        foreign.set_up()
    if not foreign.present().issuperset(foreign.ESSENTIAL):
        return
    _must_exist(foreign.COMPANY, doc.company)
    seen = set()
    for row in doc.cuti:
        _must_exist(foreign.LEAVE_TYPE, row.leave_type)
        if row.jenis in seen:
            frappe.throw(_("{0} stands twice: keep one row.").format(row.jenis), IntegrasiTidakSiap)
        seen.add(row.jenis)


def check_unit(doc: Any) -> None:
    """Raises IntegrasiTidakSiap."""
    if doc.flags.from_spbe or not foreign.present().issuperset(foreign.ESSENTIAL):
        return
    _must_exist(foreign.COMPANY, doc.company)
    _must_exist(foreign.DEPARTMENT, doc.department)


def _must_exist(doctype: str, name: str | None) -> None:
    if name and not foreign.exists(doctype, name):
        frappe.throw(
            _("{0} {1} does not exist in ERPNext: choose one of the list.").format(_(doctype), name),
            IntegrasiTidakSiap,
        )


def propose_leave_types(doc: Any) -> None:
    """Kinds and Leave Types of equal names belong together; what is chosen stays."""
    known = {row.jenis for row in doc.cuti}
    theirs = {name.casefold(): name for name in foreign.names(foreign.LEAVE_TYPE)}
    for kind in frappe.get_all("Jenis Ketidakhadiran", {"aktif": 1}, ["name", "nama_jenis"]):
        match = theirs.get((kind.nama_jenis or "").casefold())
        if match and kind.name not in known:
            doc.append("cuti", {"jenis": kind.name, "leave_type": match})
