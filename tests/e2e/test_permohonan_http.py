"""Permits, corrections and appeals over HTTP: parallel tries and decisions, attachments, bad input line by line. Nothing gives a 500."""

from __future__ import annotations

import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial

import pytest

from tests.client import API, Client, picture

BASE = f"{API}.permohonan"
PDF = ("surat.pdf", b"%PDF-1.4 surat uji", "application/pdf")


def free_monday() -> str:
    """A Monday of years ahead; so far apart that runs on the same data hardly ever meet."""
    return str(date(2028, 1, 3) + timedelta(weeks=random.randrange(1200)))


def permit(**values):
    day = free_monday()
    return {
        "id_klien": str(uuid.uuid4()),
        "jenis": "WFA",
        "dari": day,
        "sampai": day,
        "alasan": "Keperluan uji",
        **values,
    }


@pytest.fixture
def client(stack):
    return lambda user: Client(stack, user)


@pytest.fixture
def head(stack):
    return stack.user("Kepala OPD")


@pytest.fixture
def worker(stack, head):
    """Somebody below that head, without a direct superior who would decide first."""
    return next(user for user in stack.users if user["role"] == "Pegawai SPBE" and user["opd"] == head["opd"])


def decide(one: Client, body: dict):
    return one.call("POST", f"{BASE}.putuskan", json=body)


def test_a_permit_is_asked_for_decided_and_seen(client, worker, head):
    staff, boss = client(worker), client(head)
    asked = staff.message("POST", f"{BASE}.ajukan_ketidakhadiran", json=permit())
    assert asked["status"].startswith("Menunggu") and asked["penjelasan"] and asked["duplikat"] is False
    waiting = boss.message("GET", f"{BASE}.menunggu_putusan")
    assert asked["name"] in [row["name"] for row in waiting]
    body = {"doctype": "Ketidakhadiran", "name": asked["name"], "tindakan": "Setujui"}
    while (done := boss.message("POST", f"{BASE}.putuskan", json=body))["status"].startswith("Menunggu"):
        assert done["status"] != asked["status"]
        asked["status"] = done["status"]
    assert done["status"] == "Disetujui"
    year = boss.document("Ketidakhadiran", asked["name"])["dari"][:4]
    mine = staff.message("GET", f"{BASE}.permohonan_saya", params={"tahun": year})["ketidakhadiran"]
    assert {row["name"]: row["status"] for row in mine}[asked["name"]] == "Disetujui"
    answer = staff.message(
        "POST", f"{BASE}.batalkan_ketidakhadiran", json={"name": asked["name"], "alasan": "Batal"}
    )
    assert answer["status"] == "Dibatalkan"


def test_the_same_request_many_times_at_once_is_one_request(client, worker):
    staff, body = client(worker), permit()
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(
                lambda one: one.message("POST", f"{BASE}.ajukan_ketidakhadiran", json=body),
                [staff.twin() for _ in range(6)],
            )
        )
    assert len({answer["name"] for answer in answers}) == 1
    assert sum(not answer["duplikat"] for answer in answers) == 1


def test_two_requests_for_the_same_day_at_once_leave_one(client, worker):
    staff, day = client(worker), free_monday()
    bodies = [permit(dari=day, sampai=day) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda body: staff.twin().call("POST", f"{BASE}.ajukan_ketidakhadiran", json=body), bodies
            )
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    refused = [answer.json()["exc_type"] for answer in answers if answer.status_code == 409]
    assert set(refused) == {"PermohonanBertumpuk"}


def test_two_heads_at_once_leave_one_decision(client, stack, worker, head):
    staff, boss, office = client(worker), client(head), client(stack.user("BKPSDM"))
    for _ in range(3):
        name = staff.message("POST", f"{BASE}.ajukan_ketidakhadiran", json=permit())["name"]
        body = {"doctype": "Ketidakhadiran", "name": name, "tindakan": "Tolak", "catatan": "Uji"}
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(partial(decide, body=body), (boss, office)))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        late = next(answer for answer in answers if answer.status_code == 409)
        assert late.json()["exc_type"] == "SudahDiputus"


