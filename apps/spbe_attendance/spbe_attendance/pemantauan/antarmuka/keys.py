"""Keys of other systems: their account, their secret, and what one of them opens now.

The framework does the log-in (``Authorization: token key:secret``) against an account that has no password and no permission on any
DocType; what it may read is said by its Kunci API alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime
from werkzeug.wrappers import Response

from spbe_attendance.kepegawaian.accounts import KEY_DOMAIN
from spbe_attendance.pemantauan.antarmuka.exceptions import (
    BukanKunciAPI,
    CakupanKurang,
    KunciTidakBerlaku,
    TerlaluSering,
)
from spbe_attendance.pemantauan.ringkas.tree import Tree

DOCTYPE, ROLE = "Kunci API", "Sistem Lain"
SCOPES = ("unit", "lokasi", "kehadiran", "rekap", "dataset", "kesehatan")
COUNTER = "spbe-kunci-api:"
MINUTE = 60


@dataclass(frozen=True)
class Key:
    """``opd``: reads this OPD and all below it; None: all. ``limit``: requests in a minute."""

    name: str
    opd: str | None
    scopes: frozenset[str]
    limit: int

    def units(self, tree: Tree, opd: str | None) -> frozenset[str]:
        """Of what was asked for. Raises CakupanKurang; one answer for what is not there and what is not to be seen."""
        mine = tree.below(self.opd) if self.opd else frozenset(tree.rows)
        if opd is None:
            return mine & frozenset(tree.rows)
        if opd not in tree.rows or opd not in mine:
            frappe.throw(_("This key does not reach the OPD that was asked for."), CakupanKurang)
        return tree.below(opd)


def opened_by(user: str, scope: str) -> Key:
    """The key behind the request, counted. Raises BukanKunciAPI, KunciTidakBerlaku, CakupanKurang, TerlaluSering."""
    key = held_by(user, scope)
    count(key)
    return key


def held_by(user: str, scope: str) -> Key:
    """The key behind the request. Raises BukanKunciAPI, KunciTidakBerlaku, CakupanKurang."""
    fields = ["name", "opd", "aktif", "berlaku_sampai", "per_menit", *map(field_of, SCOPES)]
    row = frappe.db.get_value(DOCTYPE, {"user": user}, fields, as_dict=True)
    if not row:
        frappe.throw(_("This interface is opened by an API key: ask Wali Data for one."), BukanKunciAPI)
    if not holds(row, now_datetime().date()):
        frappe.throw(_("This API key is switched off or has run out: ask Wali Data."), KunciTidakBerlaku)
    scopes = frozenset(one for one in SCOPES if row[field_of(one)])
    if scope not in scopes:
        frappe.throw(_("This API key does not open {0}: ask Wali Data.").format(scope), CakupanKurang)
    return Key(row.name, row.opd or None, scopes, cint(row.per_menit))


def holds(row: Any, today: date) -> bool:
    return bool(row.aktif) and (not row.berlaku_sampai or getdate(row.berlaku_sampai) >= today)


def field_of(scope: str) -> str:
    return f"baca_{scope}"


def count(key: Key) -> None:
    """By key, not by address: systems share one. Raises TerlaluSering, with what to wait."""
    counter = frappe.cache.make_key(f"{COUNTER}{key.name}")
    number = frappe.cache.incr(counter)
    if number == 1:
        frappe.cache.expire(counter, MINUTE)
    if number > key.limit:
        wait = max(1, frappe.cache.ttl(counter))
        frappe.local.flags.retry_after = wait
        frappe.throw(_("Too many requests with this key: wait {0} seconds.").format(wait), TerlaluSering)


def add_retry_after(response: Response | None) -> None:
    """Hooked to after_request."""
    wait = frappe.local.flags.get("retry_after")
    if response is not None and response.status_code == TerlaluSering.http_status_code and wait:
        response.headers["Retry-After"] = str(wait)


def follow(doc: Document) -> None:
    """The account is open as long as the key is switched on; it ends with its last day by ``opened_by``."""
    if doc.user:
        frappe.db.set_value("User", doc.user, "enabled", cint(doc.aktif))


def new_secret(doc: Document) -> dict[str, str]:
    """{kunci, rahasia, kepala}: shown once; what was given out before opens nothing any more. ``kepala``: the header to send."""
    user = account(doc)
    user.api_key = user.api_key or frappe.generate_hash(length=15)
    secret = frappe.generate_hash(length=32)
    user.api_secret = secret
    user.save(ignore_permissions=True)
    doc.db_set({"user": user.name, "rahasia_pada": now_datetime()})
    doc.add_comment("Info", _("A new secret was made.", "id"))
    return {"kunci": user.api_key, "rahasia": secret, "kepala": f"token {user.api_key}:{secret}"}


def account(doc: Document) -> Document:
    name = doc.user or f"{doc.name}{KEY_DOMAIN}"
    if frappe.db.exists("User", name):
        return frappe.get_doc("User", name)
    user = frappe.get_doc(
        {
            "doctype": "User",
            "email": name,
            "first_name": doc.nama_sistem,
            "user_type": "Website User",
            "language": "id",
            "time_zone": "Asia/Jakarta",
            "send_welcome_email": 0,
            "enabled": cint(doc.aktif),
            "roles": [{"role": ROLE}],
        }
    )
    user.flags.no_welcome_mail = True
    user.flags.ignore_password_policy = True
    return user.insert(ignore_permissions=True)
