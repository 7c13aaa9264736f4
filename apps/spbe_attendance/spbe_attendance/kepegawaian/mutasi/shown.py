"""A person's way through the offices, as the form shows it."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import getdate

from spbe_attendance.kepegawaian.mutasi import history
from spbe_attendance.kepegawaian.mutasi.service import APPROVED, DOCTYPE, PROPOSED
from spbe_attendance.overrides.database_query import hidden_fields


def of(name: Any) -> dict[str, Any]:
    """{masa: [{dari, sampai, opd, nama_opd, status_kepegawaian, status, jabatan, golongan}], rencana: [{name, jenis, berlaku_mulai,
    status}]}, the latest first. Raises PermissionError."""
    person = frappe.get_doc("Pegawai", str(name or ""))
    person.check_permission("read")
    hidden = hidden_fields("Pegawai")
    parts = list(reversed(history.stretches(person)))
    units = dict(
        frappe.get_all(
            "OPD",
            {"name": ["in", [part.values["opd"] or "" for part in parts]]},
            ["name", "nama_opd"],
            as_list=True,
        )
    )
    times = [
        {
            "dari": part.first or person.mulai_bertugas,
            "sampai": part.last,
            **{field: value for field, value in part.values.items() if field not in hidden},
            "nama_opd": units.get(part.values["opd"]),
        }
        for part in parts
    ]
    planned = {
        "pegawai": person.name,
        "status": ["in", [PROPOSED, APPROVED]],
        "diterapkan_pada": ["is", "not set"],
    }
    ahead = frappe.get_list(
        DOCTYPE, planned, ["name", "jenis", "berlaku_mulai", "status"], order_by="berlaku_mulai"
    )
    return {"masa": times, "rencana": [{**row, "berlaku_mulai": getdate(row.berlaku_mulai)} for row in ahead]}
