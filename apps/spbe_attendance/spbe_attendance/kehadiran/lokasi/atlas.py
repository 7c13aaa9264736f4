"""All places that somebody may see, as the map shows them, and saving what was drawn on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate

from spbe_attendance import permissions
from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.kehadiran.lokasi import access, units
from spbe_attendance.kehadiran.lokasi.errors import LokasiBerubah
from spbe_attendance.kehadiran.lokasi.limits import limits

DOCTYPE = "OPD Lokasi"
DRAWN = (
    "nama_lokasi", "opd", "semua_opd", "hanya_kegiatan", "aktif", "berlaku_dari", "berlaku_sampai",
    "jenis_area", "latitude", "longitude", "radius", "area",
)  # fmt: skip
MEASURED = (
    "lokasi", "jumlah", "akurasi_median", "persen_ragu", "persen_dalam", "usulan", "usulan_radius", "usulan_tambah",
    "persen_dalam_usulan", "dibatasi",
)  # fmt: skip
AKTIF, SEMPIT, SEMENTARA, BELUM, BERAKHIR, MATI = (
    "aktif", "sempit", "sementara", "belum", "berakhir", "nonaktif"
)  # fmt: skip


def overview() -> dict[str, Any]:
    """{lokasi, opd, batas, akurasi_lazim, boleh_buat, hari}: what the map page starts with. Places and OPD as permitted."""
    known = limits()
    return {
        "lokasi": rows(),
        "opd": _units(),
        "batas": known.bounds,
        "akurasi_lazim": known.usual_accuracy,
        "boleh_buat": access.may_change(DOCTYPE, "create"),
        "hari": str(getdate()),
    }


def rows(names: list[str] | None = None) -> list[dict[str, Any]]:
    """Places as permitted, each with ``keadaan``, ``nama_opd``, ``boleh_ubah`` and ``ukuran`` (or None)."""
    filters = {"name": ["in", names]} if names is not None else {}
    found = frappe.get_list(
        DOCTYPE, filters, ["name", "modified", *DRAWN], order_by="nama_lokasi", limit_page_length=0
    )
    measured = _measured(names)
    tree = units.Tree()
    change = permissions.opd_lokasi_change_criterion(frappe.session.user)
    writer, today = access.may_change(DOCTYPE), getdate()
    for row in found:
        row["ukuran"] = measured.get(row["name"])
        row["nama_opd"] = _("All OPD") if row["semua_opd"] else tree.name_of(row["opd"])
        row["keadaan"] = state(row, today)
        row["boleh_ubah"] = writer and permissions.matches(row, change)
        row["modified"] = str(row["modified"])
    return found


def state(row: Mapping[str, Any], today: date) -> str:
    """The one word by which the map colours a place; what keeps it from being used comes first."""
    if not cint(row["aktif"]):
        return MATI
    if row["berlaku_sampai"] and getdate(row["berlaku_sampai"]) < today:
        return BERAKHIR
    if row["berlaku_dari"] and getdate(row["berlaku_dari"]) > today:
        return BELUM
    if cint(row["hanya_kegiatan"]) or row["berlaku_sampai"]:
        return SEMENTARA
    return SEMPIT if (row.get("ukuran") or {}).get("usulan") else AKTIF


def _measured(names: list[str] | None) -> dict[str, dict[str, Any]]:
    if not frappe.has_permission("Ukuran Lokasi", "read"):
        return {}
    filters = {"lokasi": ["in", names]} if names is not None else {}
    found = frappe.get_list("Ukuran Lokasi", filters, list(MEASURED), limit_page_length=0)
    return {row.pop("lokasi"): row for row in found}


def _units() -> list[dict[str, Any]]:
    """OPD that the session may see, in the tree's order."""
    fields = ["name", "nama_opd", "singkatan", "kode", "induk", "lft", "rgt"]
    found = frappe.get_list("OPD", fields=fields, order_by="lft", limit_page_length=0)
    kept = units.kept_by(frappe.session.user)
    for row in found:
        row["boleh_ubah"] = kept is None or row["name"] in kept
    return found


def save(values: Mapping[str, Any], name: str | None, version: str | None) -> dict[str, Any]:
    """A new place or a changed one, under its own permissions and checks; answers its row for the map.

    ``version``: ``modified`` of the row that was drawn on. Raises LokasiBerubah when somebody else has saved it since.
    """
    unknown = set(values) - set(DRAWN)
    if unknown:
        frappe.throw(_("{0} is not a field of a place on the map.").format(min(unknown)), PermintaanTidakSah)
    if name:
        doc = frappe.get_doc(DOCTYPE, name, for_update=True)
        doc.check_permission("write")
        if str(doc.modified) != version:
            who = frappe.utils.get_fullname(doc.modified_by)
            frappe.throw(
                _(
                    "{0} has saved this place since you opened it. Load it again and repeat your change."
                ).format(who),
                LokasiBerubah,
            )
        doc.update(dict(values))
        doc.save()
    else:
        doc = frappe.get_doc({"doctype": DOCTYPE, **values})
        doc.insert()
    return rows([doc.name])[0]
