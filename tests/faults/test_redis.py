"""Redis is killed while people punch: the cache, which forgets all, and the queue, which keeps its jobs on the disk."""

from __future__ import annotations

import time

import redis

from tests.faults import ledger
from tests.faults.machine import service_away, until

AWAY = 6.0


def client(machine, name: str) -> redis.Redis:
    return redis.Redis(port=machine.allotted[name])


def test_no_punch_is_lost_with_the_cache_and_the_numbers_are_counted_anew(machine, crowd, leader, report):
    with crowd.punching(6):
        until(lambda: crowd.acknowledged() >= 20, 60, "punches do not get through")
        gone = time.monotonic()
        with service_away("redis_cache", machine.allotted, AWAY):
            pass
        back = time.monotonic()
        until(lambda: crowd.receipts_since(back), 90, "no punch after the cache came back")
        time.sleep(3)
    report("Redis cache, from its end", crowd, gone)
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    assert crowd.unkind() == []
    screen, table = ledger.present(machine.site, leader)
    assert screen == table > 0


def test_without_the_queue_people_punch_on_and_what_was_queued_is_done_afterwards(
    machine, crowd, leader, report
):
    machine.stop("worker")
    machine.bench("execute", "spbe_attendance.kehadiran.rekapitulasi.affected.enqueue")
    queued = waiting(machine)
    with crowd.punching(6):
        until(lambda: crowd.acknowledged() >= 20, 60, "punches do not get through")
        gone = time.monotonic()
        with service_away("redis_queue", machine.allotted, AWAY):
            until(lambda: crowd.receipts_since(gone), 30, "no punch without the queue")
        time.sleep(3)
    report("Redis queue, from its end", crowd, gone)
    assert waiting(machine) >= queued > 0
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    assert crowd.unkind() == []
    screen, table = ledger.present(machine.site, leader)
    assert screen == table > 0
    machine.start("worker")
    until(lambda: waiting(machine) == 0, 120, "jobs of before are not taken")


def waiting(machine) -> int:
    queue = client(machine, "redis_queue")
    return sum(queue.llen(key) for key in queue.scan_iter("rq:queue:*"))
