"""The site's VAPID key pair (RFC 8292): made once, the private half encrypted in the database by the site's encryption key."""

from __future__ import annotations

import base64

import frappe
from cryptography.hazmat.primitives import serialization
from frappe.utils.password import get_decrypted_password, set_encrypted_password
from py_vapid import Vapid02

OWNER = ("Pengaturan Absensi", "Pengaturan Absensi")
FIELD = "vapid_kunci_privat"
DOCTYPE = "Langganan Push"


def seed() -> None:
    """By install and migrate. A key that this site cannot read (restored elsewhere) is replaced; what was subscribed with it ends."""
    try:
        private_key()
    except Exception:
        frappe.clear_messages()
        frappe.log_error(title="VAPID key cannot be read, a new one is made")
        frappe.db.delete(DOCTYPE)
        store_fresh()


def private_key() -> Vapid02:
    """The key, made when there is none yet."""
    stored = get_decrypted_password(*OWNER, FIELD, raise_exception=False) or store_fresh()
    return Vapid02.from_pem(stored.encode())


def store_fresh() -> str:
    made = Vapid02()
    made.generate_keys()
    pem = made.private_pem().decode()
    set_encrypted_password(*OWNER, pem, FIELD)
    return pem


def public_key() -> str:
    """As ``PushManager.subscribe`` takes it: the uncompressed point of 65 bytes, base64url without padding."""
    point = private_key().public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def contact() -> str:
    """Whom a push service turns to (RFC 8292, claim ``sub``); ``push_kontak`` in site_config names a real address."""
    return str(frappe.conf.get("push_kontak") or f"mailto:absensi@{frappe.local.site}")
