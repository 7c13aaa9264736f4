"""A field above the reader's permission level is neither shown nor asked about, in any list of this app's DocTypes.

The framework's list query (version 15) drops such fields from what it selects, and not even always: it skips a field while removing
the one before. But it filters, sorts and groups by them, and so tells a NIK digit by digit to whoever may ask "is it like 1410 %?"
often enough. Version 16 checks these itself (https://github.com/frappe/frappe/pull/37316 and /40515). There is no hook at this
place, so the methods of the query are wrapped, once per process. Queries without permission checks (get_all) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import frappe
from frappe import _
from frappe.model.db_query import DatabaseQuery

from spbe_attendance import permissions

APP = "spbe_attendance"
WRAPPED = "spbe_attendance_checks_levels"
# What stands before each opening bracket.
FUNCTION = re.compile(r"(\w*\s*)\(")
SORTING = {
    "avg", "coalesce", "concat", "count", "date", "date_format", "field", "if", "ifnull", "length", "locate", "lower", "max", "min",
    "month", "round", "sum", "timestampdiff", "unix_timestamp", "year",
}  # fmt: skip
# Link fields look for a text in the title or any search field; one that the reader may not see finds nothing.
ALTERNATIVES, NEVER = "spbe_attendance_alternatives", "1=0"


def is_ours(doctype: str) -> bool:
    """Whether a DocType belongs to this app. Raises DoesNotExistError for what is none."""
    if not isinstance(doctype, str) or not doctype:
        raise frappe.DoesNotExistError
    # From the cache of metadata: this is asked at every list.
    module = frappe.get_meta(doctype).module
    return frappe.local.module_app.get(frappe.scrub(module)) == APP


def hidden_fields(doctype: str, user: str | None = None) -> set[str]:
    """Fields of one of our DocTypes that the user's roles may not read; of User the log-in name, which is a person's NIP."""
    if doctype == "User":
        roles = {user or frappe.session.user, *frappe.get_roles(user)}
        return set() if roles & permissions.ALL_RECORDS else {"username"}
    if not is_ours(doctype):
        return set()
    meta = frappe.get_meta(doctype)
    levels = set(meta.get_permlevel_access("read", user=user))
    return {field.fieldname for field in meta.fields if field.permlevel and field.permlevel not in levels}


def refuse(field: str) -> None:
    """Raises PermissionError."""
    frappe.throw(_("You may not search or sort by the field {0}.").format(field), frappe.PermissionError)


def wrap_queries() -> None:
    """Hooked to before_request and before_job. Does nothing the second time."""
    if getattr(DatabaseQuery, WRAPPED, False):
        return
    for name, wrapper in WRAPPERS.items():
        original = getattr(DatabaseQuery, name, None)
        if original:
            setattr(DatabaseQuery, name, wrapper(original))
    setattr(DatabaseQuery, WRAPPED, True)


def hidden_in(query: Any) -> set[str]:
    """Over all tables of the query: a link's own fields can be asked for, too."""
    if query.flags.ignore_permissions:
        return set()
    doctypes = {query.doctype, *(table.strip("`")[3:] for table in query.tables)}
    doctypes |= {table.doctype for table in query.link_tables}
    # A query that only builds conditions for somebody else's SQL has no user: it is the session's.
    user = getattr(query, "user", None)
    return set().union(*(hidden_fields(doctype, user) for doctype in doctypes))


def named_in(text: object, fields: set[str]) -> str | None:
    """The first of the fields that a piece of SQL names as a word."""
    found = (field for field in sorted(fields) if re.search(rf"\b{field}\b", str(text), re.IGNORECASE))
    return next(found, None)


def refuse_named(query: Any, text: object) -> None:
    field = named_in(text, hidden_in(query))
    if field:
        refuse(field)


def asked_fields(condition: Any) -> Iterator[str]:
    """The field of a filter in each of the framework's forms; the value is anybody's to choose."""
    if isinstance(condition, dict):
        yield from [condition["fieldname"]] if "fieldname" in condition else condition
    elif isinstance(condition, list | tuple) and condition:
        yield str(condition[1] if len(condition) > 3 else condition[0])


def check_filter(original: Callable[..., str]) -> Callable[..., str]:
    @wraps(original)
    def prepare_filter_condition(self: Any, f: Any) -> str:
        fields = list(asked_fields(f))
        # Joins the table that the filter names.
        condition = original(self, f)
        for field in fields:
            if getattr(self, ALTERNATIVES, False) and named_in(field, hidden_in(self)):
                return NEVER
            refuse_named(self, field)
        return condition

    return prepare_filter_condition


def check_raw_filters(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def build_filter_conditions(self: Any, filters: Any, *args: Any, **kwargs: Any) -> None:
        for condition in filters if isinstance(filters, list | tuple) else ():
            if isinstance(condition, str):
                refuse_named(self, condition)
        setattr(self, ALTERNATIVES, filters is self.or_filters)
        return original(self, filters, *args, **kwargs)

    return build_filter_conditions


def refuse_subqueries(parameters: object) -> None:
    """Version 15 lets any function and a select without a table through: ``order_by=(select sleep(9))`` keeps a worker busy for minutes.

    Raises PermissionError for what is no column and none of the functions that the framework itself sorts by.
    """
    text = str(parameters or "").lower()
    called = [found.strip() for found in FUNCTION.findall(text)]
    if re.search(r"\bselect\b", text) or any(name not in SORTING for name in called):
        frappe.throw(_("Sort and group by fields only."), frappe.PermissionError)


def check_order(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def validate_order_by_and_group_by(self: Any, parameters: str) -> None:
        original(self, parameters)
        refuse_subqueries(parameters)
        refuse_named(self, parameters or "")

    return validate_order_by_and_group_by


def drop_fields(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def apply_fieldlevel_read_permissions(self: Any) -> None:
        asked = list(self.fields)
        original(self)
        hidden = hidden_in(self)
        for index in reversed(range(len(self.fields))):
            if self.fields[index] and named_in(self.fields[index], hidden):
                self.remove_field(index)
        if not any(self.fields):
            # A query of nothing would be a syntax error.
            refuse(named_in(" ".join(field for field in asked if field), hidden) or "*")

    return apply_fieldlevel_read_permissions


def with_table(query: Any, parameters: Any) -> Any:
    """``creation desc, nama`` with the list's own table before each bare column, where several tables are joined: both have one."""
    if not isinstance(parameters, str) or len(query.tables) + len(query.link_tables) < 2:
        return parameters
    columns = set(query.columns)
    parts = []
    for part in parameters.split(","):
        name, space, rest = part.strip().partition(" ")
        bare = name.strip("`")
        parts.append(f"{query.tables[0]}.`{bare}`{space}{rest}" if bare in columns else part)
    return ", ".join(parts)


def name_tables(original: Callable[..., None]) -> Callable[..., None]:
    """The framework does so for what is selected, and not for what is sorted or grouped by: MariaDB then calls it ambiguous."""

    @wraps(original)
    def set_order_by(self: Any, args: Any) -> None:
        self.order_by = with_table(self, self.order_by)
        self.group_by = with_table(self, self.group_by)
        return original(self, args)

    return set_order_by


WRAPPERS = {
    "set_order_by": name_tables,
    "prepare_filter_condition": check_filter,
    "build_filter_conditions": check_raw_filters,
    "validate_order_by_and_group_by": check_order,
    "apply_fieldlevel_read_permissions": drop_fields,
}
