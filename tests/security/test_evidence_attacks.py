"""Every attack on the proof of the capture time, played against the running server.

The server's clock is real here: what an attacker gains is read from the interval that the server stores.
docs/keamanan.md tells what is caught, what is only flagged, and what still passes.
"""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from spbe_attendance.tests.phone import Phone, at, punch_fields
from tests.client import API, CATAT, HARI_INI, Client, inside

DAFTAR = f"{API}.perangkat.daftar"
MINUTE = 60_000
HOUR = 60 * MINUTE
STORED = (
    "name", "waktu", "waktu_awal", "waktu_akhir", "waktu_tiba", "status", "sumber", "perlu_tinjau", "catatan_waktu",
)  # fmt: skip


class Attacker:
    """A member of staff with a log-in and a phone of which everything can be bent but the private key."""

    def __init__(self, client: Client):
        self.client = client
        self.home = client.message("GET", HARI_INI)
        self.person = self.home["pegawai"]["name"]
        self.here = at(**inside(self.home))
        self.phone = self.new_phone()

    def new_phone(self, register: bool = True) -> Phone:
        phone = Phone(self.person)
        phone.take_anchor(self.client.message("GET", HARI_INI)["jangkar"])
        if register:
            self.client.message("POST", DAFTAR, json=phone.registration())
        return phone

    def capture(self, **changes):
        return self.phone.capture(**self.here, **changes)

    def send(self, bukti, **changes):
        return self.client.message("POST", CATAT, json=punch_fields(bukti, **changes))

    def refused(self, signed, client: Client | None = None, **changes):
        status, name, sentence = (client or self.client).refusal(
            "POST", CATAT, json=punch_fields(signed, **changes)
        )
        assert sentence
        return status, name

    def stored(self, bukti):
        rows = self.client.rows("Absensi", {"id_klien": bukti["isi"]["id"]}, *STORED)
        assert len(rows) == 1
        row = rows[0]
        return {**row, **{field: datetime.fromisoformat(row[field]) for field in STORED[1:5]}}

    def sent(self, bukti):
        self.send(bukti)
        return self.stored(bukti)


@pytest.fixture
def attacker(staff) -> Attacker:
    return Attacker(staff)


@pytest.fixture
def other(colleague) -> Attacker:
    return Attacker(colleague)


def anchor_time(attacker: Attacker) -> datetime:
    told = datetime.fromisoformat(attacker.home["waktu_server"])
    return told.replace(tzinfo=None)


@pytest.mark.parametrize("turned", [-3 * HOUR, -26 * HOUR, 5 * HOUR])
def test_a_turned_clock_never_makes_a_punch_earlier_than_the_anchor(attacker, turned):
    attacker.phone.set_clock(turned)
    row = attacker.sent(attacker.capture())

    assert anchor_time(attacker) - timedelta(seconds=1) <= row["waktu_awal"] <= row["waktu"]
    assert row["waktu"] <= row["waktu_akhir"] <= row["waktu_tiba"]
    assert row["catatan_waktu"]


def test_a_reboot_or_killed_page_widens_and_never_reaches_back_before_the_anchor(attacker):
    attacker.phone.reload()
    attacker.phone.set_clock(-9 * HOUR)
    row = attacker.sent(attacker.capture())

    assert row["waktu_awal"] >= anchor_time(attacker) - timedelta(seconds=1)
    assert row["waktu_akhir"] == row["waktu_tiba"]
    assert row["waktu"] == row["waktu_awal"]


def test_a_claim_to_have_stayed_longer_ends_at_the_arrival(attacker):
    attacker.phone.pass_time(8 * HOUR)
    row = attacker.sent(attacker.capture(j="Pulang"))

    assert row["waktu_awal"] == row["waktu_akhir"] == row["waktu_tiba"]
    assert row["catatan_waktu"]


def test_a_replayed_entry_is_the_same_punch_also_in_parallel(attacker):
    bukti = attacker.capture()
    clients = [attacker.client.twin() for _ in range(12)]
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(lambda c: c.message("POST", CATAT, json=punch_fields(bukti)), clients))

    assert len({answer["name"] for answer in answers}) == 1
    assert attacker.stored(bukti)["name"] == answers[0]["name"]


def test_a_replay_under_another_id_is_refused(attacker):
    bukti = attacker.capture()
    attacker.send(bukti)

    assert attacker.refused(bukti, id_klien=str(uuid.uuid4())) == (400, "BuktiTidakSah")


def test_of_parallel_entries_with_one_number_one_is_taken(attacker):
    """A queue copied to twelve phones that send at the same moment."""
    twins = []
    for _ in range(12):
        attacker.phone.number, attacker.phone.previous = 0, ""
        twins.append(attacker.capture())

    def send(bukti):
        answer = attacker.client.twin().call("POST", CATAT, json=punch_fields(bukti))
        return answer.status_code, answer.json().get("exc_type")

    with ThreadPoolExecutor(len(twins)) as pool:
        answers = list(pool.map(send, twins))

    assert sorted(status for status, _name in answers) == [200] + [409] * 11
    assert {name for _status, name in answers} == {None, "UrutanBuktiTerpakai"}


