"""A roster sheet in Desk: refused as a whole with every slip named, imported once it is right, and taken back."""

from __future__ import annotations

import io
import random
import re
import uuid

import pytest
from desk import DeskUser, Form, press, until
from openpyxl import Workbook
from pages import PATIENCE
from playwright.sync_api import expect

# Milliseconds for what the worker does, which may be busy with the days of others.
WORK = 3 * PATIENCE


@pytest.fixture
def shift(desk_of, stack, made) -> str:
    body = {
        "kode": f"I{uuid.uuid4().hex[:5].upper()}",
        "nama_shift": "Impor uji",
        "mulai": "07:00:00",
        "selesai": "14:00:00",
    }
    answer = desk_of(stack.user("BKPSDM")).client.call("POST", "/api/resource/Shift Kerja", json=body)
    assert answer.status_code == 200, answer.text
    made.append(("Shift Kerja", body["kode"]))
    return body["kode"]


def sheet(rows: list[list[str]]) -> bytes:
    """NIP, name and the first two days of a month."""
    book = Workbook()
    for row in (["NIP", "Nama", 1, 2], *rows):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def attach(form: Form, name: str, content: bytes) -> None:
    press(form.field("berkas"), "Lampirkan")
    dialog = form.desk.dialog("Perangkat Saya")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    dialog.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )
    press(dialog, "Unggah")
    expect(form.field("berkas")).to_contain_text(name.split(".")[0], timeout=PATIENCE)


def new_import(admin: DeskUser, month: str, name: str, content: bytes) -> Form:
    """Template offered, sheet attached; a sheet that is attached saves the form by itself."""
    admin.visit("impor-roster/new")
    form = admin.form("Impor Roster")
    form.fill(opd="Dinas Komunikasi", bulan=month)
    expect(form.button("Unduh Templat").locator("visible=true").first).to_be_visible(timeout=PATIENCE)
    attach(form, name, content)
    form.page.wait_for_url(re.compile(r"/impor-roster/(?!new)"), timeout=PATIENCE)
    form.settle()
    assert form.stored()["bulan"] == month
    return form


def test_a_roster_sheet_is_imported_as_a_whole_or_not_at_all_and_can_be_taken_back(
    stack, desk_of, shift, made
):
    admin: DeskUser = desk_of(stack.user("Admin OPD"))
    people = admin.rows("Pegawai", {"opd": admin.user["opd"], "nip": ["is", "set"]}, "name", "nama", "nip")[
        :2
    ]
    month = f"20{random.randrange(45, 99)}-05"
    right = [[person["nip"], person["nama"], shift, "L"] for person in people]
    broken = [[right[0][0], right[0][1], shift, "XYZ"], ["199001012020011999", "Tidak Dikenal", shift, "L"]]

    def rosters() -> set[tuple[str, str, str]]:
        found = admin.rows(
            "Roster Dinas",
            {"tanggal": ["between", [f"{month}-01", f"{month}-31"]]},
            "pegawai",
            "tanggal",
            "shift",
        )
        return {(row["pegawai"], row["tanggal"], row["shift"] or "") for row in found}

    form = new_import(admin, month, f"salah-{shift}.xlsx", sheet(broken))
    made.append(("Impor Roster", form.name))
    form.press("Periksa")
    problems = form.field("daftar_galat")
    expect(problems).to_contain_text("Baris 2, D", timeout=WORK)
    expect(problems).to_contain_text("XYZ")
    expect(problems).to_contain_text("Yang dikenal")
    expect(problems).to_contain_text("Baris 3")
    expect(form.button("Impor")).to_have_count(0)
    assert form.stored()["status"] == "Gagal" and rosters() == set()

    form = new_import(admin, month, f"benar-{shift}.xlsx", sheet(right))
    made.append(("Impor Roster", form.name))
    form.press("Periksa")
    form.button("Impor").locator("visible=true").first.click(timeout=WORK)
    expect(form.button("Batalkan Impor").locator("visible=true").first).to_be_visible(timeout=WORK)
    assert form.stored()["status"] == "Diimpor"
    wanted = {(person["name"], f"{month}-01", shift) for person in people}
    assert wanted < rosters() and len(rosters()) == 2 * len(people)

    form.press("Batalkan Impor")
    press(admin.dialog(), "Ya")
    until(rosters, set(), WORK / 1000)
    assert rosters() == set()
    until(lambda: form.stored()["status"], "Dibatalkan", WORK / 1000)
    assert form.stored()["status"] == "Dibatalkan"
