"""Which browsers are told something, and what: a row for each, held by its endpoint."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import LanggananTidakSah
from spbe_attendance.kehadiran.pencatatan import request
from spbe_attendance.kehadiran.push import address
from spbe_attendance.permissions import own_pegawai

DOCTYPE = "Langganan Push"
KEPUTUSAN, PERSETUJUAN, PENGINGAT = KINDS = ("keputusan", "persetujuan", "pengingat")
BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")
# An uncompressed point of P-256 and a secret (RFC 8291, section 2).
SIZES = {"p256dh": 65, "auth": 16}
# Phones and tablets of one person; the oldest makes room.
MOST = 10


def fingerprint(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


def subscribe(user: str, values: dict[str, Any]) -> dict[str, Any]:
    """endpoint, p256dh, auth, perangkat, pilihan → {langganan, pilihan}. The same browser again keeps its row; somebody else's log-in
    on it takes the row over, so that news of the one before ends there. Raises AlamatPushDitolak, LanggananTidakSah."""
    way = _way(values)
    row = _row(way["endpoint"]) or frappe.new_doc(DOCTYPE)
    if row.get("pengguna") not in (None, user):
        row.update({f"kabar_{kind}": 1 for kind in KINDS})
        row.pengingat_terakhir = None
    row.update(
        {
            "pengguna": user,
            "pegawai": own_pegawai(user).get("name"),
            "perangkat": request.text(values.get("perangkat"), "perangkat", 140),
            "aktif": 1,
            "gagal_beruntun": 0,
            **way,
            **_choices(values.get("pilihan")),
        }
    )
    row.save(ignore_permissions=True)
    _make_room(user)
    return shown(row)


def renew(user: str, values: dict[str, Any]) -> dict[str, Any]:
    """The browser's push service gave it another address: lama, endpoint, p256dh, auth → {langganan, pilihan}.

    What was chosen stays. Without a row of this account nothing is switched on: whoever is logged in now may be somebody else.
    Raises AlamatPushDitolak, LanggananTidakSah.
    """
    # Sent again, when the answer was lost, the old address is known no more.
    row = _own(user, values.get("lama")) or _own(user, values.get("endpoint"))
    if not row:
        return shown(None)
    way = _way(values)
    other = _row(way["endpoint"])
    if other and other.name != row.name:
        frappe.delete_doc(DOCTYPE, other.name, ignore_permissions=True, delete_permanently=True)
    row.update({**way, "gagal_beruntun": 0})
    row.save(ignore_permissions=True)
    return shown(row)


def unsubscribe(user: str, endpoint: object) -> dict[str, Any]:
    row = _own(user, endpoint)
    if row:
        frappe.delete_doc(DOCTYPE, row.name, ignore_permissions=True, delete_permanently=True)
    return shown(None)


def settings(user: str, endpoint: object, chosen: object = None) -> dict[str, Any]:
    """{langganan, pilihan} of this browser, after ``chosen`` ({kind: on}) is kept. Raises LanggananTidakSah."""
    row, changes = _own(user, endpoint), _choices(chosen)
    if row and changes:
        row.update(changes)
        row.save(ignore_permissions=True)
    return shown(row)


def shown(row: Document | None) -> dict[str, Any]:
    return {
        "langganan": bool(row and row.aktif),
        "pilihan": {kind: bool(row.get(f"kabar_{kind}")) if row else True for kind in KINDS},
    }


def _way(values: dict[str, Any]) -> dict[str, str]:
    """endpoint, sidik_endpoint, p256dh and auth as they are stored. Raises AlamatPushDitolak, LanggananTidakSah."""
    endpoint = address.check(values.get("endpoint"))
    secrets = {name: _bytes(values.get(name), name, size) for name, size in SIZES.items()}
    if secrets["p256dh"][0] != 4:
        frappe.throw(_("{0} is not valid.").format("p256dh"), LanggananTidakSah)
    named = {name: str(values[name]) for name in SIZES}
    return {"endpoint": endpoint, "sidik_endpoint": fingerprint(endpoint), **named}


def _row(endpoint: str) -> Document | None:
    name = frappe.db.get_value(DOCTYPE, {"sidik_endpoint": fingerprint(endpoint)})
    return frappe.get_doc(DOCTYPE, name) if name else None


def _own(user: str, endpoint: object) -> Document | None:
    if not isinstance(endpoint, str) or len(endpoint) > address.LONGEST:
        frappe.throw(_("This address of a push service cannot be read."), LanggananTidakSah)
    row = _row(endpoint)
    return row if row and row.pengguna == user else None


def _bytes(value: object, name: str, size: int) -> bytes:
    found = b""
    if isinstance(value, str) and len(value) <= 120 and BASE64URL.fullmatch(value):
        bare = value.rstrip("=")
        found = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4)) if len(bare) % 4 != 1 else b""
    if len(found) != size:
        frappe.throw(_("{0} is not valid.").format(name), LanggananTidakSah)
    return found


def _choices(value: object) -> dict[str, int]:
    if value in (None, ""):
        return {}
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    if not isinstance(value, dict) or not set(value) <= set(KINDS) or set(map(type, value.values())) - {bool}:
        frappe.throw(_("{0} is not valid.").format("pilihan"), LanggananTidakSah)
    return {f"kabar_{kind}": int(on) for kind, on in value.items()}


def _make_room(user: str) -> None:
    old = frappe.get_all(
        DOCTYPE, {"pengguna": user}, pluck="name", order_by="modified desc", limit_start=MOST, limit=1000
    )
    for name in old:
        frappe.delete_doc(DOCTYPE, name, ignore_permissions=True, delete_permanently=True)
