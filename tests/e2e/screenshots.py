"""The pictures of the README, taken from a running stack: ``env/bin/python tests/e2e/screenshots.py``."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

from conftest import ARGUMENTS, DESK, PHONE
from pages import PATIENCE, Api, Desk, Phone, centre, office
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]


def main(folder: Path) -> None:
    values = json.loads(Path(os.environ.get("SPBE_LOGINS", ROOT / "sites" / "demo-logins.json")).read_text())
    stack = SimpleNamespace(**values)
    users = stack.users
    worker = next(user for user in users if user["role"] == "Pegawai SPBE")
    head = next(user for user in users if user["role"] == "Kepala OPD")
    folder.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("SPBE_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        phone = Phone(browser.new_context(**PHONE), stack.url)
        phone.stand_at(centre(office(Api(stack, worker).places())))
        phone.log_in(worker)
        expect(phone.element("position-status")).to_contain_text("Di dalam", timeout=PATIENCE)
        phone.page.screenshot(path=folder / "pwa.png", full_page=True)
        desk = Desk(browser.new_context(**DESK), stack.url)
        desk.log_in(head)
        rows = desk.list_of(status="Menunggu Persetujuan")
        desk.open_row(rows, str(rows.locator("a[data-name]").first.get_attribute("data-name")))
        desk.page.wait_for_load_state("networkidle")
        desk.page.screenshot(path=folder / "desk.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img")
