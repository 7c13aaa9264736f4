"""Seals from before positions were removed are marked as having theirs: the removal asks for the mark."""

import frappe

from spbe_attendance.kehadiran.doctype.segel_absensi import segel_absensi


def execute() -> None:
    segel_absensi.on_doctype_update()
    seal = frappe.qb.DocType("Segel Absensi")
    older = (seal.peristiwa == "Tercatat") & (seal.versi == 1)
    frappe.qb.update(seal).set(seal.posisi_ada, 1).where(older).run()
