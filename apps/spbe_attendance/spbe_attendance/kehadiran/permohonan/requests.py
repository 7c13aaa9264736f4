"""Reading what a client asks for: every field checked for type, form and size before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import cint, get_system_timezone

from spbe_attendance.exceptions import PegawaiTidakBolehDisebut, PermohonanTerlaluBesar, PermohonanTidakSah
from spbe_attendance.kehadiran.pencatatan import request

KINDS = ("Ketidakhadiran", "Koreksi Absensi", "Sanggah", "Tukar Dinas")
ACTIONS = ("Setujui", "Terima", "Tolak")
# Beside the attachment itself.
FORM_SIZE = 16 * 1024
NAME = re.compile(r"[A-Za-z0-9_-]{1,140}")


@dataclass(frozen=True)
class Ask:
    """``fields``: of the DocType, checked in form only; ``content``: of the attachment."""

    doctype: str
    id_klien: str
    fields: dict[str, Any] = field(default_factory=dict)
    content: bytes | None = None


def permit(values: dict[str, Any], content: bytes | None) -> Ask:
    return Ask(
        "Ketidakhadiran",
        client_id(values),
        {
            "jenis": word(values, "jenis"),
            "dari": day(values, "dari"),
            "sampai": day(values, "sampai"),
            "setengah_hari": choice(values, "setengah_hari", ("", "Pagi", "Siang")),
            "alasan": needed(values, "alasan"),
            "tempat": optional(values, "tempat", 140),
            "nomor_surat": optional(values, "nomor_surat", 140),
            "hari_tambahan": count(values, "hari_tambahan"),
        },
        content,
    )


def correction(values: dict[str, Any], content: bytes | None) -> Ask:
    return Ask(
        "Koreksi Absensi",
        client_id(values),
        {
            "tanggal": day(values, "tanggal"),
            "jenis": choice(values, "jenis", ("Masuk", "Pulang")),
            "sebab": choice(values, "sebab", ("Lupa Absen", "Salah Jenis", "Kendala Teknis")),
            "waktu": moment(values, "waktu"),
            "absensi_asal": reference(values, "absensi_asal"),
            "saksi": reference(values, "saksi"),
            "alasan": needed(values, "alasan"),
        },
        content,
    )


def appeal(values: dict[str, Any], content: bytes | None) -> Ask:
    fields = {"tanggal": day(values, "tanggal"), "uraian": needed(values, "uraian")}
    return Ask("Sanggah", client_id(values), fields, content)


def exchange(values: dict[str, Any]) -> Ask:
    return Ask(
        "Tukar Dinas",
        client_id(values),
        {
            "tanggal": day(values, "tanggal"),
            "rekan": word(values, "rekan"),
            "tanggal_rekan": day(values, "tanggal_rekan"),
            "alasan": needed(values, "alasan"),
        },
    )


def attachment() -> bytes | None:
    """The multipart field ``lampiran``. Raises PermohonanTerlaluBesar before it is read."""
    if not frappe.request:
        return None
    limit = (cint(frappe.get_cached_doc("Pengaturan Absensi").lampiran_maks_kb) or 1024) * 1024
    if (frappe.request.content_length or 0) > limit + FORM_SIZE:
        frappe.throw(
            _("The attachment is larger than {0} KB: send a smaller scan.").format(limit // 1024),
            PermohonanTerlaluBesar,
        )
    upload = frappe.request.files.get("lampiran")
    return (upload.stream.read(limit + 1) or None) if upload else None


def refuse_person(values: dict[str, Any]) -> None:
    if values.get("pegawai") is not None:
        frappe.throw(
            _("Do not name a person: the request is for whoever is logged in."), PegawaiTidakBolehDisebut
        )


def client_id(values: dict[str, Any]) -> str:
    return request.client_id(values.get("id_klien"))


def optional(values: dict[str, Any], name: str, longest: int = 1000) -> str | None:
    return request.text(values.get(name), name, longest)


def needed(values: dict[str, Any], name: str) -> str:
    found = optional(values, name)
    if not found:
        frappe.throw(_("{0} is missing.").format(name), PermohonanTidakSah)
    return str(found)


def word(values: dict[str, Any], name: str) -> str:
    found = needed(values, name)
    if not NAME.fullmatch(found):
        frappe.throw(_("{0} is not valid.").format(name), PermohonanTidakSah)
    return found


def reference(values: dict[str, Any], name: str) -> str | None:
    return word(values, name) if values.get(name) not in (None, "") else None


def choice(values: dict[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    found = optional(values, name) or ""
    if found not in allowed:
        frappe.throw(
            _("{0} must be one of: {1}.").format(name, ", ".join(filter(None, allowed))), PermohonanTidakSah
        )
    return found


def day(values: dict[str, Any], name: str) -> date:
    found = needed(values, name)
    try:
        parsed = date.fromisoformat(found) if re.fullmatch(r"\d{4}-\d\d-\d\d", found) else None
    except ValueError:
        parsed = None
    if parsed is None or not 2000 <= parsed.year <= 2100:
        frappe.throw(_("{0} must be a date such as 2026-11-24.").format(name), PermohonanTidakSah)
    return parsed


def moment(values: dict[str, Any], name: str) -> datetime:
    """In the site's time zone, without offset as the database keeps it; a time without offset is taken as local."""
    found = needed(values, name)
    try:
        parsed = datetime.fromisoformat(found.replace("Z", "+00:00"))
        if parsed.tzinfo is not None:
            parsed = parsed.astimezone(ZoneInfo(get_system_timezone())).replace(tzinfo=None)
    except (ValueError, OverflowError):
        parsed = None
    if parsed is None or not 2000 <= parsed.year <= 2100:
        frappe.throw(
            _("{0} must be a time such as 2026-11-24T07:25:00+07:00.").format(name), PermohonanTidakSah
        )
    return parsed.replace(microsecond=0)


def count(values: dict[str, Any], name: str) -> int:
    value = values.get(name)
    if value in (None, ""):
        return 0
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,3}", str(value)):
        frappe.throw(_("{0} must be a whole number.").format(name), PermohonanTidakSah)
    return int(value)
