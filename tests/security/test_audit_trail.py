"""Whoever opens a photo or a letter, by whatever way the framework has, leaves a row; so does whoever tried and may not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.client import Client

TRAIL = "Jejak Audit"
FIELDS = (
    "jenis",
    "hasil",
    "oleh",
    "rujukan_doctype",
    "rujukan",
    "tentang",
    "berkas",
    "alamat",
    "lewat",
    "perambah",
)


@pytest.fixture(scope="module")
def administrator(stack) -> Client:
    return Client(stack, stack.user("Administrator"))


@pytest.fixture
def seen(administrator, kept):
    """``seen()``: what was recorded about the photo since the test began."""
    before = {row["name"] for row in administrator.rows(TRAIL, {"rujukan": kept["punch"]})}

    def rows() -> list[dict[str, Any]]:
        found = administrator.rows(TRAIL, {"rujukan": kept["punch"]}, "name", *FIELDS)
        return [row for row in found if row["name"] not in before]

    return rows


def ways(photo: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    named = {"file_url": photo["file_url"]}
    return {
        "address": ("GET", photo["file_url"], {}),
        "download": ("GET", "/api/method/download_file", {"params": named}),
        "download by its long name": ("GET", "/api/method/frappe.core.doctype.file.file.download_file", {"params": named}),
        "command": ("GET", "/", {"params": {"cmd": "frappe.handler.download_file", **named}}),
        "archive": ("POST", "/api/method/frappe.core.api.file.zip_files", {"data": {"files": json.dumps([photo["name"]])}}),
    }  # fmt: skip


WAYS = list(ways({"file_url": "", "name": ""}))


@pytest.mark.parametrize("way", WAYS)
def test_a_view_leaves_one_row_that_says_who_what_and_from_where(staff, kept, seen, way):
    verb, path, options = ways(kept)[way]
    answer = staff.call(verb, path, headers={"User-Agent": "Peramban Uji"}, **options)
    assert answer.status_code == 200, answer.text[:300]
    assert len(answer.content) > 500
    (row,) = seen()
    assert (row["jenis"], row["hasil"]) == ("Lihat Berkas", "Berhasil")
    assert (row["rujukan_doctype"], row["rujukan"], row["berkas"]) == ("Absensi", kept["punch"], kept["name"])
    assert row["tentang"] == staff.user["pegawai"]
    assert row["alamat"] == "127.0.0.1"
    assert row["perambah"] == "Peramban Uji"
    assert row["lewat"].startswith(verb)
    assert "file_url" not in row["lewat"]


@pytest.mark.parametrize("way", WAYS)
def test_a_refused_view_leaves_one_as_refused(colleague, kept, seen, way):
    verb, path, options = ways(kept)[way]
    assert colleague.call(verb, path, **options).status_code in (403, 404)
    (row,) = seen()
    assert (row["hasil"], row["rujukan"]) == ("Ditolak", kept["punch"])
    assert row["oleh"] != "Guest"


def test_a_stranger_is_refused_and_recorded(guest, kept, seen):
    assert guest.call("GET", kept["file_url"]).status_code in (401, 403)
    (row,) = seen()
    assert (row["hasil"], row["oleh"]) == ("Ditolak", "Guest")


def test_every_view_asks_the_server_again(staff, kept, seen):
    for _time in range(3):
        answer = staff.call("GET", kept["file_url"])
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert len(seen()) == 3


def test_a_list_with_the_address_of_the_photo_is_no_view_and_its_pictures_are(stack, logged_in, kept, seen):
    head = logged_in("BKPSDM")
    (row,) = head.rows("Absensi", {"name": kept["punch"]}, "name", "foto")
    assert seen() == []
    assert head.call("GET", row["foto"]).status_code == 200
    assert len(seen()) == 1


def test_what_nobody_has_leaves_nothing(staff, administrator):
    staff.call("GET", "/private/files/tidak-ada-sama-sekali.jpg")
    assert administrator.rows(TRAIL, {"lewat": ["like", "%tidak-ada-sama-sekali%"]}) == []


def test_a_letter_and_its_refusal_are_recorded(administrator, staff, colleague):
    answer = staff.call(
        "POST",
        "/api/method/upload_file",
        data={"doctype": "Pegawai", "docname": staff.user["pegawai"], "is_private": 1},
        files={"file": ("surat.pdf", b"%PDF-1.4 surat uji " + staff.user["username"].encode())},
    )
    if answer.status_code != 200:
        answer = administrator.call(
            "POST",
            "/api/method/upload_file",
            data={"doctype": "Pegawai", "docname": staff.user["pegawai"], "is_private": 1},
            files={"file": ("surat.pdf", b"%PDF-1.4 surat uji")},
        )
    letter = answer.json()["message"]
    colleague.call("GET", letter["file_url"])
    rows = administrator.rows(TRAIL, {"berkas": letter["name"]}, *FIELDS)
    administrator.call("DELETE", f"/api/resource/File/{letter['name']}")
    assert [(row["hasil"], row["tentang"]) for row in rows] == [("Ditolak", staff.user["pegawai"])]


def test_an_export_of_a_list_is_recorded(logged_in, administrator):
    officer = logged_in("BKPSDM")
    filters = {"jenis": "Ekspor", "rujukan_doctype": "OPD"}
    before = len(administrator.rows(TRAIL, filters))
    body = {
        "doctype": "OPD",
        "file_format_type": "CSV",
        "fields": json.dumps(["`tabOPD`.`name`"]),
        "title": "OPD",
    }
    assert (
        officer.call("POST", "/api/method/frappe.desk.reportview.export_query", data=body).status_code == 200
    )
    assert len(administrator.rows(TRAIL, filters)) == before + 1


def test_what_the_permission_manager_does_is_recorded_and_so_is_who_may_not(administrator, staff):
    method = "/api/method/frappe.core.page.permission_manager.permission_manager.reset"
    filters = {"jenis": "Ubah Hak Akses", "rujukan": "Jenis Ketidakhadiran"}
    before = len(administrator.rows(TRAIL, filters))
    administrator.call("POST", method, data={"doctype": "Jenis Ketidakhadiran"})
    assert staff.call("POST", method, data={"doctype": "Jenis Ketidakhadiran"}).status_code == 403
    found = administrator.rows(TRAIL, filters, "hasil")
    assert len(found) == before + 2
    assert {row["hasil"] for row in found} >= {"Berhasil", "Ditolak"}


@pytest.mark.parametrize("role", ["BKPSDM", "Administrator"])
def test_those_it_watches_neither_change_nor_remove_a_row(logged_in, administrator, staff, kept, role):
    staff.call("GET", kept["file_url"])
    row = administrator.rows(TRAIL, {"rujukan": kept["punch"]})[0]["name"]
    before = administrator.document(TRAIL, row)
    client = logged_in(role)
    path = f"/api/resource/{TRAIL}/{row}"
    assert client.call("DELETE", path).status_code in (403, 417)
    assert client.call("PUT", path, json={"hasil": "Ditolak", "oleh": "Guest"}).status_code in (403, 417)
    bulk = {"doctype": TRAIL, "items": json.dumps([row])}
    client.call("POST", "/api/method/frappe.desk.reportview.delete_items", data=bulk)
    assert administrator.document(TRAIL, row) == before