def test_a_letter_is_stored_private_and_read_by_the_right_people_only(client, stack, worker, head):
    staff, boss = client(worker), client(head)
    stranger = client(next(u for u in stack.users if u["role"] == "Pegawai SPBE" and u["opd"] != head["opd"]))
    refused = staff.refusal("POST", f"{BASE}.ajukan_ketidakhadiran", data=permit(jenis="DL"))
    assert refused[1] == "LampiranWajib"
    name = staff.message(
        "POST", f"{BASE}.ajukan_ketidakhadiran", data=permit(jenis="DL"), files={"lampiran": PDF}
    )["name"]
    address = boss.document("Ketidakhadiran", name)["lampiran"]
    assert address.startswith("/private/files/")
    assert [one.call("GET", address).status_code for one in (staff, boss, stranger)] == [200, 200, 403]
    assert stranger.call("GET", f"/api/resource/Ketidakhadiran/{name}").status_code == 403
    body = {**permit(jenis="DL"), "lampiran": address, "pegawai": None}
    assert stranger.call("POST", "/api/resource/Ketidakhadiran", json=body).status_code == 417


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (("a.pdf", b"MZ", "application/pdf"), "LampiranTidakSah"),
        (("a.pdf", b"%PDF-" + b"x" * 1_100_000, "application/pdf"), "PermohonanTerlaluBesar"),
        (("a.html", b"<script>", "text/html"), "LampiranTidakSah"),
    ],
)
def test_what_is_no_letter_is_refused(client, worker, file, error):
    staff = client(worker)
    status, kind, sentence = staff.refusal(
        "POST", f"{BASE}.ajukan_ketidakhadiran", data=permit(jenis="DL"), files={"lampiran": file}
    )
    assert (kind, bool(sentence)) == (error, True)
    assert status in (413, 417)


def test_a_photo_is_a_letter_too(client, worker):
    staff = client(worker)
    files = {"lampiran": ("surat.jpg", picture(), "image/jpeg")}
    answer = staff.message("POST", f"{BASE}.ajukan_ketidakhadiran", data=permit(jenis="DL"), files=files)
    assert answer["status"].startswith("Menunggu")


BAD_PERMITS = [
    ({"id_klien": "x"}, 400),
    ({"id_klien": None}, 400),
    ({"jenis": "XX"}, 417),
    ({"jenis": None}, 400),
    ({"jenis": ["CT"]}, 400),
    ({"jenis": "'; drop table x"}, 400),
    ({"dari": "besok"}, 400),
    ({"dari": "2026-02-30"}, 400),
    ({"dari": 20261109}, 400),
    ({"dari": "2031-01-06", "sampai": "2030-01-07"}, 417),
    ({"dari": "9999-12-31", "sampai": "9999-12-31"}, 400),
    ({"setengah_hari": "Malam"}, 400),
    ({"alasan": ""}, 400),
    ({"alasan": "x" * 1001}, 400),
    ({"alasan": {"a": 1}}, 400),
    ({"tempat": "x" * 141}, 400),
    ({"hari_tambahan": -1}, 400),
    ({"hari_tambahan": "satu"}, 400),
    ({"hari_tambahan": True}, 400),
    ({"pegawai": "x"}, 400),
]


@pytest.mark.parametrize(("values", "status"), BAD_PERMITS)
def test_bad_permits_are_refused_in_words(client, worker, values, status):
    answer = client(worker).refusal("POST", f"{BASE}.ajukan_ketidakhadiran", json=permit(**values))
    assert (answer[0], bool(answer[1]), bool(answer[2])) == (status, True, True)


