"""Writes the files of config/production for a machine and a bench. Nothing is installed: an administrator reads them first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2

from spbe_attendance.produksi.errors import ProduksiTidakSah
from spbe_attendance.produksi.place import Place
from spbe_attendance.produksi.sizing import Machine, Sizes, sizes

ENDING = ".j2"
# The app's repository, cloned by bench beside frappe.
TEMPLATES = Path(__file__).resolve().parents[4] / "config" / "production"
# One for each background process.
WORKER = "systemd/_pekerja.service.j2"
EXECUTABLE = {".sh"}


@dataclass(frozen=True)
class Wishes:
    """What an administrator chooses. ``balancers``: networks whose X-Forwarded-For is believed. ``etc``: where the files of
    spbe-absensi/ will stand; ``data``: the parent of MariaDB's folder; ``run``, ``logs``: nginx' folders."""

    domain: str
    certificate: Path
    key: Path
    https_port: int = 443
    http_port: int = 80
    balancers: tuple[str, ...] = ()
    run: Path = Path("/run")
    logs: Path = Path("/var/log/nginx")
    mime_types: Path = Path("/etc/nginx/mime.types")
    nginx_user: str = "www-data"
    data: Path = Path("/var/lib")
    etc: Path = Path("/etc/spbe-absensi")


def render(target: Path, machine: Machine, place: Place, wishes: Wishes) -> list[Path]:
    """The files written, relative to ``target``. Raises ProduksiTidakSah."""
    if not TEMPLATES.is_dir():
        raise ProduksiTidakSah(f"Folder {TEMPLATES} tidak ada: aplikasi harus dipasang dari repositorinya.")
    found = sizes(machine)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 -- no HTML; values are checked by place.py
    )
    values = {"m": machine, "p": place, "s": found, "w": wishes}
    written = []
    for name in sources():
        is_template = name.endswith(ENDING)
        text = (
            environment.get_template(name).render(values) if is_template else (TEMPLATES / name).read_text()
        )
        written.append(write(target, name, text))
    for number, queues in enumerate(found.queues, 1):
        name = f"systemd/spbe-absensi-pekerja-{number}.service"
        text = environment.get_template(WORKER).render(**values, queues=queues, number=number)
        written.append(write(target, name, text))
    return sorted(written)


def sources() -> Iterator[str]:
    """Everything below the folder but parts, which have names with an underscore."""
    for path in sorted(TEMPLATES.rglob("*")):
        if path.is_file() and not path.name.startswith("_"):
            yield path.relative_to(TEMPLATES).as_posix()


def write(target: Path, name: str, text: str) -> Path:
    relative = Path(name.removesuffix(ENDING))
    path = target / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755 if path.suffix in EXECUTABLE else 0o644)
    return relative


def summary(machine: Machine, found: Sizes) -> str:
    """For the administrator, in Indonesian."""
    lines = [f"Mesin: {machine.cores} inti, {machine.ram_mb} MB, peran {machine.role}"]
    if found.web_workers:
        lines.append(
            f"Proses web: {found.web_workers}; pekerja latar: {len(found.queues)}; Redis cache: {found.cache_mb} MB"
        )
    if found.pool_mb:
        lines.append(f"MariaDB: buffer pool {found.pool_mb} MB, {found.connections} koneksi")
    return "\n".join(lines)
