"""Corrections, appeals and exchanges can be withdrawn: workflows that are there already get the state and its steps.

The seeder makes workflows once and leaves to the administrator what stands; so it cannot add them.
"""

from __future__ import annotations

import frappe

from spbe_attendance.setup import workflow

WITHDRAW = "Batalkan"


def execute() -> None:
    for table in (workflow.CORRECTIONS, workflow.APPEALS, workflow.EXCHANGES):
        if frappe.db.exists("Workflow", table.name):
            workflow.seed_words(table)
            add_withdrawals(table)


def add_withdrawals(table: workflow.Table) -> None:
    doc, wanted = frappe.get_doc("Workflow", table.name), workflow.as_workflow(table)
    if any(row.action == WITHDRAW for row in doc.transitions):
        return
    if table is workflow.EXCHANGES:
        # Who asked used to reject the own request for want of another word.
        doc.set("transitions", [])
        doc.extend("transitions", wanted["transitions"])
    else:
        doc.extend("transitions", [row for row in wanted["transitions"] if row["action"] == WITHDRAW])
    known = {row.state for row in doc.states}
    doc.extend("states", [row for row in wanted["states"] if row["state"] not in known])
    doc.save(ignore_permissions=True)
