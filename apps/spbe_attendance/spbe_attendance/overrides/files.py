"""Ways of the framework to read or rewrite private files around the permission to do so; here they ask first.

- ``zip_files`` packs whatever names it is given, ``unzip_file`` opens any archive (version 15 checked neither in its early days).
- ``File.optimize_file`` writes to the disk before anything asks for the right to write, and takes the name of the file to write from a
  document that the caller makes up: any photo could be replaced through ``run_doc_method``. Stored evidence stays as it was stored.
"""

from __future__ import annotations

import frappe
from frappe import _

from spbe_attendance.exceptions import PermintaanTidakSah

REWRITING = "optimize_file"
PLACES = ("frappe.core.api.file.", "frappe.core.doctype.file.file.")
READING = {
    f"{place}{method}": argument
    for place in PLACES
    for method, argument in (("zip_files", "files"), ("unzip_file", "name"))
}
DOWNLOADING = {"download_file", "frappe.handler.download_file", "frappe.core.doctype.file.file.download_file"}
UPLOADING = {"upload_file", "uploadfile", "frappe.handler.upload_file", "frappe.handler.uploadfile"}
# Makes a PDF of whatever HTML it is sent, and fetches what that names: the server's own files and network.
PRINTING = "frappe.utils.print_format.report_to_pdf"
FOLDERS = ("/files/", "/private/files/")
MOST, LONGEST_NAME = 500, 140


def guard() -> None:
    """Hooked to before_request, which comes before any override: looks at names only, unless a file is asked for.

    Raises PermissionError, DoesNotExistError, PermintaanTidakSah.
    """
    path, form = frappe.local.request.path.rstrip("/"), frappe.form_dict
    method = form.get("cmd") or path.rpartition("/method/")[2]
    if REWRITING in (form.get("method"), form.get("run_method"), path.rpartition("/")[2]):
        frappe.throw(_("Stored files stay as they were stored."), frappe.PermissionError)
    if not isinstance(method, str):
        return
    if method in READING:
        check_readable(form.get(READING[method]))
    elif method in DOWNLOADING:
        check_address(form.get("file_url"))
    elif method in UPLOADING:
        check_names()
    elif method == PRINTING and "System Manager" not in frappe.get_roles():
        frappe.throw(_("Use the PDF button of the report itself."), frappe.PermissionError)


def check_readable(names: object) -> None:
    """A name, or a list of names as JSON."""
    if isinstance(names, str) and names.lstrip().startswith("["):
        try:
            names = frappe.parse_json(names)
        except (ValueError, RecursionError):
            names = None
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or len(names) > MOST or not all(isinstance(name, str) for name in names):
        frappe.throw(_("Name up to {0} files in a list.").format(MOST), PermintaanTidakSah)
    for name in names:
        if not frappe.get_doc("File", name).is_downloadable():
            raise frappe.PermissionError


def check_address(url: object) -> None:
    """A link to somewhere else is none of this server's files."""
    if not isinstance(url, str) or not url.startswith(FOLDERS):
        frappe.throw(_("There is no such file here."), frappe.DoesNotExistError)


def check_names() -> None:
    for file in frappe.local.request.files.values():
        name = file.filename or ""
        if "\x00" in name or len(name) > LONGEST_NAME:
            frappe.throw(
                _("Give the file a plain name of up to {0} characters.").format(LONGEST_NAME),
                PermintaanTidakSah,
            )
