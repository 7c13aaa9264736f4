"""The OS packages: named first, installed with root or sudo, otherwise said exactly."""

from __future__ import annotations

import os
import re
import shutil

from .console import DevError, say, step
from .leftovers import UNMARKED
from .shell import output, run

# What must be there -> the Debian or Ubuntu package that brings it.
RUN = {
    "mariadbd": "mariadb-server",
    "mariadb": "mariadb-client",
    "redis-server": "redis-server",
    "nginx": "nginx-light",
    "node": "nodejs",
    "npm": "npm",
    "git": "git",
}
TEST = {"chromium": "chromium"}
LIBRARIES = {"libpango-1.0.so.0": "libpango-1.0-0", "libpangoft2-1.0.so.0": "libpangoft2-1.0-0"}


def ensure(programs: dict[str, str], *, libraries: bool = False) -> None:
    """Install what is missing. Raises DevError (2) when this user may not install packages."""
    missing = [package for program, package in programs.items() if not found(program)]
    if libraries:
        known = output(["/sbin/ldconfig", "-p"])
        missing += [package for library, package in LIBRARIES.items() if library not in known]
    if missing:
        install(sorted(set(missing)))
    check_node()


def found(program: str) -> bool:
    return bool(which(program))


def which(program: str) -> str | None:
    """Servers live in sbin, which is not on every user's path."""
    return shutil.which(
        program, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    )


def install(packages: list[str]) -> None:
    say(f"  OS packages to install: {' '.join(packages)}")
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    prefix: list[str] = []
    if os.geteuid() != 0:
        if not (shutil.which("sudo") and output(["sudo", "-n", "id", "-u"]) == "0"):
            raise DevError(
                f"These OS packages are missing and this user may not install them. Run:  sudo {command}", 2
            )
        prefix = ["sudo", "-n"]
    if not shutil.which("apt-get"):
        raise DevError(f"This system has no apt-get. Install the equivalents of: {' '.join(packages)}", 2)
    with step(f"Installing {len(packages)} OS packages"):
        # An earlier run that was killed may have left packages half configured, or may still be at it.
        run(
            [*prefix, "dpkg", "--configure", "-a"],
            log="dpkg",
            what="Completing earlier packages",
            env=UNMARKED,
        )
        run([*prefix, "apt-get", "update"], log="apt-update", what="Reading the package lists", env=UNMARKED)
        # policy-rc.d semantics: a private MariaDB and Redis are started by this tool, not the system's.
        run(
            [
                *(*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"),
                *(*command.split(), "-o", "DPkg::Lock::Timeout=300"),
            ],
            log="apt-install",
            what="Installing OS packages",
            env=UNMARKED,
            timeout=1800,
        )


def check_node() -> None:
    found_version = re.match(r"v(\d+)", output(["node", "--version"]) or "")
    if not found_version or int(found_version.group(1)) < 18:
        raise DevError(
            "Node.js 18 or newer is needed and this system's package is older: install a newer nodejs.", 2
        )
