"""A register of staff in Desk: attached as it is, its columns shown, its slips named, imported with progress, taken back."""

from __future__ import annotations

import io
import random
import re

import pytest
from desk import Form, press, until
from openpyxl import Workbook
from pages import PATIENCE
from playwright.sync_api import expect

# Milliseconds for what the worker does, which may be busy with the days of others.
WORK = 4 * PATIENCE
TITLES = ["NO", "NIP / NI PPPK", "NIK", "NAMA LENGKAP", "STATUS", "L/P", "TTL", "UNIT KERJA", "CATATAN"]


@pytest.fixture
def people(stack) -> list[list[object]]:
    """Nobody whom another run has brought in: ten who are right, one whom Excel has damaged, one of an unknown OPD."""
    year, first = random.randrange(1955, 1990), random.randrange(100, 900)
    rows: list[list[object]] = []
    opd = stack.user("Admin OPD")["opd"]
    for number in range(12):
        day = f"{number + 1:02d}"
        nip = f"{year}04{day}{year + 24}01{1 + number % 2}{first:03d}"
        nik = f"140100{int(day) + 40 * (number % 2):02d}04{year % 100}{first:04d}"
        name = f"Orang Rekaan {chr(65 + number)}{chr(65 + first % 26)}ndri, S.E"
        rows.append(
            [
                number + 1,
                nip,
                nik,
                name,
                "PNS",
                "LP"[number % 2],
                f"Selatpanjang, {day}-04-{year}",
                opd,
                "-",
            ]
        )
    rows[10][1] = float(str(rows[10][1]))
    rows[11][7] = "Kantor Antah Berantah"
    return rows


def sheet(rows: list[list[object]]) -> bytes:
    book = Workbook()
    book.active.title = "Petunjuk"
    page = book.create_sheet("Data Pegawai")
    for row in (["DAFTAR PEGAWAI"], [], TITLES, list(range(1, 10)), *rows):
        page.append(row)
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


def ask(form: Form, button: str) -> None:
    form.press(button)
    press(form.desk.dialog(), "Ya")


def ended(form: Form, status: str) -> None:
    until(lambda: form.stored()["status"], status, WORK / 1000)
    assert form.stored()["status"] == status, form.stored()["ringkasan"]
    expect(form.area.locator(".indicator-pill").filter(has_text=status).first).to_be_visible(timeout=WORK)


def test_bkpsdm_imports_a_register_sees_what_is_wrong_with_it_and_takes_it_back(desk_of, stack, made, people):
    desk = desk_of(stack.user("BKPSDM"))
    desk.visit("impor-data/new")
    form = desk.form("Impor Data")
    attach(form, "pegawai.xlsx", sheet(people))
    desk.page.wait_for_function(
        "() => window.cur_frm && !cur_frm.is_new() && cur_frm.doc.kolom?.length", timeout=WORK
    )
    form.settle()
    made.append(("Impor Data", form.name))
    # What was guessed is shown, and can be corrected.
    assert form.stored()["lembar"] == "Data Pegawai"
    found = {row["judul"]: row["bidang"] for row in form.stored()["kolom"]}
    assert found["NIP / NI PPPK"] == "nip"
    assert found["TTL"] == "tanggal_lahir"
    assert not found["CATATAN"]
    columns = form.field("kolom")
    expect(columns).to_contain_text("Tanggal Lahir")
    expect(columns).to_contain_text("1401********")
    form.press("Periksa")
    ended(form, "Diperiksa")
    result = form.field("daftar_hasil")
    expect(result.get_by_role("button", name=re.compile("10 Baru"))).to_be_visible()
    result.get_by_role("button", name=re.compile("2 Ditolak")).click()
    expect(result).to_contain_text("membuang angka-angka terakhirnya", timeout=PATIENCE)
    expect(result).to_contain_text("Baris 15")
    expect(result).to_contain_text("Kantor Antah Berantah")
    shown = form.area.inner_text()
    assert not [row[2] for row in people if str(row[2]) in shown]
    with desk.context.expect_event("request", lambda request: "unduh_masalah" in request.url) as asked:
        press(result, "Masalah sebagai CSV")
    downloaded = desk.client.call("GET", asked.value.url.removeprefix(desk.stack.url))
    assert downloaded.headers["Content-Disposition"].endswith('.csv"')
    assert "Kantor Antah Berantah" in downloaded.content.decode("utf-8-sig")
    ask(form, "Impor")
    ended(form, "Diimpor")
    wanted = {"nip": ["in", [str(row[1]) for row in people[:10]]]}
    brought = desk.rows("Pegawai", wanted, "name", "nama", "gelar_belakang", "user")
    assert len(brought) == 10
    assert all(person["user"] and person["gelar_belakang"] == "S.E" for person in brought)
    ask(form, "Batalkan Impor")
    ended(form, "Dibatalkan")
    assert desk.rows("Pegawai", wanted, "name") == []


def test_a_file_that_is_no_sheet_is_refused_with_what_to_do(desk_of, stack):
    desk = desk_of(stack.user("BKPSDM"))
    desk.visit("impor-data/new")
    form = desk.form("Impor Data")
    attach(form, "pegawai.xls", b"<html><table><tr><td>NIP</td></tr></table></html>")
    message = desk.dialog("halaman web")
    expect(message).to_contain_text("Save As")
    desk.close_dialogs()
