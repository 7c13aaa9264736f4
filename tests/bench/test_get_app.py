"""``bench get-app`` of this repository on somebody else's bench: the real bench CLI, a real site, the PWA built."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.dev import environments, ports, services, site
from config.dev.ospackages import which
from config.dev.paths import ENV, SITES, cache

from .conftest import run
from .standin import make_checkout

# Ours are newer, where Frappe names one with a known hole or one that our own packages cannot use.
FRAPPE_PINS_IT = ("pillow==", "pymysql==", "python-dateutil==")
YARN = "yarn@1.22.22"
SITE = "lain.localhost"


@dataclass(frozen=True)
class Bench:
    folder: Path
    env: dict[str, str]

    def __call__(self, *arguments: str) -> str:
        return run(["bench", *arguments], cwd=self.folder, env=self.env)

    def python(self, code: str) -> str:
        return run([self.folder / "env" / "bin" / "python", "-c", code], cwd=self.folder / "sites").strip()

    @property
    def app(self) -> Path:
        return self.folder / "apps" / "spbe_attendance"


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Of its own: what one bench keeps there about its bundles is true for no other."""
    port = next(candidate for candidate in range(24101, 24999) if ports.is_free(candidate))
    folder = tmp_path_factory.mktemp("redis")
    command = [
        which("redis-server"),
        "--bind",
        "127.0.0.1",
        "--port",
        str(port),
        "--save",
        "",
        "--dir",
        str(folder),
    ]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not ports.answers(port):
        assert child.poll() is None and time.monotonic() < deadline, "Redis did not start"
        time.sleep(0.05)
    yield port
    child.terminate()
    child.wait(20)


def constraints(folder: Path) -> Path:
    """Our lock as another bench could have it: its versions, but for what Frappe's own package pins otherwise."""
    lines = environments.LOCK.read_text().splitlines()
    pins = [line.removesuffix(" \\") for line in lines if re.match(r"[a-z0-9]", line)]
    path = folder / "constraints.txt"
    path.write_text("\n".join(pin for pin in pins if not pin.startswith(FRAPPE_PINS_IT)) + "\n")
    return path


@pytest.fixture(scope="module")
def bench(
    tmp_path_factory: pytest.TempPathFactory, redis: int, clone: Callable[[Path], Path]
) -> Iterator[Bench]:
    """Another person's bench with Frappe alone, after ``bench get-app`` of what is committed here."""
    base = tmp_path_factory.mktemp("other")
    folder = base / "frappe-bench"
    for name in ("apps", "sites/assets", "logs", "config/pids"):
        (folder / name).mkdir(parents=True)
    make_checkout(folder / "apps" / "frappe")
    program = environments.install_bench_cli()
    run(["npm", "install", "--prefix", base / "yarn", "--no-audit", "--no-fund", YARN], cwd=base)
    path = [
        program.parent,
        base / "yarn" / "node_modules" / ".bin",
        ENV / "bin",
        "/usr/local/bin",
        "/usr/bin",
        "/bin",
    ]
    # A home of its own: bench keeps a cache and its settings there.
    env = {"PATH": ":".join(map(str, path)), "HOME": str(base / "home"), "VIRTUAL_ENV": ""}
    (base / "home").mkdir()
    with services.session() as allotted:
        config = {
            "db_host": "127.0.0.1",
            "db_port": allotted["mariadb"],
            "frappe_user": "root",
            **{
                name: f"redis://127.0.0.1:{redis}"
                for name in ("redis_cache", "redis_queue", "redis_socketio")
            },
        }
        (folder / "sites" / "common_site_config.json").write_text(json.dumps(config))
        (folder / "sites" / "apps.txt").write_text("frappe\n")
        run(
            ["uv", "venv", "-q", "--seed", "--python", ENV / "bin" / "python", folder / "env"],
            cwd=folder,
            env=env,
        )
        packages = ["setuptools<81", "-c", constraints(base), "-e", folder / "apps" / "frappe"]
        python = folder / "env" / "bin" / "python"
        run(["uv", "pip", "install", "-q", "--python", python, *packages], cwd=folder, env=env)
        made = Bench(folder, env)
        assert made.python("import importlib.util as u; print(u.find_spec('shapely'))") == "None"
        origin = clone(base / "absensi-kabupaten")
        made("get-app", f"file://{origin}")
        yield made
        if (folder / "sites" / SITE).is_dir():
            root = ["--db-root-username", "root", "--db-root-password", services.root_password()]
            made(
                "drop-site",
                SITE,
                "--force",
                "--no-backup",
                *root,
                "--archived-sites-path",
                str(base / "dropped"),
            )


def test_it_is_cloned_under_its_own_name_and_listed(bench: Bench):
    assert (bench.app / "pyproject.toml").is_file()
    assert (bench.folder / "sites" / "apps.txt").read_text().split() == ["frappe", "spbe_attendance"]
    assert {path.name for path in (bench.folder / "apps").iterdir()} == {"frappe", "spbe_attendance"}


def test_it_is_installed_editable_with_what_it_depends_on(bench: Bench):
    imported = bench.python(
        "import shapely, geojson, geographiclib, spbe_attendance; print(spbe_attendance.__file__)"
    )
    assert Path(imported).resolve().is_relative_to(bench.app)


def test_the_pwa_was_built_by_bench_build_and_is_served_from_assets(bench: Bench):
    served = bench.folder / "sites" / "assets" / "spbe_attendance" / "frontend"
    names = {path.name for path in served.iterdir()}
    assert {"sw.js", "manifest.webmanifest"} <= names
    assert list((served / "assets").glob("*.js"))


def test_the_bundles_for_desk_are_in_the_table(bench: Bench):
    assets = bench.folder / "sites" / "assets"
    table = json.loads((assets / "assets.json").read_text())
    own = [address for address in table.values() if address.startswith("/assets/spbe_attendance/")]
    assert own
    assert all((assets / address.removeprefix("/assets/")).is_file() for address in own)


def test_it_installs_on_a_new_site_and_answers_there(bench: Bench):
    new_site = ["new-site", SITE, "--admin-password", secrets.token_urlsafe(9), "--no-mariadb-socket"]
    new_site += ["--db-root-username", "root", "--db-root-password", services.root_password()]
    kept = cache() / "bare-site" / site.bare_key() / "tables.sql"
    bench(*new_site, *(["--source_sql", str(kept)] if kept.is_file() else []))
    bench("--site", SITE, "install-app", "spbe_attendance")
    assert "spbe_attendance" in bench("--site", SITE, "list-apps")
    module = bench(
        "--site", SITE, "execute", "frappe.db.get_value", "--args", '["DocType", "Absensi", "module"]'
    )
    assert "Kehadiran" in module
    workflow = bench(
        *("--site", SITE, "execute", "frappe.db.exists"), "--args", '["Workflow", "Persetujuan Absensi"]'
    )
    assert "Persetujuan Absensi" in workflow
    assert not (SITES / SITE).exists()
