"""Methods of the framework that read without asking for permission; for this app's DocTypes they ask.

Each stands in for the one of the same name (hooks.py: override_whitelisted_methods) and passes other apps' DocTypes on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.overrides import connections
from spbe_attendance.overrides.database_query import hidden_fields, is_ours, refuse
from spbe_attendance.pemantauan.beranda import onboarding


def framework(path: str) -> Callable[..., Any]:
    """Looked up when needed: one that a version lacks must not take the others along."""
    return frappe.get_attr(f"frappe.{path}")


def guarded(doctype: str) -> bool:
    """Our DocTypes, and User, whose log-in names are NIP."""
    return doctype == "User" or is_ours(doctype)


@frappe.whitelist(methods=["GET", "POST"])
def get_count(doctype: str, filters: Any = None, debug: Any = False, cache: Any = False) -> Any:
    """Number of rows that the caller may see; the framework counts all, whoever asks."""
    if not guarded(doctype):
        return framework("client.get_count")(doctype, filters, debug, cache)
    frappe.form_dict.pop("cache", None)
    frappe.form_dict.pop("debug", None)
    return framework("desk.reportview.get_count")()


@frappe.whitelist(methods=["GET", "POST"])
def get(doctype: str, name: Any = None, filters: Any = None, parent: Any = None) -> dict[str, Any]:
    """A document; one that is searched for is found among the caller's own rows only."""
    if guarded(doctype) and not name and filters:
        found = frappe.get_list(doctype, filters=frappe.parse_json(filters), pluck="name", limit=1)
        if not found:
            frappe.throw(_("Nothing was found."), frappe.DoesNotExistError)
        name = found[0]
    return framework("client.get")(doctype, name, filters, parent)


@frappe.whitelist(methods=["GET", "POST"])
def get_group_by_count(doctype: str, current_filters: str, field: str) -> list[dict[str, Any]]:
    """[{name, count}]; the framework's branch for assignments filters without permissions, so the filters are tried first."""
    if guarded(doctype):
        frappe.get_list(doctype, filters=frappe.parse_json(current_filters), limit=1)
    return framework("desk.listview.get_group_by_count")(doctype, current_filters, field)


@frappe.whitelist(methods=["GET", "POST"])
def get_coords(doctype: str, filters: Any, type: str) -> dict[str, Any]:
    """GeoJSON points of the rows that the caller may see; the framework gives everybody's."""
    if not is_ours(doctype):
        return framework("geo.utils.get_coords")(doctype, filters, type)
    columns = {"latitude", "longitude"}
    if type != "coordinates" or not columns <= set(frappe.get_meta(doctype).get_valid_columns()):
        frappe.throw(_("This list has no map."), PermintaanTidakSah)
    fields = ["name", "latitude", "longitude"]
    rows = frappe.get_list(doctype, filters=frappe.parse_json(filters), fields=fields, limit=500)
    return framework("geo.utils.convert_to_geojson")(type, rows)


@frappe.whitelist(methods=["GET", "POST"])
def get_data_for_custom_field(doctype: str, field: str) -> dict[str, Any]:
    """{name: value} of the rows that the caller may see; the framework gives every row and every field."""
    if not is_ours(doctype):
        return framework("desk.query_report.get_data_for_custom_field")(doctype, field)
    refuse_hidden(doctype, field)
    return dict(frappe.get_list(doctype, fields=["name", field], as_list=True, limit_page_length=0))


@frappe.whitelist(methods=["GET", "POST"])
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: Any) -> list[dict[str, Any]]:
    """[{<field>, count}] over the rows that the caller may see."""
    if not is_ours(doctype):
        return framework("workflow.doctype.workflow.workflow.get_workflow_state_count")(
            doctype, workflow_state_field, states
        )
    refuse_hidden(doctype, workflow_state_field)
    rows = frappe.get_list(
        doctype,
        fields=[workflow_state_field, "count(*) as count"],
        filters={workflow_state_field: ["not in", frappe.parse_json(states)]},
        group_by=f"`tab{doctype}`.`{workflow_state_field}`",
    )
    return [row for row in rows if row[workflow_state_field]]


