"""The disk of the photos is full: punches are taken as ever, photos wait on the phones and come when there is room again."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.dev.paths import SITES
from tests.client import CATAT, picture, punch
from tests.faults import ledger
from tests.faults.machine import Machine
from tests.faults.phones import Phone, complaint

ROOM = 64 * 1024


def private_files(machine: Machine) -> Path:
    return SITES / machine.site / "private" / "files"


@contextmanager
def disk_of_its_own(folder: Path) -> Iterator[Path]:
    """A small file system over the folder, with a file on it that leaves no room; the way to make room is to remove that."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"this user may mount no file system, so no disk can be filled: {mounted.stderr.strip()}")
    ballast = folder / "ballast"
    try:
        with ballast.open("wb") as target:
            fill(target.fileno())
        yield ballast
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(number: int) -> None:
    while True:
        try:
            os.write(number, b"\0" * 4096)
        except OSError:
            return


@pytest.fixture
def full(machine) -> Iterator[Path]:
    with disk_of_its_own(private_files(machine)) as ballast:
        yield ballast


def test_a_punch_is_taken_while_the_disk_of_the_photos_is_full_and_the_photo_when_there_is_room(
    machine, crowd, full
):
    phone, photo = crowd.phones[0], picture(41)
    values = punch(crowd.points[0], perangkat=crowd.mark, foto_sha256=hashlib.sha256(photo).hexdigest())
    taken = phone.ask("POST", CATAT, json=values)
    refused = phone.upload(values["id_klien"], photo)
    left_over = [path.name for path in full.parent.iterdir() if path != full]

    assert taken.status == 200, taken.text[:500]
    assert refused.status == 503 and complaint(refused) == "", refused.text[:500]
    assert int(refused.retry_after) >= 10
    assert "penyimpanan" in refused.text and not refused.final
    assert left_over == []
    assert photo_of(machine, values["id_klien"]) == {"foto": None, "foto_status": "Menunggu"}
    assert files_of(machine, taken.body["message"]["name"]) == 0
    assert "look at `df -h`" in machine.log("web")

    full.unlink()
    assert phone.upload(values["id_klien"], photo).body["message"]["diterima"] is True
    assert phone.upload(values["id_klien"], photo).body["message"]["diterima"] is True
    assert photo_of(machine, values["id_klien"])["foto_status"] == "Ada"
    assert files_of(machine, taken.body["message"]["name"]) == 1
    assert len(list(full.parent.iterdir())) == 1


def test_phones_send_photos_until_there_is_room_and_none_is_lost(machine, crowd, full):
    photos = [picture(50 + number) for number in range(3)]
    sent = []
    for phone, point, photo in zip(crowd.phones, crowd.points, photos, strict=False):
        values = punch(point, perangkat=crowd.mark, foto_sha256=hashlib.sha256(photo).hexdigest())
        assert phone.ask("POST", CATAT, json=values).status == 200
        assert phone.upload(values["id_klien"], photo).status == 503
        sent.append((phone, values["id_klien"], photo))
    full.unlink()
    assert [upload(*one) for one in sent] == [200, 200, 200]
    waiting = "select count(*) from `tabAbsensi` where perangkat = %s and foto_status != 'Ada'"
    assert ledger.value(machine.site, waiting, crowd.mark) == 0


def upload(phone: Phone, id_klien: str, photo: bytes) -> int | None:
    return phone.upload(id_klien, photo).status


def photo_of(machine: Machine, id_klien: str) -> dict:
    return ledger.rows(
        machine.site, "select foto, foto_status from `tabAbsensi` where id_klien = %s", id_klien
    )[0]


def files_of(machine: Machine, name: str) -> int:
    return int(ledger.value(machine.site, "select count(*) from `tabFile` where attached_to_name = %s", name))
