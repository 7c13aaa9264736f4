"""Attacks on activation codes, played against the running server: replay, two at once, guessing, issuing for others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.client import API, Client

LOOK, OPEN, ISSUE, LOCK, SLIPS, STATE = (
    f"{API}.{name}"
    for name in (
        "akun.periksa_kode",
        "akun.aktifkan",
        "akun.terbitkan_kode",
        "akun.kunci",
        "akun.cetak_slip",
        "laporan.keadaan",
    )
)
SECRETS = {"kata_sandi": "perahu-kopi-senja", "pin": "482915"}
WHY = "Uji serangan kode aktivasi"


@pytest.fixture(scope="module")
def bkpsdm(stack) -> Client:
    return Client(stack, stack.user("BKPSDM"))


@pytest.fixture
def newcomer(bkpsdm, stack) -> dict[str, Any]:
    """{name, kode, nomor} of an invented honorer without an account until now."""
    opd = stack.user("Pegawai SPBE")["opd"]
    values = {"nama": "Orang Baru Uji", "status_kepegawaian": "Non ASN", "opd": opd}
    answer = bkpsdm.call("POST", "/api/resource/Pegawai", json=values)
    assert answer.status_code == 200, answer.text[:500]
    name = answer.json()["data"]["name"]
    issued = bkpsdm.message("POST", ISSUE, json={"pegawai": name, "catatan": WHY})
    return {"name": name, **issued}


def test_two_who_use_a_code_at_once_are_one(stack, newcomer):
    def attempt(_number: int) -> int:
        body = {"kode": newcomer["kode"], **SECRETS}
        return Client(stack, None).call("POST", OPEN, json=body).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(attempt, range(4)))
    assert answers == [200, 403, 403, 403]


def test_a_used_code_opens_nothing_and_leaves_the_password(stack, newcomer, guest):
    assert Client(stack, None).message("POST", OPEN, json={"kode": newcomer["kode"], **SECRETS}) == {
        "aktif": True
    }
    status, kind, _sentence = guest.refusal(
        "POST", OPEN, json={"kode": newcomer["kode"], "kata_sandi": "gunung-radio-kelapa", "pin": "482916"}
    )
    assert (status, kind) == (403, "KodeAktivasiSalah")
    Client(stack, {"username": newcomer["nomor"], "password": SECRETS["kata_sandi"]})


def test_an_unknown_number_is_answered_like_a_wrong_code(guest, newcomer):
    answers = {
        guest.refusal("POST", LOOK, json={"kode": "AAAAA-BBBBB", "nomor": number})
        for number in (newcomer["nomor"], "90000001", "199001012020011999")
    }
    assert len(answers) == 1


def test_a_code_is_never_taken_from_an_address(guest, newcomer):
    assert guest.call("GET", LOOK, params={"kode": newcomer["kode"]}).status_code in (403, 405)


def test_staff_issue_lock_and_print_nothing(stack, newcomer):
    staff = Client(stack, stack.user("Pegawai SPBE", 1))
    for path, body in (
        (ISSUE, {"pegawai": newcomer["name"], "catatan": WHY}),
        (LOCK, {"pegawai": newcomer["name"], "alasan": WHY}),
        (SLIPS, {"opd": stack.user("Pegawai SPBE")["opd"], "semua": 1}),
    ):
        assert staff.refusal("POST", path, json=body)[0] == 403, path


def test_an_admin_neither_opens_heads_accounts_nor_prints_slips_of_others(stack):
    admin = stack.user("Admin OPD")
    heads = [user for user in stack.users if user["role"] == "Kepala OPD"]
    client = Client(stack, admin)
    for head in heads:
        body = {"pegawai": head["pegawai"], "catatan": WHY}
        assert client.refusal("POST", ISSUE, json=body)[0] == 403
    foreign = next(user["opd"] for user in heads if user["opd"] != admin["opd"])
    assert client.refusal("POST", SLIPS, json={"opd": foreign})[0] == 403


def test_a_job_of_somebody_else_is_unknown(stack, bkpsdm):
    key = bkpsdm.message("POST", SLIPS, json={"opd": stack.user("Pegawai SPBE")["opd"], "semua": 1})["id"]
    other = Client(stack, stack.user("Admin OPD"))
    assert other.refusal("GET", STATE, params={"id": key})[0] == 417
