"""Every time the bytes of a private file of this app leave the server, and every time they were asked for and refused.

Frappe serves private files in one place for addresses and in a few methods besides; all of them are requests, so the hook after the
request sees each. What cannot be recorded is not given out.
"""

from __future__ import annotations

import frappe
from frappe import _
from werkzeug.wrappers import Request, Response

from spbe_attendance.overrides.database_query import is_ours
from spbe_attendance.pemantauan.jejak import log

FILES = "/private/files/"
DOWNLOADS = {"download_file", "frappe.handler.download_file", "frappe.core.doctype.file.file.download_file"}
ZIPS = {"frappe.core.api.file.zip_files", "frappe.core.doctype.file.file.zip_files"}
EXPORTS = {
    "frappe.desk.reportview.export_query": "doctype",
    "frappe.desk.query_report.export_query": "report_name",
    "frappe.core.doctype.data_import.data_import.download_template": "doctype",
    "frappe.core.doctype.data_export.exporter.export_data": "doctype",
    "frappe.utils.print_format.download_multi_pdf": "doctype",
    "frappe.utils.print_format.download_pdf": "doctype",
}
# The permission manager writes around documents.
PERMISSIONS = "frappe.core.page.permission_manager.permission_manager."
PERMISSION_WORDS = ("parent", "doctype", "role", "permlevel", "ptype", "value")
CANNOT_TELL = 503


def after_request(response: Response | None, request: Request) -> None:
    """Hooked to after_request. Costs a comparison of the path unless a file or an export was asked for."""
    path = request.path
    method = called(path)
    if not (path.startswith((FILES, "/backups/")) or method):
        return
    try:
        entries = told(path, method, outcome(response))
        log.write(entries)
        frappe.db.commit()
    except Exception:
        # The log is the condition of looking: a full disk or a read-only database withholds the file.
        withhold(response)
        frappe.logger().error("A view could not be recorded", exc_info=True)
    else:
        if entries and response is not None:
            # Whoever looks again asks again.
            response.headers["Cache-Control"] = "private, no-store"


def called(path: str) -> str:
    """The method asked for, when it is one of those above."""
    method = frappe.form_dict.get("cmd") or path.rpartition("/method/")[2]
    known = method in DOWNLOADS or method in ZIPS or method in EXPORTS
    return method if known or str(method).startswith(PERMISSIONS) else ""


def outcome(response: Response | None) -> str:
    """Frappe leaves the hook without an answer where it refuses a file."""
    return log.DONE if response is not None and response.status_code < 400 else log.REFUSED


def told(path: str, method: str, result: str) -> list[log.Entry]:
    form = frappe.form_dict
    if path.startswith(FILES):
        return of_files({"file_url": path}, result)
    if path.startswith("/backups/"):
        return [log.Entry(log.EXPORT, rujukan=path.rpartition("/")[2], hasil=result)]
    if method in DOWNLOADS:
        return of_files({"file_url": str(form.get("file_url"))}, result)
    if method in ZIPS:
        return of_files({"name": ["in", names_in(form.get("files"))]}, result)
    if method in EXPORTS:
        return of_export(str(form.get(EXPORTS[method]) or ""), form.get("name"), result)
    if method.removeprefix(PERMISSIONS) in ("add", "update", "remove", "reset"):
        words = {word: str(form[word]) for word in PERMISSION_WORDS if word in form}
        doctype = words.get("doctype") or words.get("parent")
        return [
            log.Entry(
                log.RIGHTS,
                "Custom DocPerm",
                doctype,
                hasil=result,
                rincian=frappe.as_json(words, indent=None),
            )
        ]
    return []


def names_in(value: object) -> list[str]:
    try:
        parsed = frappe.parse_json(value)
    except ValueError:
        return []
    return [str(each) for each in parsed][:500] if isinstance(parsed, list) else []


def of_files(filters: dict[str, object], result: str) -> list[log.Entry]:
    """Private files that belong to documents of this app; an address that nothing of ours has is nobody's."""
    rows = frappe.get_all(
        "File",
        filters={**filters, "is_private": 1, "attached_to_doctype": ["is", "set"]},
        fields=["name", "attached_to_doctype", "attached_to_name"],
        limit_page_length=500,
    )
    return [
        log.Entry(
            log.VIEW,
            **log.about(row.attached_to_doctype, row.attached_to_name),
            hasil=result,
            berkas=row.name,
        )
        for row in rows
        if is_ours(row.attached_to_doctype)
    ]


def of_export(subject: str, name: object, result: str) -> list[log.Entry]:
    if not subject:
        return []
    return [
        log.Entry(
            log.EXPORT, rujukan_doctype=subject[: log.LONGEST], rujukan=str(name or "") or None, hasil=result
        )
    ]


def withhold(response: Response | None) -> None:
    if response is None:
        return
    frappe.db.rollback()
    response.headers.pop("X-Accel-Redirect", None)
    response.headers.pop("Content-Disposition", None)
    response.direct_passthrough = False
    response.status_code = CANNOT_TELL
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.set_data(
        _("This cannot be shown now, because looking at it could not be recorded: try again later.")
    )
