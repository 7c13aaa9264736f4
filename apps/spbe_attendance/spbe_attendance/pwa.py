"""What must be served below /absen itself: a service worker controls only what lies below its own address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import frappe
from frappe.auth import CookieManager
from frappe.website.page_renderers.base_renderer import BaseRenderer
from werkzeug.wrappers import Response

FOLDER = Path(__file__).parent / "public" / "frontend"
BASE = "/assets/spbe_attendance/frontend/"
ENTRY = "src/main.ts"
# address -> file, MIME type
FILES = {
    "absen/sw.js": ("sw.js", "text/javascript"),
    "absen/manifest.webmanifest": ("manifest.webmanifest", "application/manifest+json"),
}


class PwaAssetRenderer(BaseRenderer):
    """Page renderer of the service worker and the web manifest."""

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        super().__init__(path=path, http_status_code=http_status_code)
        # The website routes lead everything below /absen to the page; the address asked for decides.
        self.asked = requested_path() or self.path

    def can_render(self) -> bool:
        return self.asked in FILES and (FOLDER / FILES[self.asked][0]).is_file()

    def render(self) -> Response:
        name, kind = FILES[self.asked]
        response = Response((FOLDER / name).read_bytes(), mimetype=kind)
        # Always asked for anew: a worker kept by a cache keeps an old program alive.
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Service-Worker-Allowed"] = "/absen"
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Asked for before somebody logged in and answered after it, the cookies of a guest would log them out.
        frappe.local.cookie_manager = CookieManager()
        return response


def requested_path() -> str:
    return frappe.local.request.path.strip("/ ") if getattr(frappe.local, "request", None) else ""


def entry_files(entry: str = ENTRY, folder: str = "") -> dict[str, Any]:
    """{script, styles, preloads}: addresses of a built program; empty when it has not been built. ``folder``: of its build, with a slash."""
    manifest = FOLDER / folder / ".vite" / "manifest.json"
    if not manifest.is_file():
        return {}
    base = BASE + folder
    chunks = json.loads(manifest.read_text(encoding="utf-8"))
    wanted, queue = [], [entry]
    while queue:
        key = queue.pop(0)
        if key not in wanted:
            wanted.append(key)
            queue += chunks[key].get("imports", [])
    return {
        "script": base + chunks[entry]["file"],
        "styles": [base + style for key in wanted for style in chunks[key].get("css", [])],
        "preloads": [base + chunks[key]["file"] for key in wanted[1:]],
    }
