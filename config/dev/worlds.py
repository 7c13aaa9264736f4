"""Sites with demo data for tests: one is made and filled, the others are copies of it."""

from __future__ import annotations

import json
import secrets
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import services, site
from .console import step
from .paths import SITES, STATE
from .shell import run

PEOPLE, DAYS, SEED = 60, 10, 1
# Until a stack says where it is really served; tests are told by SPBE_URL.
NOWHERE = "http://127.0.0.1"


@dataclass(frozen=True)
class World:
    """A site with demo data, and the file of the log-ins to it."""

    site: str
    logins: Path


def random_name() -> str:
    return f"uji-{uuid.uuid4().hex[:8]}.localhost"


@contextmanager
def filled(name: str) -> Iterator[World]:
    """Demo data on an empty site."""
    world = World(name, STATE / f"logins-{name}.json")
    site.demo(name, NOWHERE, PEOPLE, DAYS, SEED, logins=world.logins)
    try:
        yield world
    finally:
        world.logins.unlink(missing_ok=True)


@contextmanager
def worlds(name: str, count: int) -> Iterator[Sequence[World]]:
    """That site with demo data, and copies of it: ``count`` in all."""
    with ExitStack() as held:
        first = held.enter_context(filled(name))
        yield [first, *(held.enter_context(copied_world(first)) for _number in range(count - 1))]


@contextmanager
def copied_world(source: World) -> Iterator[World]:
    with copied_site(source.site) as name:
        world = World(name, STATE / f"logins-{name}.json")
        values = json.loads(source.logins.read_text()) | {"host": name}
        world.logins.touch(mode=0o600)
        world.logins.write_text(json.dumps(values))
        try:
            yield world
        finally:
            world.logins.unlink(missing_ok=True)


@contextmanager
def copied_site(source: str) -> Iterator[str]:
    """Another site with the same content, keys and passwords, removed afterwards. Nobody may be writing to ``source``."""
    name = random_name()
    try:
        with step(f"Copy of {source}"):
            copy(source, name)
        yield name
    finally:
        site.drop(name)


def copy(source: str, target: str) -> None:
    config = json.loads((SITES / source / "site_config.json").read_text())
    config |= {"db_name": f"uji_{secrets.token_hex(6)}", "db_password": secrets.token_urlsafe(12)}
    # Of Frappe 16; in 15 the user has the name of the database.
    if "db_user" in config:
        config["db_user"] = config["db_name"]
    shutil.copytree(SITES / source, SITES / target, ignore=shutil.ignore_patterns("logs", "locks"))
    for folder in ("logs", "locks"):
        (SITES / target / folder).mkdir()
    site.replace(SITES / target / "site_config.json", json.dumps(config, indent=1))
    kept = STATE / f"copy-{target}.sql"
    try:
        site.dump(source, kept, passwords=True)
        _database(config, kept)
    finally:
        kept.unlink(missing_ok=True)


def _database(config: dict[str, str], tables: Path) -> None:
    """The names and the password are made here: letters, digits, - and _ only."""
    name, password = config["db_name"], config["db_password"]
    common = json.loads((SITES / "common_site_config.json").read_text())
    statements = (
        f"CREATE DATABASE `{name}`",
        f"CREATE USER '{name}'@'%' IDENTIFIED BY '{password}'",
        f"GRANT ALL PRIVILEGES ON `{name}`.* TO '{name}'@'%'",
        f"USE `{name}`",
        f"SOURCE {tables}",
    )
    command = ["mariadb", "--no-defaults", "--host=127.0.0.1", f"--port={common['db_port']}", "--user=root"]
    run(
        command,
        log="copy-site",
        what="Copying a site",
        env={"MYSQL_PWD": services.root_password()},
        stdin=";\n".join(statements),
    )
