"""A database that gives no lock: a refusal in words with a time to come back, nothing half-written, and nobody else waits."""

from __future__ import annotations

import hashlib
import json
import os
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pymysql
import pytest
import requests

from tests.client import CATAT, FOTO, Client, picture, punch


@pytest.fixture
def intruder(stack) -> Iterator[pymysql.Connection]:
    """A second connection to the site's database, which holds what it locks until the test ends."""
    sites = Path(os.environ.get("SPBE_SITES", "sites"))
    common = json.loads((sites / "common_site_config.json").read_text())
    own = json.loads((sites / stack.site / "site_config.json").read_text())
    connection = pymysql.connect(
        host=common.get("db_host", "127.0.0.1"),
        port=int(own.get("db_port") or common.get("db_port", 3306)),
        user=own["db_name"],
        password=own["db_password"],
        database=own["db_name"],
        autocommit=False,
    )
    yield connection
    connection.rollback()
    connection.close()


def send(client: Client, path: str, **options) -> requests.Response:
    """Past the check that no answer is a 5xx: here one is due."""
    return client.http.post(client.stack.url + path, timeout=60, **options)


def assert_busy(answer: requests.Response) -> None:
    assert answer.status_code == 503, answer.text[:500]
    assert answer.json()["exc_type"] == "SistemSibuk"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "kirim lagi" in answer.json()["_server_messages"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", [CATAT, "/api/resource/Absensi"])
def test_a_punch_that_gets_no_lock_is_told_to_come_back(staff, colleague, body, intruder, path):
    with intruder.cursor() as cursor:
        values = (uuid.uuid4().hex[:10], body["id_klien"])
        cursor.execute("insert into `tabAbsensi` (name, id_klien) values (%s, %s)", values)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(send, staff.twin(), path, json=body)
        time.sleep(1)
        began = time.monotonic()
        assert colleague.call("GET", "/api/method/spbe_attendance.api.absensi.hari_ini").status_code == 200
        point = {"latitude": body["latitude"], "longitude": body["longitude"]}
        assert staff.twin().message("POST", CATAT, json=punch(point))["status"] == "Sah"
        assert time.monotonic() - began < 8, "others waited for the lock"
        assert not waiting.done()
        assert_busy(waiting.result())
    assert staff.rows("Absensi", {"id_klien": body["id_klien"]}) == []
    intruder.rollback()
    again = staff.message("POST", CATAT, json=body)
    assert (again["status"], again["duplikat"]) == ("Sah", False)


def test_a_photo_that_gets_no_lock_is_told_to_come_back(staff, body, intruder):
    name = staff.message("POST", CATAT, json=body)["name"]
    with intruder.cursor() as cursor:
        cursor.execute("select name from `tabAbsensi` where name = %s for update", name)
    files = {"foto": ("f.jpg", picture(), "image/jpeg")}
    assert_busy(send(staff, FOTO, data={"id_klien": body["id_klien"]}, files=files))
    intruder.rollback()
    assert staff.document("Absensi", name)["foto_status"] == "Menunggu"
    assert staff.upload(body["id_klien"], picture())["diterima"] is True


def test_a_photo_chosen_to_end_a_deadlock_is_told_to_come_back(staff, here, intruder):
    photo = picture(33)
    body = punch(here, foto_sha256=hashlib.sha256(photo).hexdigest())
    name = staff.message("POST", CATAT, json=body)["name"]
    with intruder.cursor() as cursor:
        # Weighs more than the request, which is therefore the one that gives way.
        cursor.execute("select count(*) from `tabPegawai` for update")
        cursor.execute("select count(*) from `tabFile` for update")
        with ThreadPoolExecutor(1) as pool:
            files = {"foto": ("f.jpg", photo, "image/jpeg")}
            waiting = pool.submit(send, staff.twin(), FOTO, data={"id_klien": body["id_klien"]}, files=files)
            # The request has its punch now and waits for the table of files.
            time.sleep(2)
            cursor.execute("select name from `tabAbsensi` where name = %s for update", name)
            assert_busy(waiting.result())
    intruder.rollback()
    assert staff.rows("File", {"attached_to_name": name}) == []
    assert staff.upload(body["id_klien"], photo) == {"name": name, "diterima": True}
    assert len(staff.rows("File", {"attached_to_name": name})) == 1
