"""How many rows of other DocTypes belong to a document, counted as its reader may see them."""

from __future__ import annotations

from typing import Any

import frappe

# The form shows "99+" beyond.
MOST = 100


def counted(doctype: str, name: str, items: list[str] | None) -> dict[str, Any]:
    """``items``: the DocTypes asked for, all that the form shows when left out. Raises PermissionError for who may not read the document."""
    frappe.get_doc(doctype, name).check_permission("read")
    shown = frappe.get_meta(doctype).get_dashboard_data()
    offered = [item for group in shown.transactions for item in group.get("items", ())]
    wanted = [item for item in offered if items is None or item in items]
    answer: dict[str, Any] = {
        "count": [
            {"name": item, "count": _rows(item, _field(shown, item), name)}
            for item in wanted
            if item not in shown.get("internal_links", {}) and frappe.has_permission(item, "read")
        ]
    }
    days = getattr(frappe.get_meta_module(doctype), "get_timeline_data", None)
    if days:
        answer["timeline_data"] = days(doctype, name)
    return answer


def _field(shown: Any, item: str) -> str:
    return shown.get("non_standard_fieldnames", {}).get(item) or shown.fieldname


def _rows(doctype: str, field: str, name: str) -> int:
    return len(frappe.get_list(doctype, filters={field: name}, pluck="name", limit_page_length=MOST))
