"""The Command Center over HTTP: every role on every endpoint, foreign OPD, values that nobody would send."""

from __future__ import annotations

import json

import pytest

from tests.client import API

NUMBERS, PLACES, NAMES, SHEET = (
    f"{API}.pemantauan.{name}" for name in ("ringkasan", "peta", "orang", "ekspor")
)
ALL = (NUMBERS, PLACES, NAMES, SHEET)
# Role -> what it may ask about the whole regency.
REGENCY = {"Pimpinan": ALL, "BKPSDM": ALL, "Wali Data": (NUMBERS, PLACES, SHEET)}
ROOM = "/api/method/frappe.realtime.can_subscribe_doc"


@pytest.fixture(scope="module")
def regency(logged_in) -> str:
    return logged_in("Pimpinan").message("GET", NUMBERS)["opd"]["name"]


@pytest.mark.parametrize(
    "role", ["Pimpinan", "BKPSDM", "Wali Data", "Kepala OPD", "Admin OPD", "Pegawai SPBE"]
)
@pytest.mark.parametrize("path", ALL)
def test_the_whole_regency_is_for_those_who_lead_it(logged_in, regency, role, path):
    answer = logged_in(role).call("GET", path, params={"opd": regency})
    assert answer.status_code == (200 if path in REGENCY.get(role, ()) else 403), answer.text[:300]


@pytest.mark.parametrize("path", ALL)
def test_a_guest_is_told_nothing(guest, path):
    assert guest.call("GET", path).status_code == 403


@pytest.mark.parametrize("role", ["Kepala OPD", "Admin OPD"])
def test_a_head_starts_at_the_own_top_and_reaches_no_other_opd(logged_in, stack, role):
    client = logged_in(role)
    assert client.message("GET", NUMBERS)["opd"]["name"] == client.user["opd"]
    others = {user["opd"] for user in stack.users if user["opd"]} - {client.user["opd"]}
    own = json.dumps(client.message("GET", NUMBERS))
    for opd in sorted(others):
        if f'"{opd}"' not in own:
            for path in ALL:
                assert client.call("GET", path, params={"opd": opd}).status_code == 403, (path, opd)


def test_the_room_of_an_opd_opens_to_those_who_see_its_numbers(logged_in, regency):
    for role in ("Pimpinan", "BKPSDM", "Wali Data", "Kepala OPD", "Admin OPD", "Pegawai SPBE"):
        target = {"doctype": "Ringkasan OPD", "docname": regency}
        allowed = logged_in(role).call("GET", ROOM, params=target).status_code == 200
        assert allowed == (role in REGENCY), role


def test_names_come_without_numbers_of_persons_and_without_positions(logged_in, stack):
    text = json.dumps(logged_in("Pimpinan").message("GET", NAMES, params={"panjang": 200}))
    assert not [user["username"] for user in stack.users if user["pegawai"] and user["username"] in text]
    for word in ("nik", "nip", "latitude", "longitude", "tanggal_lahir"):
        assert f'"{word}"' not in text


ODD = [
    {"tanggal": "2999-01-01"}, {"tanggal": "0000-00-00"}, {"tanggal": "2026-02-30"}, {"tanggal": "'; drop table `tabAbsensi`; --"},
    {"tanggal": "\x00"}, {"opd": "../../etc/passwd"}, {"opd": "x" * 4000}, {"opd": "%"}, {"opd": "{{ 7*7 }}"}, {"opd": "' or 1=1 --"},
]  # fmt: skip


@pytest.mark.parametrize("asked", ODD, ids=str)
@pytest.mark.parametrize("path", ALL)
def test_nonsense_is_refused_in_words(logged_in, path, asked):
    status, error, sentence = logged_in("BKPSDM").refusal("GET", path, params=asked)
    assert error in ("TanggalTidakSah", "PertanyaanTidakSah", "PermissionError"), (status, error)
    assert sentence


@pytest.mark.parametrize(
    "asked",
    [{"keadaan": "hilang"}, {"mulai": "-1"}, {"panjang": "0"}, {"panjang": "1e3"}, {"mulai": "9" * 30}, {"cari": "x" * 500}],
    ids=str,
)  # fmt: skip
def test_nonsense_about_names_is_refused_in_words(logged_in, asked):
    assert logged_in("BKPSDM").refusal("GET", NAMES, params=asked)[1] == "PertanyaanTidakSah"


@pytest.mark.parametrize("cari", ["%", "_", "\\", "' or '1'='1", "\x00", "😀"])
def test_what_is_searched_for_is_text_and_no_pattern(logged_in, cari):
    found = logged_in("BKPSDM").message("GET", NAMES, params={"cari": cari, "panjang": 200})
    assert all(cari in (row["nama"] + (row["jabatan"] or "")) for row in found["orang"])


def test_numbers_are_neither_written_nor_taken_by_form(logged_in, regency):
    client = logged_in("BKPSDM")
    path = f"/api/resource/Ringkasan OPD/{regency}"
    assert client.call("PUT", path, json={"hadir": 1}).status_code in (403, 404, 417)
    assert client.call("DELETE", path).status_code in (403, 404, 417)
    assert client.call("POST", "/api/resource/Ringkasan OPD", json={"opd": regency}).status_code in (
        403,
        404,
        409,
        417,
    )
    assert client.call("POST", NUMBERS).status_code == 403


def test_nobody_is_called_absent_before_the_day_is_computed(logged_in):
    status, error, sentence = logged_in("BKPSDM").refusal("GET", SHEET, params={"alpa": "1"})
    assert (status, error) == (409, "DataBelumLengkap") and sentence


def test_the_same_numbers_are_not_sent_twice(logged_in):
    client = logged_in("Pimpinan")
    # A day gone by: nothing of it changes while the test runs.
    day = client.message("GET", NUMBERS)["tanggal"][:8] + "01"
    first = client.call("GET", NUMBERS, params={"tanggal": day})
    again = client.call(
        "GET", NUMBERS, params={"tanggal": day}, headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert "private" in first.headers["Cache-Control"]
