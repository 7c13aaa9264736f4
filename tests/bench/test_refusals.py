"""What cannot work is said in one sentence, at once, with the exit status for it, and never as a traceback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.dev.ospackages import RUN

from .conftest import free_port, wait_until_none


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, clone: Callable[[Path], Path]) -> Path:
    return clone(tmp_path_factory.mktemp("refusals") / "absensi")


def dev(folder: Path, *arguments: str, **options: object) -> tuple[int, str]:
    """Exit status and what was said on standard error."""
    options.setdefault("env", os.environ)
    done = subprocess.run(
        [folder / "dev", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        **options,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done.returncode, done.stderr.strip()


def frappe_of(folder: Path, version: str) -> Path:
    (folder / "frappe").mkdir(parents=True)
    (folder / "frappe" / "__init__.py").write_text(f'__version__ = "{version}"\n')
    return folder


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (None, "is no Frappe checkout: frappe/__init__.py is missing there."),
        ("14.9.1", "is not Frappe 15 or 16; this app runs on those."),
        ("15.0.0-dev", "has no package.json and esbuild/: give a git checkout, not an installed package."),
    ],
)
def test_a_folder_that_is_no_checkout(fresh: Path, tmp_path: Path, version: str | None, said: str):
    folder = frappe_of(tmp_path / "frappe", version) if version else tmp_path / "nothing"
    assert dev(fresh, "start", "--frappe", str(folder)) == (2, f"{folder} {said}")


def test_a_taken_port(fresh: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, said = dev(fresh, "start", "--port", str(port))
    assert code == 1
    assert said.startswith(f"Port {port} is taken by another program:")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("port", ["80", "70000"])
def test_a_port_out_of_range(fresh: Path, port: str):
    assert dev(fresh, "start", "--port", port) == (2, "--port takes a number from 1024 to 65535.")


@pytest.mark.parametrize("name", ["../lain", "Absensi.localhost", "assets", "a b.localhost", "-x.localhost"])
def test_a_site_name_that_is_no_host(fresh: Path, name: str):
    code, said = dev(fresh, "start", "--port", str(free_port()), f"--site={name}")
    assert (code, said.split(" of ")[0]) == (2, "--site takes a host name")


def test_a_registry_that_does_not_answer(fresh: Path, tmp_path: Path):
    """Port 9 of this machine, and a cache in which nothing is yet."""
    closed = "http://127.0.0.1:9/simple"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    env |= {"XDG_CACHE_HOME": str(tmp_path), "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"}
    env |= {"PIP_INDEX_URL": closed, "UV_INDEX_URL": closed}
    code, said = dev(fresh, "start", "--port", str(free_port()), env=env)
    assert code == 1
    assert said.startswith(
        "Installing uv failed because the package registry did not answer or lacks a package:"
    )
    assert len(said.splitlines()) == 1


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system of 40 MB."""
    folder = tmp_path_factory.mktemp("disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("This machine does not let its tests mount a file system.")
    yield folder
    assert wait_until_none(folder, 20) == {}
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(small_disk: Path, clone: Callable[[Path], Path]):
    folder = clone(small_disk / "absensi")
    code, said = dev(folder, "start", "--port", str(free_port()))
    assert code == 1
    assert "isk is full" in said
    assert "free some space and run the same command again" in said
    assert len(said.splitlines()) == 1


@pytest.fixture
def nobody() -> dict:
    """How to run a program as the user without any rights."""
    if os.geteuid() != 0:
        pytest.skip("Only root can become another user.")
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture
def foreign(tmp_path_factory: pytest.TempPathFactory, clone: Callable[[Path], Path]) -> Path:
    """A clone below folders that everybody may enter."""
    base = tmp_path_factory.mktemp("foreign")
    for folder in (base, base.parent, base.parent.parent):
        if not folder.stat().st_mode & 0o1000:  # the shared temporary folder itself is open to all
            folder.chmod(folder.stat().st_mode | 0o055)
    return clone(base / "absensi")


def test_missing_packages_without_the_rights_are_named_with_the_command(
    foreign: Path, tmp_path: Path, nobody: dict
):
    """A path without the servers, and no sudo on it."""
    programs = foreign.parent / "bin"
    programs.mkdir()
    for name in ("bash", "env", "dirname", "readlink", "git", "node", "npm", "id", "apt-get"):
        (programs / name).symlink_to(shutil.which(name))
    python = programs / "python3.11"
    python.symlink_to("/usr/bin/python3")
    for file in foreign.rglob("*"):
        os.chown(file, nobody["user"], nobody["group"], follow_symlinks=False)
    os.chown(foreign, nobody["user"], nobody["group"])
    env = {"PATH": str(programs), "HOME": str(foreign)}
    there = {
        program for program in RUN if Path("/usr/sbin", program).exists() or (programs / program).exists()
    }
    missing = sorted({package for program, package in RUN.items() if program not in there})
    code, said = dev(foreign, "start", "--port", str(free_port()), env=env, **nobody)
    assert code == 2
    assert said.startswith(
        "These OS packages are missing and this user may not install them. Run:  sudo apt-get install"
    )
    assert missing
    assert all(package in said for package in missing)


def test_a_folder_that_may_not_be_written(foreign: Path, nobody: dict):
    env = {
        **os.environ,
        "HOME": str(foreign),
        "SPBE_PYTHON": "/usr/bin/python3",
        "PATH": "/usr/sbin:/usr/bin:/bin",
    }
    code, said = dev(foreign, "start", "--port", str(free_port()), env=env, **nobody)
    assert code == 1
    assert said.startswith(f"No permission to write {foreign}")
    assert len(said.splitlines()) == 1
