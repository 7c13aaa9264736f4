"""Schedulers and workers on both hosts: what is due is ordered once and done once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.client import API
from tests.hosts.cluster import QUEUE
from tests.hosts.network import until

SEALING = "spbe_attendance.kehadiran.segel.sealing.run"
CLOSING = "spbe_attendance.kehadiran.rekapitulasi.closing.close_recent"
ROUNDS = 12
ENABLE = "from frappe.utils.scheduler import enable_scheduler\nenable_scheduler()\nfrappe.db.commit()"
# One scheduler's look at all jobs, at a moment that is told; again and again.
SCHEDULER = """
import sys, time
from frappe.utils.scheduler import enqueue_events
print("ready", flush=True)
for line in sys.stdin:
    time.sleep(max(0, float(line) - time.time()))
    frappe.db.rollback()
    print(len(enqueue_events(frappe.local.site) or ()), flush=True)
"""
RUNS = """
SELECT COUNT(*) FROM `tabScheduled Job Log` log
JOIN `tabScheduled Job Type` job ON job.name = log.scheduled_job_type
WHERE job.method = %s AND log.status = 'Complete'
"""
DOUBLE = """
SELECT scheduled_job_type, DATE_FORMAT(creation, '%%H:%%i') AS minute, COUNT(*) AS times
FROM `tabScheduled Job Log` GROUP BY 1, 2 HAVING times > %s
"""


@pytest.fixture(scope="module", autouse=True)
def scheduled(cluster) -> None:
    cluster.python(cluster.web1, ENABLE)
    few_jobs(cluster)


def few_jobs(cluster) -> None:
    """On one site, the two that are looked at: all others would be due at once, and take minutes on a small machine."""
    cluster.sql("UPDATE `tabScheduled Job Type` SET stopped = method NOT IN (%s, %s)", CLOSING, SEALING)
    cluster.sql("UPDATE `tabScheduled Job Type` SET last_execution = UTC_TIMESTAMP() + INTERVAL 7 HOUR")


@contextmanager
def nobody_works(cluster) -> Iterator[None]:
    """Neither worker nor scheduler: what is ordered stays in the queue."""
    for host in cluster.webs:
        for part in ("schedule", "worker"):
            host.stop(part)
    cluster.store(QUEUE).flushdb()
    try:
        yield
    finally:
        cluster.store(QUEUE).flushdb()
        for host in cluster.webs:
            for part in ("schedule", "worker"):
                cluster.start(host, part)


def ordered(cluster) -> Counter[bytes]:
    store = cluster.store(QUEUE)
    lists = [key for key in store.keys("rq:queue:*")]
    return Counter(job for key in lists for job in store.lrange(key, 0, -1))


def test_two_schedulers_that_look_at_the_same_moment_order_each_job_once(cluster):
    with nobody_works(cluster):
        cluster.sql("UPDATE `tabScheduled Job Type` SET stopped=0")
        schedulers = [host.begin(*cluster.script(SCHEDULER)) for host in cluster.webs]
        for scheduler in schedulers:
            assert scheduler.stdout.readline() == "ready\n"
        for _round in range(ROUNDS):
            cluster.sql("UPDATE `tabScheduled Job Type` SET last_execution='2026-01-01'")
            cluster.store(QUEUE).flushdb()
            moment = time.time() + 0.3
            for scheduler in schedulers:
                scheduler.stdin.write(f"{moment}\n")
            made = [int(scheduler.stdout.readline()) for scheduler in schedulers]
            found = ordered(cluster)
            assert set(found.values()) == {1}, found.most_common(3)
            assert sum(made) == len(found) > 20
        for scheduler in schedulers:
            scheduler.communicate(timeout=20)
        few_jobs(cluster)


def test_the_day_is_closed_once_although_both_hosts_have_a_scheduler_and_a_worker(cluster):
    yesterday = cluster.today() - timedelta(days=1)
    began = cluster.number(RUNS, CLOSING)
    cluster.sql("DELETE FROM `tabRekap Harian` WHERE tanggal = %s", yesterday)
    cluster.sql("UPDATE `tabScheduled Job Type` SET last_execution=%s WHERE method=%s", yesterday, CLOSING)
    until(lambda: cluster.number(RUNS, CLOSING) > began, "the day's closing", 180)
    # Two more looks of each scheduler.
    time.sleep(12)
    assert cluster.number(RUNS, CLOSING) == began + 1
    people = cluster.number("SELECT COUNT(*) FROM tabPegawai WHERE status='Aktif'")
    rows = "SELECT COUNT(*) AS all_rows, COUNT(DISTINCT pegawai) AS persons FROM `tabRekap Harian` WHERE tanggal=%s"
    assert cluster.sql(rows, yesterday) == [{"all_rows": people, "persons": people}]


def test_a_file_ordered_at_one_host_is_made_once_and_fetched_at_the_other(cluster, bkpsdm):
    asked = {"laporan": "Ikhtisar OPD", "bentuk": "xlsx", "saringan": "{}"}
    before = cluster.number("SELECT COUNT(*) FROM tabFile WHERE file_name LIKE 'Ikhtisar-OPD%%'")
    number = bkpsdm.message("POST", f"{API}.laporan.unduh", json=asked)["id"]
    there = cluster.seen_from(bkpsdm, cluster.web2)

    def state() -> dict:
        return there.message("GET", f"{API}.laporan.keadaan", params={"id": number})

    until(lambda: state()["persen"] == 100, "the file", 90)
    for client in (bkpsdm, there):
        served = client.call("GET", state()["berkas"])
        assert (served.status_code, served.content[:2]) == (200, b"PK")
    assert cluster.number("SELECT COUNT(*) FROM tabFile WHERE file_name LIKE 'Ikhtisar-OPD%%'") == before + 1
    job = f"laporan-{number}"
    assert [host.printed("worker").count(f"{job}") > 0 for host in cluster.webs].count(True) == 1


def test_no_job_of_the_minute_ran_twice_in_a_minute(cluster):
    until(lambda: cluster.number(RUNS, SEALING) >= 2, "two minutes of sealing", 200)
    assert cluster.sql(DOUBLE, 1) == []
