"""Genuine Frappe out of the registry's package, or an existing checkout.

The registry holds Frappe 15.0.0-dev whole, its names changed by search-and-replace. The change is undone and the result is
proven to be frappe/frappe at commit 0cced747669d9471aa3d60819148a8e828457930 by a digest over every source file.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from .console import DevError, step
from .paths import ENV, FRAPPE
from .store import digest, files_below, place, remove, stamp, stamped, tree

PACKAGE = "criscostack==1.0.0"
WHEEL_SHA256 = "dc58aaf29c59b7666edc953596e5b31f77d7286b2ed6b14c6a205b217c210349"
TREE_SHA256 = "0809fbc4c2bb2fddb3524eca53f507e57198725fe4c12943218218350605414a"
RENAMED = (
    (b"criscoerp", b"erpnext"),
    (b"Criscoerp", b"ERPNext"),
    (b"criscostack", b"frappe"),
    (b"CRISCOSTACK", b"FRAPPE"),
    (b"Crisco", b"Frappe"),
)
MOVED = {"frappe/utils/brik_helper.py": "frappe/utils/bench_helper.py"}
SOURCES = (".py", ".js", ".vue", ".ts", ".scss", ".css", ".html")
# One missing final newline: the only source file that differs from the commit.
NOT_PROVEN = "frappe/desk/page/backups/backups.html"
STAMP = FRAPPE / ".provisioned"
RECIPE = "1"
VERSION = re.compile(r"""^__version__\s*=\s*["'](\d+)\.(.*)["']""", re.M)


def provision(checkout: Path | None) -> bool:
    """Put Frappe at apps/frappe; true when it is a checkout with its own bundler and socket server."""
    if checkout is not None:
        use_checkout(checkout)
        return True
    if FRAPPE.is_symlink():
        remove(FRAPPE)
    key = f"{TREE_SHA256[:16]}-{RECIPE}"
    if not stamped(STAMP, key):
        with step("Frappe: fetching, undoing the rename, checking the digest"):
            source = tree("frappe", key, build)
            check(source)
            place(source, FRAPPE)
            stamp(STAMP, key)
    return False


def use_checkout(path: Path) -> None:
    """Copy the checkout: its bundler and socket server find the bench from where they lie, and nothing is written into it."""
    source = check_checkout(path)
    stats = [(path.relative_to(source).as_posix(), path.stat()) for path in files_below(source)]
    key = digest([str(source), *(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)])
    if stamped(STAMP, key):
        return
    with step(f"Frappe: copying the checkout {source}"):
        remove(STAMP)
        place(source, FRAPPE, ignore=shutil.ignore_patterns(".git", "node_modules", "__pycache__"))
        if (source / "node_modules").is_dir():
            (FRAPPE / "node_modules").symlink_to(source / "node_modules")
        stamp(STAMP, key)


def check_checkout(path: Path) -> Path:
    """The folder, absolute. Raises DevError (2) when it is no checkout of Frappe 15 or 16."""
    source = path.expanduser().resolve()
    if source == FRAPPE.resolve():
        raise DevError(f"{source} is this bench's own copy of Frappe: leave out --frappe to use it.", 2)
    version_file = source / "frappe" / "__init__.py"
    if not version_file.is_file():
        raise DevError(f"{source} is no Frappe checkout: frappe/__init__.py is missing there.", 2)
    version = VERSION.search(version_file.read_text())
    if not version or version.group(1) not in ("15", "16"):
        raise DevError(f"{source} is not Frappe 15 or 16; this app runs on those.", 2)
    if not (source / "package.json").is_file() or not (source / "esbuild").is_dir():
        raise DevError(
            f"{source} has no package.json and esbuild/: give a git checkout, not an installed package.", 2
        )
    return source


def build(folder: Path) -> None:
    wheel = download(folder)
    try:
        unpack(wheel, folder)
    except zipfile.BadZipFile as error:
        raise DevError("The downloaded Frappe package is damaged: run the same command again.") from error
    wheel.unlink()
    check(folder)
    write_packaging(folder)


def download(folder: Path) -> Path:
    command = [
        ENV / "bin" / "pip",
        "download",
        "-q",
        "--no-deps",
        "--only-binary",
        ":all:",
        "-d",
        folder,
        PACKAGE,
    ]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise DevError(f"Frappe's package could not be fetched from the Python registry: {reason}")
    if hashlib.sha256(wheels[0].read_bytes()).hexdigest() != WHEEL_SHA256:
        raise DevError(
            "The downloaded Frappe package is not the known one (digest differs): refusing to use it."
        )
    return wheels[0]


def original(content: bytes) -> bytes:
    for new, old in RENAMED:
        content = content.replace(new, old)
    return content


def unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or entry.filename.endswith(".DS_Store"):
                continue
            name = original(entry.filename.encode()).decode()
            path = folder / MOVED.get(name, name)
            if not path.resolve().is_relative_to(folder.resolve()):
                raise DevError(
                    "The downloaded Frappe package holds a file outside of its folder: refusing to use it."
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(original(archive.read(entry)))


def tree_digest(folder: Path) -> str:
    """sha256 over the sorted lines ``<git blob sha1>  <path>`` of every source file."""
    rows = []
    for path in (folder / "frappe").rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name.endswith(SOURCES) and name != NOT_PROVEN and path.is_file():
            content = path.read_bytes()
            blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
            rows.append((name.encode(), f"{blob}  {name}\n".encode()))
    return hashlib.sha256(b"".join(line for _, line in sorted(rows))).hexdigest()


def check(folder: Path) -> None:
    if tree_digest(folder) != TREE_SHA256:
        raise DevError(
            "The provisioned Frappe is not byte for byte the known commit: refusing to go on. "
            "Remove the folder 'frappe' of the cache and run the same command again."
        )


def write_packaging(folder: Path) -> None:
    """The wheel carries its dependency list as metadata only; an editable install wants a pyproject.toml."""
    metadata = next(folder.glob("frappe-*.dist-info")) / "METADATA"
    found = re.findall(r"^Requires-Dist: (.*)$", metadata.read_text(), re.M)
    listed = "".join(f"    '{requirement}',\n" for requirement in found if "extra ==" not in requirement)
    (folder / "pyproject.toml").write_text(
        '[project]\nname = "frappe"\nrequires-python = ">=3.10"\ndynamic = ["version", "description"]\n'
        f"dependencies = [\n{listed}]\n\n"
        '[build-system]\nrequires = ["flit_core >=3.4,<4"]\nbuild-backend = "flit_core.buildapi"\n'
    )
    for path in folder.glob("frappe-*.dist-info"):
        remove(path)


def major() -> int:
    """15 or 16, as the framework in place says."""
    match = VERSION.search((FRAPPE / "frappe" / "__init__.py").read_text())
    return int(match.group(1)) if match else 15
