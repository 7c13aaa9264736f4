"""Requests of the wrong form, to all four endpoints: refused in words, or harmless; nothing gives a 5xx."""

from __future__ import annotations

import json

import pytest

from tests.client import API, CATAT, FOTO, HARI_INI, RIWAYAT


def test_an_oversize_body_is_refused(staff, body):
    assert staff.refusal("POST", CATAT, json={**body, "sampah": "x" * 9000})[0] == 413


@pytest.mark.parametrize("text", ["{", "[1, 2]", '"x"', "null", "\ufeff{}", "[" * 5000, "1" * 5000])
def test_a_body_that_is_no_object_is_refused(staff, text):
    answer = staff.call("POST", CATAT, data=text.encode(), headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500


def test_an_empty_body_is_refused(staff):
    assert staff.refusal("POST", CATAT)[1] == "PermintaanTidakSah"


def test_punches_are_not_made_by_get(staff, body):
    assert staff.refusal("GET", CATAT, params=body)[0] == 403


def test_a_session_without_its_token_cannot_punch(staff, body):
    other = staff.twin()
    del other.http.headers["X-Frappe-CSRF-Token"]
    assert other.refusal("POST", CATAT, json=body)[0] == 400


JSON = "application/json"
# name: content type, body made of the JSON text of a good punch
WRONG_FORM = {
    "text/plain": ("text/plain", lambda text: text),
    "XML": ("application/xml", lambda _text: "<absensi><jenis>Masuk</jenis></absensi>"),
    "no content type": (None, lambda text: text.encode()),
    "JSON said to be a form": ("application/x-www-form-urlencoded", lambda text: text),
    "multipart without a boundary": ("multipart/form-data", lambda text: text),
    "multipart cut off": ("multipart/form-data; boundary=b", lambda _text: '--b\r\nContent-Disposition: form-data; name="jenis"\r\n\r\nMas'),
    "empty JSON": (JSON, lambda _text: ""),
    "empty object": (JSON, lambda _text: "{}"),
    "not UTF-8": (JSON, lambda _text: b'{"jenis": "\xff\xfe"}'),
    "UTF-16": (JSON + "; charset=utf-16", lambda text: text.encode("utf-16")),
    "zeros": (JSON, lambda _text: b"\0" * 50),
    "deeply nested object": (JSON, lambda _text: '{"a":' * 900 + "1" + "}" * 900),
    "more deeply nested object": (JSON, lambda _text: '{"a":' * 1300 + "1" + "}" * 1300),
    "nested in a field": (JSON, lambda text: text.replace('"Masuk"', "[" * 500 + "]" * 500)),
    "NaN": (JSON, lambda text: text.replace('"akurasi": 8', '"akurasi": NaN')),
    "a number of 400 digits": (JSON, lambda text: text.replace('"akurasi": 8', '"akurasi": ' + "9" * 400)),
    "a form that is not UTF-8": ("application/x-www-form-urlencoded", lambda _text: b"jenis=%ff%fe&id_klien=\xff"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG_FORM.values(), ids=WRONG_FORM.keys())
def test_a_body_of_the_wrong_form_is_refused_and_nothing_written(staff, body, case):
    kind, make = case
    answer = staff.call("POST", CATAT, data=make(json.dumps(body)), headers={"Content-Type": kind})
    assert answer.status_code in (400, 413, 417), answer.text[:300]
    assert "Traceback" not in answer.text
    assert not staff.rows("Absensi", {"id_klien": body["id_klien"]})


def test_multipart_is_as_good_as_a_form(staff, body):
    parts = {name: (None, str(value)) for name, value in body.items()}
    assert staff.message("POST", CATAT, files=parts)["status"] == "Sah"


def test_of_a_key_given_twice_the_last_counts_and_one_row_is_written(staff, body):
    text = json.dumps(body)[:-1] + ', "jenis": "Pulang"}'
    assert staff.message("POST", CATAT, data=text, headers={"Content-Type": JSON})["jenis"] == "Pulang"
    assert len(staff.rows("Absensi", {"id_klien": body["id_klien"]})) == 1


def test_what_is_no_argument_is_ignored(staff, body):
    more = {
        "flags": {"ignore_permissions": 1},
        "self": 1,
        "values": {"pegawai": "x"},
        "": 1,
        "a b": 2,
        "status": "Disetujui",
    }
    answer = staff.message("POST", CATAT, json={**body, **more})
    row = staff.document("Absensi", answer["name"])
    assert (row["pegawai"], row["status"]) == (staff.user["pegawai"], "Sah")


def test_a_person_in_the_address_is_refused_with_a_form_and_ignored_with_json(staff, colleague, body):
    there = f"{CATAT}?pegawai={colleague.user['pegawai']}"
    assert staff.refusal("POST", there, data=body)[1] == "PegawaiTidakBolehDisebut"
    name = staff.message("POST", there, json=body)["name"]
    assert staff.document("Absensi", name)["pegawai"] == staff.user["pegawai"]


@pytest.mark.parametrize("path", [CATAT, FOTO])
@pytest.mark.parametrize("verb", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "PUNCH"])
def test_what_writes_takes_post_only(staff, body, verb, path):
    assert staff.call(verb, path, json=body).status_code in (403, 405)
    assert not staff.rows("Absensi", {"id_klien": body["id_klien"]})


@pytest.mark.parametrize("path", [HARI_INI, RIWAYAT])
@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_what_reads_takes_get_only(staff, verb, path):
    assert staff.call(verb, path, json={"bulan": "2026-11"}).status_code in (403, 405)


@pytest.mark.parametrize("path", [HARI_INI, RIWAYAT])
def test_a_reading_request_with_a_broken_body_is_refused(staff, path):
    answer = staff.refusal("GET", path, data=b"{", headers={"Content-Type": JSON})
    assert answer[1] == "PermintaanTidakSah"


@pytest.mark.parametrize(
    "headers",
    [{"X-A": "x" * 9000}, {"X-A": "x" * 200_000}, {f"X-{number}": "y" for number in range(300)}],
    ids=["long", "very long", "many"],
)
@pytest.mark.parametrize("path", [CATAT, FOTO, HARI_INI, RIWAYAT])
def test_huge_headers_are_refused(staff, body, path, headers):
    verb = "POST" if path in (CATAT, FOTO) else "GET"
    assert 400 <= staff.twin().call(verb, path, json=body, headers=headers).status_code < 500
    assert not staff.rows("Absensi", {"id_klien": body["id_klien"]})


def test_a_huge_address_is_refused(staff):
    assert staff.call("GET", RIWAYAT, params={"bulan": "1" * 20_000}).status_code in (400, 414)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sid=" + "x" * 3000},
        {"Authorization": "token x:y"},
        {"Authorization": "token"},
        {"Authorization": "Basic %%%"},
        {"Authorization": "Bearer \xff"},
    ],
    ids=str,
)
def test_a_broken_log_in_is_a_guest(guest, body, headers):
    client = guest.twin()
    for verb, path in (("POST", CATAT), ("POST", FOTO), ("GET", HARI_INI), ("GET", RIWAYAT)):
        assert client.call(verb, path, json=body, headers=headers).status_code in (400, 401, 403)


@pytest.mark.parametrize(
    "name",
    ["absensi._person", "absensi.intake.record", "absensi.x", ".absensi.catat", "absensi.frappe.get_doc"],
)
def test_nothing_but_the_endpoints_is_called_from_outside(staff, body, name):
    assert 400 <= staff.call("POST", f"{API}.{name}", json=body).status_code < 500
    assert not staff.rows("Absensi", {"id_klien": body["id_klien"]})


@pytest.mark.parametrize(
    ("verb", "path", "argument"),
    [
        ("GET", "apel.kekuatan", "kegiatan"),
        ("POST", "gangguan.berlakukan", "gangguan"),
        ("POST", "gangguan.tolak", "gangguan"),
    ],
)
def test_an_argument_that_is_missing_is_named(staff, verb, path, argument):
    status, kind, sentence = staff.refusal(verb, f"{API}.{path}", json={} if verb == "POST" else None)
    assert (status, kind) == (400, "PermintaanTidakSah")
    assert argument in sentence
