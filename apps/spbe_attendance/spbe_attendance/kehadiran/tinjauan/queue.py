"""The queue for the phone: what is open for whom, and deciding on many at once by the framework's workflow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow, get_transitions

from spbe_attendance.exceptions import PermohonanTidakSah, SudahDiputus
from spbe_attendance.kehadiran.permohonan import requests
from spbe_attendance.kehadiran.persetujuan import decisions, waiting
from spbe_attendance.kehadiran.tinjauan import view
from spbe_attendance.kehadiran.tinjauan.access import REVIEW

OPEN = ("Menunggu", "Perlu Klarifikasi")
# What is decided, and the workflow's action for it.
ACTIONS = {"Wajar": "Wajar", "Perlu Klarifikasi": "Minta Klarifikasi", "Tidak Sah": "Nyatakan Tidak Sah"}
# A screen of a phone; what is decided makes room for the next.
MOST, MOST_AT_ONCE, BESIDE = 25, 50, 4
PUNCH = ("jenis", "waktu", "waktu_awal", "waktu_akhir", "latitude", "longitude", "akurasi", "foto", "foto_status", "nama_lokasi",
    "penjelasan", "alasan", "sumber")  # fmt: skip


def listed() -> dict[str, Any]:
    """{semua, baris}: the open rows that the session's user decides on, heaviest first, MOST of them.

    A row: {name, pegawai, nama, jabatan, opd, nama_opd, tanggal, status, skor, catatan, PUNCH…, isyarat: [{kode, jenis, uraian, bobot}],
    lain: [{name, nama, jenis, waktu, foto, latitude, longitude, akurasi}], tersembunyi, tindakan: [decisions]}.
    """
    if not frappe.has_permission(REVIEW, "read"):
        return {"semua": 0, "baris": []}
    filters = {"status": ["in", OPEN]}
    names = frappe.get_list(
        REVIEW, filters=filters, pluck="name", order_by="skor desc, tanggal, name", limit=MOST
    )
    count = frappe.get_list(REVIEW, filters=filters, fields=["count(name) as jumlah"])
    rows = [shape(frappe.get_doc(REVIEW, name)) for name in names]
    waiting.add_people(rows)
    return {"semua": count[0].jumlah if count else 0, "baris": rows}


def shape(doc: Any) -> dict[str, Any]:
    found = view.punches(doc, 1 + BESIDE)
    own, *others = found["absensi"]
    allowed = {step.action for step in get_transitions(doc)}
    return {
        **{
            field: doc.get(field)
            for field in ("name", "pegawai", "opd", "tanggal", "status", "skor", "catatan")
        },
        **{field: own[field] for field in PUNCH},
        "isyarat": [
            {key: row.get(key) for key in ("kode", "jenis", "uraian", "bobot")} for row in doc.isyarat
        ],
        "lain": [
            {
                key: row[key]
                for key in ("name", "nama", "jenis", "waktu", "foto", "latitude", "longitude", "akurasi")
            }
            for row in others
        ],
        "tersembunyi": found["tersembunyi"],
        "tindakan": [decision for decision, action in ACTIONS.items() if action in allowed],
    }


def decide_all(values: dict[str, Any]) -> dict[str, Any]:
    """{hasil: [{name, berhasil, status, penjelasan, galat}], berhasil, gagal}; a refusal of one leaves the others standing.

    ``values``: names (list, or JSON of it), keputusan, catatan. Raises PermohonanTidakSah, SistemSibuk.
    """
    names = read_names(values.get("names"))
    decision = requests.choice(values, "keputusan", tuple(ACTIONS))
    note = requests.optional(values, "catatan")
    return decisions.each(names, lambda name: decide(name, decision, note))


def read_names(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    good = isinstance(value, list) and all(isinstance(name, str) and 0 < len(name) <= 140 for name in value)
    if not good or not 1 <= len(set(value)) == len(value) <= MOST_AT_ONCE:
        frappe.throw(_("Choose between 1 and {0} rows.").format(MOST_AT_ONCE), PermohonanTidakSah)
    return value


def decide(name: str, decision: str, note: str | None) -> dict[str, Any]:
    """{status, penjelasan}. Raises a refusal of the document or of the workflow."""
    doc = frappe.get_doc(REVIEW, name)
    # Whoever may not decide learns nothing of what stands there.
    doc.check_permission("write")
    if doc.status == decision:
        if doc.diputuskan_oleh == frappe.session.user:
            return {"status": doc.status, "penjelasan": _("Already decided by you.")}
        frappe.throw(_("Somebody was first: this request is {0}.").format(_(doc.status)), SudahDiputus)
    if note:
        # Before the step: the framework reads the row anew.
        doc.catatan = note
        doc.save()
    decided = apply_workflow(doc, ACTIONS[decision])
    return {"status": decided.status, "penjelasan": decided.catatan or ""}
