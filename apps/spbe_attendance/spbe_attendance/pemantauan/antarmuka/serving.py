"""One way for all endpoints: which key, what was asked, the answer, and the note that it was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log
from pydantic import BaseModel, ValidationError

from spbe_attendance.pemantauan.antarmuka import keys
from spbe_attendance.pemantauan.antarmuka.exceptions import PertanyaanAPITidakSah

# What the framework itself puts beside the parameters.
FRAMEWORK = ("cmd", "_lang", "data")


@dataclass(frozen=True)
class Operation:
    """An endpoint as it is described: ``name`` is its dotted path, ``words`` its docstring."""

    name: str
    words: str
    scope: str
    asks: type[BaseModel]
    answers: type[BaseModel]


OPERATIONS: dict[str, Operation] = {}
Service = Callable[[Any, keys.Key], BaseModel]


def published(scope: str, asks: type[BaseModel], service: Service) -> Callable[[Callable[..., Any]], Any]:
    """Makes an endpoint of ``service`` and describes it by its docstring, ``asks``, and the function's own return annotation."""

    def wrap(endpoint: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
        def serve(**values: Any) -> dict[str, Any]:
            return answer(operation, service, values)

        name = f"{endpoint.__module__}.{endpoint.__name__}"
        serve.__name__, serve.__qualname__, serve.__module__ = (
            endpoint.__name__,
            endpoint.__qualname__,
            endpoint.__module__,
        )
        serve.__doc__ = endpoint.__doc__
        answers = get_type_hints(endpoint)["return"]
        operation = OPERATIONS[name] = Operation(name, endpoint.__doc__ or "", scope, asks, answers)
        return serve

    return wrap


def answer(operation: Operation, service: Service, values: dict[str, Any]) -> dict[str, Any]:
    key = keys.opened_by(frappe.session.user, operation.scope)
    asked = read(operation.asks, values)
    found = service(asked, key)
    note(operation, key, asked)
    return found.model_dump(mode="json", by_alias=True)


def read(asks: type[BaseModel], values: dict[str, Any]) -> BaseModel:
    """Raises PertanyaanAPITidakSah with the first parameter that does not fit."""
    given = {name: value for name, value in values.items() if name not in FRAMEWORK}
    try:
        return asks.model_validate(given)
    except ValidationError as error:
        name = ".".join(str(part) for part in error.errors()[0]["loc"]) or "?"
        told = _("The parameter {0} is unknown, missing or not valid: see the OpenAPI description.")
        frappe.throw(told.format(name[:60]), PertanyaanAPITidakSah)
        raise


def note(operation: Operation, key: keys.Key, asked: BaseModel) -> None:
    """In the framework's Access Log: which key read what, when."""
    words = asked.model_dump_json(exclude_none=True)
    make_access_log(doctype=keys.DOCTYPE, document=key.name, method=operation.name, filters=words)
