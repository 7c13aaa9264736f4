"""Jobs that work off what transactions have written, ordered so that none is lost.

Frappe's ``deduplicate`` looks before the commit, and takes a job that runs for one that will see the rows. One that has had its last
look already will not, and the rows wait for the scheduler. Here it is looked after the commit, and a job that runs is followed by one more.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils.background_jobs import get_job
from redis.exceptions import RedisError
from rq.job import JobStatus


def order(method: str, job_id: str, **options: Any) -> None:
    """Once this transaction stands. ``options``: of frappe.enqueue. One job that waits is enough for everybody. Without Redis nothing
    is ordered: whoever uses this has the scheduler look, too."""
    frappe.db.after_commit.add(lambda: _order(method, job_id, options))


def _order(method: str, job_id: str, options: dict[str, Any]) -> None:
    try:
        for name in (job_id, f"{job_id}-lagi"):
            job = get_job(name)
            status = job.get_status() if job else None
            if status == JobStatus.QUEUED:
                return
            if status != JobStatus.STARTED:
                frappe.enqueue(method, job_id=name, deduplicate=True, **options)
                return
        frappe.enqueue(method, **options)
    except RedisError:
        frappe.logger().warning("%s was not ordered: Redis does not answer.", method)
