"""Decisions of the review queue get rows of their own, and are sealed; those made before are taken from the log of changes."""

from __future__ import annotations

import frappe

from spbe_attendance.kehadiran.segel import sealing
from spbe_attendance.kehadiran.tinjauan import decisions

REVIEW, RULING = "Tinjauan Absensi", "Putusan Tinjauan"


def execute() -> None:
    # There may be several of them about one punch; the key with their number holds instead.
    frappe.db.sql_ddl("alter table `tabSegel Absensi` drop index if exists `unique_absensi_peristiwa`")
    take_over()
    sealing.start_sweep()


def take_over() -> None:
    """Of every row of the queue that has none yet."""
    done = set(frappe.get_all(RULING, pluck="parent", distinct=True))
    names = set(frappe.get_all(REVIEW, {"diputuskan_oleh": ["is", "set"]}, pluck="name")) | set(
        frappe.get_all("Version", {"ref_doctype": REVIEW}, pluck="docname", distinct=True)
    )
    for name in sorted(names - done):
        if frappe.db.exists(REVIEW, name):
            write(frappe.get_doc(REVIEW, name))


def write(review: frappe.model.document.Document) -> None:
    """Without touching the row itself: nobody has changed it today."""
    rows = decisions.from_history(review.name)
    if review.diputuskan_oleh and (not rows or rows[-1]["status"] != review.status):
        # The log was emptied: what stands is all that is known.
        rows.append(
            {
                "nomor": len(rows) + 1,
                **{
                    field: review.get(field)
                    for field in ("status", "diputuskan_oleh", "diputuskan_pada", "catatan")
                },
                "pemutus": decisions.decider(review.diputuskan_oleh),
            }
        )
    for row in rows:
        child = frappe.new_doc(RULING, **row)
        child.update(
            {"parent": review.name, "parenttype": REVIEW, "parentfield": "riwayat", "idx": row["nomor"]}
        )
        child.db_insert()
