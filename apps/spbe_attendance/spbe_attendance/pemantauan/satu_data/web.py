"""Open data over HTTP, for everybody: catalogue, pages, schemas and files below /data. What is not published is not there.

All answers below /data are given here, "not found" included: Frappe remembers addresses that it has not found, and a file that is
published later would stay lost.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.utils import cint, get_datetime, get_system_timezone
from frappe.website.page_renderers.base_renderer import BaseRenderer
from werkzeug.wrappers import Response

from spbe_attendance.pemantauan.satu_data import (
    catalogue,
    metadata,
    page,
    reading,
    rows,
    settings,
    spec,
    versions,
)
from spbe_attendance.pemantauan.satu_data.errors import VersiTetap

ROOT, CATALOGUE = "data", "data.json"
METHODS = ("GET", "HEAD")
SECONDS = 60
# A file of a version is the same for good, but it may be withdrawn; people shall see at once what is new.
FILE_AGE, LIST_AGE, PAGE_AGE = 3600, 300, 0
SCHEMA_TYPE = "application/schema+json"
TEXT, HTML = "text/plain", "text/html"


@dataclass
class Answer:
    body: bytes
    kind: str
    status: int = 200
    age: int = LIST_AGE
    tag: str = ""
    changed: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)


class OpenDataRenderer(BaseRenderer):
    """Page renderer of /data.json and everything below /data."""

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        super().__init__(path=path, http_status_code=http_status_code)
        # A rewrite rule of the website does not decide what is open data; the address asked for does.
        request = getattr(frappe.local, "request", None)
        self.parts = (request.path if request else self.path or "").strip("/ ").split("/")

    def can_render(self) -> bool:
        return self.parts == [CATALOGUE] or self.parts[0] == ROOT

    def render(self) -> Response:
        return respond(answer(self.parts))


@rate_limit(limit=lambda: cint(settings.value("batas_per_menit")), seconds=SECONDS)
def count_request() -> None:
    """Raises Frappe's refusal for an address that asks too often."""


def answer(parts: list[str]) -> Answer:
    if frappe.request.method not in METHODS:
        return _refusal(405, _("Only reading is possible here."), Allow=", ".join(METHODS))
    try:
        count_request()
    except frappe.ValidationError:
        frappe.clear_messages()
        told = _("Too many requests from this address. Try again in a minute.")
        return _refusal(429, told, **{"Retry-After": str(SECONDS)})
    try:
        return _route(parts)
    except VersiTetap:
        frappe.clear_messages()
        return _refusal(503, _("This file is being repaired. Try again later."), **{"Retry-After": "3600"})


def _route(parts: list[str]) -> Answer:
    if parts == [CATALOGUE]:
        return _json(catalogue.build())
    if parts == [ROOT]:
        return _html(page.catalogue())
    known = {doc.name: doc for doc in metadata.datasets()}
    if len(parts) < 2 or parts[1] not in known:
        return _missing()
    doc, rest = known[parts[1]], parts[2:]
    if not rest:
        return _html(page.dataset(doc))
    if rest == ["skema.json"]:
        address = f"{settings.base()}/{'/'.join(parts)}"
        return _json(spec.schema(doc.name, address, doc.judul), SCHEMA_TYPE)
    if len(rest) == 2 and rest[1].startswith("terbaru."):
        return _newest(doc.name, rest[0], rest[1].removeprefix("terbaru."))
    if len(rest) == 3 and rest[1].startswith("v"):
        return _file(doc.name, *rest)
    return _missing()


def _newest(dataset: str, period: str, ending: str) -> Answer:
    """Leads to the newest published version; kept by no cache for long."""
    row = versions.latest(dataset, period, versions.TERBIT)
    form = next((form for form, (end, _kind) in spec.FORMS.items() if end == ending), None)
    if row is None or form is None:
        return _missing()
    name = spec.file_name(dataset, period, row.nomor, form)
    target = f"/{ROOT}/{dataset}/{period}/v{row.nomor}/{name}"
    return Answer(b"", TEXT, status=302, age=SECONDS, headers={"Location": target})


def _file(dataset: str, period: str, number: str, name: str) -> Answer:
    where = {"dataset": dataset, "periode": period, "nomor": cint(number.removeprefix("v"))}
    fields = ["name", "status", "terbit_pada", "alasan"]
    row = frappe.db.get_value(versions.DOCTYPE, where, fields, as_dict=True)
    if row is None or row.status not in versions.SEEN or number != f"v{where['nomor']}":
        return _missing()
    if row.status == versions.DITARIK:
        return _refusal(410, _("This version was withdrawn. Reason: {0}").format(row.alasan))
    columns = ["berkas", "nama_berkas", "sidik", "bentuk"]
    file = frappe.db.get_value(
        "Berkas Versi Dataset", {"parent": row.name, "nama_berkas": name}, columns, as_dict=True
    )
    if file is None:
        return _missing()
    return Answer(
        reading.content(row.name, file),
        spec.FORMS[file.bentuk][1],
        age=FILE_AGE,
        tag=file.sidik,
        changed=_moment(row.terbit_pada),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _moment(value: Any) -> datetime:
    """The site's time as UTC, whole seconds, as HTTP has it."""
    local = get_datetime(value).replace(microsecond=0, tzinfo=ZoneInfo(get_system_timezone()))
    return local.astimezone(timezone.utc)


def _json(value: Any, kind: str = "application/json") -> Answer:
    body = json.dumps(value, ensure_ascii=False, indent=1).encode()
    return Answer(body, kind, tag=rows.sha256(body))


def _html(text: str) -> Answer:
    body = text.encode()
    # In the language of the browser.
    return Answer(
        body, HTML, age=PAGE_AGE, tag=rows.sha256(body), headers={"Vary": "Accept-Language, Cookie"}
    )


def _missing() -> Answer:
    return _refusal(
        404, _("There is no such published dataset, version or file. See {0}.").format(f"/{ROOT}")
    )


def _refusal(status: int, text: str, **headers: str) -> Answer:
    return Answer(f"{text}\n".encode(), TEXT, status=status, age=0, headers=headers)


def respond(found: Answer) -> Response:
    kind = found.kind if found.kind.startswith("application/vnd") else f"{found.kind}; charset=utf-8"
    response = Response(found.body, status=found.status, content_type=kind, headers=found.headers)
    # Kept, but asked for again by its tag, where the age is 0.
    kept = f"public, max-age={found.age}{'' if found.age else ', must-revalidate'}"
    response.headers["Cache-Control"] = kept if found.status < 400 else "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Content-Disposition"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if found.status == 200:
        response.set_etag(found.tag)
        if found.changed:
            response.last_modified = found.changed
        response.make_conditional(frappe.request)
    if frappe.session.user == "Guest":
        # An answer that sets a cookie is kept by no cache between.
        frappe.local.cookie_manager.cookies.clear()
        frappe.local.cookie_manager.to_delete.clear()
    return response
