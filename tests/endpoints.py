"""All that this app opens to requests, found by importing its code: nothing here is kept by hand."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import frappe

import spbe_attendance

SKIPPED = {"tests", "patches", "www"}
# Frappe fills these in by itself or passes them on.
NO_ARGUMENT = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)


@dataclass(frozen=True)
class Endpoint:
    """``path``: dotted name; ``doctype``: of a method of documents, which is called through run_doc_method."""

    path: str
    function: Callable[..., Any]
    methods: tuple[str, ...]
    guests: bool
    doctype: str | None

    @property
    def arguments(self) -> dict[str, inspect.Parameter]:
        known = inspect.signature(self.function).parameters
        return {name: one for name, one in known.items() if name != "self" and one.kind not in NO_ARGUMENT}

    @property
    def takes_more(self) -> bool:
        known = inspect.signature(self.function).parameters.values()
        return any(one.kind is inspect.Parameter.VAR_KEYWORD for one in known)

    def hints(self) -> dict[str, Any]:
        try:
            return typing.get_type_hints(self.function)
        except NameError:
            return {}


@cache
def all_of_them() -> dict[str, Endpoint]:
    """By dotted name."""
    for module in pkgutil.walk_packages(spbe_attendance.__path__, "spbe_attendance."):
        if not SKIPPED & set(module.name.split(".")):
            importlib.import_module(module.name)
    found = {}
    for function in frappe.whitelisted:
        if not function.__module__.startswith("spbe_attendance."):
            continue
        path = f"{function.__module__}.{function.__qualname__}"
        methods = tuple(frappe.allowed_http_methods_for_whitelisted_func[function])
        found[path] = Endpoint(path, function, methods, function in frappe.guest_methods, owner_of(function))
    return dict(sorted(found.items()))


def owner_of(function: Callable[..., Any]) -> str | None:
    """The DocType of a controller's method."""
    name, dot, _method = function.__qualname__.rpartition(".")
    if not dot:
        return None
    spaced = function.__module__.rpartition(".")[2]
    return spaced if name else None
