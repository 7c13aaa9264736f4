"""The templates of config/production, rendered for this machine and high ports, and their programs started as their units say."""

from __future__ import annotations

import getpass
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.dev.paths import ENV, ROOT, SITES
from spbe_attendance.produksi import place, render, sizing

from . import bench

DOMAIN = "localhost"


@dataclass(frozen=True)
class Rendered:
    """``folder``: the files. ``certificate``: self-signed, for DOMAIN."""

    folder: Path
    written: list[Path]
    place: place.Place
    wishes: render.Wishes
    machine: sizing.Machine

    @property
    def certificate(self) -> Path:
        return self.wishes.certificate

    @property
    def https(self) -> int:
        return self.wishes.https_port

    def unit(self, name: str) -> str:
        return (self.folder / "systemd" / f"spbe-absensi-{name}.service").read_text()

    def started_by(self, name: str) -> list[str]:
        (line,) = [one for one in self.unit(name).splitlines() if one.startswith("ExecStart=")]
        return shlex.split(line.removeprefix("ExecStart="))


def rendered(
    folder: Path,
    site: str,
    machine: sizing.Machine | None = None,
    balancers: tuple[str, ...] = (),
    **config: object,
) -> Rendered:
    """Ports of Redis are those of the running bench, unless ``config`` says others."""
    for name in ("run", "logs", "data/mysql", "out"):
        (folder / name).mkdir(parents=True)
    certificate, key = self_signed(folder)
    ports = {"webserver_port": bench.free_port(), "socketio_port": bench.free_port()}
    where = place.this_bench(
        SITES, bench.common() | ports | config, site, getpass.getuser(), shutil.which("node") or "node"
    )
    wishes = render.Wishes(
        domain=DOMAIN,
        certificate=certificate,
        key=key,
        https_port=bench.free_port(),
        http_port=bench.free_port(),
        balancers=balancers,
        run=folder / "run",
        logs=folder / "logs",
        nginx_user=getpass.getuser(),
        data=folder / "data",
        etc=folder / "out" / "spbe-absensi",
    )
    machine = machine or place.this_machine("semua", 2, 4096)
    written = render.render(folder / "out", machine, where, wishes)
    return Rendered(folder / "out", written, where, wishes, machine)


def self_signed(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"),
            *("-subj", f"/CN={DOMAIN}", "-addext", f"subjectAltName=DNS:{DOMAIN},IP:127.0.0.1"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


@contextmanager
def proxy(parts: Rendered) -> Iterator[None]:
    command = ["nginx", "-e", "stderr", "-g", "daemon off;", "-c", str(parts.folder / "nginx" / "nginx.conf")]
    with bench.running(command, parts.wishes.logs / "nginx.out"):
        bench.wait(lambda: bench.answers(parts.https), "nginx")
        yield


@contextmanager
def served(parts: Rendered, *units: str) -> Iterator[None]:
    """nginx, and these units as systemd would start them."""
    path = {"PATH": f"{ENV / 'bin'}:/usr/sbin:/usr/bin:/bin", "PYTHONUNBUFFERED": "1"}
    with ExitStack() as held:
        for name in units:
            held.enter_context(
                bench.running(parts.started_by(name), parts.wishes.logs / f"{name}.out", env=path)
            )
        if "web" in units:
            bench.wait(lambda: bench.answers(parts.place.gunicorn_port), "gunicorn")
        held.enter_context(proxy(parts))
        yield


def root_file(name: str) -> str:
    return (ROOT / name).read_text()
