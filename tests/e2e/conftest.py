"""Headless Chromium with a fake camera, phones at granted positions, and Desk windows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from command_center import Screen
from desk import DeskUser
from pages import Api, Desk, Phone, Point
from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
# A small Android phone.
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "id-ID",
    "timezone_id": "Asia/Jakarta",
    "permissions": ["geolocation", "camera"],
}
DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "id-ID", "timezone_id": "Asia/Jakarta"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("SPBE_CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.fail("Chromium is missing: run ./dev test, which installs it, or set SPBE_CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_phone(browser: Browser, stack) -> Iterator[Callable[..., Phone]]:
    """``new_phone(point)``: a phone that stands there."""
    contexts = []

    def make(point: Point | None = None, accuracy: float = 8) -> Phone:
        context = browser.new_context(**PHONE)
        contexts.append(context)
        phone = Phone(context, stack.url)
        if point:
            phone.stand_at(point, accuracy)
        return phone

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def new_desk(browser: Browser, stack) -> Iterator[Callable[[dict], Desk]]:
    """``new_desk(user)``: a Desk where this user is logged in."""
    contexts = []

    def make(user: dict) -> Desk:
        context = browser.new_context(**DESK)
        contexts.append(context)
        desk = Desk(context, stack.url)
        desk.enter(user)
        return desk

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def new_screen(browser: Browser, stack) -> Iterator[Callable[..., Screen]]:
    """``new_screen(role)``: a browser for the Command Center in which somebody of that role is logged in; None: nobody."""
    contexts = []

    def make(role: str | None = "Pimpinan", index: int = 0, **options: Any) -> Screen:
        context = browser.new_context(**{**DESK, **options})
        contexts.append(context)
        return Screen(context, stack, stack.user(role, index) if role else None)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def api(stack) -> Callable[[dict], Api]:
    """``api(user)``: a session of that user without a browser."""
    return lambda user: Api(stack, user)


@pytest.fixture
def heads(stack) -> list[dict]:
    """Two Kepala OPD of different OPD."""
    return [stack.user("Kepala OPD", 0), stack.user("Kepala OPD", 1)]


@pytest.fixture
def staff_of(stack) -> Callable[..., dict]:
    """``staff_of(opd, index)``: one of the OPD's staff."""

    def find(opd: str, index: int = 0) -> dict:
        return [user for user in stack.users if user["role"] == "Pegawai SPBE" and user["opd"] == opd][index]

    return find


@pytest.fixture(scope="session")
def desk_of(browser: Browser, stack) -> Iterator[Callable[[dict], DeskUser]]:
    """``desk_of(user)``: that user's Desk, one window for all tests."""
    windows: dict[str, DeskUser] = {}

    def find(user: dict) -> DeskUser:
        if user["username"] not in windows:
            windows[user["username"]] = DeskUser(browser, stack, user)
        return windows[user["username"]]

    yield find
    for window in windows.values():
        window.context.close()


@pytest.fixture
def made(desk_of, stack) -> Iterator[list[tuple[str, str]]]:
    """(DocType, name) of what a test made; taken away afterwards, the latest first."""
    rows: list[tuple[str, str]] = []
    yield rows
    client = desk_of(stack.user("BKPSDM")).client
    for doctype, name in reversed(rows):
        client.call("DELETE", f"/api/resource/{doctype}/{name}")
