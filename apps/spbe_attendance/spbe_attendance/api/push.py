"""Web push of the session's user, for the PWA. Thin: read, delegate."""

from __future__ import annotations

from typing import Any

import frappe

from spbe_attendance.kehadiran.push import keys, subscriptions


@frappe.whitelist(methods=["GET"])
def kunci_publik(**_values: Any) -> dict[str, str]:
    """{kunci}: the site's VAPID public key, as ``PushManager.subscribe`` takes it."""
    return {"kunci": keys.public_key()}


@frappe.whitelist(methods=["POST"])
def langgan(**values: Any) -> dict[str, Any]:
    """Tell this browser: endpoint, p256dh, auth, perangkat; optional pilihan ({keputusan, persetujuan, pengingat: bool}).
    Returns {langganan, pilihan}. Raises AlamatPushDitolak 400, LanggananTidakSah 400."""
    return subscriptions.subscribe(frappe.session.user, values)


@frappe.whitelist(methods=["POST"])
def ganti(**values: Any) -> dict[str, Any]:
    """This browser has another address now: lama, endpoint, p256dh, auth; choices stay. Returns {langganan, pilihan}; not switched on
    where the old one was not the caller's. Raises AlamatPushDitolak 400, LanggananTidakSah 400."""
    return subscriptions.renew(frappe.session.user, values)


@frappe.whitelist(methods=["POST"])
def berhenti(**values: Any) -> dict[str, Any]:
    """Tell this browser (``endpoint``) nothing any more; somebody else's stays. Returns {langganan, pilihan}."""
    return subscriptions.unsubscribe(frappe.session.user, values.get("endpoint"))


@frappe.whitelist(methods=["POST"])
def pengaturan(**values: Any) -> dict[str, Any]:
    """What this browser (``endpoint``) is told; with ``pilihan`` it is changed. Returns {langganan, pilihan}.

    A POST also for reading: the endpoint is a secret and stays out of the logs of addresses.
    """
    return subscriptions.settings(frappe.session.user, values.get("endpoint"), values.get("pilihan"))
