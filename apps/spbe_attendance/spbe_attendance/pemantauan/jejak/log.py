"""Who looked at what and who changed what: the only writer of Jejak Audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import frappe
from frappe.utils import now_datetime

from spbe_attendance import client_address

DOCTYPE = "Jejak Audit"
DONE, REFUSED = "Berhasil", "Ditolak"
VIEW, EXPORT, RIGHTS = "Lihat Berkas", "Ekspor", "Ubah Hak Akses"
LONGEST, LONGEST_DETAIL = 140, 8000
FIELDS = [
    "name", "creation", "modified", "owner", "modified_by", "waktu", "oleh", "jenis", "hasil", "rujukan_doctype", "rujukan", "tentang",
    "opd", "berkas", "rincian", "alamat", "perambah", "lewat",
]  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """``rujukan``: the row of ``rujukan_doctype`` that it was about, of the person ``tentang`` and the unit ``opd`` where it has these;
    ``rincian``: what changed, as JSON."""

    jenis: str
    rujukan_doctype: str | None = None
    rujukan: str | None = None
    tentang: str | None = None
    opd: str | None = None
    hasil: str = DONE
    berkas: str | None = None
    rincian: str | None = None


def about(doctype: str, name: str | None, values: Any = None) -> dict[str, Any]:
    """Which row, person and unit: the fields of an Entry. ``values``: the row's own, read when left out."""
    if doctype == "Pegawai":
        values = values or frappe.db.get_value(doctype, name, ["opd"], as_dict=True) or {}
        return {"rujukan_doctype": doctype, "rujukan": name, "tentang": name, "opd": values.get("opd")}
    meta = frappe.get_meta(doctype)
    known = [
        field
        for field, target in (("pegawai", "Pegawai"), ("opd", "OPD"))
        if (found := meta.get_field(field)) and found.options == target
    ]
    if values is None:
        values = (frappe.db.get_value(doctype, name, known, as_dict=True) if known else None) or {}
    return {
        "rujukan_doctype": doctype,
        "rujukan": name,
        "tentang": values.get("pegawai") if "pegawai" in known else None,
        "opd": values.get("opd") if "opd" in known else None,
    }


def write(entries: Sequence[Entry]) -> None:
    """In the transaction of the caller, by one statement, past permissions: nobody has the right to write these by hand."""
    if not entries:
        return
    moment, user = now_datetime(), frappe.session.user or "Guest"
    where = _request()
    rows = []
    for entry in map(_shortened, entries):
        own = (entry.jenis, entry.hasil, entry.rujukan_doctype, entry.rujukan, entry.tentang, entry.opd)
        stamps = (frappe.generate_hash(length=16), moment, moment, user, user)
        rows.append((*stamps, moment, user, *own, entry.berkas, entry.rincian, *where))
    frappe.db.bulk_insert(DOCTYPE, FIELDS, rows)


def _shortened(entry: Entry) -> Entry:
    rujukan = str(entry.rujukan)[:LONGEST] if entry.rujukan else None
    rincian = entry.rincian[:LONGEST_DETAIL] if entry.rincian else None
    return replace(entry, rujukan=rujukan, rincian=rincian)


def _request() -> tuple[str, str, str]:
    """Address, browser and the way in, without the query: it may hold numbers of persons."""
    request = getattr(frappe.local, "request", None)
    if not request:
        return "", "", ""
    agent = (request.headers.get("User-Agent") or "")[:LONGEST]
    return client_address.of_request(), agent, f"{request.method} {request.path}"[:LONGEST]
