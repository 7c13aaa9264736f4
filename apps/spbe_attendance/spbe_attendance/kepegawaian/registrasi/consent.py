"""The consent text in force, and who agreed to which version when (UU 27/2022: shown whole, recorded, repeated when it changes)."""

from __future__ import annotations

import hashlib
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.kepegawaian.registrasi.exceptions import NaskahBerubah

TEXT, RECORD = "Naskah Persetujuan", "Persetujuan Data"
IN_FORM, IN_APP = "Pendaftaran", "Aplikasi"
# Of what is kept.
LANGUAGE = "id"
CACHED = "spbe-naskah-berlaku"


def current() -> dict[str, Any] | None:
    """name, versi, judul, isi of the text in force today; None before there is one."""
    rows = frappe.get_all(
        TEXT,
        filters={"berlaku_sejak": ["<=", now_datetime().date()]},
        fields=["name", "versi", "judul", "isi"],
        order_by="versi desc",
        limit=1,
    )
    return rows[0] if rows else None


def agreed_to(value: object) -> dict[str, Any]:
    """The text in force, if that is the one that was agreed to. Raises NaskahBerubah."""
    text = current()
    if not text or value != text["name"]:
        frappe.throw(
            _("The consent text has changed meanwhile: read the new version and agree to it again."),
            NaskahBerubah,
        )
    return dict(text or {})


def record(text: dict[str, Any], way: str, **whose: str | None) -> None:
    """Keep one agreement, once per text. ``whose``: registrasi, or pegawai and opd."""
    holder = "registrasi" if whose.get("registrasi") else "pegawai"
    kept = frappe.db.get_value(
        RECORD, {holder: whose[holder], "naskah": text["name"]}, ["name", "ditarik_pada"], as_dict=True
    )
    if kept:
        if kept.ditarik_pada:
            note(kept.name, None, _("Agreed to again", LANGUAGE))
        return
    doc = frappe.get_doc(
        {
            "doctype": RECORD,
            "naskah": text["name"],
            "versi": text["versi"],
            "sha256": fingerprint(text),
            "waktu": now_datetime(),
            "cara": way,
            **whose,
        }
    )
    doc.flags.by_service = True
    try:
        # Nobody has the right to write records by hand; to be the person is the permission.
        doc.insert(ignore_permissions=True)
    except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
        # The same agreement by a parallel try.
        frappe.clear_messages()


def note(name: str, withdrawn: Any, what: str) -> None:
    """Whether a kept agreement stands; each turn stays as a comment with its time and account."""
    frappe.db.set_value(RECORD, name, "ditarik_pada", withdrawn)
    frappe.get_doc(RECORD, name).add_comment("Info", what)


def fingerprint(text: dict[str, Any]) -> str:
    return hashlib.sha256(f"{text['judul']}\n\n{text['isi']}".encode()).hexdigest()


def asked_of(pegawai: str) -> str | None:
    """Name of the text that this person has not agreed to yet; None when nothing is open."""
    text = _name_in_force()
    if not text or frappe.db.exists(RECORD, {"pegawai": pegawai, "naskah": text}):
        return None
    return text


def _name_in_force() -> str:
    """Empty before there is a text. Every look at the session asks for it."""
    name = frappe.cache.get_value(CACHED, expires=True)
    if name is None:
        text = current()
        name = text["name"] if text else ""
        # Short, because a new version may begin at midnight.
        frappe.cache.set_value(CACHED, name, expires_in_sec=300)
    return str(name)


def forget_name_in_force() -> None:
    frappe.cache.delete_value(CACHED)


def agree(person: dict[str, Any], value: object) -> dict[str, Any]:
    """The answer of ``mine`` after the person agreed. Raises NaskahBerubah."""
    record(agreed_to(value), IN_APP, pegawai=person["name"], opd=person["opd"])
    return mine(person)


def mine(person: dict[str, Any]) -> dict[str, Any]:
    """{naskah: the text in force or None, disetujui: whether to that, riwayat: [{versi, waktu, ditarik}], kontak}."""
    text = current()
    rows = frappe.get_all(
        RECORD,
        filters={"pegawai": person["name"]},
        fields=["naskah", "versi", "waktu", "ditarik_pada"],
        order_by="versi desc",
    )
    return {
        "naskah": text,
        "disetujui": bool(text) and any(row.naskah == text["name"] and not row.ditarik_pada for row in rows),
        "riwayat": [
            {
                "versi": row.versi,
                "waktu": str(row.waktu),
                "ditarik": row.ditarik_pada and str(row.ditarik_pada),
            }
            for row in rows
        ],
        "kontak": contact(),
    }


def contact() -> str:
    """Whom to ask about personal data."""
    return frappe.get_cached_doc("Pengaturan Absensi").kontak_data_pribadi or ""


def pass_on(registrasi: str, pegawai: str, opd: str) -> None:
    """What somebody agreed to as an applicant holds for the member of staff."""
    for name in frappe.get_all(RECORD, {"registrasi": registrasi}, pluck="name"):
        # The record itself stays; whose it is has become known.
        frappe.db.set_value(RECORD, name, {"pegawai": pegawai, "opd": opd})
