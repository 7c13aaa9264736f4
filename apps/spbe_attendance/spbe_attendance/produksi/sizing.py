"""How many processes and how much memory: from cores and memory of the machine, and from what was measured (docs/deploy.md has the table).

Nothing of Frappe here, so that a test can ask for machines it does not have.
"""

from __future__ import annotations

from dataclasses import dataclass

from spbe_attendance.produksi.errors import ProduksiTidakSah

ALL, WEB, DATABASE = "semua", "web", "database"
ROLES = (ALL, WEB, DATABASE)
# MB: a warm web process, a background process, what the operating system and nginx want. Measured, see docs/deploy.md.
WEB_MB, WORKER_MB, SYSTEM_MB = 130, 180, 700
# Requests that may wait for each web process; the same as on the development stack, where it was measured (tests/faults).
WAITING_PER_WORKER = 50
SMALLEST_MB, MOST_WORKERS = 1900, 64
# The share of the memory that is left for the database's pool; the rest is connections and the page cache.
SHARED_POOL, OWN_POOL = 0.55, 0.70


@dataclass(frozen=True)
class Machine:
    """``role``: what runs on it; on ``semua`` everything does."""

    cores: int
    ram_mb: int
    role: str = ALL

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ProduksiTidakSah(f"Peran mesin harus salah satu dari: {', '.join(ROLES)}.")
        if self.cores < 1 or self.ram_mb < SMALLEST_MB:
            raise ProduksiTidakSah(
                f"Mesin terlalu kecil: perlu 1 inti dan {SMALLEST_MB} MB memori atau lebih."
            )


@dataclass(frozen=True)
class Sizes:
    """Processes and MB. ``queues``: of each background process the queues it serves, in the order in which it looks.
    ``most_waiting``: requests in the web server at a time, those at work included."""

    web_workers: int
    queues: tuple[str, ...]
    most_waiting: int
    cache_mb: int
    pool_mb: int
    log_mb: int
    connections: int


def sizes(machine: Machine) -> Sizes:
    """Raises ProduksiTidakSah where not even the least fits."""
    queues = background(machine) if machine.role != DATABASE else ()
    cache = between(128, machine.ram_mb // 16, 2048)
    workers = web_workers(machine, len(queues), cache) if machine.role != DATABASE else 0
    taken = SYSTEM_MB + (
        0 if machine.role == DATABASE else workers * WEB_MB + len(queues) * WORKER_MB + cache
    )
    pool = pool_mb(machine, machine.ram_mb - taken)
    return Sizes(
        web_workers=workers,
        queues=queues,
        most_waiting=workers * WAITING_PER_WORKER,
        cache_mb=cache,
        pool_mb=pool,
        log_mb=between(96, pool // 4, 2048),
        # Each process holds one; web hosts of a separate database are not known here. The rest is for jobs, people and backups.
        connections=max(150, 3 * (workers + len(queues)) + 50) if machine.role == ALL else 500,
    )


def background(machine: Machine) -> tuple[str, ...]:
    """One that takes nothing long, so that a closing never keeps a reminder waiting; one for everything; more where cores and
    memory allow."""
    more = min(6, (machine.cores - 1) // 4, max(0, machine.ram_mb - 4096) // 2048)
    return ("short,default", "long,default,short", *["long,default,short"] * more)


def web_workers(machine: Machine, background_processes: int, cache_mb: int) -> int:
    """Sync workers: the punch keeps a core busy, so 2 × cores + 1 leave none idle while others wait for the database."""
    share = 0.5 if machine.role == ALL else 0.85
    room = (machine.ram_mb - SYSTEM_MB - cache_mb) * share - background_processes * WORKER_MB
    fitting = int(room // WEB_MB)
    if fitting < 2:
        raise ProduksiTidakSah(
            "Memori tidak cukup untuk dua proses web: tambah memori, atau pindahkan database."
        )
    return min(2 * machine.cores + 1, fitting, MOST_WORKERS)


def pool_mb(machine: Machine, left_mb: int) -> int:
    if machine.role == WEB:
        return 0
    share = OWN_POOL if machine.role == DATABASE else SHARED_POOL
    return max(128, int(left_mb * share) // 64 * 64)


def between(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))
