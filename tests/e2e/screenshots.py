"""The pictures of the README, taken from a running stack: ``PYTHONPATH=. env/bin/python tests/e2e/screenshots.py [folder]``.

A person punches outside, with a reason and a drawn face before the camera; the head of the OPD sees it in Desk.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from command_center import Screen
from conftest import ARGUMENTS, DESK, PHONE
from pages import API, PATIENCE, Api, Desk, Phone, centre, just_outside, office
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
REASON = "Mengantar dokumen ke kantor kecamatan"
SIZE = (640, 480)


def draw_person(path: Path) -> None:
    """A face for the fake camera: nobody's photo. One frame is a whole Motion JPEG film to Chromium."""
    picture = Image.new("RGB", SIZE, "#dfe8e6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 640, 300), fill="#cfdedb")
    pen.rectangle((60, 40, 220, 240), fill="#f4f8f7")
    pen.line((140, 40, 140, 240), fill="#cfdedb", width=6)
    pen.ellipse((150, 350, 490, 760), fill="#8a6d3b")
    pen.polygon(((280, 365), (360, 365), (320, 440)), fill="#f2efe6")
    pen.rounded_rectangle((282, 300, 358, 385), 30, fill="#b9835a")
    pen.ellipse((225, 95, 415, 345), fill="#c68f65")
    pen.pieslice((218, 75, 422, 300), 180, 360, fill="#1f2a2d")
    pen.rectangle((225, 180, 415, 196), fill="#c68f65")
    for left in (270, 346):
        pen.ellipse((left, 205, left + 24, 229), fill="#1f2a2d")
        pen.arc((left - 8, 180, left + 32, 215), 200, 340, fill="#1f2a2d", width=5)
    pen.arc((280, 240, 360, 300), 20, 160, fill="#7a3f2c", width=6)
    picture.save(path, "JPEG", quality=92)


def punch_outside(browser: Browser, stack: Any, worker: dict[str, Any], picture: Path) -> str:
    """The home screen of the person as a picture, then the exception; answers its name."""
    client = Api(stack, worker)
    places = client.places()
    phone = Phone(browser.new_context(**PHONE), stack.url)
    phone.stand_at(centre(office(places)))
    phone.log_in(worker)
    expect(phone.element("position-status")).to_contain_text("Di dalam", timeout=PATIENCE)
    phone.page.wait_for_load_state("networkidle")
    phone.page.screenshot(path=picture)
    phone.stand_at(just_outside(places, 180), accuracy=14)
    phone.photograph_and_send("masuk")
    phone.give_reason(REASON)
    expect(phone.element("photo-state")).to_have_attribute("data-state", "sent", timeout=PATIENCE)
    rows = client.message(f"{API}.absensi.hari_ini")["absensi"]
    return max((row for row in rows if row["alasan"] == REASON), key=lambda row: row["waktu"])["name"]


def show_in_desk(browser: Browser, stack: Any, head: dict[str, Any], name: str, picture: Path) -> None:
    desk = Desk(browser.new_context(**DESK), stack.url)
    desk.log_in(head)
    desk.open(name)
    photo = desk.form().locator(".spbe-glance img.absensi-photo")
    expect(photo).to_be_visible(timeout=PATIENCE)
    photo.evaluate("image => image.decode()")
    desk.page.wait_for_load_state("networkidle")
    # The map fits its view a moment after it is drawn.
    time.sleep(1)
    desk.page.screenshot(path=picture)


def show_places(browser: Browser, stack: Any, steward: dict[str, Any], picture: Path) -> None:
    desk = Desk(browser.new_context(**DESK), stack.url)
    desk.log_in(steward)
    desk.page.goto(f"{stack.url}/app/peta-lokasi")
    row = desk.page.locator(".spbe-atlas-row").first
    expect(row).to_be_visible(timeout=PATIENCE)
    row.click()
    desk.page.wait_for_load_state("networkidle")
    # The map glides to what was chosen.
    time.sleep(2)
    desk.page.screenshot(path=picture)


SCREENS = {
    "command-center.png": ({"viewport": {"width": 1440, "height": 1500}}, {}),
    "command-center-ponsel.png": ({**PHONE, "color_scheme": "dark"}, {}),
    "command-center-dinding.png": (
        {"viewport": {"width": 1280, "height": 720}, "color_scheme": "dark"},
        {"dinding": "1"},
    ),
    "command-center-dinding-4k.png": ({"viewport": {"width": 3840, "height": 2160}}, {"dinding": "1"}),
}


def show_command_center(browser: Browser, stack: Any, folder: Path) -> None:
    """The last day on which people were present: a morning at a desk, on a phone, and on walls of two sizes."""
    leader = next(user for user in stack.users if user["role"] == "Pimpinan")
    client = Api(stack, leader)
    today = date.fromisoformat(client.message(f"{API}.pemantauan.ringkasan")["tanggal"])
    days = [(today - timedelta(days=back)).isoformat() for back in range(12)]
    day = next(
        day
        for day in days
        if client.message(f"{API}.pemantauan.ringkasan?tanggal={day}")["jumlah"]["hadir"] > 20
    )
    for name, (options, query) in SCREENS.items():
        screen = Screen(browser.new_context(**{**DESK, **options}), stack, leader)
        screen.visit(tanggal=day, **query)
        expect(screen.element("persen").first).to_be_visible(timeout=PATIENCE)
        screen.page.wait_for_load_state("networkidle")
        # Changed numbers are coloured for a moment, and a wall hides its buttons when nobody touches it.
        time.sleep(6)
        screen.page.screenshot(path=folder / name)
        screen.context.close()


def main(folder: Path) -> None:
    values = json.loads(Path(os.environ.get("SPBE_LOGINS", ROOT / "sites" / "demo-logins.json")).read_text())
    stack = SimpleNamespace(**values)
    head = next(user for user in stack.users if user["role"] == "Kepala OPD")
    worker = next(
        user for user in stack.users if user["role"] == "Pegawai SPBE" and user["opd"] == head["opd"]
    )
    folder.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("SPBE_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        film = Path(scratch) / "person.mjpeg"
        draw_person(film)
        arguments = [*ARGUMENTS, f"--use-file-for-fake-video-capture={film}"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        name = punch_outside(browser, stack, worker, folder / "pwa.png")
        show_in_desk(browser, stack, head, name, folder / "desk.png")
        steward = next(user for user in stack.users if user["role"] == "BKPSDM")
        show_places(browser, stack, steward, folder / "peta.png")
        show_command_center(browser, stack, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img")
