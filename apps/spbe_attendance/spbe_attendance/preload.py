"""Code loaded before the first request and the first job, in the process from which web processes and jobs are forked.

Frappe's worker starts each job in a process of its own, which then loads the framework, the apps' hooks and the job's libraries anew:
more than four fifths of the processor time of a job that does next to nothing (docs/decisions/0027), and some jobs run each minute,
the busiest ones of the morning included. A web process does the same in its first requests. Loaded before the fork, all of it is shared. No
connection is: there is none yet.
"""

from __future__ import annotations

import gc
import logging
import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

import frappe

# Of nearly every request and job, and named by no hook.
FRAMEWORK = (
    "frappe.core.doctype.user.user",
    "frappe.database.mariadb.database",
    "frappe.model.delete_doc",
    "frappe.model.document",
    "frappe.query_builder.functions",
    "spbe_attendance.kehadiran.doctype.absensi.absensi",
)
JOBS = (
    "frappe.core.doctype.scheduled_job_log.scheduled_job_log",
    "frappe.core.doctype.scheduled_job_type.scheduled_job_type",
)
ENDPOINTS = "spbe_attendance.api"
HOOKS = ("doc_events", "override_doctype_class")
REQUEST_HOOKS = ("before_request", "after_request", "on_login", "on_session_creation")
JOB_HOOKS = ("before_job", "after_job")
# What runs at most once a day is not worth its memory: cloud backups, printing, sheets.
RARE = ("daily", "weekly", "monthly", "annual", "yearly")
log = logging.getLogger(__name__)


def for_requests() -> None:
    package = import_module(ENDPOINTS)
    endpoints = {f"{ENDPOINTS}.{module.name}" for module in pkgutil.iter_modules(package.__path__)}
    load({*FRAMEWORK, *endpoints, *hooked(apps(), (*HOOKS, *REQUEST_HOOKS))})


def for_jobs() -> None:
    load({*FRAMEWORK, *JOBS, *hooked(apps(), (*HOOKS, *JOB_HOOKS)), *scheduled(apps())})


def load(modules: Iterable[str]) -> None:
    """What cannot be loaded is told and left to whoever needs it."""
    for module in sorted(modules):
        try:
            import_module(module)
        except Exception:
            log.warning("%s was not loaded beforehand", module, exc_info=True)
    # Not looked through again by the collector of each process, which would copy it.
    gc.collect()
    gc.freeze()


def apps() -> list[str]:
    return frappe.get_all_apps(with_internal_apps=False, sites_path=".")


def hooked(names: Iterable[str], kinds: Iterable[str]) -> set[str]:
    """Modules of what these apps hang there."""
    return modules_of(
        [getattr(import_module(f"{name}.hooks"), kind, None) for name in names for kind in kinds]
    )


def scheduled(names: Iterable[str]) -> set[str]:
    """Modules of what these apps have run more than once a day."""
    events = [getattr(import_module(f"{name}.hooks"), "scheduler_events", {}) for name in names]
    return modules_of(
        [jobs for event in events for rhythm, jobs in event.items() if not rhythm.startswith(RARE)]
    )


def modules_of(hooks: Any) -> set[str]:
    return {path.rpartition(".")[0] for path in paths(hooks)}


def paths(hooks: Any) -> Iterator[str]:
    """The dotted names in hooks, which are their leaves."""
    if isinstance(hooks, str):
        if "." in hooks:
            yield hooks
    elif isinstance(hooks, dict):
        yield from paths(list(hooks.values()))
    elif isinstance(hooks, (list, tuple)):
        for part in hooks:
            yield from paths(part)
