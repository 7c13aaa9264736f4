"""Permits, corrections, appeals and exchanges of duties for the PWA. Thin: read, find the person, delegate.

Arguments are taken as they come and checked one by one, as ``api.absensi`` does. Refusals are subclasses of PermohonanDitolak,
TukarDitolak or PermissionError, 4xx, each with a sentence that says what to do.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import BukanPegawai
from spbe_attendance.kehadiran.jadwal import swap_view
from spbe_attendance.kehadiran.permohonan import requests, service, views
from spbe_attendance.kehadiran.permohonan.requests import Ask
from spbe_attendance.kepegawaian.accounts import current_pegawai


@frappe.whitelist(methods=["POST"])
def ajukan_ketidakhadiran(**values: Any) -> dict[str, Any]:
    """Ask for a permit: id_klien, jenis, dari, sampai, alasan; optional setengah_hari, tempat, nomor_surat, hari_tambahan and the
    multipart file ``lampiran``. Returns {name, status, penjelasan, duplikat}."""
    person = _person(values)
    return service.submit(requests.permit(values, requests.attachment()), person["name"])


@frappe.whitelist(methods=["POST"])
def ajukan_koreksi(**values: Any) -> dict[str, Any]:
    """Ask for a correction: id_klien, tanggal, jenis, sebab, waktu, alasan; saksi, absensi_asal and ``lampiran`` by cause.
    Returns {name, status, penjelasan, duplikat}."""
    person = _person(values)
    return service.submit(requests.correction(values, requests.attachment()), person["name"])


@frappe.whitelist(methods=["POST"])
def ajukan_sanggah(**values: Any) -> dict[str, Any]:
    """Appeal on a day: id_klien, tanggal, uraian; optional ``lampiran``. Returns {name, status, penjelasan, duplikat}."""
    person = _person(values)
    asked: Ask = requests.appeal(values, requests.attachment())
    return service.submit(asked, person["name"])


@frappe.whitelist(methods=["POST"])
def ajukan_tukar_dinas(**values: Any) -> dict[str, Any]:
    """Ask a colleague to exchange duties: id_klien, tanggal (own, to give away), rekan, tanggal_rekan (to take over), alasan.
    Returns {name, status, penjelasan, duplikat}."""
    person = _person(values)
    return service.submit(requests.exchange(values), person["name"])


@frappe.whitelist(methods=["GET"])
def isian_tukar_dinas(**values: Any) -> dict[str, Any]:
    """What the exchange form needs: {dinas: [{tanggal, shift, jam}], rekan: [{name, nama, jabatan}], dinas_rekan: dates of the
    colleague ``rekan``}. shift and jam are None when off duty; only dates on which both have a roster can be exchanged."""
    return swap_view.form(_person({}), requests.reference(values, "rekan"))


@frappe.whitelist(methods=["POST"])
def setujui_tukar_dinas(**values: Any) -> dict[str, Any]:
    """The colleague agrees: name, optional catatan. Returns {name, status, penjelasan, duplikat}."""
    return service.decide(
        "Tukar Dinas", requests.word(values, "name"), "Setujui", requests.optional(values, "catatan")
    )


@frappe.whitelist(methods=["POST"])
def tolak_tukar_dinas(**values: Any) -> dict[str, Any]:
    """The colleague declines: name, catatan. Returns {name, status, penjelasan, duplikat}."""
    return service.decide(
        "Tukar Dinas", requests.word(values, "name"), "Tolak", requests.optional(values, "catatan")
    )


@frappe.whitelist(methods=["GET"])
def permohonan_saya(**values: Any) -> dict[str, Any]:
    """Own requests of ``tahun``: {tahun, ketidakhadiran: […], koreksi: […], sanggah: […], tukar_dinas: […]}."""
    return views.mine(_person({}), views.year_of(values.get("tahun")))


@frappe.whitelist(methods=["GET"])
def isian(**_values: Any) -> dict[str, Any]:
    """What the forms need: {jenis: kinds open to the person, saldo: {tahun, hak, terpakai, sisa}, aturan}."""
    return views.form(_person({}))


@frappe.whitelist(methods=["GET"])
def cari_saksi(**values: Any) -> list[dict[str, Any]]:
    """Colleagues of the same OPD by part of their name (``cari``): [{name, nama, jabatan}]."""
    return views.witnesses(_person({}), requests.optional(values, "cari", 60))


@frappe.whitelist(methods=["GET"])
def menunggu_putusan(**_values: Any) -> list[dict[str, Any]]:
    """What waits for the caller's decision, oldest first: [{doctype, name, nama, status, tindakan, penjelasan, …}]."""
    return views.waiting_for_me()


@frappe.whitelist(methods=["POST"])
def putuskan(**values: Any) -> dict[str, Any]:
    """Decide: doctype, name, tindakan (Setujui, Terima, Tolak), catatan. Returns {name, status, penjelasan, duplikat}."""
    return service.decide(
        requests.choice(values, "doctype", requests.KINDS),
        requests.word(values, "name"),
        requests.choice(values, "tindakan", requests.ACTIONS),
        requests.optional(values, "catatan"),
    )


@frappe.whitelist(methods=["POST"])
def batalkan(**values: Any) -> dict[str, Any]:
    """Withdraw an own request: doctype (Ketidakhadiran, Koreksi Absensi, Sanggah, Tukar Dinas), name, alasan. While it waits; an
    approved permit also until its first day. Returns {name, status, penjelasan, duplikat}."""
    return service.withdraw(
        requests.choice(values, "doctype", requests.KINDS),
        requests.word(values, "name"),
        requests.optional(values, "alasan"),
    )


@frappe.whitelist(methods=["POST"])
def batalkan_ketidakhadiran(**values: Any) -> dict[str, Any]:
    """``batalkan`` for phones that still run the app of before: name, alasan. Returns {name, status, penjelasan, duplikat}."""
    return service.withdraw(
        "Ketidakhadiran", requests.word(values, "name"), requests.optional(values, "alasan")
    )


@frappe.whitelist(methods=["POST"])
def persingkat(**values: Any) -> dict[str, Any]:
    """Shorten an approved permit: name, sampai (its new last day), alasan. Returns {name, status, penjelasan, duplikat}."""
    return service.shorten(
        requests.word(values, "name"),
        requests.day(values, "sampai"),
        requests.optional(values, "alasan"),
    )


def _person(values: dict[str, Any]) -> dict[str, Any]:
    requests.refuse_person(values)
    person = current_pegawai()
    if not person:
        frappe.throw(
            _("This account belongs to no registered person: ask the Admin OPD to link it."), BukanPegawai
        )
    return person
