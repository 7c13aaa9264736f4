"""Loopback ports: the web port is the user's choice, the others are found once and kept."""

from __future__ import annotations

import json
import socket
import zlib

from .console import DevError
from .paths import ROOT, STATE

NAMES = ("gunicorn", "punches", "socketio", "mariadb", "redis_cache", "redis_queue")
FILE = STATE / "ports.json"
# Each clone begins elsewhere: two that start together would find the same ports free, long before they are bound.
FIRST = 21300 + zlib.crc32(str(ROOT).encode()) % 6000


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def allot(running: bool) -> dict[str, int]:
    """Ports by name. Kept ones are used again; a kept one that another program took is replaced unless ``running``."""
    kept = json.loads(FILE.read_text()) if FILE.is_file() else {}
    if running and set(kept) >= set(NAMES):
        return kept
    ports: dict[str, int] = {}
    candidate = FIRST
    for name in NAMES:
        port = kept.get(name, 0)
        while not port or port in ports.values() or not is_free(port):
            candidate += 1
            # A name that is new in an old file must not take what others have kept.
            port = 0 if candidate in kept.values() else candidate
        ports[name] = port
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(ports))
    return ports


def require_free(port: int) -> None:
    if not 1024 <= port <= 65535:
        raise DevError("--port takes a number from 1024 to 65535.", 2)
    if not is_free(port):
        raise DevError(
            f"Port {port} is taken by another program: stop that one, or use ./dev start --port {port + 1}."
        )
