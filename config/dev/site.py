"""The bench's configuration and its sites: made, brought up to date, filled with demo data."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from . import services
from .console import DevError, step
from .paths import APPS, CONFIG, FRAPPE, LOGINS, PYTHON, SITES, STATE, cache
from .shell import output, run
from .store import digest, files_below, stamp, stamped, tree

BARE_LAYOUT = "1"
APP_PACKAGE = APPS / "spbe_attendance" / "spbe_attendance"


def write_config(allotted: dict[str, int], port: int, site: str) -> None:
    """sites/common_site_config.json and apps.txt from the tracked template and this machine's ports."""
    values = json.loads((SITES / "common_site_config.template.json").read_text())
    values |= {
        "webserver_port": port,
        "http_port": port,
        "socketio_port": allotted["socketio"],
        "db_host": "127.0.0.1",
        "db_port": allotted["mariadb"],
        "redis_cache": f"redis://127.0.0.1:{allotted['redis_cache']}",
        "redis_queue": f"redis://127.0.0.1:{allotted['redis_queue']}",
        "redis_socketio": f"redis://127.0.0.1:{allotted['redis_queue']}",
        "default_site": site,
        "frappe_user": os.environ.get("USER") or "root",
    }
    replace(SITES / "common_site_config.json", json.dumps(values, indent=1, sort_keys=True) + "\n")
    replace(SITES / "apps.txt", "frappe\nspbe_attendance\n")
    for folder in (SITES / "assets", SITES.parent / "logs", CONFIG / "pids"):
        folder.mkdir(parents=True, exist_ok=True)


def replace(path: Path, text: str) -> None:
    """Write in one step: a killed run leaves the old file or the new one."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text)
    fresh.replace(path)


def frappe(arguments: Sequence[str], *, log: str, what: str, env: dict[str, str] | None = None) -> None:
    command = [PYTHON, "-m", "frappe.utils.bench_helper", "frappe", *arguments]
    run(command, cwd=SITES, log=log, what=what, env=env)


def check_name(site: str) -> None:
    """Raises DevError (2) for what cannot be a host and a folder of its own."""
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", site):
        raise DevError(
            "--site takes a host name of lower-case letters, digits, dots and dashes, like absensi.localhost.",
            2,
        )


def exists(site: str) -> bool:
    return stamped(SITES / site / ".complete", "1")


def make(site: str, admin_password: str | None = None) -> None:
    """A site with the app on it. One that an earlier, killed run left unfinished is thrown away and made anew."""
    if exists(site):
        return
    with step(f"Site {site}"):
        folder = SITES / site
        if folder.exists():
            drop(site)
        password = admin_password or secrets.token_urlsafe(12)
        make_bare(site, password)
        frappe(
            ["--site", site, "install-app", "spbe_attendance"], log="install-app", what="Installing the app"
        )
        frappe(
            ["--site", site, "spbe-prepare-site"],
            log="prepare-site",
            what="Preparing the site",
            env={"SPBE_ADMIN_PASSWORD": password},
        )
        replace(folder / ".admin", password)
        (folder / ".admin").chmod(0o600)
        stamp(folder / ".migrated", app_key())
        stamp(folder / ".complete", "1")


def make_bare(site: str, password: str) -> None:
    """A site with Frappe alone. Its tables are the same on every site of one Frappe: kept in the cache, without passwords."""
    new_site = ["new-site", site, "--force", "--admin-password", password, "--db-root-username", "root"]
    new_site += ["--db-root-password", services.root_password(), "--no-mariadb-socket"]
    key = bare_key()
    if not key:
        return frappe(new_site, log="new-site", what=f"Making the site {site}")
    kept = cache() / "bare-site" / key / "tables.sql"
    if kept.is_file():
        new_site += ["--source_sql", str(kept)]
    frappe(new_site, log="new-site", what=f"Making the site {site}")
    if not kept.is_file():
        tree("bare-site", key, lambda folder: dump(site, folder / "tables.sql"))


def bare_key() -> str:
    """Empty where Frappe is somebody's checkout, which may change under the same name."""
    if FRAPPE.is_symlink():
        return ""
    return digest([FRAPPE / ".provisioned", output(["mariadbd", "--version"]), BARE_LAYOUT])


def dump(site: str, target: Path, *, passwords: bool = False) -> None:
    own = json.loads((SITES / site / "site_config.json").read_text())
    common = json.loads((SITES / "common_site_config.json").read_text())
    name = own["db_name"]
    command = [
        "mariadb-dump",
        "--no-defaults",
        "--host=127.0.0.1",
        f"--port={common['db_port']}",
        "--user=root",
    ]
    command += ["--single-transaction", "--skip-comments", f"--result-file={target}"]
    command += [name] if passwords else [f"--ignore-table={name}.__Auth", name]
    secret = {"MYSQL_PWD": services.root_password()}
    run(command, log="bare-site", what="Keeping the tables of a site", env=secret)


def drop(site: str) -> None:
    """Remove a site with its database; also one of which only a part is there."""
    if (SITES / site / "site_config.json").is_file():
        arguments = ["drop-site", site, "--force", "--no-backup", "--db-root-username", "root"]
        arguments += [
            "--db-root-password",
            services.root_password(),
            "--archived-sites-path",
            str(STATE / "dropped"),
        ]
        frappe(arguments, log="drop-site", what=f"Removing the site {site}")
        shutil.rmtree(STATE / "dropped", ignore_errors=True)
    shutil.rmtree(SITES / site, ignore_errors=True)


def app_key() -> str:
    """Changes when anything changes that migrate carries to the database."""
    carried = [
        path
        for path in files_below(APP_PACKAGE)
        if path.suffix in (".json", ".txt") or "setup" in path.parts or path.name == "hooks.py"
    ]
    return digest([*carried, FRAPPE / ".provisioned"])


def migrate(site: str) -> None:
    mark = SITES / site / ".migrated"
    key = app_key()
    if stamped(mark, key):
        return
    with step(f"Migrating {site}"):
        frappe(["--site", site, "migrate"], log="migrate", what=f"Migrating {site}")
        stamp(mark, key)


def enable_scheduler(site: str) -> None:
    """Frappe leaves it off on a new site; days would never be closed and punches never sealed. Once: whoever switches it
    off afterwards meant it."""
    mark = SITES / site / ".scheduler"
    if not mark.is_file():
        frappe(
            ["--site", site, "enable-scheduler"], log="scheduler", what=f"Enabling the scheduler of {site}"
        )
        mark.touch()


def demo(
    site: str, url: str, pegawai: int, hari: int, seed: int, *, logins: Path = LOGINS, host: str = ""
) -> None:
    if not exists(site):
        raise DevError(f"There is no site {site} yet: run ./dev start first.", 2)
    command = [
        "--site",
        site,
        "spbe-demo",
        "--pegawai",
        str(pegawai),
        "--hari",
        str(hari),
        "--seed",
        str(seed),
    ]
    command += ["--logins", str(logins), "--url", url, "--host", host or site]
    with step(f"Demo data: {pegawai} pegawai, {hari} days"):
        frappe(
            command,
            log="demo",
            what="Loading demo data",
            env={"SPBE_ADMIN_PASSWORD": (SITES / site / ".admin").read_text().strip()},
        )


def point_logins_at(port: int) -> None:
    """The log-ins outlive a change of --port; their address must not."""
    if LOGINS.is_file():
        values = json.loads(LOGINS.read_text())
        values["url"] = f"http://127.0.0.1:{port}"
        fresh = LOGINS.with_name(".demo-logins.new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(values, indent=1))
        fresh.replace(LOGINS)
