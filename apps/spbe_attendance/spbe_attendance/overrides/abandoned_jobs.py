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

# Seconds. A site that never looks has no use for it.
KEPT = 86_400


def give_up() -> list[str]:
    """Hooked to the scheduler, each minute: methods of this site's jobs that were broken off, each told once."""
    for queue in get_queues():
        clean(StartedJobRegistry(queue=queue))
    redis, key = get_redis_conn(), noted_at(frappe.local.site)
    found = [method.decode() for method in redis.lrange(key, 0, -1)]
    if found:
        frappe.log_error(title=_("A worker ended in the middle of its work", "id"), message=message(found))
        redis.ltrim(key, len(found), -1)
    return found


def clean(registry: StartedJobRegistry) -> None:
    """A bench's sites share their queues, and whoever looks first gives up the jobs of all: noted is for each site what is its own."""
    redis = get_redis_conn()
    for job_id in registry.get_expired_job_ids():
        try:
            values = Job.fetch(job_id, connection=redis).kwargs
        except NoSuchJobError:
            continue
        if site := values.get("site"):
            redis.rpush(noted_at(site), method_of(values))
            redis.expire(noted_at(site), KEPT)
    registry.cleanup()


def noted_at(site: str) -> str:
    return f"spbe_broken_off:{site}"


def method_of(values: dict[str, Any]) -> str:
    return (values.get("kwargs") or {}).get("job_type") or named(values["method"])


def named(method: Any) -> str:
    return method if isinstance(method, str) else f"{method.__module__}.{method.__qualname__}"


def message(methods: list[str]) -> str:
    sentence = _(
        "Broken off: {0}. What they had committed stands; scheduled work is gone on with by itself, an import with its button Go on, the closing of a day that somebody asked for by asking again. Look at the worker's log and at the memory (dmesg: Out of memory).",
        "id",
    )
    return sentence.format(", ".join(sorted(set(methods))))
