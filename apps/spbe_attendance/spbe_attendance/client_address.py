"""Where a request comes from, as the proxy in front of this server saw it.

Frappe takes the first entry of X-Forwarded-For, which the client may write itself; a proxy appends what it saw, so the entries at the
end are its word. ``spbe_proxies`` in the site's configuration says how many proxies of one's own stand in a row: one when left out.
"""

from __future__ import annotations

import ipaddress

import frappe
from frappe.utils import cint

# Whoever has one IPv6 address has all of its network.
NETWORK_6 = 64


def of_request() -> str:
    """An address, or '' outside of a request and where nothing readable was sent."""
    request = getattr(frappe.local, "request", None)
    if not request:
        return ""
    told = request.headers.get("X-Forwarded-For") or ""
    return seen_by_proxies(told, request.remote_addr or "", proxies())


def proxies() -> int:
    stated = frappe.conf.get("spbe_proxies")
    return 1 if stated is None else max(cint(stated), 0)


def seen_by_proxies(forwarded: str, peer: str, count: int) -> str:
    """The address that the outermost of ``count`` own proxies was asked from; ``peer``: who asked this process."""
    chain = [part.strip() for part in forwarded.split(",") if part.strip()]
    # With a proxy its own address is the peer; each appended whom it was asked by.
    found = chain[-count] if count and len(chain) >= count else peer
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return ""


def network(address: str) -> str:
    """What belongs to one subscriber: an IPv4 address as it is, the /64 of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, NETWORK_6), strict=False).network_address)
    return address
