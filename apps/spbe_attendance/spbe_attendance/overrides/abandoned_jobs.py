"""Jobs whose worker was killed: given up as soon as their heartbeat has run out, so that they can be asked for again.

RQ does it itself, but only every ten minutes of a worker's life; until then the framework takes such a job for a running one and
leaves out every other with its name, also the scheduled one of the next minute.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils.background_jobs import get_queues, get_redis_conn
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.registry import StartedJobRegistry


def give_up() -> list[str]:
    """Hooked to the scheduler, each minute: methods of this site's jobs that were broken off."""
    found = [method for queue in get_queues() for method in of(StartedJobRegistry(queue=queue))]
    if found:
        frappe.log_error(title=_("A worker ended in the middle of its work", "id"), message=message(found))
    return found


def of(registry: StartedJobRegistry) -> list[str]:
    broken = registry.get_expired_job_ids()
    methods = [method for job in broken if (method := method_here(job))]
    registry.cleanup()
    return methods


def method_here(job_id: str) -> str | None:
    """Of a job of this site; a bench's sites share their queues."""
    try:
        values = Job.fetch(job_id, connection=get_redis_conn()).kwargs
    except NoSuchJobError:
        return None
    if values.get("site") != frappe.local.site:
        return None
    return (values.get("kwargs") or {}).get("job_type") or named(values["method"])


def named(method: Any) -> str:
    return method if isinstance(method, str) else f"{method.__module__}.{method.__qualname__}"


def message(methods: list[str]) -> str:
    sentence = _(
        "Broken off: {0}. What they had committed stands; scheduled work is gone on with by itself, an import with its button Go on, the closing of a day that somebody asked for by asking again. Look at the worker's log and at the memory (dmesg: Out of memory).",
        "id",
    )
    return sentence.format(", ".join(sorted(set(methods))))