def searched(path: str, values: dict[str, Any]) -> Any:
    """A search by a field that the caller may read; the framework puts whatever field is named into its SQL.

    A ``query`` may look among accounts whatever DocType is named beside it.
    """
    hidden = hidden_fields("User") | (hidden_fields(values["doctype"]) if values.get("doctype") else set())
    for asked in (values.get("searchfield"), *filtered_by(values.get("filters"))):
        field = str(asked or "").strip("` ").lower()
        if field in hidden:
            refuse(field)
    values.pop("cmd", None)
    return frappe.call(framework(path), **values)


def filtered_by(filters: Any) -> list[Any]:
    """The fields that a search's filters ask about: {field: …}, [[field, …]] or [[doctype, field, …]]."""
    found = frappe.parse_json(filters)
    if isinstance(found, dict):
        return list(found)
    rows = [row for row in found or [] if isinstance(row, list | tuple)]
    return [part for row in rows for part in row[:2]]


@frappe.whitelist(methods=["GET", "POST"])
def search_link(**values: Any) -> Any:
    """Rows for a link field, by a field that the caller may read. Raises PermissionError."""
    return searched("desk.search.search_link", values)


@frappe.whitelist(methods=["GET", "POST"])
def search_widget(**values: Any) -> Any:
    """Rows for a search window, by a field that the caller may read. Raises PermissionError."""
    return searched("desk.search.search_widget", values)


@frappe.whitelist(methods=["GET", "POST"])
def user_query(**values: Any) -> Any:
    """Accounts for a link field, by a field that the caller may read. Raises PermissionError."""
    return searched("core.doctype.user.user.user_query", {**values, "doctype": "User"})


@frappe.whitelist(methods=["GET", "POST"])
def get_monthly_goal_graph_data(**values: Any) -> dict[str, Any]:
    """The framework sums up any field of any DocType for whoever may read one document; ours have no goals."""
    if is_ours(values.get("goal_doctype", "")):
        frappe.throw(_("This list has no goals."), frappe.PermissionError)
    values.pop("cmd", None)
    return framework("utils.goal.get_monthly_goal_graph_data")(**values)


@frappe.whitelist(methods=["GET", "POST"])
def get_desktop_page(page: str) -> dict[str, Any]:
    """A workspace as the framework gives it; steps of ours are done when their facts are there, not when a button was pressed."""
    found = framework("desk.desktop.get_desktop_page")(page=page)
    named = f'"{onboarding.NAME}"'
    content = frappe.db.get_value("Workspace", frappe.parse_json(page).get("name"), "content") or ""
    if "onboardings" in found and named in content:
        found["onboardings"] = {"items": onboarding.shown()}
    return found


@frappe.whitelist(methods=["GET", "POST"])
def get_workspace_sidebar_items() -> dict[str, Any]:
    """Workspaces of the framework itself (its users, its website, its tools) are for who administers the site."""
    found = framework("desk.desktop.get_workspace_sidebar_items")()
    if not {"System Manager", "Workspace Manager"} & set(frappe.get_roles()):
        own = [
            page
            for page in found["pages"]
            if frappe.local.module_app.get(frappe.scrub(page.get("module") or "")) != "frappe"
        ]
        found["pages"] = own or found["pages"]
    return found


@frappe.whitelist(methods=["GET", "POST"])
def get_open_count(doctype: str, name: Any, items: Any = None) -> dict[str, Any]:
    """{count: [{name, count}], timeline_data}: rows linked to a document that the caller may see; the framework counts everybody's."""
    if not is_ours(doctype):
        return framework("desk.notifications.get_open_count")(doctype, name, items)
    return connections.counted(doctype, name, frappe.parse_json(items) if items else None)


def refuse_hidden(doctype: str, field: object) -> None:
    """Raises PermissionError for what is hidden, PermintaanTidakSah for what is no field."""
    if field in hidden_fields(doctype):
        refuse(str(field))
    if not isinstance(field, str) or field not in frappe.get_meta(doctype).get_valid_columns():
        frappe.throw(_("There is no such field."), PermintaanTidakSah)