BAD_OTHERS = [
    ("ajukan_koreksi", {}, 400),
    ("ajukan_koreksi", {"tanggal": "2026-11-20", "jenis": "Apel"}, 400),
    (
        "ajukan_koreksi",
        {"tanggal": "2026-11-20", "jenis": "Masuk", "sebab": "Lupa Absen", "waktu": "pagi"},
        400,
    ),
    ("ajukan_sanggah", {"tanggal": "2026-11-20"}, 400),
    ("ajukan_sanggah", {"tanggal": "2099-01-01", "uraian": "x"}, 417),
    ("putuskan", {"doctype": "User", "name": "Administrator", "tindakan": "Setujui"}, 400),
    ("putuskan", {"doctype": "Ketidakhadiran", "name": "tidakada", "tindakan": "Setujui"}, 404),
    ("putuskan", {"doctype": "Ketidakhadiran", "name": {"a": 1}, "tindakan": "Setujui"}, 400),
    ("batalkan_ketidakhadiran", {"name": "tidakada", "alasan": "x"}, 404),
    ("batalkan", {"doctype": "Sanggah", "name": "tidakada", "alasan": "x"}, 404),
    ("batalkan", {"doctype": "User", "name": "Administrator", "alasan": "x"}, 400),
    ("batalkan", {"name": "tidakada", "alasan": "x"}, 400),
    ("persingkat", {"name": "tidakada", "sampai": "2026-11-30", "alasan": "x"}, 404),
    ("persingkat", {"name": "tidakada", "sampai": "kapan"}, 400),
]


@pytest.mark.parametrize(("method", "values", "status"), BAD_OTHERS)
def test_other_bad_requests_are_refused_in_words(client, worker, method, values, status):
    body = {"id_klien": str(uuid.uuid4()), **values}
    answer = client(worker).refusal("POST", f"{BASE}.{method}", json=body)
    assert (answer[0], bool(answer[1]), bool(answer[2])) == (status, True, True)


def test_readers_take_no_bad_parameters_either(client, worker):
    staff = client(worker)
    for tahun in ("dua ribu", "99999", "-1", "²"):
        assert staff.refusal("GET", f"{BASE}.permohonan_saya", params={"tahun": tahun})[0] == 400
    assert staff.refusal("GET", f"{BASE}.cari_saksi", params={"cari": "a"})[0] == 400
    assert isinstance(staff.message("GET", f"{BASE}.cari_saksi", params={"cari": "a%_"}), list)


def test_the_form_knows_kinds_balance_and_rules(client, worker):
    form = client(worker).message("GET", f"{BASE}.isian")
    assert {"CT", "DL", "I"} <= {kind["kode"] for kind in form["jenis"]} or form["jenis"]
    assert set(form["saldo"]) == {"tahun", "hak", "terpakai", "sisa"}
    assert form["aturan"]["kuota_koreksi_bulanan"] >= 0


@pytest.mark.parametrize(
    "method", ["ajukan_ketidakhadiran", "putuskan", "permohonan_saya", "menunggu_putusan"]
)
def test_guests_get_nothing(client, method):
    verb = "GET" if method in ("permohonan_saya", "menunggu_putusan") else "POST"
    assert client(None).call(verb, f"{BASE}.{method}").status_code in (401, 403)


def test_raw_documents_go_the_same_way(client, worker):
    staff, day = client(worker), free_monday()
    body = {
        "jenis": "WFA",
        "dari": day,
        "sampai": day,
        "alasan": "x",
        "status": "Disetujui",
        "owner": "x",
        "name": "x",
    }
    made = staff.call("POST", "/api/resource/Ketidakhadiran", json=body).json()["data"]
    assert made["status"].startswith("Menunggu") and made["name"] != "x"
    changed = staff.call("PUT", f"/api/resource/Ketidakhadiran/{made['name']}", json={"status": "Disetujui"})
    assert changed.status_code in (403, 417)
    assert staff.call("DELETE", f"/api/resource/Ketidakhadiran/{made['name']}").status_code == 403
    for odd in (
        {"jenis": ["CT"]},
        {"dari": "besok"},
        {"peserta": "x"},
        {"peserta": [1]},
        {"peserta": [{"pegawai": ["x"]}]},
        {"peserta": [{"pegawai": "x"}]},
        {"lampiran": {"a": 1}},
    ):
        answer = staff.call("POST", "/api/resource/Ketidakhadiran", json={**body, **odd})
        assert 400 <= answer.status_code < 500
