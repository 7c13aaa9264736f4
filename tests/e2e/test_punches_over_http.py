"""The HTTP contract on the running stack: real sessions, real parallel requests, nothing answers 500."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from PIL import Image

API = "/api/method/spbe_attendance.api.absensi."


def picture(quality: int = 80) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(target, "JPEG", quality=quality)
    return target.getvalue()


class Person:
    """A logged-in member of staff, as a browser would be."""

    def __init__(self, stack, user):
        self.stack, self.user = stack, user
        self.http = requests.Session()
        self.http.headers["Host"] = stack.host
        answer = self.http.post(
            f"{stack.url}/api/method/login",
            data={"usr": user["username"], "pwd": user["password"]},
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        token = self.get("/api/method/spbe_attendance.api.sesi.info").json()["message"]["csrf_token"]
        self.http.headers["X-Frappe-CSRF-Token"] = token

    def get(self, path, **parameters):
        return self.http.get(f"{self.stack.url}{path}", params=parameters, timeout=30)

    def post(self, path, **body):
        return self.http.post(f"{self.stack.url}{path}", json=body, timeout=30)

    def home(self):
        return self.get(f"{API}hari_ini").json()["message"]

    def inside(self):
        place = next(row for row in self.home()["lokasi"] if row["jenis_area"] == "Radius")
        return {"latitude": place["latitude"], "longitude": place["longitude"], "akurasi": 10}

    def body(self, **values):
        return {
            "jenis": "Masuk",
            **self.inside(),
            "id_klien": str(uuid.uuid4()),
            "foto_sha256": hashlib.sha256(picture()).hexdigest(),
            "perangkat": "uji",
            **values,
        }


@pytest.fixture(scope="module")
def staff(stack):
    return Person(stack, stack.user("Pegawai SPBE"))


@pytest.fixture(scope="module")
def other(stack):
    return Person(stack, stack.user("Pegawai SPBE", 1))


def test_a_punch_inside_is_sah_and_stands_in_the_history(staff):
    answer = staff.post(f"{API}catat", **staff.body())
    assert answer.status_code == 200, answer.text
    punch = answer.json()["message"]
    assert (punch["status"], punch["putusan_lokasi"], punch["duplikat"]) == ("Sah", "Dalam", False)
    month = staff.home()["jadwal"]["tanggal"][:7]
    days = staff.get(f"{API}riwayat", bulan=month).json()["message"]["hari"]
    assert punch["name"] in [row["name"] for day in days for row in day["absensi"]]


def test_a_punch_is_small(staff):
    assert len(json.dumps(staff.body(alasan="Rapat di kantor camat")).encode()) < 2048


def test_parallel_tries_of_one_punch_give_one_row_and_one_answer(stack):
    people = [Person(stack, stack.user("Pegawai SPBE", 2)) for _ in range(6)]
    body = people[0].body()
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda number: people[number % 6].post(f"{API}catat", **body), range(24)))
    assert {answer.status_code for answer in answers} == {200}, [answer.text[:200] for answer in answers]
    results = [answer.json()["message"] for answer in answers]
    assert len({result["name"] for result in results}) == 1
    assert sum(not result["duplikat"] for result in results) == 1


def test_the_photo_follows_and_only_its_readers_get_it(staff, other):
    body = staff.body()
    staff.post(f"{API}catat", **body)
    for _ in range(2):
        sent = staff.http.post(
            f"{staff.stack.url}{API}unggah_foto",
            data={"id_klien": body["id_klien"]},
            files={"foto": ("foto.jpg", picture(), "image/jpeg")},
            timeout=30,
        )
        assert sent.json()["message"]["diterima"] is True, sent.text
    address = staff.get(f"/api/resource/Absensi/{sent.json()['message']['name']}").json()["data"]["foto"]
    assert staff.get(address).status_code == 200
    assert other.get(address).status_code == 403
    assert requests.get(
        f"{staff.stack.url}{address}", headers={"Host": staff.stack.host}, timeout=30
    ).status_code in (401, 403)


BAD = [
    {"pegawai": "x"},
    {"jenis": "Istirahat"},
    {"jenis": None},
    {"jenis": ["Masuk"]},
    {"jenis": {"a": 1}},
    {"latitude": "satu"},
    {"latitude": None},
    {"latitude": [1]},
    {"latitude": 0, "longitude": 0},
    {"latitude": 1e308, "longitude": -1e308},
    {"akurasi": -1},
    {"akurasi": 1e9},
    {"akurasi": True},
    {"id_klien": "bukan-uuid"},
    {"id_klien": 7},
    {"id_klien": None},
    {"foto_sha256": "x"},
    {"foto_sha256": 1},
    {"perangkat": "x" * 5000},
    {"alasan": {"a": 1}},
    {"alasan": "x" * 3000},
    {"waktu_perangkat": "kemarin"},
    {"bukti": {"a": 1}},
    {"latitude": 1.9},
]


@pytest.mark.parametrize("values", BAD, ids=lambda values: json.dumps(values)[:40])
def test_bad_input_is_a_4xx_with_a_sentence_and_writes_nothing(staff, values):
    before = len(staff.home()["absensi"])
    answer = staff.post(f"{API}catat", **staff.body(**values))
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["_server_messages"]
    assert "Traceback" not in answer.text
    assert len(staff.home()["absensi"]) == before


def test_an_oversize_body_is_refused(staff):
    answer = staff.post(f"{API}catat", **staff.body(lain="x" * 20_000))
    assert answer.status_code == 413


def test_a_guest_gets_nothing(stack):
    for method in ("hari_ini", "riwayat"):
        answer = requests.get(f"{stack.url}{API}{method}", headers={"Host": stack.host}, timeout=30)
        assert answer.status_code in (401, 403)
    answer = requests.post(f"{stack.url}{API}catat", json={}, headers={"Host": stack.host}, timeout=30)
    assert answer.status_code in (400, 401, 403)


def test_outside_waits_and_only_the_right_head_sees_and_approves(stack):
    heads = [Person(stack, stack.user("Kepala OPD", number)) for number in (0, 1)]
    user = next(
        user for user in stack.users if user["role"] == "Pegawai SPBE" and user["opd"] == heads[0].user["opd"]
    )
    person = Person(stack, user)
    there = person.inside() | {"latitude": person.inside()["latitude"] + 0.05}
    refused = person.post(f"{API}catat", **person.body(**there))
    assert (refused.status_code, refused.json()["exc_type"]) == (417, "DiLuarLokasi")
    name = person.post(f"{API}catat", **person.body(**there, alasan="Rapat")).json()["message"]["name"]
    assert heads[1].get(f"/api/resource/Absensi/{name}").status_code == 403
    workflow = "/api/method/frappe.model.workflow.apply_workflow"
    document = heads[0].get(f"/api/resource/Absensi/{name}").json()["data"]
    assert document["status"] == "Menunggu Persetujuan"
    assert heads[1].post(workflow, doc=document, action="Setujui").status_code >= 400
    assert heads[0].post(workflow, doc=document, action="Setujui").status_code == 200
    rows = {row["name"]: row for row in person.home()["absensi"]}
    assert rows[name]["status"] == "Disetujui"


@pytest.mark.parametrize("role", ["Pegawai SPBE", "Kepala OPD", "BKPSDM"])
def test_nobody_edits_or_deletes_a_punch(stack, staff, role):
    name = staff.post(f"{API}catat", **staff.body()).json()["message"]["name"]
    somebody = Person(stack, stack.user(role))
    url = f"{stack.url}/api/resource/Absensi/{name}"
    assert somebody.http.put(url, json={"alasan": "lain", "status": "Ditolak"}, timeout=30).status_code in (
        403,
        404,
        417,
    )
    assert somebody.http.delete(url, timeout=30).status_code in (403, 404)
    assert staff.get(f"/api/resource/Absensi/{name}").json()["data"]["status"] == "Sah"
