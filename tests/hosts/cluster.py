"""The whole of it: two web hosts, the database host with its replica, the Redis host and the balancer, with two sites on it.

The web hosts share the files of the sites by a folder, in reality NFS or the like, here a bind mount; site_config.json is copied to each.
Everything else of ``sites/``, logs and locks too, is each host's own, under the same path as on the other.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

import redis
import requests

from tests.client import Client
from tests.conftest import Stack
from tests.hosts.databases import PORT, Databases, dump, root_password
from tests.hosts.network import Host, Network, shell, until

ROOT = Path(__file__).resolve().parents[2]
SITES, CONFIG, PYTHON = ROOT / "sites", ROOT / "config", ROOT / "env" / "bin" / "python"
GUNICORN, PUNCHES, SOCKETIO, CACHE, QUEUE = 8000, 8500, 9000, 13000, 11000
FRAPPE = (PYTHON, "-m", "frappe.utils.bench_helper", "frappe")
PARTS: dict[str, tuple[str | Path, ...]] = {
    "web": (
        PYTHON.parent / "gunicorn",
        "--config",
        CONFIG / "gunicorn.py",
        "spbe_attendance.wsgi:application",
    ),
    "realtime": ("node", CONFIG / "realtime" / "server.mjs"),
    "worker": (*FRAPPE, "spbe-pekerja", "--queue", "long,default,short"),
    "schedule": (*FRAPPE, "schedule"),
    "kabar": (*FRAPPE, "spbe-kabar"),
    "proxy": (),
}
# A Redis host that is cut off refuses nothing: without these each request would wait for it for minutes.
PATIENCE = "?socket_connect_timeout=1&socket_timeout=3"


@dataclass(frozen=True)
class Site:
    """A site on the cluster. ``shared``: the folder of its files."""

    name: str
    database: str
    shared: Path
    users: list[dict[str, Any]]


class Cluster:
    def __init__(self, network: Network, folder: Path, source: str, users: list[dict[str, Any]]) -> None:
        self.network, self.folder = network, folder
        self.secret = secrets.token_urlsafe(18)
        self.databases = Databases(network, folder)
        self.redis = network.add("redis", 30)
        self.web1, self.web2 = network.add("web1", 11), network.add("web2", 12)
        self.webs = (self.web1, self.web2)
        self._start_redis()
        self.sites = [self._site(source, f"{name}.localhost", users) for name in ("karimun", "natuna")]
        self.site = self.sites[0]
        self.databases.caught_up()
        for host in self.webs:
            self._prepare(host)
            self._start_web(host)
        self._start_balancer()

    # The parts

    def _start_redis(self) -> None:
        for name, port, more in (
            ("cache", CACHE, ("--save", "", "--maxmemory", "128mb", "--maxmemory-policy", "allkeys-lru")),
            ("queue", QUEUE, ("--appendonly", "yes")),
        ):
            data = self.folder / name
            data.mkdir(exist_ok=True)
            bound = ("--bind", self.redis.address, "--port", str(port), "--requirepass", self.secret)
            self.redis.start(name, "redis-server", *bound, "--dir", data, *more)
            until(lambda port=port: self.pings(port), f"Redis {name}")

    def redis_url(self, port: int) -> str:
        return f"redis://:{self.secret}@{self.redis.address}:{port}/0"

    def store(self, port: int) -> redis.Redis:
        return redis.Redis(
            self.redis.address, port, password=self.secret, socket_timeout=3, socket_connect_timeout=1
        )

    def pings(self, port: int) -> bool:
        try:
            return bool(self.store(port).ping())
        except redis.exceptions.RedisError:
            return False

    def _site(self, source: str, name: str, users: list[dict[str, Any]]) -> Site:
        """A copy of that site of the bench: same people, own database, own keys, own files."""
        common = json.loads((SITES / "common_site_config.json").read_text())
        config = json.loads((SITES / source / "site_config.json").read_text())
        tables = self.folder / "tables.sql"
        if not tables.is_file():
            dump(common, config["db_name"], tables, root_password(ROOT))
        config |= {"db_name": f"uji_{secrets.token_hex(6)}", "db_password": secrets.token_urlsafe(12)}
        self.databases.load(config["db_name"], config["db_password"], tables)
        shared = self.folder / "shared" / name
        for kind in ("private", "public"):
            shutil.copytree(SITES / source / kind, shared / kind)
        (shared / "site_config.json").write_text(json.dumps(config, indent=1))
        return Site(name, config["db_name"], shared, users)

    def _common(self) -> dict[str, Any]:
        return {
            **json.loads((SITES / "common_site_config.template.json").read_text()),
            "webserver_port": GUNICORN,
            "socketio_port": SOCKETIO,
            "db_host": self.databases.primary.address,
            "db_port": PORT,
            "read_from_replica": 1,
            "replica_host": self.databases.replica.address,
            "replica_db_port": PORT,
            "redis_cache": self.redis_url(CACHE) + PATIENCE,
            "redis_queue": self.redis_url(QUEUE) + PATIENCE,
            "redis_socketio": self.redis_url(QUEUE) + PATIENCE,
            "default_site": self.site.name,
            "frappe_user": "root",
            "scheduler_tick_interval": 5,
        }

    def _prepare(self, host: Host) -> None:
        own = self.folder / host.name / "sites"
        (own / "assets").mkdir(parents=True)
        (own.parent / "logs").mkdir()
        (own / "common_site_config.json").write_text(json.dumps(self._common(), indent=1))
        (own / "apps.txt").write_text("frappe\nspbe_attendance\n")
        mounts = [f"mount --rbind {SITES}/assets {own}/assets"]
        for site in self.sites:
            for folder in ("private", "public", "locks", "logs"):
                (own / site.name / folder).mkdir(parents=True)
            shutil.copy(site.shared / "site_config.json", own / site.name)
            mounts += [
                f"mount --bind {site.shared}/{kind} {own}/{site.name}/{kind}"
                for kind in ("private", "public")
            ]
        mounts += [f"mount --rbind {own} {SITES}", f"mount --bind {own.parent}/logs {ROOT}/logs"]
        host.run(*shell("\n".join(mounts)))

    def _start_web(self, host: Host) -> None:
        for part in PARTS:
            self.start(host, part)
        until(lambda: self.alive(f"http://{host.address}"), f"{host.name}: web", 120)

    def start(self, host: Host, part: str) -> None:
        """One of PARTS, in the folder of the sites as the Procfile does it."""
        env = {
            "PYTHONUNBUFFERED": "1",
            "SPBE_GUNICORN_PORT": str(GUNICORN),
            "SPBE_PUNCH_PORT": str(PUNCHES),
            "SPBE_WEB_WORKERS": "2",
            "FRAPPE_SOCKETIO_PORT": str(SOCKETIO),
            "SPBE_WEB_URL": f"http://127.0.0.1:{GUNICORN}",
        }
        if part in ("worker", "schedule", "kabar"):
            # RQ waits for work longer than a request may wait for an answer.
            env["FRAPPE_REDIS_QUEUE"] = self.redis_url(QUEUE)
        proxy = ("nginx", "-e", "stderr", "-c", self._proxy(host), "-p", self.folder / host.name)
        words = proxy if part == "proxy" else PARTS[part]
        host.start(part, "sh", "-ec", f'cd {SITES}; exec "$@"', "sh", *words, env=env)

    def _proxy(self, host: Host) -> Path:
        """The bench's own proxy of one host, on its address on the net, for both sites by their names."""
        run = self.folder / host.name / "nginx"
        run.mkdir(exist_ok=True)
        values = {
            "run": run,
            "sites": SITES,
            "app_public": ROOT / "apps" / "spbe_attendance" / "spbe_attendance" / "public",
            "site": "$host",
            "port": 80,
            "mime_types": "/etc/nginx/mime.types",
        }
        values |= {
            "gunicorn_port": GUNICORN,
            "punch_port": PUNCHES,
            "socketio_port": SOCKETIO,
            "user_line": "user root;",
        }
        values |= {"app_public": ROOT / "spbe_attendance" / "public", "most_waiting": 100}
        text = Template((CONFIG / "nginx.conf.template").read_text()).substitute(values)
        (run / "nginx.conf").write_text(
            text.replace("listen 127.0.0.1:80", f"listen {host.address}:80").replace(
                "access_log off", f"access_log {run}/access.log"
            )
        )
        return run / "nginx.conf"

    def _start_balancer(self) -> None:
        run = self.folder / "balancer"
        run.mkdir()
        values = {
            "run": run,
            "address": self.network.gateway.address,
            "web1": self.web1.address,
            "web2": self.web2.address,
        }
        text = Template(Path(__file__).with_name("balancer.conf.template").read_text()).substitute(values)
        (run / "nginx.conf").write_text(text)
        self.network.gateway.start("balancer", "nginx", "-e", "stderr", "-c", run / "nginx.conf", "-p", run)
        until(lambda: self.alive(self.url), "balancer")

    # What tests ask of it

    @property
    def url(self) -> str:
        return f"http://{self.network.gateway.address}"

    def alive(self, url: str) -> bool:
        try:
            return (
                requests.get(
                    f"{url}/api/method/ping", headers={"Host": self.site.name}, timeout=5
                ).status_code
                == 200
            )
        except requests.RequestException:
            return False

    def stack(self, host: Host | None = None, site: Site | None = None) -> Stack:
        """Through the balancer, or straight to one web host."""
        site = site or self.site
        return Stack(f"http://{host.address}" if host else self.url, site.name, site.users, site.name)

    def seen_from(self, client: Client, host: Host | None = None) -> Client:
        """The same log-in, with its requests sent to another host."""
        other = Client(replace(client.stack, url=self.stack(host).url), None)
        other.http.headers.update(client.http.headers)
        other.http.headers["Cookie"] = "; ".join(
            f"{name}={value}" for name, value in client.http.cookies.items()
        )
        other.user = client.user
        return other

    def sql(
        self, statement: str, *values: Any, host: Host | None = None, site: Site | None = None
    ) -> list[dict[str, Any]]:
        database = (site or self.site).database
        return self.databases.at(host or self.databases.primary, statement, *values, database=database)

    @staticmethod
    def today() -> date:
        """At the sites."""
        return datetime.now(ZoneInfo("Asia/Jakarta")).date()

    def requests(self, host: Host) -> int:
        """That the proxy of a web host has passed on so far."""
        return (self.folder / host.name / "nginx" / "access.log").read_bytes().count(b"\n")

    def number(self, statement: str, *values: Any, site: Site | None = None) -> int:
        """The one figure that a statement asks the primary for."""
        return next(iter(self.sql(statement, *values, site=site)[0].values()))

    def python(self, host: Host, code: str, site: Site | None = None) -> str:
        """What a piece of Python prints on a web host, with Frappe connected to the site."""
        return host.run(*self.script(code, site))

    def script(self, code: str, site: Site | None = None) -> tuple[str | Path, ...]:
        name = (site or self.site).name
        begin = f"import os, frappe\nos.chdir({str(SITES)!r})\nfrappe.init(site={name!r}, sites_path='.')\nfrappe.connect()\n"
        return PYTHON, "-c", begin + code


@contextlib.contextmanager
def running(folder: Path, source: str, logins: Path) -> Iterator[Cluster]:
    users = json.loads(logins.read_text())["users"]
    log = folder / "log"
    log.mkdir()
    network = Network(log)
    try:
        yield Cluster(network, folder, source, users)
    finally:
        network.end()
        if kept := os.environ.get("SPBE_HOSTS_LOG"):
            shutil.copytree(log, kept, dirs_exist_ok=True)
