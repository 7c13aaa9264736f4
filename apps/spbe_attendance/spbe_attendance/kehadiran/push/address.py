"""Where the server may be sent by an address that a browser brings: https hosts of the public internet, nothing of the own network."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

import frappe
from frappe import _
from frappe.utils import cint

from spbe_attendance.exceptions import AlamatPushDitolak

LONGEST = 1024
LOOPBACK_NAMES = {"127.0.0.1", "localhost", "::1"}
NAT64 = 0x0064FF9B << 96


def loopback_allowed() -> bool:
    """For tests against a push service on this machine; a flag of site_config that no form can set."""
    return bool(cint(frappe.conf.get("push_izinkan_loopback")))


def check(endpoint: object) -> str:
    """The address, if the server may go there now. Raises AlamatPushDitolak."""
    parts = _split(endpoint)
    if parts is None:
        frappe.throw(_("This address of a push service cannot be read."), AlamatPushDitolak)
    if loopback_allowed() and parts.hostname in LOOPBACK_NAMES:
        return str(endpoint)
    if parts.scheme != "https" or parts.port not in (None, 443):
        frappe.throw(_("A push service is reached by https only."), AlamatPushDitolak)
    addresses = _resolve(str(parts.hostname))
    if not addresses:
        frappe.throw(_("The server cannot find this push service: try again later."), AlamatPushDitolak)
    if not all(is_public(address) for address in addresses):
        frappe.throw(_("This address lies inside of a network and is no push service."), AlamatPushDitolak)
    return str(endpoint)


def _split(endpoint: object) -> SplitResult | None:
    if not isinstance(endpoint, str) or not 0 < len(endpoint) <= LONGEST or not endpoint.isascii():
        return None
    if any(letter.isspace() or letter == "\\" for letter in endpoint):
        return None
    try:
        parts = urlsplit(endpoint)
        usable = parts.hostname and parts.port is not False and parts.username is None
    except ValueError:
        return None
    return parts if usable else None


def _resolve(host: str) -> list[str]:
    try:
        return [str(row[4][0]) for row in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def is_public(address: str) -> bool:
    """Also for addresses that carry another one in them: IPv4-mapped, 6to4, Teredo, NAT64."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(found)
    return found.is_global and not found.is_multicast and all(is_public(str(one)) for one in inner)


def _inner(found: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if isinstance(found, IPv4Address):
        return []
    carried = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    if int(found) >> 32 == NAT64 >> 32:
        carried.append(IPv4Address(int(found) & 0xFFFFFFFF))
    return [one for one in carried if one is not None]
