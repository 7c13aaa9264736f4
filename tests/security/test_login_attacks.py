"""Passwords are guessed: at one account, at many from one address, from behind the address of an office that logs in at 07:25.

An address of one's own is made by binding the connection to another number of the loopback network: the proxy sees it as it is.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from requests.adapters import HTTPAdapter

from tests.client import API, Client

LOGIN = "/api/method/login"
SETTINGS = "/api/resource/Pengaturan Absensi/Pengaturan Absensi"
TRIES, OFFICE_LIMIT = 5, 12


class From(HTTPAdapter):
    """Connections that come from this address."""

    def __init__(self, address: str):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **options):
        super().init_poolmanager(*args, source_address=(self.address, 0), **options)


class Browser:
    """A browser with its cookies, at an address."""

    def __init__(self, stack, address: str):
        self.stack, self.http = stack, requests.Session()
        self.http.mount("http://", From(address))
        self.http.headers.update({"Host": stack.host, "Accept": "application/json"})

    def log_in(self, account: dict, password: str | None = None, **headers: str) -> requests.Response:
        body = {"usr": account["username"], "pwd": password or account["password"]}
        answer = self.http.post(self.stack.url + LOGIN, json=body, headers=headers, timeout=60)
        assert answer.status_code < 500, answer.text[:500]
        return answer

    def guess(self, account: dict, times: int, **headers: str) -> list[int]:
        return [self.log_in(account, f"salah-{number}", **headers).status_code for number in range(times)]


@pytest.fixture
def at() -> str:
    """An address that no other test comes from."""
    return f"127.{secrets.randbelow(250) + 2}.{secrets.randbelow(250) + 2}.{secrets.randbelow(250) + 2}"


@pytest.fixture
def other(at) -> str:
    return at.rpartition(".")[0] + ".1"


@pytest.fixture(scope="module")
def administrator(stack) -> Client:
    return Client(stack, stack.user("Administrator"))


@pytest.fixture(scope="module")
def limits(administrator) -> Iterator[None]:
    fields = ("batas_salah_sandi", "batas_akun_per_alamat")
    before = administrator.document("Pengaturan Absensi", "Pengaturan Absensi")
    administrator.call("PUT", SETTINGS, json=dict(zip(fields, (TRIES, OFFICE_LIMIT), strict=True)))
    yield
    administrator.call("PUT", SETTINGS, json={field: before[field] for field in fields})


@pytest.fixture
def account(administrator, limits) -> Iterator[dict]:
    """Of its own for each test: its counters outlive the test."""
    password = f"Sagu-{uuid.uuid4().hex}"
    name = f"uji-{uuid.uuid4().hex[:12]}@contoh.invalid"
    body = {"email": name, "first_name": "Uji Masuk", "new_password": password, "send_welcome_email": 0}
    assert administrator.call("POST", "/api/resource/User", json=body).status_code == 200
    yield {"username": name, "password": password}
    administrator.call("DELETE", f"/api/resource/User/{name}")


def test_guesses_end_after_the_limit_and_the_answer_does_not_tell_the_right_one(stack, account, at):
    stranger = Browser(stack, at)
    assert stranger.guess(account, TRIES + 2) == [401] * TRIES + [429] * 2
    wrong, right = stranger.log_in(account, "salah-lagi"), stranger.log_in(account)
    assert (wrong.status_code, right.status_code) == (429, 429)
    assert wrong.json() == right.json()
    assert wrong.json()["exc_type"] == "TerlaluSeringSalahMasuk"
    assert "tunggu" in wrong.json()["_server_messages"]
    assert 1 <= int(right.headers["Retry-After"]) <= 600
    assert set(wrong.headers) == set(right.headers)
    assert "sid" not in right.cookies


def test_the_owner_gets_in_with_a_known_browser_while_strangers_guess_from_the_same_address(
    stack, account, at
):
    owner = Browser(stack, at)
    assert owner.log_in(account).status_code == 200
    assert Browser(stack, at).guess(account, TRIES + 1)[-1] == 429
    assert owner.log_in(account).status_code == 200


def test_the_owner_gets_in_with_a_new_phone_at_another_address(stack, account, at, other):
    assert Browser(stack, at).guess(account, TRIES + 1)[-1] == 429
    assert Browser(stack, other).log_in(account).status_code == 200


def test_a_known_browser_has_mistakes_of_its_own_only_and_not_without_end(stack, account, at):
    owner = Browser(stack, at)
    owner.log_in(account)
    assert owner.guess(account, TRIES + 1) == [401] * TRIES + [429]
    assert owner.log_in(account).status_code == 429


def test_strangers_from_many_addresses_share_one_limit_of_the_account(stack, account, at):
    answers = [
        Browser(stack, f"{at.rpartition('.')[0]}.{last}").guess(account, TRIES)[-1] for last in range(10, 16)
    ]
    assert answers == [401] * 4 + [429] * 2


def test_a_made_up_forwarding_address_changes_nothing(stack, account, at):
    stranger = Browser(stack, at)
    answers = [
        stranger.guess(account, 1, **{"X-Forwarded-For": f"203.0.113.{number}"})[0]
        for number in range(TRIES + 1)
    ]
    assert answers[-1] == 429


def test_a_cookie_of_ones_own_making_or_for_another_account_is_a_strangers(stack, account, administrator, at):
    forged = Browser(stack, at)
    forged.http.cookies.set("spbe_peramban", "A" * 22 + "." + "0" * 24)
    assert forged.guess(account, TRIES + 1)[-1] == 429
    elsewhere = Browser(stack, at)
    assert elsewhere.log_in(stack.user("Pegawai SPBE")).status_code == 200
    assert elsewhere.guess(account, 1) == [429]


def test_many_accounts_from_one_address_are_slowed_and_known_browsers_there_are_not(stack, account, at):
    owner = Browser(stack, at)
    assert owner.log_in(account).status_code == 200
    sprayed = [
        Browser(stack, at).log_in({"username": f"1410{number:014d}"}, "Musim2026").status_code
        for number in range(OFFICE_LIMIT + 14)
    ]
    assert sprayed[: OFFICE_LIMIT + 1] == [401] * (OFFICE_LIMIT + 1)
    # The pace is counted by the minute: a new one may begin meanwhile.
    assert sprayed.count(429) >= 3
    assert owner.log_in(account).status_code == 200


def test_an_office_logs_in_behind_one_address_while_one_of_its_accounts_is_guessed(stack, account, at):
    people = [user for user in stack.users if user["role"] == "Pegawai SPBE"][:20]

    def come_in(person: dict) -> list[int]:
        browser = Browser(stack, at)
        # One in two mistypes first.
        mistyped = browser.guess(person, 1) if people.index(person) % 2 else []
        return [*mistyped, browser.log_in(person).status_code]

    with ThreadPoolExecutor(4) as pool:
        guesser = pool.submit(Browser(stack, at).guess, account, 3 * TRIES)
        arrived = list(pool.map(come_in, people))
    assert guesser.result()[-1] == 429
    assert [each[-1] for each in arrived] == [200] * len(people)


def test_a_password_in_an_address_is_refused_even_when_it_is_right(stack, account, at):
    browser = Browser(stack, at)
    words = {"usr": account["username"], "pwd": account["password"]}
    answer = browser.http.get(stack.url + LOGIN, params=words, timeout=30)
    assert answer.status_code == 405
    assert "sid" not in answer.cookies
    assert browser.http.get(f"{stack.url}{API}.sesi.info", timeout=30).json()["message"]["user"] == "Guest"


def test_the_browsers_cookie_is_closed_to_scripts_and_other_sites(stack, account, at):
    answer = Browser(stack, at).log_in(account)
    cookie = next(value for value in answer.raw.headers.getlist("Set-Cookie") if "spbe_peramban" in value)
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert account["username"] not in cookie


@pytest.mark.parametrize("path", ["/login", LOGIN])
def test_guesses_of_clients_that_want_no_json_are_counted_and_let_nobody_in(stack, account, at, path):
    stranger = Browser(stack, at)
    words = {"cmd": "login", "usr": account["username"]}
    pages = {"Accept": "text/html"}
    for number in range(TRIES):
        wrong = {**words, "pwd": f"salah-{number}"}
        stranger.http.post(stack.url + path, data=wrong, headers=pages, timeout=30)
    right = {**words, "pwd": account["password"]}
    answer = stranger.http.post(stack.url + path, data=right, headers=pages, timeout=30)
    assert answer.status_code >= 400
    assert "sid" not in answer.cookies
    assert stranger.log_in(account).status_code == 429
