"""Photos over HTTP: bound to their punch, served to its readers, removed and taken over by nobody."""

from __future__ import annotations

import hashlib
import json
import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.client import CATAT, FOTO, Client, picture


def test_parallel_tries_of_the_same_photo_give_one_file(staff, body):
    name = staff.message("POST", CATAT, json=body)["name"]
    clients = [staff.twin() for _ in range(6)]

    def send(client):
        return client.message(
            "POST",
            FOTO,
            data={"id_klien": body["id_klien"]},
            files={"foto": ("f.jpg", picture(), "image/jpeg")},
        )

    with ThreadPoolExecutor(len(clients)) as pool:
        assert list(pool.map(send, clients)) == [{"name": name, "diterima": True}] * len(clients)
    params = {"filters": json.dumps({"attached_to_name": name})}
    assert len(staff.call("GET", "/api/resource/File", params=params).json()["data"]) == 1


def test_a_photo_is_bound_to_its_punch_and_its_person(staff, colleague, body):
    staff.message("POST", CATAT, json=body)
    mine = {"id_klien": body["id_klien"]}
    other = {"foto": ("f.jpg", picture(5), "image/jpeg")}
    right = {"foto": ("f.jpg", picture(), "image/jpeg")}
    assert staff.refusal("POST", FOTO, data=mine, files=other)[1] == "FotoTidakCocok"
    assert colleague.refusal("POST", FOTO, data=mine, files=right)[1] == "AbsensiTidakDitemukan"
    assert staff.refusal("POST", FOTO, data={"id_klien": str(uuid.uuid4())}, files=right)[0] == 404
    assert staff.refusal("POST", FOTO, data={"id_klien": "x"}, files=right)[0] == 400
    assert staff.refusal("POST", FOTO, files=right)[0] == 400
    assert staff.refusal("POST", FOTO, data=mine)[1] == "FotoTidakSah"
    assert staff.refusal("POST", FOTO, data={**mine, "foto": "teks"})[1] == "FotoTidakSah"
    assert staff.refusal("POST", FOTO, json={**mine, "foto": "teks"})[1] == "FotoTidakSah"
    assert staff.message("POST", FOTO, data=mine, files=right)["diterima"] is True


def test_a_photo_too_large_is_refused(staff, body):
    staff.message("POST", CATAT, json=body)
    for size in (61, 9 * 1024):
        files = {"foto": ("f.jpg", b"x" * size * 1024, "image/jpeg")}
        status, kind, _sentence = staff.refusal(
            "POST", FOTO, data={"id_klien": body["id_klien"]}, files=files
        )
        assert (status, kind) == (413, "FotoTerlaluBesar")


def test_what_is_no_photo_is_refused_although_it_is_what_was_announced(staff, body):
    sent = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    staff.message("POST", CATAT, json={**body, "foto_sha256": hashlib.sha256(sent).hexdigest()})
    files = {"foto": ("f.jpg", sent, "image/jpeg")}
    assert staff.refusal("POST", FOTO, data={"id_klien": body["id_klien"]}, files=files)[1] == "FotoTidakSah"


def test_a_photo_is_served_to_whoever_may_read_the_punch_only(stack, staff, colleague, guest, kept):
    assert staff.call("GET", kept["file_url"]).headers["Content-Type"] == "image/jpeg"
    head = Client(stack, stack.user("Kepala OPD"))
    own = stack.user("Kepala OPD")["opd"] == stack.user("Pegawai SPBE")["opd"]
    assert (head.call("GET", kept["file_url"]).status_code == 200) is own
    for other in (colleague, guest):
        assert other.call("GET", kept["file_url"]).status_code in (403, 404)
    params = {"filters": json.dumps({"attached_to_name": kept["punch"]})}
    assert colleague.call("GET", "/api/resource/File", params=params).json()["data"] == []


def test_nobody_takes_a_photo_over_for_a_file_of_ones_own(colleague, staff, kept):
    for client in (colleague, staff):
        claim = {"file_name": "a.jpg", "file_url": kept["file_url"], "is_private": 1}
        assert client.refusal("POST", "/api/resource/File", json=claim)[0] == 403
        attach = {
            "file_name": "a.jpg",
            "file_url": "https://contoh.invalid/a.jpg",
            "attached_to_doctype": "Absensi",
        }
        attach["attached_to_name"] = kept["punch"]
        assert client.refusal("POST", "/api/resource/File", json=attach)[0] == 403
    assert colleague.call("GET", kept["file_url"]).status_code in (403, 404)


def test_the_photo_is_not_removed_changed_or_detached_by_its_person(staff, kept):
    path = f"/api/resource/File/{kept['name']}"
    for change in (
        {"attached_to_name": None, "attached_to_doctype": None},
        {"file_url": "/files/x.jpg"},
        {"is_private": 0},
    ):
        assert staff.refusal("PUT", path, json=change)[0] in (403, 417)
    assert staff.refusal("DELETE", path)[0] == 403
    remove = {"fid": kept["name"], "dt": "Absensi", "dn": kept["punch"]}
    assert staff.refusal("POST", "/api/method/frappe.desk.form.utils.remove_attach", json=remove)[0] == 403
    assert staff.call("GET", kept["file_url"]).status_code == 200


def test_a_photo_request_of_the_wrong_form_is_refused(staff, body):
    staff.message("POST", CATAT, json=body)
    mine, right = {"id_klien": body["id_klien"]}, ("f.jpg", picture(), "image/jpeg")
    boundary = {"Content-Type": "multipart/form-data; boundary=b"}
    part = b'--b\r\nContent-Disposition: form-data; name="foto"; filename="a"\r\n\r\n\xff\xd8'
    requests = [
        {"data": part, "headers": boundary},
        {"data": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"data": mine, "files": {"foto": ("a.jpg", b"", "image/jpeg")}},
        {"data": mine, "files": [("foto", ("a.jpg", picture(3))), ("foto", right)]},
        {"data": [("id_klien", "x"), *mine.items()], "files": {"foto": right}},
        {"data": mine, "files": {"gambar": right}},
        {"data": mine, "files": [(f"f{number}", ("a", b"x")) for number in range(2000)]},
        {"json": {"id_klien": [body["id_klien"]]}},
        {"json": {"id_klien": {"a": 1}}},
        {"files": {"id_klien": ("a", body["id_klien"].encode()), "foto": right}},
    ]
    for options in requests:
        answer = staff.call("POST", FOTO, **options)
        assert 400 <= answer.status_code < 500, options
    assert staff.rows("Absensi", {"id_klien": body["id_klien"]}, "foto_status") == [
        {"foto_status": "Menunggu"}
    ]
    named = {"foto": ("../../../x\x00.php", picture(), "text/html")}
    assert staff.message("POST", FOTO, data=mine, files=named)["diterima"] is True
    address = staff.rows("Absensi", {"id_klien": body["id_klien"]}, "foto")[0]["foto"]
    assert address.startswith("/private/files/")
    assert address.endswith(".jpg")


def test_a_guest_uploads_nothing_for_anybody(guest, staff, body):
    staff.message("POST", CATAT, json=body)
    files = {"foto": ("f.jpg", picture(), "image/jpeg")}
    assert guest.refusal("POST", FOTO, data={"id_klien": body["id_klien"]}, files=files)[0] == 403
