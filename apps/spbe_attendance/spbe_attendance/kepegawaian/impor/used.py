"""Why a document that an import has made must stay: somebody refers to it, its account was used, it was changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.model.rename_doc import get_link_fields


def reasons(doctype: str, names: Sequence[str]) -> dict[str, str]:
    """Sentence by name, for those that must stay; a few statements, however many they are."""
    if not names:
        return {}
    found = {name: _("Changed since.") for name in changed(doctype, names)}
    for link in get_link_fields(doctype):
        if link["issingle"] or (link["parent"] == doctype == "OPD"):
            # A tree's own parents are taken away after their children.
            continue
        for name in referring(link["parent"], link["fieldname"], names):
            found.setdefault(name, _("In use: {0}").format(_(link["parent"])))
    if doctype == "Pegawai":
        for name in logged_in(names):
            found[name] = _("The account was used.")
    return found


def referring(doctype: str, field: str, names: Sequence[str]) -> list[str]:
    if frappe.get_meta(doctype).is_virtual or not frappe.db.has_column(doctype, field):
        return []
    table = frappe.qb.DocType(doctype)
    query = frappe.qb.from_(table).select(table[field]).distinct().where(table[field].isin(list(names)))
    return [row[0] for row in query.run()]


def changed(doctype: str, names: Sequence[str]) -> list[str]:
    """By the history that the framework keeps of saved changes."""
    filters = {"ref_doctype": doctype, "docname": ["in", list(names)]}
    return frappe.get_all("Version", filters, pluck="docname", distinct=True)


def logged_in(names: Sequence[str]) -> list[str]:
    person, user = frappe.qb.DocType("Pegawai"), frappe.qb.DocType("User")
    query: Any = (
        frappe.qb.from_(person)
        .join(user)
        .on(user.name == person.user)
        .select(person.name)
        .where(person.name.isin(list(names)))
        .where(user.last_login.isnotnull() | user.last_active.isnotnull())
    )
    return [row[0] for row in query.run()]
