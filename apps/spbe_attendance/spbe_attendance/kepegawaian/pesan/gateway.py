"""A message to a phone number: by whatever app hooks in (``spbe_kirim_pesan``), otherwise by the HTTP gateway of the settings.

The address is an administrator's, the network is not: like push services it is reached on the public internet only, unless the
server's own site_config names a host of the inner network.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import frappe
import requests
from frappe import _
from frappe.utils import cint

from spbe_attendance.exceptions import AlamatPushDitolak
from spbe_attendance.kehadiran.push import address
from spbe_attendance.kehadiran.push.transport import CheckedSession
from spbe_attendance.kepegawaian.exceptions import PesanDitolak

HOOK = "spbe_kirim_pesan"
SETTINGS = "Gerbang Pesan"
PATIENCE = 15


def available() -> bool:
    return bool(frappe.get_hooks(HOOK)) or bool(cint(frappe.db.get_single_value(SETTINGS, "aktif")))


def send(number: str, text: str) -> str:
    """Where it went, for the record. ``number``: +62…. Raises PesanDitolak with what to do; never logs number or text."""
    for path in frappe.get_hooks(HOOK):
        taken = frappe.get_attr(path)(nomor=number, pesan=text)
        if taken:
            return str(taken)[:140]
    settings = frappe.get_cached_doc(SETTINGS)
    if not cint(settings.aktif):
        frappe.throw(_("No gateway for messages is set up: see Gerbang Pesan."), PesanDitolak)
    return _post(settings, number, text)


def _post(settings: frappe._dict, number: str, text: str) -> str:
    url = checked(settings.alamat)
    headers = {"Content-Type": "application/json"}
    token = settings.get_password("token", raise_exception=False)
    if token:
        name, _colon, kind = (settings.kepala_token or "Authorization: Bearer").partition(":")
        headers[name.strip()] = f"{kind.strip()} {token}".strip()
    inner = _listed(url)
    # A host that site_config lists may lie inside of the own network; every other is looked at when it is connected.
    session = requests.Session() if inner else CheckedSession(address.loopback_allowed())
    session.trust_env = False
    try:
        answer = session.post(
            url,
            data=body(settings.isi, number, text).encode(),
            headers=headers,
            timeout=PATIENCE,
            allow_redirects=False,
        )
    except requests.RequestException:
        frappe.throw(_("The gateway for messages does not answer."), PesanDitolak)
        raise
    if not 200 <= answer.status_code < 300:
        frappe.throw(_("The gateway for messages refuses: {0}.").format(answer.status_code), PesanDitolak)
    return f"{urlsplit(url).hostname} {answer.status_code}"


def body(template: str | None, number: str, text: str) -> str:
    """The JSON with its places filled; what is filled in can not end a text. Raises PesanDitolak."""
    values = {"nomor": number, "nomor_polos": number.lstrip("+"), "pesan": text}
    try:
        filled = _filled(json.loads(template or ""), values)
    except ValueError:
        frappe.throw(_("The body in Gerbang Pesan is no JSON."), PesanDitolak)
        raise
    return json.dumps(filled, ensure_ascii=False)


def checked(url: str | None) -> str:
    """The address, if the server may go there. Raises PesanDitolak."""
    if url and _listed(url) and urlsplit(url).scheme in ("http", "https"):
        return url
    try:
        return address.check(url or "")
    except AlamatPushDitolak as error:
        frappe.clear_messages()
        frappe.throw(
            _(
                "The gateway's address is reached by https on the public internet, or its host is listed in site_config (pesan_izinkan_host)."
            ),
            PesanDitolak,
        )
        raise AssertionError from error


def _listed(url: str) -> bool:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return False
    return bool(host) and host in (frappe.conf.get("pesan_izinkan_host") or [])


def _filled(node: object, values: dict[str, str]) -> object:
    if isinstance(node, dict):
        return {key: _filled(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(value, values) for value in node]
    # In one pass: a text that holds a placeholder itself is not filled again.
    return filled(node, values) if isinstance(node, str) else node


def filled(text: str, values: dict[str, str]) -> str:
    """The text with {name} replaced by the value of that name; other braces stay."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)
