"""Backup and restore as docs/deploy.md tells them, and what makes two sites equal."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.dev import services, worlds
from config.dev import site as sites
from config.dev.chain import SCRIPT
from config.dev.paths import SITES

from . import bench

# What a site does for itself while others look: log-ins, logs, jobs, counters of the database.
RESTLESS = (
    "__global_search",
    "tabAccess Log",
    "tabActivity Log",
    "tabError Log",
    "tabScheduled Job Log",
    "tabScheduled Job Type",
    "tabSessions",
    "tabRoute History",
)


@dataclass(frozen=True)
class Backup:
    """The four files of one `bench backup --with-files`."""

    database: Path
    private: Path
    public: Path
    config: Path


def newest(folder: Path) -> Backup:
    database = max(folder.glob("*-database*.sql.gz"), key=lambda path: path.stat().st_mtime)
    stem = database.name.split("-database")[0]
    (config,) = folder.glob(f"{stem}-site_config_backup*.json")
    (private,) = folder.glob(f"{stem}-private-files*.t*")
    (public,) = [path for path in folder.glob(f"{stem}-files*.t*")]
    return Backup(database, private, public, config)


def make(site: str) -> Backup:
    bench.frappe("--site", site, "backup", "--with-files", "--compress")
    return newest(SITES / site / "private" / "backups")


@contextmanager
def fresh_site() -> Iterator[str]:
    """An empty site with Frappe alone; removed afterwards."""
    name = worlds.random_name()
    try:
        sites.make_bare(name, "sementara-saja-1")
        yield name
    finally:
        sites.drop(name)


def restore(kept: Backup, site: str, env: Mapping[str, str] | None = None) -> None:
    """Database, files, and the keys with which stored secrets are read. ``env``: in which version's code."""
    bench.frappe(
        *("--site", site, "restore", str(kept.database), "--force"),
        *("--with-private-files", str(kept.private), "--with-public-files", str(kept.public)),
        *("--db-root-username", "root", "--db-root-password", services.root_password()),
        env=env,
    )
    path = SITES / site / "site_config.json"
    own, saved = json.loads(path.read_text()), json.loads(kept.config.read_text())
    keys = {name: value for name, value in saved.items() if not name.startswith("db_")}
    path.write_text(json.dumps(own | keys, indent=1))


def tables(site: str) -> list[str]:
    found = bench.rows(
        site, "select table_name from information_schema.tables where table_schema = database()"
    )
    return sorted(name for (name,) in found if name not in RESTLESS)


def checksums(site: str) -> dict[str, int]:
    """Of every row of every table that holds still."""
    names = tables(site)
    found = bench.rows(site, f"checksum table {', '.join(f'`{name}`' for name in names)} extended")
    return {full.partition(".")[2]: number for full, number in found}


def counts(site: str, *doctypes: str) -> dict[str, int]:
    # Names that the tests themselves write.
    return {name: bench.rows(site, f"select count(*) from `tab{name}`")[0][0] for name in doctypes}  # noqa: S608


def files(site: str) -> dict[str, str]:
    """Path below private/files and public/files -> SHA-256."""
    found = {}
    for kind in ("private", "public"):
        folder = SITES / site / kind / "files"
        for path in folder.rglob("*"):
            if path.is_file():
                name = f"{kind}/{path.relative_to(folder)}"
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def exported(site: str, target: Path) -> Path:
    bench.frappe("--site", site, "spbe-export-chain", "--berkas", str(target))
    return target


def verdict(chain: Path) -> int:
    """Of the auditor's script, apart from Frappe: 0 whole, 1 changed."""
    command = [sys.executable, "-S", "-E", "-B", str(SCRIPT), str(chain)]
    return subprocess.run(command, capture_output=True, timeout=300).returncode
