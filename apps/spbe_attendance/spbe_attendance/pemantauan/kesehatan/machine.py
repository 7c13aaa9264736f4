"""Disk, backups, certificate, clocks, connections: what runs out or runs apart without anybody noticing."""

from __future__ import annotations

import ctypes
import shutil
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from math import inf
from pathlib import Path
from typing import Any

import frappe
import redis
from cryptography import x509

from spbe_attendance.pemantauan.kesehatan.measure import Measured
from spbe_attendance.pemantauan.kesehatan.parts import PATIENCE

# Beside the backups; touched by the backup script once the copy has left the machine (config/production/backup.sh.j2).
ELSEWHERE = ".cadangan-luar"
BACKUPS = {
    "database": "*-database*.sql.gz",
    "berkas": "*-private-files*.t*",
    "luar": ELSEWHERE,
}
# site_config.json: "absensi.example.go.id:443", the address whose certificate is looked at.
TLS = "spbe_alamat_tls"
# adjtimex(2): what it answers while no time source steers the clock, and more than any kernel writes.
UNSYNCHRONISED, ROOM = 5, 512


def disk() -> Iterator[Measured]:
    for label, folder in (("berkas", frappe.get_site_path("private", "files")), ("log", "../logs")):
        if Path(folder).is_dir():
            usage = shutil.disk_usage(folder)
            yield Measured("disk_bebas_bytes", usage.free, {"folder": label})
            yield Measured("disk_total_bytes", usage.total, {"folder": label})


def backups() -> Iterator[Measured]:
    folder = Path(frappe.conf.backup_path or frappe.get_site_path("private", "backups"))
    for kind, pattern in BACKUPS.items():
        found = [path.stat() for path in folder.glob(pattern)]
        newest = max(found, key=lambda one: one.st_mtime, default=None)
        yield Measured(
            "cadangan_umur_detik", time.time() - newest.st_mtime if newest else inf, {"bagian": kind}
        )
        if newest and kind != "luar":
            yield Measured("cadangan_bytes", newest.st_size, {"bagian": kind})


def certificate() -> Iterator[Measured]:
    """Nothing where no address is set. Raises OSError, ValueError."""
    address = frappe.conf.get(TLS)
    if not address:
        return
    host, _colon, port = address.partition(":")
    # Not verified: one that has run out must be seen, too.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((host, int(port or 443)), PATIENCE) as line,
        context.wrap_socket(line, server_hostname=host) as secured,
    ):
        shown = x509.load_der_x509_certificate(secured.getpeercert(binary_form=True) or b"")
    rest = shown.not_valid_after - datetime.now(timezone.utc).replace(tzinfo=None)
    yield Measured("sertifikat_sisa_detik", rest.total_seconds(), {"alamat": address})


def clocks() -> Iterator[Measured]:
    yield Measured("jam_tersinkron", float(follows_a_source()))
    of_database = float(frappe.db.sql("select unix_timestamp(now(6))")[0][0])
    yield Measured("jam_selisih_detik", of_database - time.time(), {"mesin": "database"})
    for label, client in redis_clients():
        seconds, micros = client.time()
        yield Measured("jam_selisih_detik", seconds + micros / 1e6 - time.time(), {"mesin": label})


def follows_a_source() -> bool:
    """adjtimex(2), asked without changing anything: an empty structure has no mode set."""
    return ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(ROOM)) not in (-1, UNSYNCHRONISED)


def connections() -> Iterator[Measured]:
    used = frappe.db.sql("show global status like 'Threads_connected'")
    most = frappe.db.sql("show global variables like 'max_connections'")
    yield Measured("database_koneksi", float(used[0][1]))
    yield Measured("database_koneksi_maks", float(most[0][1]))


def memories() -> Iterator[Measured]:
    for label, client in redis_clients():
        told = client.info()
        yield Measured("redis_memori_bytes", told["used_memory"], {"redis": label})
        yield Measured("redis_memori_maks_bytes", told["maxmemory"], {"redis": label})
        yield Measured("redis_dibuang_total", told["evicted_keys"], {"redis": label})
        if told.get("aof_enabled"):
            yield Measured("redis_aof_baik", float(told["aof_last_write_status"] == "ok"), {"redis": label})


def redis_clients() -> Iterator[tuple[str, Any]]:
    for label, url in (("cache", frappe.conf.redis_cache), ("queue", frappe.conf.redis_queue)):
        with redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as client:
            yield label, client
