"""What a person sees: own requests, those that wait for one's decision, and what a form needs."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance import permissions
from spbe_attendance.exceptions import PermohonanTidakSah
from spbe_attendance.kehadiran.jadwal import swap_view
from spbe_attendance.kehadiran.permohonan import applicant, balance, deciders, kinds, koreksi, service

FIELDS = {
    "Ketidakhadiran": [
        "jenis",
        "dari",
        "sampai",
        "setengah_hari",
        "dipersingkat_sampai",
        "jumlah_hari",
        "alasan",
        "tempat",
        "nomor_surat",
        "lampiran",
        "atasan",
        "catatan_persetujuan",
        "alasan_batal",
    ],
    "Koreksi Absensi": [
        "tanggal",
        "jenis",
        "sebab",
        "waktu",
        "alasan",
        "saksi",
        "lampiran",
        "catatan_persetujuan",
        "alasan_batal",
        "absensi_hasil",
    ],
    "Sanggah": ["tanggal", "uraian", "lampiran", "tenggat", "jawab_sebelum", "jawaban", "alasan_batal"],
}
DATE = {"Ketidakhadiran": "dari", "Koreksi Absensi": "tanggal", "Sanggah": "tanggal"}
MOST = 200


def year_of(value: object) -> int:
    """Raises PermohonanTidakSah."""
    if value in (None, ""):
        return int(now_datetime().year)
    text = str(value)
    if not (text.isascii() and text.isdigit() and 2000 <= int(text[:5]) <= 2100):
        frappe.throw(_("tahun must be a year such as 2026."), PermohonanTidakSah)
    return int(text)


def mine(person: dict[str, Any], year: int) -> dict[str, Any]:
    """{tahun, ketidakhadiran, koreksi, sanggah, tukar_dinas}: own requests of a year, newest first; duty orders that name one
    and exchanges that one is asked for included."""
    answer: dict[str, Any] = {"tahun": year, "tukar_dinas": swap_view.mine(person, year)}
    for key, doctype in (
        ("ketidakhadiran", "Ketidakhadiran"),
        ("koreksi", "Koreksi Absensi"),
        ("sanggah", "Sanggah"),
    ):
        names = [person["name"]]
        filters: dict[str, Any] = {DATE[doctype]: ["between", [f"{year}-01-01", f"{year}-12-31"]]}
        own = frappe.get_all(
            doctype, filters={**filters, "pegawai": names[0]}, fields=columns(doctype), limit=MOST
        )
        if doctype == "Ketidakhadiran":
            orders = frappe.get_all(
                "Ketidakhadiran Peserta", filters={"pegawai": names[0]}, pluck="parent", limit=10 * MOST
            )
            filters["name"] = ["in", orders]
            own += (
                frappe.get_all(doctype, filters=filters, fields=columns(doctype), limit=MOST)
                if orders
                else []
            )
        answer[key] = sorted(own, key=lambda row: (row[DATE[doctype]], row["creation"]), reverse=True)
    return answer


def columns(doctype: str) -> list[str]:
    return ["name", "pegawai", "status", "creation", *FIELDS[doctype]]


def waiting_for_me() -> list[dict[str, Any]]:
    """Requests whose next decision is the session's user's, oldest first: {doctype, name, nama, status, penjelasan, …}."""
    found = []
    for doctype in FIELDS:
        rows = frappe.get_list(
            doctype,
            filters={"status": ["in", sorted(deciders.WAITING)]},
            pluck="name",
            limit=MOST,
            order_by="creation",
        )
        for name in rows:
            doc = frappe.get_doc(doctype, name)
            if is_mine_to_decide(doc):
                found.append(shape(doc))
    exchanges = [
        {**row, "penjelasan": service.explain(frappe.get_doc("Tukar Dinas", row["name"]))}
        for row in swap_view.waiting()
    ]
    return sorted([*found, *exchanges], key=lambda row: row["creation"])


def is_mine_to_decide(doc: Any) -> bool:
    user = frappe.session.user
    return not deciders.is_concerned(doc, user) and deciders.may_decide(doc, doc.status, user)


def shape(doc: Any) -> dict[str, Any]:
    return {
        "doctype": doc.doctype,
        **{name: doc.get(name) for name in columns(doc.doctype)},
        "nama": frappe.db.get_value("Pegawai", doc.pegawai, "nama"),
        "peserta": [frappe.db.get_value("Pegawai", row.pegawai, "nama") for row in doc.get("peserta") or ()],
        "tindakan": ["Terima", "Tolak"] if doc.doctype == "Sanggah" else ["Setujui", "Tolak"],
        "penjelasan": service.explain(doc),
    }


def form(person: dict[str, Any]) -> dict[str, Any]:
    """{jenis, saldo, aturan}: what the forms offer to this person."""
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    names = ("kuota_koreksi_bulanan", "batas_hari_koreksi", "batas_hari_sanggah", "lampiran_maks_kb")
    full = applicant.load([person["name"]])[person["name"]]
    return {
        "jenis": kinds.open_to(full),
        "saldo": balance.overview(full, int(now_datetime().year)),
        "aturan": {name: settings.get(name) for name in names},
    }


def witnesses(person: dict[str, Any], text: str | None) -> list[dict[str, Any]]:
    """Active colleagues of the same OPD whose name holds the text, ten at most: {name, nama, jabatan}. Three letters at least."""
    if not text or len(text) < 3:
        frappe.throw(_("Type at least three letters of the name."), PermohonanTidakSah)
    pegawai = frappe.qb.DocType("Pegawai")
    units = {person["opd"], *permissions.ancestors(person["opd"])}
    rows = (
        frappe.qb.from_(pegawai)
        .select(pegawai.name, pegawai.nama, pegawai.jabatan, pegawai.opd)
        .where((pegawai.status == "Aktif") & (pegawai.name != person["name"]))
        .where(pegawai.nama.like(f"%{escaped(text)}%"))
        .orderby(pegawai.nama)
        .limit(MOST)
        .run(as_dict=True)
    )
    near = [row for row in rows if row.opd in units or koreksi.same_branch(row.opd, person["opd"])]
    return [{"name": row.name, "nama": row.nama, "jabatan": row.jabatan} for row in near[:10]]


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
