"""The map of places, its files, measurements and surveys. Thin: check, delegate."""

from __future__ import annotations

import json

import frappe
from frappe import _

from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.kehadiran.lokasi import (
    access,
    atlas,
    exports,
    import_job,
    measuring,
    surveys,
    warnings,
)
from spbe_attendance.kehadiran.pencatatan import request

# A polygon of ten thousand corners is half a megabyte, and so are a dozen stations of some hundred fixes.
MAX_BODY = 2_000_000


@frappe.whitelist(methods=["GET"])
def peta() -> dict[str, object]:
    """All that the map of places starts with, as far as the session may see it; see ``atlas.overview``."""
    _need("OPD Lokasi", "read")
    return atlas.overview()


@frappe.whitelist(methods=["POST"])
def periksa(lokasi: dict | str, name: str | None = None) -> list[dict[str, object]]:
    """Warnings about a place as it is being drawn: [{kode, galat, pesan, lokasi}]. Saves nothing."""
    if not (access.may_change() or access.may_change(verb="create")):
        _refuse()
    return warnings.of_draft(_object(lokasi), _text(name))


@frappe.whitelist(methods=["POST"])
def simpan(lokasi: dict | str, name: str | None = None, modified: str | None = None) -> dict[str, object]:
    """Saves a drawn place under its own permissions: its row for the map. 409 LokasiBerubah when somebody was faster."""
    return atlas.save(_object(lokasi), _text(name), _text(modified))


@frappe.whitelist(methods=["GET"])
def ekspor(format: str = "geojson") -> None:
    """All places that the session may see, as a GeoJSON or KML file."""
    _need("OPD Lokasi", "read")
    _need("OPD Lokasi", "report")
    name, content = exports.build(format)
    frappe.response.update({"type": "binary", "filename": name, "filecontent": content})


@frappe.whitelist(methods=["POST"])
def ukur(lokasi: str) -> dict[str, bool]:
    """Has the accuracy of a place measured anew, in the background: {antre: True}."""
    name = _named(lokasi)
    frappe.get_doc("OPD Lokasi", name).check_permission("write")
    measuring.enqueue(name)
    return {"antre": True}


@frappe.whitelist(methods=["POST"])
def terapkan_usulan(lokasi: str) -> dict[str, object]:
    """The proposed size becomes the place's own: {radius, area, modified}. 409 UsulanUsang when it fits no longer."""
    return measuring.accept(_named(lokasi))


@frappe.whitelist(methods=["POST"])
def kemajuan_impor(name: str) -> dict[str, object]:
    """How an import stands: {status, persen, keterangan}. POST, for a job that is gone is noted as broken off."""
    doc = frappe.get_doc(import_job.DOCTYPE, _named(name))
    doc.check_permission("read")
    return import_job.progress(doc)


@frappe.whitelist(methods=["GET"])
def boleh_survei() -> dict[str, bool]:
    """Whether the session surveys places: {boleh}."""
    return {"boleh": access.may_change(surveys.DOCTYPE, "create")}


@frappe.whitelist(methods=["GET"])
def isian_survei() -> dict[str, object]:
    """What the phone needs to survey without a network: {opd, lokasi, akurasi_lazim}."""
    _need(surveys.DOCTYPE, "create")
    return surveys.form()


@frappe.whitelist(methods=["POST"])
def kirim_survei(
    id_klien: str,
    nama_lokasi: str,
    opd: str,
    titik: list | str,
    lokasi: str | None = None,
    waktu: str | None = None,
) -> dict[str, object]:
    """Takes a survey in, once for an ``id_klien``; the size is computed here: {name, status, jenis_area, …, duplikat}.

    ``titik``: [{sampel: [{lat, lon, akurasi, t}]}], ``t`` in seconds.
    """
    _need(surveys.DOCTYPE, "create")
    stations = _read(titik)
    return surveys.receive(
        {
            "id_klien": id_klien,
            "nama_lokasi": _text(nama_lokasi),
            "opd": _text(opd),
            "titik": stations,
            "lokasi": _text(lokasi),
            "waktu": waktu,
        }
    )


@frappe.whitelist(methods=["POST"])
def terapkan_survei(name: str, lokasi: str | None = None) -> dict[str, object]:
    """The surveyed size becomes that of ``lokasi``, of the place the survey names, or of a new one: {lokasi, status}."""
    return surveys.apply(_named(name), _text(lokasi))


@frappe.whitelist(methods=["POST"])
def tolak_survei(name: str, catatan: str) -> dict[str, object]:
    """Rejects a survey with a reason: {status}."""
    return surveys.reject(_named(name), _text(catatan, 1000) or "")


def _need(doctype: str, verb: str) -> None:
    if not access.may_change(doctype, verb):
        _refuse()


def _refuse() -> None:
    frappe.throw(_("Your role does not allow this."), frappe.PermissionError)


def _text(value: object, longest: int = 140) -> str | None:
    """What a request calls a name. Raises PermintaanTidakSah for anything but text."""
    return request.text(value, _("A name"), longest)


def _named(value: object) -> str:
    found = _text(value)
    if not found:
        frappe.throw(_("Say which row is meant."), PermintaanTidakSah)
    return str(found)


def _object(value: dict | str) -> dict:
    found = _read(value)
    if not isinstance(found, dict):
        frappe.throw(_("A place is an object of fields."), PermintaanTidakSah)
    return found


def _read(value: object) -> object:
    """Forms send structures as text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if len(value) <= MAX_BODY else None
    except (ValueError, RecursionError):
        return None