def test_reordered_entries_are_taken_and_bound_each_other(attacker):
    attacker.phone.reload()
    first, second = attacker.capture(), attacker.capture(j="Pulang")
    after, before = attacker.sent(second), attacker.sent(first)

    assert before["waktu_akhir"] <= after["waktu_akhir"]


def test_a_dropped_entry_is_noted(attacker):
    attacker.send(attacker.capture())
    attacker.capture()

    assert attacker.sent(attacker.capture())["catatan_waktu"]


def test_a_rewritten_history_is_refused(attacker):
    attacker.send(attacker.capture())
    attacker.phone.previous = "ab" * 32

    assert attacker.refused(attacker.capture()) == (409, "UrutanBuktiTerpakai")


@pytest.mark.parametrize("field", ["lat", "lon", "ak", "u", "wa", "wc", "e0"])
def test_an_altered_field_breaks_the_signature(attacker, field):
    bukti = attacker.capture()
    bukti["isi"][field] += 1

    assert attacker.refused(bukti) == (400, "BuktiTidakSah")


def test_a_better_place_beside_the_signed_one_is_refused(attacker):
    bukti = attacker.phone.capture(**at(0.5, 101.4))

    assert attacker.refused(bukti, **inside(attacker.home)) == (400, "BuktiTidakSah")


def test_an_invented_an_altered_and_a_colleagues_anchor_are_refused(attacker, other):
    genuine = attacker.phone.anchor
    payload, tag = genuine.split(".")
    for anchor in ("", "x", payload, f"{payload}.{tag[::-1]}", f"{payload}x.{tag}", other.phone.anchor):
        assert attacker.refused(attacker.capture(a=anchor)) == (400, "BuktiTidakSah")


def test_a_colleagues_entry_is_not_sent_in_my_name(attacker, other):
    assert other.refused(attacker.capture(), client=other.client) == (403, "BuktiOrangLain")


def test_an_entry_in_my_name_by_a_colleagues_key_is_refused(attacker, other):
    forged = other.phone.signed(attacker.phone.body(**attacker.here))

    assert attacker.refused(forged) == (403, "PerangkatMilikOrangLain")


def test_an_unregistered_key_is_refused_and_counts_after_registration(attacker):
    attacker.phone = attacker.new_phone(register=False)
    bukti = attacker.capture()
    assert attacker.refused(bukti) == (403, "PerangkatTidakDikenal")

    attacker.client.message("POST", DAFTAR, json=attacker.phone.registration())
    assert attacker.sent(bukti)["status"] == "Sah"


def test_a_colleagues_key_is_not_registered_as_mine(attacker, other):
    stolen = {**attacker.phone.registration(), "kunci": json.dumps(other.phone.key.jwk())}
    status, name, _sentence = attacker.client.refusal("POST", DAFTAR, json=stolen)
    assert (status, name) == (400, "BuktiTidakSah")

    # Even the colleague's consent does not make one key two people's.
    phone = other.phone
    phone.person, phone.anchor = attacker.person, attacker.phone.anchor
    status, name, _sentence = attacker.client.refusal("POST", DAFTAR, json=phone.registration())
    assert (status, name) == (403, "PerangkatMilikOrangLain")


def test_nobody_writes_revokes_or_reads_the_phone_of_a_colleague(attacker, other):
    name = other.client.rows("Perangkat", {"sidik_kunci": other.phone.thumbprint})[0]["name"]

    assert attacker.client.rows("Perangkat", {"name": name}) == []
    assert attacker.client.call("GET", f"/api/resource/Perangkat/{name}").status_code == 403
    for client in (attacker.client, other.client):
        change = {"status": "Dicabut", "kunci_publik": "{}"}
        assert client.call("PUT", f"/api/resource/Perangkat/{name}", json=change).status_code == 403
        assert client.call("DELETE", f"/api/resource/Perangkat/{name}").status_code == 403
    assert (
        attacker.client.call("POST", "/api/resource/Perangkat", json={"pegawai": attacker.person}).status_code
        == 403
    )


@pytest.mark.parametrize(
    "nonsense",
    [
        "x",
        "[]",
        "null",
        "{}",
        "[" * 3000,
        '{"isi":{},"k":"","s":""}',
        '{"isi":1e999}',
        {"isi": []},
        [1],
        7,
        True,
    ],
    ids=range(11),
)
def test_malformed_evidence_is_refused_in_words(attacker, nonsense):
    assert attacker.refused(attacker.capture(), bukti=nonsense) == (400, "BuktiTidakSah")


@pytest.mark.parametrize(
    "change",
    [
        {"kunci": None},
        {"kunci": "{"},
        {"kunci": {"kty": "RSA"}},
        {"jangkar": 1},
        {"tanda_tangan": "x"},
        {"nama": ["x"]},
    ],
)
def test_a_malformed_registration_is_refused_or_cleaned(attacker, change):
    answer = attacker.client.call(
        "POST", DAFTAR, json={**attacker.new_phone(register=False).registration(), **change}
    )

    if "nama" in change:
        assert answer.json()["message"]["status"] == "Aktif"
    else:
        assert (answer.status_code, answer.json()["exc_type"]) == (400, "BuktiTidakSah")


def test_a_guest_gets_no_anchor_and_registers_nothing(guest):
    for verb, path in (("GET", f"{API}.perangkat.jangkar"), ("POST", DAFTAR)):
        assert guest.call(verb, path, json={}).status_code in (401, 403)
