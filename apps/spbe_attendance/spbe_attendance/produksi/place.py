"""Where this bench is: what the templates need of it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from spbe_attendance.produksi.errors import ProduksiTidakSah
from spbe_attendance.produksi.sizing import Machine

PUBLIC = Path(__file__).resolve().parents[1] / "public"
DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
NETWORK = re.compile(r"[0-9a-fA-F.:]+(/[0-9]{1,3})?")
# What would end a directive of nginx, systemd, a shell script or an INI file.
PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/@+-]*")


@dataclass(frozen=True)
class Place:
    """The bench and how its parts find each other; ports as in its common_site_config.json. ``public``: the app's own files."""

    bench: Path
    site: str
    user: str
    gunicorn_port: int
    punch_port: int
    socketio_port: int
    cache_port: int
    queue_port: int
    realtime: Path
    public: Path
    node: str


def this_machine(role: str, cores: int | None, ram_mb: int | None) -> Machine:
    """What is not said is looked up. Raises ProduksiTidakSah."""
    return Machine(cores or os.cpu_count() or 1, ram_mb or psutil.virtual_memory().total // 2**20, role)


def this_bench(sites: Path, config: dict[str, object], site: str, user: str, node: str) -> Place:
    """``config``: the site's. Raises ProduksiTidakSah."""
    bench = plain(sites.resolve().parent)
    gunicorn = int(str(config.get("webserver_port") or 8000))
    return Place(
        bench=bench,
        site=domain(site),
        user=user,
        gunicorn_port=gunicorn,
        punch_port=int(str(config.get("punch_port") or gunicorn + 500)),
        socketio_port=int(str(config.get("socketio_port") or 9000)),
        cache_port=port_of(config.get("redis_cache"), 13000),
        queue_port=port_of(config.get("redis_queue"), 11000),
        realtime=realtime_of(bench),
        public=plain(PUBLIC),
        node=node,
    )


def realtime_of(bench: Path) -> Path:
    """Frappe's own socket server; this repository's where the framework came without one."""
    own = bench / "apps" / "frappe" / "socketio.js"
    return own if own.is_file() else bench / "config" / "realtime" / "server.mjs"


def port_of(url: object, default: int) -> int:
    return urlsplit(str(url)).port or default if url else default


def domain(name: str) -> str:
    """Raises ProduksiTidakSah."""
    if not DOMAIN.fullmatch(name):
        raise ProduksiTidakSah(f"{name} bukan nama domain: pakai huruf kecil, angka, titik dan tanda hubung.")
    return name


def network(address: str) -> str:
    """Raises ProduksiTidakSah."""
    if not NETWORK.fullmatch(address):
        raise ProduksiTidakSah(f"{address} bukan alamat jaringan: tulis misalnya 10.0.0.0/24.")
    return address


def plain(path: Path) -> Path:
    """Raises ProduksiTidakSah."""
    if not PLAIN_PATH.fullmatch(str(path)):
        raise ProduksiTidakSah(f"Jalur {path} harus mutlak dan tanpa spasi atau tanda baca khusus.")
    return path
