"""A roster sheet over HTTP with the real queue: checked, imported and taken back in the background, followed until it is over."""

from __future__ import annotations

import io
import time

import pytest
from openpyxl import Workbook

from tests.client import API, Client

DOCTYPE = "Impor Roster"
# Months that no other test looks at; each run takes the next one that has no roster yet.
YEAR = 2031


def sheet(people, cells) -> bytes:
    book = Workbook()
    book.active.append(["NIP", "Nama", *range(1, 29)])
    for person in people:
        book.active.append([person["nip"] or person["nomor_pegawai"], person["nama"], *cells])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


class Import:
    """One sheet, as the Admin OPD works on it."""

    def __init__(self, admin: Client, opd: str, bulan: str, content: bytes):
        self.admin = admin
        files = {"file": ("roster.xlsx", content)}
        address = admin.message("POST", "/api/method/upload_file", data={"is_private": 1}, files=files)
        body = {"opd": opd, "bulan": bulan, "berkas": address["file_url"]}
        answer = admin.call("POST", f"/api/resource/{DOCTYPE}", json=body)
        assert answer.status_code == 200, answer.text[:500]
        self.name = answer.json()["data"]["name"]

    def ask(self, task: str):
        doc = self.admin.document(DOCTYPE, self.name)
        return self.admin.call("POST", "/api/method/run_doc_method", json={"docs": doc, "method": task})

    def done(self, task: str) -> dict:
        """Asks for a task and waits for its end: the document as it is then."""
        answer = self.ask(task)
        assert (answer.status_code, answer.json()["message"]) == (200, {"status": "Antre"})
        deadline = time.monotonic() + 60
        while (state := self.state())["status"] in ("Antre", "Berjalan"):
            assert time.monotonic() < deadline, state
            assert 0 <= state["persen"] <= 100
            time.sleep(0.5)
        return self.admin.document(DOCTYPE, self.name)

    def state(self) -> dict:
        return self.admin.message("POST", f"{API}.jadwal.kemajuan_impor", json={"name": self.name})


@pytest.fixture
def admin(stack):
    return Client(stack, stack.user("Admin OPD"))


@pytest.fixture
def opd(stack):
    return stack.user("Admin OPD")["opd"]


@pytest.fixture
def people(admin, opd):
    found = admin.rows("Pegawai", {"status": "Aktif", "opd": opd}, "name", "nama", "nip", "nomor_pegawai")
    return found[:5]


@pytest.fixture
def shift(stack):
    """A code that begins in the morning; made when the site has none."""
    office, code = Client(stack, stack.user("BKPSDM")), "UJIP"
    if not office.rows("Shift Kerja", {"kode": code}):
        body = {"kode": code, "nama_shift": "Pagi uji", "mulai": "07:30", "selesai": "14:00"}
        assert office.call("POST", "/api/resource/Shift Kerja", json=body).status_code == 200
    return code


@pytest.fixture
def bulan(admin, opd):
    for month in range(1, 13):
        first, last = f"{YEAR}-{month:02d}-01", f"{YEAR}-{month:02d}-28"
        if not admin.rows("Roster Dinas", {"opd": opd, "tanggal": ["between", [first, last]]}):
            return first[:7]
    raise AssertionError("no month is free")


def rosters(admin: Client, people, bulan: str) -> list[dict]:
    names = [person["name"] for person in people]
    days = ["between", [f"{bulan}-01", f"{bulan}-28"]]
    return admin.rows("Roster Dinas", {"pegawai": ["in", names], "tanggal": days}, "pegawai", "shift")


def test_a_sheet_is_checked_imported_and_taken_back_in_the_background(admin, opd, people, shift, bulan):
    one = Import(admin, opd, bulan, sheet(people, [shift, "L"] * 14))
    checked = one.done("periksa")
    assert (checked["status"], checked["jumlah_pegawai"]) == ("Diperiksa", len(people))
    assert rosters(admin, people, bulan) == []
    imported = one.done("impor")
    assert (imported["status"], imported["jumlah_berubah"]) == ("Diimpor", 28 * len(people))
    assert "sebelumnya" not in imported
    found = rosters(admin, people, bulan)
    assert len(found) == 28 * len(people)
    assert {row["shift"] for row in found} == {shift, None}
    refused = one.ask("impor")
    assert (refused.status_code, refused.json()["exc_type"]) == (417, "ImporDitolak")
    again = Import(admin, opd, bulan, sheet(people, [shift, "L"] * 14)).done("impor")
    assert (again["status"], again["jumlah_berubah"]) == ("Diimpor", 0)
    undone = one.done("batalkan")
    assert undone["status"] == "Dibatalkan"
    assert rosters(admin, people, bulan) == []


def test_a_broken_sheet_names_every_cell_and_imports_nothing(admin, opd, people, shift, bulan):
    one = Import(admin, opd, bulan, sheet(people, [shift, "XX", "YY", *["L"] * 25]))
    failed = one.done("impor")
    assert failed["status"] == "Gagal"
    assert len(failed["galat"]) == 2 * len(people)
    assert all(row["baris"] and row["kolom"] and row["masalah"] and row["saran"] for row in failed["galat"])
    assert rosters(admin, people, bulan) == []


def test_an_undoing_that_is_refused_leaves_the_import_and_says_why(admin, opd, people, shift, bulan):
    one = Import(admin, opd, bulan, sheet(people[:1], [shift, *["L"] * 27]))
    assert one.done("impor")["status"] == "Diimpor"
    (row,) = admin.rows("Roster Dinas", {"pegawai": people[0]["name"], "tanggal": f"{bulan}-01"})
    assert (
        admin.call("PUT", f"/api/resource/Roster Dinas/{row['name']}", json={"shift": None}).status_code
        == 200
    )
    refused = one.done("batalkan")
    assert refused["status"] == "Diimpor"
    assert people[0]["nama"] in refused["ringkasan"]
    assert len(rosters(admin, people[:1], bulan)) == 28


def test_others_follow_no_foreign_import(stack, admin, opd, people, shift, bulan):
    one = Import(admin, opd, bulan, sheet(people[:1], [shift] * 28))
    stranger = Client(stack, stack.user("Pegawai SPBE"))
    answer = stranger.call("POST", f"{API}.jadwal.kemajuan_impor", json={"name": one.name})
    assert answer.status_code == 403
    answer = admin.call("POST", f"{API}.jadwal.kemajuan_impor", json={"name": "tidakada"})
    assert answer.status_code == 404
