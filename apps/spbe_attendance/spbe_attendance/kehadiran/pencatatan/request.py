"""Reading what a client sent: every field checked for type, form and size before anything is written."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe import _

from spbe_attendance.exceptions import (
    FotoTidakSah,
    PegawaiTidakBolehDisebut,
    PermintaanTerlaluBesar,
    PermintaanTidakSah,
)

KINDS = ("Masuk", "Pulang", "Apel")
MAX_BODY = 8 * 1024
MAX_REASON = 500
MAX_DEVICE = 140
MAX_NAME = 140
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class PunchRequest:
    """Checked in form only; the position is judged by the engine."""

    jenis: str
    latitude: object
    longitude: object
    akurasi: object
    id_klien: str
    foto_sha256: str | None
    perangkat: str | None
    alasan: str | None
    waktu_perangkat: str | None
    kegiatan: str | None = None
    bukti: str | None = None


def read_punch(values: dict[str, object], *, photo_required: bool) -> PunchRequest:
    """Raises a subclass of AbsensiDitolak."""
    if frappe.request and (frappe.request.content_length or 0) > MAX_BODY:
        frappe.throw(_("The request is too large: the photo is sent separately."), PermintaanTerlaluBesar)
    if values.get("pegawai") is not None:
        frappe.throw(
            _("Do not name a person: the punch is for whoever is logged in."), PegawaiTidakBolehDisebut
        )
    return PunchRequest(
        jenis=kind(values.get("jenis")),
        latitude=values.get("latitude"),
        longitude=values.get("longitude"),
        akurasi=values.get("akurasi"),
        id_klien=client_id(values.get("id_klien")),
        foto_sha256=photo_digest(values.get("foto_sha256"), required=photo_required),
        perangkat=text(values.get("perangkat"), "perangkat", MAX_DEVICE),
        alasan=text(values.get("alasan"), "alasan", MAX_REASON),
        waktu_perangkat=device_time(values.get("waktu_perangkat")),
        kegiatan=text(values.get("kegiatan"), "kegiatan", MAX_NAME),
        bukti=evidence(values.get("bukti")),
    )


def evidence(value: object) -> str | None:
    """As text, however the client sent it; it is read where the punch is judged."""
    if value in (None, "", {}):
        return None
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def kind(value: object) -> str:
    if value not in KINDS:
        frappe.throw(_("The kind of punch must be one of: {0}.").format(", ".join(KINDS)), PermintaanTidakSah)
    return str(value)


def client_id(value: object) -> str:
    """A UUID in its canonical form."""
    try:
        if not isinstance(value, str) or len(value) > 45:
            raise ValueError
        return str(uuid.UUID(value))
    except ValueError:
        frappe.throw(_("id_klien must be a UUID: make a new one for each punch."), PermintaanTidakSah)
        raise


def photo_digest(value: object, *, required: bool) -> str | None:
    if value in (None, "") and not required:
        return None
    digest = value.lower() if isinstance(value, str) else ""
    if not SHA256.fullmatch(digest):
        frappe.throw(
            _("foto_sha256 must be the SHA-256 of the photo, 64 hexadecimal digits: take the photo first."),
            PermintaanTidakSah,
        )
    return digest


def text(value: object, name: str, longest: int) -> str | None:
    """Trimmed text without control characters; None when empty."""
    if value is None:
        return None
    if not isinstance(value, str):
        frappe.throw(_("{0} must be text.").format(name), PermintaanTidakSah)
    cleaned = "".join(char for char in str(value) if char.isprintable() or char == "\n").strip()
    if len(cleaned) > longest:
        frappe.throw(_("{0} may have at most {1} characters.").format(name, longest), PermintaanTidakSah)
    return cleaned or None


def device_time(value: object) -> str | None:
    """Recorded as evidence, never trusted. ISO 8601 with an offset."""
    given = text(value, "waktu_perangkat", 40)
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given.replace("Z", "+00:00"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        frappe.throw(
            _("waktu_perangkat must be ISO 8601 with an offset, such as 2026-11-24T07:25:00+07:00."),
            PermintaanTidakSah,
        )
    return given


def uploaded_photo() -> bytes:
    """The multipart field ``foto``. Raises FotoTidakSah."""
    upload = frappe.request.files.get("foto") if frappe.request else None
    if upload is None:
        frappe.throw(_("The photo is missing: send it as multipart field foto."), FotoTidakSah)
    return upload.stream.read()
