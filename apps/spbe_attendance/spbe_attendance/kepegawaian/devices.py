"""Phones and the keys they sign with; time anchors for whoever holds one. docs/evidence.md has the protocol."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import cint, get_system_timezone, now_datetime
from frappe.utils.password import get_encryption_key

from spbe_attendance.evidence import anchor
from spbe_attendance.evidence.canonical import encode, from_base64url
from spbe_attendance.evidence.errors import EvidenceError
from spbe_attendance.evidence.keys import PublicKey
from spbe_attendance.exceptions import (
    BuktiTidakSah,
    PerangkatDicabut,
    PerangkatMilikOrangLain,
    PerangkatTidakDikenal,
)
from spbe_attendance.kepegawaian.exceptions import AkunDitolak, PerangkatMenungguSaksi

AKTIF, MENUNGGU, DICABUT = "Aktif", "Menunggu Saksi", "Dicabut"
MAX_LABEL = 140


def site_secret(purpose: str) -> bytes:
    """A key of this site for one purpose; it never leaves the server and lives as long as the site's encryption key."""
    return hmac.digest(get_encryption_key().encode(), f"spbe_attendance/{purpose}/1".encode(), hashlib.sha256)


def anchor_for(pegawai: str) -> str | None:
    """A time anchor of now for this person; None where punches without signal are not taken."""
    if not cint(frappe.get_cached_doc("Pengaturan Absensi").luring_aktif):
        return None
    told = anchor.Anchor(secrets.token_urlsafe(16), pegawai, to_ms(now_datetime()))
    return anchor.issue(told, site_secret("jangkar"))


def read_anchor(token: str, pegawai: str) -> anchor.Anchor:
    """Raises BadAnchor."""
    return anchor.read(token, pegawai, site_secret("jangkar"))


def seal_key(user: str) -> str:
    """What a phone seals waiting punches with, so that only the person's own log-in opens them; base64 of 32 bytes."""
    tag = hmac.digest(site_secret("segel"), user.encode(), hashlib.sha256)
    return base64.b64encode(tag).decode()


def register(person: dict[str, Any], values: dict[str, object]) -> dict[str, Any]:
    """Keep a phone's public key for a person who proves to hold the private one. The same key again gives the same answer.

    ``values``: kunci (JWK or its text), nama, jangkar, tanda_tangan. Raises BuktiTidakSah, PerangkatMilikOrangLain or
    PerangkatDicabut.
    """
    key = proven_key(person["name"], values)
    thumbprint = key.thumbprint()
    row = find(thumbprint)
    if row is None:
        row = keep(person, key, thumbprint, label(values.get("nama")))
    if row["pegawai"] != person["name"]:
        frappe.throw(
            _("This key belongs to somebody else: clear the site's data in the browser and log in again."),
            PerangkatMilikOrangLain,
        )
    refuse_revoked(row)
    return {"perangkat": row["name"], "sidik_kunci": thumbprint, "status": row["status"]}


def proven_key(pegawai: str, values: dict[str, object]) -> PublicKey:
    """The key, after its holder signed an anchor of this person with it."""
    given, token, signature = (values.get(field) for field in ("kunci", "jangkar", "tanda_tangan"))
    try:
        if not isinstance(token, str) or not isinstance(signature, str):
            raise EvidenceError("missing")
        key = PublicKey.parse(json.loads(given) if isinstance(given, str) else given)
        read_anchor(token, pegawai)
        statement = {"a": token, "k": key.thumbprint(), "t": "daftar", "v": 1}
        key.verify(from_base64url(signature, "tanda_tangan"), encode(statement))
    except (EvidenceError, ValueError, RecursionError):
        frappe.throw(
            _("The key of this phone was not proven: open the app again while there is signal."),
            BuktiTidakSah,
        )
        raise
    return key


def label(value: object) -> str:
    text = "".join(char for char in value if char.isprintable()).strip() if isinstance(value, str) else ""
    return text[:MAX_LABEL] or _("Phone")


