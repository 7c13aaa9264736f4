"""The parts without which no punch is taken: database and both Redis, each asked by a connection of its own that does not wait long."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import redis

from spbe_attendance.pemantauan.kesehatan.measure import Measured

# Seconds: a monitor asks every few; a worker must not hang in a dead network.
PATIENCE = 2.0


def database() -> None:
    """Raises what the driver raises."""
    frappe.db.sql("select 1")


def redis_cache() -> None:
    ping(frappe.conf.redis_cache)


def redis_queue() -> None:
    ping(frappe.conf.redis_queue)


def ping(url: str) -> None:
    """Raises redis.RedisError. A Redis that asks for a password lives."""
    with redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as client:
        try:
            client.ping()
        except redis.AuthenticationError:
            return


PARTS: dict[str, Callable[[], None]] = {
    "database": database,
    "redis_cache": redis_cache,
    "redis_queue": redis_queue,
}


def answers(part: Callable[[], None]) -> bool:
    try:
        part()
    except Exception:
        # Whatever it is, this part does not do its work.
        return False
    return True


def all_answer() -> bool:
    return all(answers(part) for part in PARTS.values())


def measured() -> Iterator[Measured]:
    for name, part in PARTS.items():
        yield Measured("komponen_siap", float(answers(part)), {"komponen": name})
