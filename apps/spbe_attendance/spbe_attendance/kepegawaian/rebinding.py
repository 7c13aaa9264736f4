"""Another phone in place of the first: confirmed by a colleague with number and PIN on the new phone, or by the Admin OPD."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import BukanSaksi
from spbe_attendance.kehadiran.pemberitahuan import service
from spbe_attendance.kepegawaian import account_desk, account_log, devices, pins
from spbe_attendance.permissions import ancestors


def witnessed(person: dict[str, Any], values: dict[str, object]) -> dict[str, str]:
    """``values``: sidik_kunci, nomor, pin. Raises AkunDitolak, NomorAtauPinSalah, TerlaluSeringSalah, BukanSaksi."""
    print_ = values.get("sidik_kunci")
    row = devices.find(print_) if isinstance(print_, str) and print_ else None
    devices.refuse_unless_waiting(row if row and row["pegawai"] == person["name"] else {})
    seen_by = pins.person_with(values.get("nomor"), values.get("pin"))
    if seen_by["name"] == person["name"]:
        frappe.throw(_("Nobody is their own witness: ask a colleague who is with you."), BukanSaksi)
    if seen_by["status"] != "Aktif" or not same_office(seen_by["opd"], person["opd"]):
        frappe.throw(_("The witness is an active colleague of the same OPD."), BukanSaksi)
    devices.replace_by(row["name"], seen_by["name"])
    _record(person, _("Witness: {0}").format(seen_by["nama"]))
    return {"status": devices.AKTIF}


def approve(name: str, why: Any) -> None:
    """In place of a witness; the caller has checked the rights over the row. Never for the own phone."""
    row = frappe.db.get_value("Perangkat", name, ["pegawai", "status"], as_dict=True)
    person = frappe.db.get_value("Pegawai", row.pegawai, ["name", "nama", "opd", "user"], as_dict=True)
    if person.user == frappe.session.user:
        frappe.throw(_("Nobody approves the own phone."), frappe.PermissionError)
    devices.refuse_unless_waiting(row)
    said = account_desk.reason(why)
    devices.replace_by(name)
    _record(person, said)


def same_office(one: str, other: str) -> bool:
    """The same OPD, or one of them above the other."""
    return one in ancestors(other) or other in ancestors(one)


def _record(person: dict[str, Any], why: str) -> None:
    account_log.write([(person["name"], person["opd"])], "Perangkat Diganti", why)
    frappe.enqueue(tell_heads, queue="short", enqueue_after_commit=True, pegawai=person["name"])


def tell_heads(pegawai: str) -> list[str]:
    """The background job: heads of the OPD and above hear of every replaced phone; answers whom."""
    frappe.local.lang = "id"
    person = frappe.db.get_value("Pegawai", pegawai, ["nama", "opd"], as_dict=True)
    units = ancestors(person.opd)
    heads = frappe.get_all(
        "OPD", {"name": ["in", units], "kepala": ["is", "set"]}, ["kepala", "lft"], order_by="lft desc"
    )
    if not heads:
        return []
    user = frappe.db.get_value("Pegawai", heads[0].kepala, "user")
    newest = frappe.get_last_doc(
        "Perangkat", {"pegawai": pegawai, "status": devices.AKTIF}, order_by="disahkan_pada desc"
    )
    return service.tell(
        [user] if user else [], _("{0} uses another phone from now on.").format(person.nama), newest
    )
