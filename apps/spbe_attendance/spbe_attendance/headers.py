"""What a browser may do with our answers. Set here, so that every bench has it; what holds for static files too stands in nginx.

The phone's app, the Command Center and the open data run scripts of this server only, and none that stands in the page. Desk cannot do
without inline scripts and ``eval`` (its templates are compiled in the browser): there the policy keeps foreign scripts, frames,
plug-ins and forms out.
"""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import urlsplit

import frappe
from werkzeug.wrappers import Request, Response

STRICT = re.compile(r"/(?:absen|command-center|data)(?:[./].*)?")
STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
FEATURES = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), display-capture=()"
APP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    # Bound styles of Vue and Leaflet; a style sheet in the page stays forbidden.
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'self'",
}
DESK = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    # Tiles of maps and pictures in texts.
    "img-src": "'self' data: blob: https:",
    "font-src": "'self' data:",
    "media-src": "'self' blob:",
    "connect-src": "'self' ws: wss:",
    "worker-src": "'self' blob:",
    "frame-src": "'self' blob:",
    "form-action": "'self'",
    "base-uri": "'self'",
    "object-src": "'none'",
    "frame-ancestors": "'self'",
}
DATA = "default-src 'none'; frame-ancestors 'none'"
# A service worker obeys the policy of its own script: it must be able to fetch the program and what waits.
WORKER = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"


def after_request(response: Response | None, request: Request) -> None:
    """Hooked to after_request. What somebody has set already stays."""
    if response is None:
        return
    response.headers.setdefault("Content-Security-Policy", policy(request.path, response))
    response.headers.setdefault("Permissions-Policy", FEATURES)


def policy(path: str, response: Response) -> str:
    if response.mimetype == "text/javascript":
        return WORKER
    if response.mimetype != "text/html":
        return DATA
    if not STRICT.fullmatch(path):
        return written(DESK)
    # A development bench without a proxy serves sockets on a port of its own.
    sockets = "ws: http:" if frappe._dev_server else ""
    tiles = tile_server(str(frappe.get_cached_doc("Pengaturan Absensi").url_ubin_peta or ""))
    styles = f"{APP['style-src']} {' '.join(own_styles(response.get_data()))}"
    return written(
        {
            **APP,
            "style-src": styles,
            "img-src": f"{APP['img-src']} {tiles}",
            "connect-src": f"'self' {sockets}",
        }
    )


def written(rules: dict[str, str]) -> str:
    return "; ".join(f"{rule} {value.strip()}" for rule, value in rules.items())


def own_styles(page: bytes) -> list[str]:
    """Style sheets that stand in the page's template, each by its hash."""
    digests = (hashlib.sha256(sheet).digest() for sheet in STYLE.findall(page))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def tile_server(address: str) -> str:
    """The origin of a map's pictures: ``https://{s}.tile.example/{z}/…`` is ``https://*.tile.example``; '' for none or a path here."""
    parts = urlsplit(address.replace("{s}", "*"))
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.*-]+(:\d+)?", parts.netloc):
        return ""
    return f"{parts.scheme}://{parts.netloc}"
