"""Everything that is kept about one person, out of the register: rows with words instead of internal names, and their own files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields

from spbe_attendance.privasi import register

# What the person handed over or was photographed with; files of others that hang on the same rows there are none.
FILE_FIELDS = ("Attach", "Attach Image")


@dataclass(frozen=True, slots=True)
class Table:
    """``columns``: (field, label); ``rows``: values as text and numbers."""

    doctype: str
    title: str
    purpose: str
    columns: tuple[tuple[str, str], ...]
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """``name``: inside the copy."""

    name: str
    file: str


def tables(person: str) -> list[Table]:
    """DocType by DocType, in the register's order; those without a row are told, too."""
    return [_table(entry, person) for entry in register.exported()]


def _table(entry: register.Entry, person: str) -> Table:
    meta = frappe.get_meta(entry.doctype)
    fields = [
        field
        for name in entry.handed_out()
        if (field := meta.get_field(name)) and field.fieldtype not in (*no_value_fields, *table_fields)
    ]
    rows = frappe.get_all(
        entry.doctype,
        {entry.owner: person},
        ["name", "creation", *(field.fieldname for field in fields)],
        order_by="creation",
    )
    linked = _titles(fields, rows)
    columns = (("creation", _("Created On")), *((field.fieldname, _(field.label)) for field in fields))
    told = [
        {"name": row.name, **{name: _said(linked, name, row.get(name)) for name, _label in columns}}
        for row in rows
    ]
    return Table(entry.doctype, _(entry.doctype), entry.purpose, columns, told)


def _said(linked: dict[str, dict[str, str]], field: str, value: Any) -> Any:
    if field in linked and value:
        return linked[field].get(value, value)
    if isinstance(value, datetime | date | time | timedelta):
        return str(value)
    return float(value) if isinstance(value, Decimal) else value


def _titles(fields: Sequence[Any], rows: Sequence[Any]) -> dict[str, dict[str, str]]:
    """By link field: what the rows that it names are called. Internal names say nothing to anybody."""
    found = {}
    for field in fields:
        target = field.options if field.fieldtype == "Link" else None
        title = target and frappe.get_meta(target).title_field
        if title:
            names = sorted({row.get(field.fieldname) for row in rows} - {None, ""})
            pairs = frappe.get_all(target, {"name": ["in", names or [""]]}, ["name", title], as_list=True)
            found[field.fieldname] = dict(pairs)
    return found


def files(person: str) -> Iterator[OwnFile]:
    """Photos and letters on the person's own rows, the newest first."""
    for entry in register.exported():
        meta = frappe.get_meta(entry.doctype)
        wanted = [field.fieldname for field in meta.fields if field.fieldtype in FILE_FIELDS]
        if not wanted:
            continue
        names = frappe.get_all(entry.doctype, {entry.owner: person}, pluck="name", order_by="creation desc")
        attached = _attached(entry.doctype, names, wanted)
        for name in names:
            for file, url in attached[name]:
                yield OwnFile(f"berkas/{frappe.scrub(entry.doctype)}/{url.rsplit('/', 1)[-1]}", file)


def _attached(doctype: str, names: Sequence[str], fields: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Of each row: the Files that its fields name. What somebody else has attached beside them is not meant."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for field in fields:
        urls = dict(
            frappe.get_all(
                doctype,
                {"name": ["in", list(names) or [""]], field: ["is", "set"]},
                ["name", field],
                as_list=True,
            )
        )
        filters = {
            "attached_to_doctype": doctype,
            "attached_to_name": ["in", list(urls) or [""]],
            "file_url": ["in", list(urls.values()) or [""]],
        }
        for row in frappe.get_all("File", filters, ["name", "file_url", "attached_to_name"]):
            if urls[row.attached_to_name] == row.file_url:
                found[row.attached_to_name].append((row.name, row.file_url))
    return found
