"""What waits for somebody's decision, with all that is needed to decide."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.workflow import get_transitions

from spbe_attendance.kehadiran.jadwal import swap_view
from spbe_attendance.kehadiran.pencatatan.day import place_shape
from spbe_attendance.kehadiran.pencatatan.places import FIELDS as PLACE
from spbe_attendance.kehadiran.permohonan import service, views
from spbe_attendance.kehadiran.persetujuan import turns
from spbe_attendance.kehadiran.tinjauan import view
from spbe_attendance.kehadiran.tinjauan.access import REVIEW

# A few screens of a phone; the next ones are asked for.
MOST = 25
# Taking back is the applicant's.
NO_DECISION = {"Batalkan"}
PUNCH = (
    "name",
    "pegawai",
    "opd",
    "status",
    "jenis",
    "tanggal",
    "waktu",
    "waktu_awal",
    "waktu_akhir",
    "waktu_tiba",
    "sumber",
    "putusan_lokasi",
    "lokasi",
    "jarak",
    "akurasi",
    "latitude",
    "longitude",
    "alasan",
    "penjelasan",
    "alasan_tinjau",
    "catatan_waktu",
    "foto",
    "foto_status",
    "creation",
)


def counts(user: str) -> dict[str, Any]:
    """{semua, per_jenis: {doctype: n}, pemutus}: one statement per kind, whatever the number of rows.

    ``pemutus``: decides on others by office, whether something waits now or not.
    """
    who = turns.decider(user)
    found = {doctype: turns.count(doctype, who) for doctype in turns.KINDS}
    return {
        "semua": sum(found.values()),
        "per_jenis": found,
        "pemutus": who.everywhere or bool(who.units) or is_superior(who),
    }


def is_superior(who: turns.Decider) -> bool:
    return bool(who.person and frappe.db.exists("Pegawai", {"atasan": who.person, "status": "Aktif"}))


def listed(user: str) -> dict[str, Any]:
    """``counts`` and {kelompok: [{doctype, jumlah, baris, lanjut}]}: kinds of which something waits, see ``page``."""
    told, who = counts(user), turns.decider(user)
    groups = [
        {"jumlah": number, **page(doctype, who)} for doctype, number in told["per_jenis"].items() if number
    ]
    add_people([row for group in groups for row in group["baris"]])
    return {**told, "kelompok": groups}


def further(user: str, doctype: str, after: str) -> dict[str, Any]:
    """{doctype, jumlah, baris, lanjut}: the rows of one kind behind that row. Raises PermohonanTidakSah."""
    who = turns.decider(user)
    group = {"jumlah": turns.count(doctype, who), **page(doctype, who, after)}
    add_people(group["baris"])
    return group


def page(doctype: str, who: turns.Decider, after: str | None = None) -> dict[str, Any]:
    """{doctype, baris, lanjut}: MOST rows, the oldest first; ``lanjut`` is what ``further`` takes as ``after``, null at the end.

    A row: {doctype, name, nama, nama_opd, status, tindakan, …}; ``tindakan`` are the actions of the framework's workflow.
    """
    names = turns.names(doctype, who, MOST + 1, after)
    docs = [frappe.get_doc(doctype, name) for name in names[:MOST]]
    rows = [shape(doc) for doc in docs if frappe.has_permission(doctype, "read", doc=doc)]
    return {
        "doctype": doctype,
        "baris": [row for row in rows if row["tindakan"]],
        "lanjut": names[MOST - 1] if len(names) > MOST else None,
    }


def actions(doc: Any) -> list[str]:
    found = dict.fromkeys(row.action for row in get_transitions(doc))
    return [action for action in found if action not in NO_DECISION]


def shape(doc: Any) -> dict[str, Any]:
    if doc.doctype == "Absensi":
        row = {**{field: doc.get(field) for field in PUNCH}, "tempat": place(doc.lokasi)}
    elif doc.doctype == REVIEW:
        row = view.shape(doc)
        row["tempat"] = place(row["lokasi"])
    elif doc.doctype == "Tukar Dinas":
        row = {
            **swap_view.shape(doc),
            "pegawai": doc.pemohon,
            "opd": doc.opd,
            "penjelasan": service.explain(doc),
        }
    else:
        row = {**views.shape(doc), "opd": doc.opd}
    return {**row, "doctype": doc.doctype, "tindakan": actions(doc)}


def place(name: str | None) -> dict[str, Any] | None:
    """The shape of the place next to a punch, as ``hari_ini`` gives it."""
    found = frappe.db.get_value("OPD Lokasi", name, PLACE, as_dict=True) if name else None
    return place_shape(found) if found else None


def add_people(rows: list[dict[str, Any]]) -> None:
    """Names of persons and units for all rows at once."""
    people = {
        row.name: row
        for row in frappe.get_all(
            "Pegawai",
            {"name": ["in", [row["pegawai"] for row in rows]]},
            ["name", "nama", "jabatan"],
        )
    }
    units = dict(
        frappe.get_all(
            "OPD",
            {"name": ["in", [row["opd"] for row in rows if row["opd"]]]},
            ["name", "nama_opd"],
            as_list=True,
        )
    )
    for row in rows:
        person = people.get(row["pegawai"], {})
        row.update(nama=person.get("nama"), jabatan=person.get("jabatan"), nama_opd=units.get(row["opd"], ""))
