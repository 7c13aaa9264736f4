"""Workers, queues and the scheduler, as RQ and Frappe keep them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from math import inf

import frappe
from frappe.utils import now_datetime
from frappe.utils.background_jobs import generate_qname, get_queue, get_queue_list, get_workers
from frappe.utils.scheduler import is_scheduler_inactive
from rq import Queue, Worker

from spbe_attendance.pemantauan.kesehatan.measure import Measured

# Ordered each minute: whoever sees it begin has seen scheduler, queue and worker at once.
MINUTELY = "spbe_attendance.kehadiran.segel.sealing.run"
# A worker says every few minutes that it lives; one that works on a long job says so less often.
SILENT = timedelta(minutes=10)


def queues() -> Iterator[Measured]:
    workers = [worker for worker in get_workers() if is_alive(worker)]
    for name in get_queue_list():
        label = {"antrean": name}
        queue, full_name = get_queue(name), generate_qname(name)
        serving = [worker for worker in workers if full_name in worker.queue_names()]
        yield Measured("pekerja", len(serving), label)
        yield Measured("antrean_panjang", queue.count, label)
        yield Measured("antrean_tertua_detik", oldest(queue), label)
        yield Measured("pekerjaan_gagal", queue.failed_job_registry.count, label)


def is_alive(worker: Worker) -> bool:
    heard = worker.last_heartbeat
    return heard is not None and utc_now() - naive(heard) < SILENT


def oldest(queue: Queue) -> float:
    """Seconds. Both ends are looked at: urgent jobs are put in front of older ones."""
    ids = {*queue.get_job_ids(0, 1), *queue.get_job_ids(-1, 1)}
    began = [job.enqueued_at for job in map(queue.fetch_job, ids) if job and job.enqueued_at]
    return max(((utc_now() - naive(moment)).total_seconds() for moment in began), default=0.0)


def utc_now() -> datetime:
    return datetime.now(timezone.utc).replace(tzinfo=None)


def naive(moment: datetime) -> datetime:
    """RQ's moments are UTC, with or without saying so."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def scheduler() -> Iterator[Measured]:
    yield Measured("penjadwal_aktif", float(not is_scheduler_inactive(verbose=False)))
    last = frappe.db.get_value("Scheduled Job Type", {"method": MINUTELY}, "last_execution")
    yield Measured("penjadwal_terakhir_detik", (now_datetime() - last).total_seconds() if last else inf)
