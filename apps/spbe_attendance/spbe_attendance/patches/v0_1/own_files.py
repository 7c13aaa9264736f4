"""Private files that documents of this app share with others, because their bytes are equal, become each document's own."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

import frappe
from frappe.query_builder.functions import Count

from spbe_attendance import own_files

PRIVATE = "/private/files/"


def execute() -> None:
    for url in shared_addresses():
        part(url)
    mark_the_rest()


def shared_addresses() -> list[str]:
    file = frappe.qb.DocType("File")
    found = (
        frappe.qb.from_(file)
        .select(file.file_url)
        .where((file.is_private == 1) & file.file_url.like(f"{PRIVATE}%"))
        .groupby(file.file_url)
        .having(Count(file.name) > 1)
    )
    return [row[0] for row in found.run()]


def part(url: str) -> None:
    """All documents but the first, or all of ours where somebody else's file has the address, get a copy."""
    fields = ["name", "attached_to_doctype", "attached_to_name", "attached_to_field", "content_hash"]
    rows = frappe.get_all("File", {"file_url": url}, fields, order_by="creation")
    ours = [row for row in rows if own_files.belongs_to_us(row)]
    documents = list(dict.fromkeys((row.attached_to_doctype, row.attached_to_name) for row in ours))
    stay = [] if len(ours) < len(rows) else documents[:1]
    for document in documents:
        if document not in stay:
            move([row for row in ours if (row.attached_to_doctype, row.attached_to_name) == document], url)


def move(rows: list[frappe._dict], url: str) -> None:
    """Rows of one document: to a copy of the file."""
    source = Path(frappe.get_site_path(url.lstrip("/")))
    if not source.is_file():
        return
    target = source.with_name(f"{secrets.token_hex(16)}{source.suffix}")
    shutil.copyfile(source, target)
    new = f"{PRIVATE}{target.name}"
    for row in rows:
        frappe.db.set_value("File", row.name, "file_url", new, update_modified=False)
        field, doctype = row.attached_to_field, row.attached_to_doctype
        if field and frappe.get_meta(doctype).has_field(field):
            own = {"name": row.attached_to_name, field: url}
            frappe.db.set_value(doctype, own, field, new, update_modified=False)


def mark_the_rest() -> None:
    """What nothing may be stored in place of, and what leaves the disk with its last row."""
    attached = frappe.get_all("File", {"is_private": 1}, pluck="attached_to_doctype", distinct=True)
    for doctype in filter(known, attached):
        if not own_files.is_ours(doctype):
            continue
        filters = {
            "is_private": 1,
            "attached_to_doctype": doctype,
            "content_hash": ["not like", f"{own_files.MARK}%"],
        }
        for row in frappe.get_all("File", filters, ["file_url", "content_hash"], distinct=True):
            if row.content_hash:
                same = {"file_url": row.file_url, "attached_to_doctype": doctype}
                new = own_files.own_hash(row.content_hash)
                frappe.db.set_value("File", same, "content_hash", new, update_modified=False)


def known(doctype: str | None) -> bool:
    return bool(doctype) and bool(frappe.db.exists("DocType", doctype))
