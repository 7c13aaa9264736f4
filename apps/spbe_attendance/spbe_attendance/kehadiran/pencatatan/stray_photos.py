"""Photos on the disk that no row names: a worker was killed, or the database was lost, between the file and the COMMIT.

The phone has sent such a photo again since, and it was stored under another name; the first one is nobody's, would outlive every
retention, and is in no list. Only names as this app gives them (``shelf``, ``photo.private_file``) are looked at.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import frappe

OURS = re.compile(r"[0-9a-f]{32}\.(jpg|jpeg|webp)")
# Seconds. A request that still works on its photo is far younger; what was left longer ago was seen on an earlier night.
YOUNGEST, OLDEST = 24 * 3600, 4 * 24 * 3600
CHUNK = 500


def remove() -> int:
    """Hooked to the scheduler, daily: how many were removed."""
    folder = Path(frappe.get_site_path("private", "files"))
    names, removed = list(old_ones(folder)), 0
    for start in range(0, len(names), CHUNK):
        some = names[start : start + CHUNK]
        known = set(
            frappe.get_all("File", {"file_url": ["in", [address(one) for one in some]]}, pluck="file_url")
        )
        for name in some:
            if address(name) not in known:
                (folder / name).unlink(missing_ok=True)
                removed += 1
    return removed


def old_ones(folder: Path) -> Iterator[str]:
    now = time.time()
    with os.scandir(folder) as entries:
        for entry in entries:
            if OURS.fullmatch(entry.name) and YOUNGEST < now - entry.stat().st_mtime < OLDEST:
                yield entry.name


def address(name: str) -> str:
    return f"/private/files/{name}"
