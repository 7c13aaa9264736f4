"""The short way of inserting a punch.

Frappe's general insert looks at every document for notifications, webhooks, scripts, assignments, milestones, points, versions and
workflow actions: two thirds of the work of a punch, and nothing comes of it where nobody has set up any of these for Absensi. So the
short way is taken only then (``possible``), and only for a punch that is valid at once; it runs the same controller methods, the same
permission check, the same validation of fields and every app's hooks on Absensi, in the framework's order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
import frappe.permissions

from spbe_attendance import compat
from spbe_attendance.kehadiran.pencatatan import known, plan

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.absensi.absensi import Absensi

DOCTYPE = "Absensi"
# Where a site hangs something on a DocType: DocType of the rule, its field that names ours, and what must hold beside.
RULES = (
    ("Assignment Rule", "document_type", {"disabled": 0}),
    ("Energy Point Rule", "reference_doctype", {"enabled": 1}),
    ("Milestone Tracker", "document_type", {"disabled": 0}),
    ("Notification", "document_type", {"enabled": 1}),
    ("Server Script", "reference_doctype", {"disabled": 0}),
    ("Webhook", "webhook_doctype", {"enabled": 1}),
)
# Handlers of all DocTypes that do nothing for a new Absensi without such rules, without attachments and outside a workflow's steps.
HARMLESS = {
    "frappe.desk.notifications.clear_doctype_notifications",
    "frappe.workflow.doctype.workflow_action.workflow_action.process_workflow_actions",
    "frappe.automation.doctype.assignment_rule.assignment_rule.apply",
    "frappe.automation.doctype.assignment_rule.assignment_rule.update_due_date",
    "frappe.core.doctype.file.utils.attach_files_to_document",
    "frappe.core.doctype.user_type.user_type.apply_permissions_for_non_standard_user_type",
    "frappe.core.doctype.permission_log.permission_log.make_perm_log",
    "frappe.social.doctype.energy_point_rule.energy_point_rule.process_energy_points",
    "frappe.automation.doctype.milestone_tracker.milestone_tracker.evaluate_milestone",
    "frappe.search.sqlite_search.update_doc_index",
}
# Leaves the making of punches to the judgement.
OWN_CHECK = "spbe_attendance.permissions.absensi_allowed"
STEPS = (
    "before_insert",
    "before_validate",
    "validate",
    "before_save",
    "after_insert",
    "on_update",
    "on_change",
)


def possible() -> bool:
    """Nothing hangs on Absensi that only the general way would set off."""
    return known.value(
        known.ATURAN,
        "swift",
        lambda: not (
            hooked() or ruled(DOCTYPE) or steps_from_valid() or plan.particular(frappe.get_meta(DOCTYPE))
        ),
    )


def hooked() -> set[str]:
    """Handlers for all DocTypes that are not known to do nothing here."""
    everywhere = frappe.get_doc_hooks().get("*", {})
    return {handler for step in STEPS for handler in everywhere.get(step, ())} - HARMLESS


def ruled(whose: str) -> bool:
    """Whether the site has set up something for documents of this DocType."""
    return any(
        frappe.db.exists(doctype, {field: whose, **conditions})
        for doctype, field, conditions in RULES
        # Some of them are another version's, or another app's.
        if frappe.db.exists("DocType", doctype)
    )


def steps_from_valid() -> bool:
    """A workflow in which a valid punch waits for somebody would owe that person a Workflow Action."""
    workflows = frappe.get_all("Workflow", {"document_type": DOCTYPE, "is_active": 1}, pluck="name")
    return bool(
        frappe.db.exists("Workflow Transition", {"parent": ["in", workflows or [""]], "state": "Sah"})
    )


def insert(doc: Absensi) -> Absensi:
    """Links need no look: person, OPD and places come from the database, an event is looked up by its rules."""
    doc.set("__islocal", True)
    doc.set_user_and_timestamp()
    doc.set_docstatus()
    check_create(doc)
    run(doc, "before_insert")
    doc.autoname()
    doc.flags.in_insert = True
    doc._action = "save"
    doc.load_doc_before_save()
    for step in ("before_validate", "validate", "before_save"):
        run(doc, step)
    fields = known.value(known.ATURAN, "plan", lambda: plan.compiled(frappe.get_meta(DOCTYPE)))
    if fields.doubtful(doc.__dict__):
        doc._validate()
    write(doc, fields)
    run(doc, "after_insert")
    if doc.status == "Sah":
        run(doc, "on_update")
        run(doc, "on_change")
    else:
        # Somebody has to decide: what a workflow owes them is the framework's.
        doc.run_post_save_methods()
    doc.flags.in_insert = False
    doc.delete_key("__islocal")
    return doc


def write(doc: Absensi, fields: plan.Plan) -> None:
    try:
        frappe.db.sql(fields.statement, fields.row(doc.__dict__))
    except Exception as error:
        if not (frappe.db.is_primary_key_violation(error) or frappe.db.is_unique_key_violation(error)):
            raise
        # The framework names the key that is taken, or finds another name; should the other row be gone meanwhile, it writes.
        doc.db_insert()
    doc.set("__islocal", False)


def lend_meta() -> None:
    compat.lend_meta(known.value(known.ATURAN, "meta", lambda: frappe.get_meta(DOCTYPE)))


def check_create(doc: Absensi) -> None:
    """By the roles, where nothing but roles has a say for this user; otherwise as the framework does it. Raises PermissionError."""
    user = frappe.session.user
    if doc.flags.ignore_permissions:
        return
    roles = frozenset(frappe.get_roles(user))
    plain = not frappe.permissions.get_user_permissions(user)
    if not (plain and known.value(known.ATURAN, ("create", roles), lambda: roles_allow(user))):
        doc.check_permission("create")


def roles_allow(user: str) -> bool:
    """Whether these roles may make any Absensi, and no app but this one is asked about each."""
    asked = frappe.get_hooks("has_permission", {}).get(DOCTYPE, ())
    rights = frappe.permissions.get_role_permissions(frappe.get_meta(DOCTYPE), user=user)
    return bool(rights.get("create")) and list(asked) == [OWN_CHECK]


def run(doc: Absensi, step: str) -> None:
    """The controller's method, then the hooks of every app on this DocType."""
    method = getattr(doc, step, None)
    if method:
        method()
    for handler in known.value(known.ATURAN, "handlers", handlers).get(step, ()):
        frappe.get_attr(handler)(doc, step)


def handlers() -> dict[str, list[str]]:
    """By step. The framework sorts the hooks of all DocTypes anew in each request."""
    return {**frappe.get_doc_hooks().get(DOCTYPE, {})}
