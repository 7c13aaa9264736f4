"""Deciding on a row of the review queue, and all that was ever decided on it: the one writer of Putusan Tinjauan."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow, get_transitions

from spbe_attendance import permissions
from spbe_attendance.exceptions import SudahDiputus

ACTIONS = ("Wajar", "Minta Klarifikasi", "Nyatakan Tidak Sah")


def take(doc: Any, action: str, note: str | None) -> dict[str, Any]:
    """One of ACTIONS, by the framework's workflow: {status, penjelasan}. Raises SudahDiputus, PutusanTanpaCatatan, PermissionError."""
    doc.check_permission("write")
    if action not in {step.action for step in get_transitions(doc)}:
        frappe.throw(_("This decision is not possible here: {0}.").format(_(action)), SudahDiputus)
    if note:
        # Before the step: the framework reads the row anew.
        doc.catatan = note
        doc.save()
    decided = apply_workflow(doc, action)
    return {"status": decided.status, "penjelasan": decided.catatan or ""}


def record(review: Any) -> None:
    """The decision that the document carries now, as its newest; saved with it. None before it is changed: they are sealed."""
    review.append(
        "riwayat",
        {
            "nomor": max((row.nomor for row in review.riwayat), default=0) + 1,
            "status": review.status,
            "diputuskan_oleh": review.diputuskan_oleh,
            "pemutus": decider(review.diputuskan_oleh),
            "diputuskan_pada": review.diputuskan_pada,
            "catatan": review.catatan,
        },
    )


def decider(user: str) -> str:
    """Who decided, as it is sealed: the person's own name where there is one, else the account's."""
    return str(permissions.own_pegawai(user).get("name") or user)


def from_history(review: str) -> list[dict[str, Any]]:
    """Decisions that were made before they were kept as rows, out of the log of changes: values of Putusan Tinjauan.

    The log names who saved and when; a note is saved before the step that it belongs to.
    """
    note, found = None, []
    for version in frappe.get_all(
        "Version",
        {"ref_doctype": "Tinjauan Absensi", "docname": review},
        ["owner", "creation", "data"],
        order_by="creation, name",
    ):
        changed = {
            field: after for field, _before, after in frappe.parse_json(version.data).get("changed", ())
        }
        note = changed.get("catatan", note)
        if changed.get("status") not in (None, "Menunggu"):
            found.append(
                {
                    "nomor": len(found) + 1,
                    "status": changed["status"],
                    "diputuskan_oleh": version.owner,
                    "pemutus": decider(version.owner),
                    "diputuskan_pada": version.creation,
                    "catatan": note,
                }
            )
    return found