def keep(person: dict[str, Any], key: PublicKey, thumbprint: str, name: str) -> dict[str, Any]:
    doc = frappe.get_doc(
        {
            "doctype": "Perangkat",
            "pegawai": person["name"],
            "opd": person["opd"],
            "nama_perangkat": name,
            "status": MENUNGGU if needs_witness(person["name"]) else AKTIF,
            "terdaftar": now_datetime(),
            "sidik_kunci": thumbprint,
            "kunci_publik": json.dumps(key.jwk()),
        }
    )
    try:
        # Nobody has the right to write devices by hand; the proof above is the permission.
        doc.insert(ignore_permissions=True)
    except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
        # The same key by a parallel try, which a snapshot from before cannot see.
        frappe.clear_messages()
        frappe.db.rollback()
        row = find(thumbprint)
        if row is None:
            raise
        return row
    return doc.as_dict()


def needs_witness(pegawai: str) -> bool:
    """Whether another phone of this person is confirmed by somebody: the setting says so, and there is a phone already."""
    wanted = cint(frappe.get_cached_doc("Pengaturan Absensi").get("ganti_perangkat_dengan_saksi"))
    return bool(wanted and in_force(pegawai))


def in_force(pegawai: str) -> list[str]:
    """Names of the person's phones whose signatures count. One decision about a person's phones at a time, on what the one before
    has committed: two phones registered or let in at once would both stay."""
    frappe.db.get_value("Pegawai", pegawai, "name", for_update=True)
    return frappe.db.get_values(
        "Perangkat", {"pegawai": pegawai, "status": AKTIF}, pluck="name", for_update=True
    )


def find(thumbprint: str) -> dict[str, Any] | None:
    fields = ["name", "pegawai", "status", "kunci_publik"]
    return frappe.db.get_value("Perangkat", {"sidik_kunci": thumbprint}, fields, as_dict=True)


def key_of(thumbprint: str, pegawai: str) -> tuple[str, PublicKey]:
    """Name and key of a person's phone. Raises PerangkatTidakDikenal, PerangkatMilikOrangLain or PerangkatDicabut."""
    row = find(thumbprint)
    if row is None:
        frappe.throw(
            _("This phone is not registered yet: open the app while there is signal, then send it again."),
            PerangkatTidakDikenal,
        )
    if row["pegawai"] != pegawai:
        frappe.throw(_("This punch was signed by the phone key of somebody else."), PerangkatMilikOrangLain)
    refuse_revoked(row)
    if row["status"] == MENUNGGU:
        frappe.throw(
            _(
                "This phone waits for a witness: open Akun and let a colleague confirm it. The punch is kept on the phone."
            ),
            PerangkatMenungguSaksi,
        )
    return row["name"], PublicKey.parse(json.loads(row["kunci_publik"]))


def refuse_revoked(row: dict[str, Any]) -> None:
    if row["status"] == DICABUT:
        frappe.throw(
            _("This phone has been revoked: ask the Admin OPD, or clear the site's data and log in again."),
            PerangkatDicabut,
        )


def refuse_unless_waiting(row: Any) -> None:
    if row.get("status") != MENUNGGU:
        frappe.throw(_("This phone waits for no witness: open the page again."), AkunDitolak)


def revoke(name: str, reason: str) -> None:
    """From now on nothing signed by this phone is taken. The caller has checked who may."""
    doc = frappe.get_doc("Perangkat", name, for_update=True)
    doc.update(
        {
            "status": DICABUT,
            "dicabut_pada": now_datetime(),
            "dicabut_oleh": frappe.session.user,
            "alasan_cabut": reason,
        }
    )
    doc.save(ignore_permissions=True)


def replace_by(name: str, witness: str | None = None) -> None:
    """A phone that waited holds from now on, and the person's others no more. The caller has checked who says so.

    Raises AkunDitolak when it waits no longer: it may have been revoked meanwhile.
    """
    others = in_force(frappe.db.get_value("Perangkat", name, "pegawai"))
    doc = frappe.get_doc("Perangkat", name, for_update=True)
    refuse_unless_waiting(doc)
    for other in others:
        revoke(other, _("Replaced by another phone of the same person."))
    moment = {"disahkan_pada": now_datetime(), "disahkan_oleh": frappe.session.user}
    doc.update({"status": AKTIF, "saksi": witness, **moment})
    doc.save(ignore_permissions=True)


def to_ms(moment: datetime) -> int:
    """Milliseconds since the epoch of a site time."""
    return int(moment.replace(tzinfo=ZoneInfo(get_system_timezone())).timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    """Site time, without zone as the database keeps it."""
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(get_system_timezone())).replace(tzinfo=None)
