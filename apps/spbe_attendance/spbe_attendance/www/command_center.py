"""The page of the Command Center: a shell for whoever may see numbers; guests log in first, others are told whom it is for."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import frappe

from spbe_attendance import pwa
from spbe_attendance.pemantauan.ringkas import door

no_cache = 1
ENTRY = "src/command-center.ts"
ADDRESS = "/command-center"


def get_context(context: frappe._dict) -> frappe._dict:
    """``program``: the addresses of the built front end; ``awal``: what it must know at once; ``akses``: None, or why not."""
    if frappe.session.user == "Guest":
        to_login()
    context.no_cache = 1
    context.no_header = context.no_breadcrumbs = 1
    context.program = {}
    context.akses = door.refusal()
    if context.akses:
        context.http_status_code = 403
        return context
    context.program = pwa.entry_files(ENTRY, "command/")
    context.awal = frappe.as_json(beginning(), indent=None).replace("<", "\\u003c")
    return context


def to_login() -> None:
    """Back to exactly the page that was asked for."""
    query = frappe.local.request.query_string.decode() if getattr(frappe.local, "request", None) else ""
    wanted = quote(ADDRESS + (f"?{query}" if query else ""), safe="")
    frappe.local.flags.redirect_location = f"/login?redirect-to={wanted}"
    raise frappe.Redirect


def beginning() -> dict[str, Any]:
    """{site, soket, peta_dasar, ubin, desk}: the namespace and address of the realtime server, the regency's own base map, the address of
    map tiles (empty unless it is set), Desk or not."""
    # Without a proxy in front, a development bench serves sockets on a port of its own.
    port = frappe.conf.socketio_port if frappe._dev_server else None
    host = frappe.local.request.host.partition(":")[0] if port else ""
    return {
        "site": frappe.local.site,
        "soket": f"{frappe.local.request.scheme}://{host}:{port}" if port else "",
        "peta_dasar": frappe.db.get_single_value("Pengaturan Absensi", "peta_dasar") or "",
        "ubin": frappe.db.get_single_value("Pengaturan Absensi", "url_ubin_peta") or "",
        "desk": frappe.db.get_value("User", frappe.session.user, "user_type") == "System User",
    }
