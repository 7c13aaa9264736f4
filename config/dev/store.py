"""The cache by content: a tree is built once per key and machine, then linked or copied into place."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from .paths import cache


def digest(parts: Iterable[bytes | str | Path]) -> str:
    """A key over texts and over the content (names included) of files and folders."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            for path in files_below(part):
                name = path.name if path == part else path.relative_to(part).as_posix()
                total.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
        else:
            total.update(part.encode() if isinstance(part, str) else part)
        total.update(b"\1")
    return total.hexdigest()[:32]


SKIPPED = {"node_modules", "__pycache__", ".git", "coverage"}


def files_below(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(
        Path(folder) / name
        for folder, folders, names in os.walk(path)
        if folders.__setitem__(slice(None), sorted(set(folders) - SKIPPED)) is None
        for name in names
        if not name.endswith((".pyc", ".tsbuildinfo"))
    )


def tree(kind: str, key: str, build: Callable[[Path], None]) -> Path:
    """The cached folder ``kind/key``; ``build(folder)`` makes it, once, also if several clones ask together."""
    target = cache() / kind / key
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / f"{key}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.is_dir():
            return target
        unfinished = target.parent / f".{key}.{uuid.uuid4().hex}"
        try:
            unfinished.mkdir()
            build(unfinished)
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return target


def place(
    source: Path,
    target: Path,
    *,
    link: bool = False,
    ignore: Callable[[str, list[str]], set[str]] | None = None,
) -> None:
    """Put a cached tree at ``target`` in one rename. ``link``: hard links where possible, for trees that nobody edits."""

    def copy(src: str, dst: str) -> str:
        if link:
            try:
                os.link(src, dst, follow_symlinks=False)
                return dst
            except OSError:
                pass  # another file system, or one without hard links: copying is the same, only slower
        return shutil.copy2(src, dst, follow_symlinks=False)

    fresh = target.parent / f".{target.name}.{uuid.uuid4().hex}"
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copytree(source, fresh, symlinks=True, ignore=ignore, copy_function=copy)
        remove(target)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def stamped(path: Path, key: str) -> bool:
    return path.is_file() and path.read_text().strip() == key


def stamp(path: Path, key: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(key)
