"""A stored photo is read and rewritten by nobody but whoever may, also on the ways that the framework left open."""

from __future__ import annotations

import io
import json
import zipfile
from urllib.parse import unquote

import pytest

from tests.client import Client, picture

RUN = ("run_doc_method", "frappe.handler.run_doc_method", "runserverobj")


@pytest.fixture(scope="module")
def administrator(stack) -> Client:
    return Client(stack, stack.user("Administrator"))


@pytest.fixture
def stored(staff, kept):
    """``stored()``: the bytes of the photo on the disk."""
    return lambda: staff.call("GET", kept["file_url"]).content


def test_an_archive_holds_what_its_maker_may_read_and_nothing_else(staff, colleague, kept):
    body = {"files": json.dumps([kept["name"]])}
    for place in ("frappe.core.api.file.zip_files", "frappe.core.doctype.file.file.zip_files"):
        assert colleague.call("POST", f"/api/method/{place}", data=body).status_code == 403
        own = staff.call("POST", f"/api/method/{place}", data=body)
        assert own.status_code == 200
        with zipfile.ZipFile(io.BytesIO(own.content)) as archive:
            assert len(archive.namelist()) == 1


@pytest.mark.parametrize("files", ["[]x", "{}", "[1]", '"x"', "null", "[" + ",".join(['"a"'] * 600) + "]"])
def test_a_list_of_files_that_is_none_is_refused(staff, files):
    answer = staff.call("POST", "/api/method/frappe.core.api.file.zip_files", data={"files": files})
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("way", [*RUN, "run_method", "second interface"])
def test_the_own_photo_is_not_made_smaller_afterwards(staff, kept, stored, way):
    before = stored()
    path = f"/api/resource/File/{kept['name']}"
    if way in RUN:
        body = {"dt": "File", "dn": kept["name"], "method": "optimize_file"}
        answer = staff.call("POST", f"/api/method/{way}", data=body)
    elif way == "run_method":
        answer = staff.call("GET", path, params={"run_method": "optimize_file"})
    else:
        answer = staff.call("POST", f"/api/v2/document/File/{kept['name']}/method/optimize_file")
    assert answer.status_code in (403, 404)
    assert stored() == before


@pytest.mark.parametrize("way", RUN)
def test_a_made_up_document_does_not_write_over_anothers_photo(colleague, kept, stored, way):
    own = colleague.call(
        "POST",
        "/api/method/upload_file",
        data={"is_private": 1, "doctype": "Pegawai", "docname": colleague.user["pegawai"]},
        files={"file": ("saya.jpg", picture(200), "image/jpeg")},
    )
    before = stored()
    forged = {
        "doctype": "File",
        "__islocal": 1,
        "is_private": 1,
        "file_size": 9999,
        "owner": unquote(colleague.http.cookies["user_id"]),
        "file_name": kept["file_url"].rpartition("/")[2],
        "file_url": own.json()["message"]["file_url"] if own.status_code == 200 else kept["file_url"],
    }
    body = {"docs": json.dumps(forged), "method": "optimize_file"}
    assert colleague.call("POST", f"/api/method/{way}", data=body).status_code == 403
    assert stored() == before


@pytest.mark.parametrize(
    "name", ["../../site_config.json", "..%2f..%2fsite_config.json", "/etc/passwd", "a/../../../x"]
)
def test_a_path_out_of_the_folder_is_no_file(staff, administrator, name):
    for client in (staff, administrator):
        answer = client.call("GET", f"/private/files/{name}")
        assert answer.status_code in (400, 403, 404)
        assert "db_password" not in answer.text
        download = client.call(
            "GET", "/api/method/download_file", params={"file_url": f"/private/files/{name}"}
        )
        assert download.status_code in (400, 403, 404)


@pytest.mark.parametrize(
    "name", ["../../../uji.txt", "/etc/uji.txt", "..\\uji.txt", "uji\x00.jpg", ".htaccess", "a" * 300]
)
def test_an_upload_stays_in_its_folder_whatever_it_is_called(administrator, name):
    answer = administrator.call(
        "POST",
        "/api/method/upload_file",
        data={"is_private": 1, "folder": "Home"},
        files={"file": (name, b"isi uji jalan")},
    )
    if answer.status_code == 200:
        made = answer.json()["message"]
        administrator.call("DELETE", f"/api/resource/File/{made['name']}")
        assert made["file_url"].startswith("/private/files/")
        assert made["file_url"].count("/") == 3
    assert answer.status_code in (200, 400, 403, 417)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://127.0.0.1:3306/x", "/private/files/../../site_config.json"]
)
def test_a_file_of_an_address_outside_is_not_fetched_by_the_server(staff, url):
    body = {"doctype": "File", "file_name": "uji.txt", "file_url": url, "is_private": 1}
    answer = staff.call("POST", "/api/resource/File", json=body)
    if answer.status_code == 200:
        made = answer.json()["data"]
        read = staff.call("GET", "/api/method/download_file", params={"file_url": url})
        staff.call("DELETE", f"/api/resource/File/{made['name']}")
        assert "root:" not in read.text
        assert "db_password" not in read.text
    assert answer.status_code in (200, 400, 403, 417)
