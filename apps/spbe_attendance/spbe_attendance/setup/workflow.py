"""The workflow Persetujuan Absensi. Made once; what an administrator changes afterwards stays."""

from __future__ import annotations

import frappe

NAME = "Persetujuan Absensi"
DOCTYPE = "Absensi"
# state, style, who may edit. The first state is Frappe's default for rows without one.
STATES = (
    ("Menunggu Persetujuan", "Warning", "Kepala OPD"),
    ("Sah", "Success", "Kepala OPD"),
    ("Disetujui", "Success", "Kepala OPD"),
    ("Ditolak", "Danger", "Kepala OPD"),
)
# from, action, to, role
TRANSITIONS = (
    ("Menunggu Persetujuan", "Setujui", "Disetujui", "Kepala OPD"),
    ("Menunggu Persetujuan", "Tolak", "Ditolak", "Kepala OPD"),
    ("Menunggu Persetujuan", "Setujui", "Disetujui", "BKPSDM"),
    ("Menunggu Persetujuan", "Tolak", "Ditolak", "BKPSDM"),
)


def seed() -> None:
    for state, style, _role in STATES:
        if not frappe.db.exists("Workflow State", state):
            frappe.get_doc(
                {"doctype": "Workflow State", "workflow_state_name": state, "style": style}
            ).insert(ignore_permissions=True)
    for action in {action for _from, action, _to, _role in TRANSITIONS}:
        if not frappe.db.exists("Workflow Action Master", action):
            frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": action}).insert(
                ignore_permissions=True
            )
    if frappe.db.exists("Workflow", NAME):
        return
    frappe.get_doc(
        {
            "doctype": "Workflow",
            "workflow_name": NAME,
            "document_type": DOCTYPE,
            "workflow_state_field": "status",
            "is_active": 1,
            "override_status": 0,
            "send_email_alert": 0,
            "states": [
                {"state": state, "doc_status": "0", "allow_edit": role, "is_optional_state": 1}
                for state, _style, role in STATES
            ],
            "transitions": [
                {
                    "state": state,
                    "action": action,
                    "next_state": next_state,
                    "allowed": role,
                    "allow_self_approval": 0,
                }
                for state, action, next_state, role in TRANSITIONS
            ],
        }
    ).insert(ignore_permissions=True)


def remove() -> None:
    frappe.delete_doc("Workflow", NAME, ignore_missing=True, force=True, ignore_permissions=True)
