"""The HTTP contract on a running system: answers, parallel tries, bad input line by line, closed doors."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.client import API, CATAT, FOTO, HARI_INI, RIWAYAT, Client, inside


def test_a_punch_answers_what_the_contract_names(staff, body):
    answer = staff.message("POST", CATAT, json=body)
    assert {"name", "jenis", "tanggal", "waktu", "status", "putusan_lokasi", "lokasi", "jarak"} <= set(answer)
    assert answer["status"] == "Sah"
    assert answer["penjelasan"]
    assert answer["duplikat"] is False


def test_a_form_body_is_as_good_as_json(staff, body):
    assert staff.message("POST", CATAT, data=body)["status"] == "Sah"


def test_a_punch_with_its_answer_to_send_again_stays_under_two_kilobytes(body):
    assert len(json.dumps({**body, "alasan": "x" * 500, "perangkat": "x" * 140})) < 2048


@pytest.mark.parametrize("attempt", range(3))
def test_parallel_tries_of_one_punch_give_one_row_and_one_answer(staff, body, attempt):
    clients = [staff.twin() for _ in range(12)]
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(lambda client: client.message("POST", CATAT, json=body), clients))
    assert len({answer["name"] for answer in answers}) == 1
    assert len({answer["waktu"][:19] for answer in answers}) == 1
    assert [answer["duplikat"] for answer in answers].count(False) == 1
    assert len(staff.rows("Absensi", {"id_klien": body["id_klien"]})) == 1


def test_parallel_punches_of_two_people_with_one_id_leave_one_row(staff, colleague, body):
    def send(client):
        return client.call("POST", CATAT, json=body).status_code

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(send, [staff.twin(), colleague.twin()]))
    # The colleague may stand outside of an own place: refused for that, or for the id.
    assert codes[0] == 200
    assert codes[1] in (409, 417)


WRONG = {
    "kind missing": {"jenis": None},
    "kind unknown": {"jenis": "Istirahat"},
    "kind is a list": {"jenis": ["Masuk"]},
    "kind is an object": {"jenis": {"a": 1}},
    "kind is a number": {"jenis": 1},
    "latitude missing": {"latitude": None},
    "latitude is text": {"latitude": "satu"},
    "latitude is true": {"latitude": True},
    "latitude is a list": {"latitude": [1]},
    "latitude is an object": {"latitude": {"a": 1}},
    "latitude is huge": {"latitude": 10**300},
    "latitude beyond float": {"latitude": "1e999"},
    "latitude is NaN": {"latitude": "NaN"},
    "latitude beyond the pole": {"latitude": 91},
    "both beyond float range": {"latitude": 1e308, "longitude": -1e308},
    "longitude missing": {"longitude": None},
    "longitude is text": {"longitude": "timur"},
    "longitude beyond the earth": {"longitude": 181},
    "null island": {"latitude": 0, "longitude": 0},
    "accuracy missing": {"akurasi": None},
    "accuracy is true": {"akurasi": True},
    "accuracy is an object": {"akurasi": {"a": 1}},
    "accuracy zero": {"akurasi": 0},
    "accuracy negative": {"akurasi": -3},
    "accuracy infinite": {"akurasi": "inf"},
    "accuracy too poor": {"akurasi": 90000},
    "id missing": {"id_klien": None},
    "id is no UUID": {"id_klien": "1"},
    "id is a number": {"id_klien": 5},
    "id is an object": {"id_klien": {"a": 1}},
    "id is very long": {"id_klien": "0" * 3000},
    "id is an operator": {"id_klien": ["like", "%"]},
    "digest missing": {"foto_sha256": None},
    "digest short": {"foto_sha256": "ab"},
    "digest is no hexadecimal": {"foto_sha256": "g" * 64},
    "digest is a number": {"foto_sha256": 1},
    "digest is a list": {"foto_sha256": ["ab"]},
    "device too long": {"perangkat": "x" * 141},
    "device much too long": {"perangkat": "x" * 5000},
    "device is a list": {"perangkat": ["x"]},
    "device is a number": {"perangkat": 7},
    "reason too long": {"alasan": "x" * 501},
    "reason is a number": {"alasan": 5},
    "reason is an object": {"alasan": {"a": 1}},
    "device time without offset": {"waktu_perangkat": "2026-11-24T07:25:00"},
    "device time is nonsense": {"waktu_perangkat": "kemarin"},
    "device time is a number": {"waktu_perangkat": 5},
    "evidence not supported yet": {"bukti": {"ttd": "x"}},
    "an event that does not exist": {"jenis": "Apel", "kegiatan": "APEL-1"},
    "an event as an object": {"jenis": "Apel", "kegiatan": {"name": "x"}},
    "names a person": {"pegawai": "PEG-x"},
    "names a person by nothing": {"pegawai": ""},
    "names a person by a filter": {"pegawai": ["like", "%"]},
    "outside without a reason": {"latitude": -5.0},
    "outside with a blank reason": {"latitude": -5.0, "alasan": " \n"},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_bad_input_is_refused_by_name_with_a_sentence_and_nothing_written(staff, body, change):
    status, kind, sentence = staff.refusal("POST", CATAT, json={**body, **change})
    assert kind
    assert kind not in ("ValidationError", "Exception", "TypeError")
    assert len(sentence) > 10
    assert status in (400, 417)
    assert not staff.rows("Absensi", {"id_klien": body["id_klien"]})


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_the_same_bad_input_as_a_raw_document_writes_nothing_either(staff, body, change):
    if "bukti" in change:
        pytest.skip("no field of the document: Frappe drops it")
    answer = staff.call("POST", "/api/resource/Absensi", json={**body, **change})
    if change in ({"id_klien": None}, {"pegawai": ""}):
        # Left out, in other words.
        assert answer.status_code == 200
    else:
        assert 400 <= answer.status_code < 500, answer.text[:500]
        assert not staff.rows("Absensi", {"id_klien": body["id_klien"]})


def test_strange_but_harmless_text_is_kept_as_text(staff, body):
    reason = "Rapat 😀 '; drop table `tabAbsensi`; -- <script>alert(1)</script> \u0000\u202e \ud800"
    answer = staff.message(
        "POST",
        CATAT,
        data=json.dumps({**body, "alasan": reason}),
        headers={"Content-Type": "application/json"},
    )
    assert answer["status"] == "Sah"


@pytest.mark.parametrize("path", ["absensi.hari_ini", "absensi.riwayat?bulan=2026-11"])
def test_a_guest_sees_nothing(guest, path):
    assert guest.refusal("GET", f"{API}.{path}")[0] == 403


def test_a_guest_neither_punches_nor_uploads(guest, body):
    assert guest.refusal("POST", CATAT, json=body)[0] == 403
    assert guest.refusal("POST", FOTO, data={"id_klien": body["id_klien"]})[0] == 403
    assert guest.refusal("POST", "/api/resource/Absensi", json=body)[0] == 403
    nothing = {
        "csrf_token": None,
        "pegawai": None,
        "kunci_segel": None,
        "kios": None,
        "naskah": None,
        "pusat": False,
    }
    assert guest.message("GET", f"{API}.sesi.info") == {"user": "Guest", **nothing}


def test_an_account_without_a_person_is_told_so(stack, body):
    administrator = Client(stack, stack.user("Administrator"))
    assert administrator.refusal("POST", CATAT, json=body)[1] == "BukanPegawai"
    assert administrator.refusal("GET", f"{API}.absensi.hari_ini")[1] == "BukanPegawai"


@pytest.mark.parametrize(
    "bulan", ["", "2026", "2026-13", "2026-1", "1999-01", "kemarin", "2026-11-01", "9" * 3000]
)
def test_a_bad_month_is_refused(staff, bulan):
    assert staff.refusal("GET", f"{API}.absensi.riwayat", params={"bulan": bulan})[1] == "PermintaanTidakSah"


def test_the_history_has_what_was_just_punched(staff, body):
    answer = staff.message("POST", CATAT, json=body)
    history = staff.message("GET", f"{API}.absensi.riwayat", params={"bulan": answer["tanggal"][:7]})
    day = next(day for day in history["hari"] if day["tanggal"] == answer["tanggal"])
    assert answer["name"] in [row["name"] for row in day["absensi"]]


def test_the_page_and_its_service_worker_are_served_to_anybody(guest):
    page = guest.call("GET", "/absen")
    assert page.status_code == 200
    assert 'src="/assets/spbe_attendance/frontend/' in page.text
    assert guest.call("GET", "/absen/riwayat").status_code == 200
    worker = guest.call("GET", "/absen/sw.js")
    assert worker.status_code == 200
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.headers["Service-Worker-Allowed"] == "/absen"
    assert guest.call("GET", "/absen/manifest.webmanifest").json()["scope"] == "/absen"


def test_the_same_punch_from_several_log_ins_at_once_is_one_row(stack, body):
    people = [Client(stack, stack.user("Pegawai SPBE")) for _ in range(4)]
    with ThreadPoolExecutor(12) as pool:
        turns = pool.map(
            lambda number: people[number % 4].twin().message("POST", CATAT, json=body), range(24)
        )
        answers = list(turns)
    assert len({answer["name"] for answer in answers}) == 1
    assert sum(not answer["duplikat"] for answer in answers) == 1


def test_somebody_elses_id_is_refused_and_tells_nothing(staff, colleague, body):
    mine = staff.message("POST", CATAT, json=body)
    there = inside(colleague.message("GET", HARI_INI))
    status, kind, sentence = colleague.refusal("POST", CATAT, json={**body, **there})
    assert (status, kind) == (409, "IdKlienTerpakai")
    assert mine["name"] not in sentence
    assert len(staff.rows("Absensi", {"id_klien": body["id_klien"]})) == 1
    assert colleague.rows("Absensi", {"id_klien": body["id_klien"]}) == []


def test_the_home_screen_has_what_the_contract_names_and_takes_no_arguments(staff, stack, colleague):
    asked = {"pegawai": colleague.user["pegawai"], "opd": "x", "tanggal": ["like", "%"]}
    for options in ({}, {"params": {"pegawai": colleague.user["pegawai"]}}, {"json": asked}):
        home = staff.message("GET", HARI_INI, **options)
        assert {"waktu_server", "pegawai", "jadwal", "absensi", "lokasi", "mode"} <= set(home)
        assert home["pegawai"]["name"] == staff.user["pegawai"]


def test_the_history_is_ones_own_whoever_is_asked_for(staff, colleague, body):
    name = staff.message("POST", CATAT, json=body)["name"]
    asked = {"bulan": "2026-11", "pegawai": staff.user["pegawai"]}
    assert name not in colleague.call("GET", RIWAYAT, params=asked).text


@pytest.mark.parametrize(
    "sent",
    [
        {"params": {"bulan[]": "2026-11"}},
        {"params": {"bulan": "2026-11\x00"}},
        {"params": {"bulan": "٢٠٢٦-١١"}},
        {"params": {"bulan": "9999-12"}},
        {"params": {"bulan": "0000-01"}},
        {"json": {"bulan": {"a": 1}}},
        {"json": {"bulan": ["2026-11"]}},
        {"json": {"bulan": 202611}},
    ],
    ids=str,
)
def test_a_month_of_the_wrong_kind_is_refused(staff, sent):
    status, kind, sentence = staff.refusal("GET", RIWAYAT, **sent)
    assert (status, kind) == (400, "PermintaanTidakSah")
    assert len(sentence) > 10


def test_a_refusal_comes_in_the_language_of_the_screen_and_what_is_kept_does_not(staff, body):
    """The framework reads ``_lang`` of a JSON request in its body; a session's own language is Indonesian."""
    wrong = {**body, "jenis": "Istirahat"}
    sentences = {
        language: staff.refusal("POST", CATAT, json={**wrong, "_lang": language})[2]
        for language in ("id", "en")
    }
    assert staff.refusal("POST", CATAT, json=wrong)[2] == sentences["id"] != sentences["en"]
    english = staff.message("POST", CATAT, json={**body, "_lang": "en"})
    indonesian = staff.message("POST", CATAT, json={**body, "id_klien": str(uuid.uuid4())})
    assert english["penjelasan"] == indonesian["penjelasan"]
