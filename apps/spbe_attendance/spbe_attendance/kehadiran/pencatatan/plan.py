"""What the framework asks of an Absensi's fields, read from the metadata once: a check that is quick and never milder, and the
statement that writes a row.

Frappe's validation walks over all fields eight times and makes each sentence of refusal beforehand. Here the values are looked over
once; whatever could displease the framework (``doubtful``) goes to the framework, which refuses it in its own words or cleans it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from frappe.model import datetime_fields, float_like_fields, table_fields
from frappe.utils import cint, flt
from pypika.terms import Parameter

# A field that is more than a value to be compared and stored.
PARTICULAR = {"Password", "Phone", "JSON", "Text Editor", *table_fields}
CHECKED_DATA = {"Email", "Name", "Phone", "URL"}
CHECKED_CODE = {"Python", "PythonExpression"}
WHOLE = {"Int": 2**31 - 1, "Long Int": 2**63 - 1}
Cast = Callable[[Any], Any]


@dataclass(frozen=True)
class Plan:
    """Names of fields by what is asked of them. ``columns``: in the statement's order, with what makes a value fit."""

    mandatory: tuple[str, ...]
    choices: tuple[tuple[str, frozenset[str]], ...]
    lengths: tuple[tuple[str, int], ...]
    whole: tuple[tuple[str, int], ...]
    positive: tuple[str, ...]
    columns: tuple[tuple[str, Cast], ...]
    statement: str

    def doubtful(self, values: dict[str, Any]) -> bool:
        """Whether the framework might refuse or change one of these."""
        texts = [value for value in map(values.get, self.names()) if isinstance(value, str)]
        return (
            any("<" in text or ">" in text for text in texts)
            or any(not str(values.get(name) or "").strip() for name in self.mandatory)
            or any(values.get(name) and values[name] not in allowed for name, allowed in self.choices)
            or any(len(str(values.get(name) or "")) > longest for name, longest in self.lengths)
            or any(abs(cint(values.get(name))) > most for name, most in self.whole)
            or any(flt(values.get(name)) < 0 for name in self.positive)
        )

    def names(self) -> list[str]:
        return [name for name, _cast in self.columns]

    def row(self, values: dict[str, Any]) -> list[Any]:
        """Values of the statement, as BaseDocument.get_valid_dict would give them."""
        return [cast(values.get(name)) for name, cast in self.columns]


def particular(meta: Any) -> bool:
    """A field that only the framework knows how to treat; Absensi has none, a site may add one."""
    return any(
        field.fieldtype in PARTICULAR
        or field.get("is_virtual")
        or (field.fieldtype == "Data" and field.options in CHECKED_DATA)
        or (field.fieldtype == "Code" and field.options in CHECKED_CODE)
        for field in meta.fields
    )


def compiled(meta: Any) -> Plan:
    """Only for metadata that are not ``particular``."""
    fields = [field for field in meta.fields if field.fieldname in meta.get_valid_columns()]
    types = {field.fieldname: frappe.db.type_map[field.fieldtype] for field in fields}
    names = list(meta.get_valid_columns())
    known = {field.fieldname: field for field in fields}
    return Plan(
        mandatory=tuple(field.fieldname for field in fields if field.reqd),
        choices=tuple(
            (field.fieldname, frozenset(field.options.split("\n")))
            for field in fields
            if field.fieldtype == "Select" and (field.options or "").strip()
        ),
        lengths=tuple(
            (field.fieldname, cint(field.length) or cint(types[field.fieldname][1]))
            for field in fields
            if types[field.fieldname][0] == "varchar"
        ),
        whole=tuple(
            (field.fieldname, WHOLE[field.fieldtype]) for field in fields if field.fieldtype in WHOLE
        ),
        positive=tuple(field.fieldname for field in fields if field.get("non_negative")),
        columns=tuple((name, cast_of(known.get(name))) for name in names),
        statement=statement(meta.name, names),
    )


def statement(doctype: str, names: list[str]) -> str:
    table = frappe.qb.DocType(doctype)
    query = frappe.qb.into(table).columns(*names).insert(*[Parameter("%s") for _name in names])
    return str(query.get_sql())


def cast_of(field: Any) -> Cast:
    """The framework's own fields have no row in the metadata."""
    if field is None:
        return plain
    if field.fieldtype == "Check":
        return yes_or_no
    if field.fieldtype == "Int":
        return whole
    if field.fieldtype in float_like_fields:
        return real
    if field.fieldtype in datetime_fields or field.get("unique"):
        return present
    return plain


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, datetime | date | time | timedelta) else value


def yes_or_no(value: Any) -> int:
    return 1 if cint(value) else 0


def whole(value: Any) -> int:
    return value if isinstance(value, int) else cint(value)


def real(value: Any) -> float:
    return value if isinstance(value, float) else flt(value)


def present(value: Any) -> Any:
    """Nothing instead of empty text: of a key there may be one only, and a date is none."""
    return plain(value) if value is not None and str(value).strip() else None
