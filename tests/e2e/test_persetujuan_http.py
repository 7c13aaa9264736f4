"""Approvals over HTTP: what waits, deciding on many, what is refused. Nothing gives a 500."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.client import API, CATAT, HARI_INI, Client, inside, picture, punch

BASE = f"{API}.persetujuan"


@pytest.fixture
def client(stack):
    return lambda user: Client(stack, user)


@pytest.fixture
def head(stack):
    return stack.user("Kepala OPD")


@pytest.fixture
def worker(stack, head):
    return next(user for user in stack.users if user["role"] == "Pegawai SPBE" and user["opd"] == head["opd"])


def outside(staff: Client) -> dict:
    """A punch from a kilometre away, with its photo."""
    point = inside(staff.message("GET", HARI_INI))
    body = punch({**point, "latitude": point["latitude"] + 0.02}, alasan="Antar surat ke kecamatan")
    answer = staff.message("POST", CATAT, json=body)
    assert answer["status"] == "Menunggu Persetujuan"
    staff.upload(body["id_klien"], picture())
    return answer


def decide(one: Client, names: list[str], aksi: str = "Setujui", **values):
    body = {"doctype": "Absensi", "nama": names, "aksi": aksi, **values}
    return one.message("POST", f"{BASE}.putuskan", json=body)


def test_a_head_sees_photo_and_place_and_decides_on_several_at_once(client, worker, head):
    staff, boss = client(worker), client(head)
    names = [outside(staff)["name"] for _ in range(2)]
    before = boss.message("GET", f"{BASE}.jumlah")
    assert before["pemutus"] is True and before["per_jenis"]["Absensi"] >= 2
    rejected = decide(boss, [names[0]], "Tolak", catatan="Tidak ada surat tugas")
    assert rejected["hasil"][0]["status"] == "Ditolak"
    shown = boss.message("GET", f"{BASE}.daftar")
    group = next(group for group in shown["kelompok"] if group["doctype"] == "Absensi")
    assert group["jumlah"] == before["per_jenis"]["Absensi"] - 1
    answer = decide(boss, names, catatan="Benar")
    assert [row["berhasil"] for row in answer["hasil"]] == [False, True]
    assert answer["hasil"][0]["galat"] == "SudahDiputus"
    row = boss.document("Absensi", names[1])
    assert (row["status"], row["catatan_persetujuan"]) == ("Disetujui", "Benar")
    assert boss.call("GET", row["foto"]).headers["Content-Type"] == "image/jpeg"
    assert boss.message("GET", f"{BASE}.jumlah")["per_jenis"]["Absensi"] == group["jumlah"] - 1


def test_two_heads_at_once_leave_one_decision(client, stack, worker, head):
    name = outside(client(worker))["name"]
    deciders = (client(head), client(stack.user("BKPSDM")))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: decide(one, [name], "Tolak", catatan="Uji"), deciders))
    assert sorted(answer["berhasil"] for answer in answers) == [0, 1]


def test_staff_hold_no_decision_and_guests_see_nothing(client, stack, worker):
    staff = client(worker)
    name = outside(staff)["name"]
    assert staff.message("GET", f"{BASE}.jumlah")["per_jenis"]["Absensi"] == 0
    assert decide(staff, [name])["hasil"][0]["galat"] == "PersetujuanSendiri"
    guest = client(None)
    for verb, method in (("GET", "daftar"), ("GET", "lanjutan"), ("GET", "jumlah"), ("POST", "putuskan")):
        assert guest.call(verb, f"{BASE}.{method}").status_code in (401, 403)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"doctype": "User"}, 400),
        ({"doctype": ["Absensi"]}, 400),
        ({"nama": None}, 400),
        ({"nama": []}, 400),
        ({"nama": [None]}, 400),
        ({"nama": "x"}, 400),
        ({"nama": [str(uuid.uuid4()) for _ in range(51)]}, 400),
        ({"aksi": "Batalkan"}, 400),
        ({"catatan": "x" * 1001}, 400),
        ({"status": [1]}, 400),
    ],
)
def test_bad_decisions_are_refused_in_words(client, head, values, status):
    body = {"doctype": "Absensi", "nama": ["tiada"], "aksi": "Setujui", **values}
    code, kind, sentence = client(head).refusal("POST", f"{BASE}.putuskan", json=body)
    assert (code, bool(kind), bool(sentence)) == (status, True, True)
