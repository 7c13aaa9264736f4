"""What answers allow a browser, and how a session begins and ends."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import requests

from tests.client import API, Client
from tests.endpoints import all_of_them

PAGES = ("/absen", "/absen/riwayat", "/command-center", "/data")


def rules(answer: requests.Response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


@pytest.fixture(scope="module")
def administrator(stack) -> Client:
    return Client(stack, stack.user("Administrator"))


@pytest.fixture
def account(administrator) -> Iterator[dict]:
    password = f"Sagu-{uuid.uuid4().hex}"
    name = f"uji-{uuid.uuid4().hex[:12]}@contoh.invalid"
    roles = [{"role": "BKPSDM"}]
    body = {
        "email": name,
        "first_name": "Uji Sesi",
        "new_password": password,
        "send_welcome_email": 0,
        "roles": roles,
    }
    assert administrator.call("POST", "/api/resource/User", json=body).status_code == 200
    yield {"username": name, "password": password}
    administrator.call("DELETE", f"/api/resource/User/{name}")


@pytest.mark.parametrize("path", PAGES)
def test_our_own_pages_run_scripts_of_this_server_only(logged_in, path):
    found = rules(logged_in("Pimpinan").call("GET", path))
    assert found["default-src"] == "'none'"
    assert found["script-src"] == "'self'"
    assert "unsafe" not in found["style-src"]
    assert (found["object-src"], found["base-uri"], found["frame-ancestors"]) == (
        "'none'",
        "'none'",
        "'self'",
    )


def test_the_service_worker_may_fetch_from_this_server_and_logs_nobody_out(stack):
    answer = requests.get(f"{stack.url}/absen/sw.js", headers={"Host": stack.host}, timeout=30)
    found = rules(answer)
    assert (found["connect-src"], found["script-src"]) == ("'self'", "'self'")
    # Asked for as a guest and answered after a log-in, cookies of a guest would take its place.
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers


def test_desk_keeps_foreign_scripts_frames_and_forms_out(logged_in):
    found = rules(logged_in("BKPSDM").call("GET", "/app"))
    assert "https:" not in found["script-src"]
    assert (found["form-action"], found["frame-ancestors"], found["object-src"]) == (
        "'self'",
        "'self'",
        "'none'",
    )


@pytest.mark.parametrize(
    "path", [*PAGES, "/login", "/app", f"{API}.sesi.info", "/api/method/ping", "/tidak-ada"]
)
def test_every_answer_has_what_browsers_are_told(guest, path):
    headers = guest.call("GET", path).headers
    assert "nosniff" in headers["X-Content-Type-Options"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "microphone=()" in headers["Permissions-Policy"]
    assert "frame-ancestors" in headers["Content-Security-Policy"]
    assert "/" not in headers["Server"]


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(stack, staff):
    answer = Client(stack, None).http.post(
        f"{stack.url}/api/method/login",
        json={"usr": staff.user["username"], "pwd": staff.user["password"]},
        timeout=30,
    )
    cookies = answer.raw.headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("sid="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session


def test_no_endpoint_that_changes_anything_works_without_the_token_of_the_session(staff):
    changing = [path for path, one in all_of_them().items() if "POST" in one.methods and not one.doctype]
    answers = {}
    for path in changing:
        headers = {"X-Frappe-CSRF-Token": "0" * 56}
        answer = staff.call("POST", f"/api/method/{path}", json={}, headers=headers)
        answers[path] = (answer.status_code, answer.json().get("exc_type"))
    assert len(answers) > 60
    assert {path for path, told in answers.items() if told != (400, "CSRFTokenError")} == set()


def test_nothing_that_changes_anything_is_done_by_get(staff):
    changing = [path for path, one in all_of_them().items() if one.methods == ("POST",) and not one.doctype]
    opened = [path for path in changing if staff.call("GET", f"/api/method/{path}").status_code < 400]
    assert len(changing) > 50
    assert opened == []


def test_a_session_is_a_new_one_at_every_log_in(stack, account):
    client = Client(stack, None)
    client.http.cookies.set("sid", "f" * 56)
    body = {"usr": account["username"], "pwd": account["password"]}
    assert client.call("POST", "/api/method/login", json=body).status_code == 200
    first = client.http.cookies.get_dict()["sid"]
    assert first != "f" * 56
    client.http.headers["X-Frappe-CSRF-Token"] = client.message("GET", f"{API}.sesi.info")["csrf_token"]
    client.call("POST", "/api/method/login", json=body)
    assert client.http.cookies.get_dict()["sid"] not in (first, "f" * 56)


def user_of(client: Client) -> str:
    return client.message("GET", f"{API}.sesi.info")["user"]


def test_a_session_that_was_logged_out_is_nobodys(stack, account):
    client = Client(stack, account)
    other = client.twin()
    assert user_of(other) == account["username"]
    client.call("POST", "/api/method/logout")
    assert other.call("GET", "/api/method/frappe.auth.get_logged_user").status_code in (401, 403)


def test_a_new_password_ends_the_other_sessions(stack, account, administrator):
    client = Client(stack, account)
    assert user_of(client) == account["username"]
    body = {"new_password": f"Perahu-{uuid.uuid4().hex}", "logout_all_sessions": 1}
    assert (
        administrator.call("PUT", f"/api/resource/User/{account['username']}", json=body).status_code == 200
    )
    assert client.call("GET", "/api/method/frappe.auth.get_logged_user").status_code in (401, 403)


def test_a_closed_account_is_out_at_once(stack, account, administrator):
    client = Client(stack, account)
    administrator.call("PUT", f"/api/resource/User/{account['username']}", json={"enabled": 0})
    assert client.call("GET", "/api/method/frappe.auth.get_logged_user").status_code in (401, 403)
