"""What each role is refused, asked for as a browser would: the matrix of test_permissions.py on the running system."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.client import CATAT, Client, inside, punch

METHOD = "/api/method/frappe."


@pytest.fixture(scope="module")
def far_rows(stack) -> dict[str, str]:
    """DocType → a row of an OPD that no demo log-in below leads or works for; Absensi with its person's OPD."""
    administrator = Client(stack, stack.user("Administrator"))
    working = {user["opd"] for user in stack.users if user["role"] != "Pegawai SPBE"}
    user = next(u for u in stack.users if u["role"] == "Pegawai SPBE" and u["opd"] not in working)
    person = Client(stack, user)
    home = person.message("GET", "/api/method/spbe_attendance.api.absensi.hari_ini")
    name = person.message("POST", CATAT, json=punch(inside(home)))["name"]
    place = administrator.rows("OPD Lokasi", {"opd": user["opd"], "semua_opd": 0})[0]["name"]
    return {"Absensi": name, "Pegawai": user["pegawai"], "OPD Lokasi": place, "OPD": user["opd"]}


def requests(rows: dict[str, str]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Name → verb, path, what is sent. Every one would be fine for somebody."""
    found: dict[str, tuple[str, str, dict[str, Any]]] = {
        "settings": ("PUT", "/api/resource/Pengaturan Absensi/Pengaturan Absensi", {"json": {"mode": "Uji Coba"}}),
        "export Absensi": ("POST", f"{METHOD}desk.reportview.export_query", {"json": {"doctype": "Absensi", "fields": '["name"]', "file_format_type": "CSV", "title": "x"}}),
        "export Pegawai": ("POST", f"{METHOD}desk.reportview.export_query", {"json": {"doctype": "Pegawai", "fields": '["name"]', "file_format_type": "CSV", "title": "x"}}),
    }  # fmt: skip
    for doctype, name in rows.items():
        path, target = f"/api/resource/{doctype}/{name}", {"doctype": doctype, "name": name}
        share = {**target, "user": "Administrator", "read": 1}
        mail = {**target, "recipients": "x@uji.invalid", "subject": "x", "content": "x", "send_email": 1}
        found |= {
            f"read {doctype}": ("GET", path, {}),
            f"form {doctype}": ("POST", f"{METHOD}desk.form.load.getdoc", {"json": target}),
            f"write {doctype}": ("PUT", path, {"json": {"alasan": "x", "jabatan": "x", "singkatan": "x", "berlaku_dari": "2026-01-01"}}),
            f"delete {doctype}": ("DELETE", path, {}),
            f"create {doctype}": ("POST", f"/api/resource/{doctype}", {"json": {"nama": "x", "nama_opd": "x", "kode": "x", "nama_lokasi": "x", "opd": rows["OPD"], "status_kepegawaian": "PNS"}}),
            f"print {doctype}": ("GET", "/printview", {"params": {**target, "format": "Standard"}}),
            f"email {doctype}": ("POST", f"{METHOD}core.doctype.communication.email.make", {"json": mail}),
            f"share {doctype}": ("POST", f"{METHOD}share.add", {"json": share}),
            f"cancel {doctype}": ("POST", f"{METHOD}client.cancel", {"json": target}),
        }  # fmt: skip
    return found


EVERY_ROW = ("Absensi", "Pegawai", "OPD Lokasi", "OPD")


def of(verbs: str, *doctypes: str) -> set[str]:
    return {f"{verb} {doctype}" for verb in verbs.split() for doctype in doctypes}


READS, CHANGES = "read form print", "write delete share cancel email"
# Refused on rows of a foreign OPD; what is fine is in nobody's set.
REFUSED = {
    "Pegawai SPBE": of(f"{READS} {CHANGES}", *EVERY_ROW) | {"settings", "export Absensi", "export Pegawai"} | of("create", "Pegawai", "OPD Lokasi", "OPD"),
    "Kepala OPD": of(f"{READS} {CHANGES}", *EVERY_ROW) | {"settings"} | of("create", "Pegawai", "OPD Lokasi", "OPD"),
    "Admin OPD": of(f"{READS} {CHANGES}", *EVERY_ROW) | {"settings"} | of("create", "Pegawai", "OPD Lokasi", "OPD"),
    # Whoever may read may print what is read: the framework asks for either.
    "Pimpinan": of(CHANGES, *EVERY_ROW) | {"settings", "export Pegawai"} | of("create", "Pegawai", "OPD Lokasi", "OPD"),
    "Wali Data": of(f"{READS} {CHANGES}", "Absensi", "Pegawai") | {"settings", "export Pegawai", "delete OPD", "delete OPD Lokasi"} | of("create", "Pegawai"),
    "BKPSDM": of("write delete share cancel email", "Absensi"),
}  # fmt: skip


@pytest.mark.parametrize(("role", "request_name"), [(r, name) for r, names in REFUSED.items() for name in sorted(names)])  # fmt: skip
def test_a_role_is_refused_what_is_not_its_own(stack, far_rows, logged_in, role, request_name):
    verb, path, options = requests(far_rows)[request_name]
    answer = logged_in(role).call(verb, path, **options)
    assert answer.status_code in (403, 404, 417), answer.text[:300]


@pytest.mark.parametrize("role", ["Kepala OPD", "Admin OPD", "Pegawai SPBE", "Wali Data"])
def test_no_export_holds_a_row_of_somebody_elses_opd(far_rows, logged_in, role):
    for doctype in ("Absensi", "Pegawai"):
        body = {"doctype": doctype, "fields": '["name"]', "file_format_type": "CSV", "title": "x"}
        answer = logged_in(role).call("POST", f"{METHOD}desk.reportview.export_query", json=body)
        assert far_rows[doctype] not in answer.text


def test_a_leader_reads_presence_but_neither_changes_nor_takes_it_away(logged_in, far_rows):
    leader = logged_in("Pimpinan")
    assert leader.document("Absensi", far_rows["Absensi"])["status"] == "Sah"
    person = leader.document("Pegawai", far_rows["Pegawai"])
    assert person["nama"]
    assert not person.get("nik")
    assert not person.get("user")


def test_the_walidata_sees_places_and_no_personal_file_but_the_own(logged_in, far_rows, kept):
    walidata = logged_in("Wali Data")
    assert far_rows["OPD Lokasi"] in json.dumps(walidata.rows("OPD Lokasi", {}))
    own = walidata.user["pegawai"]
    assert {row["name"] for row in walidata.rows("Pegawai", {})} <= {own}
    assert {row["pegawai"] for row in walidata.rows("Absensi", {}, "pegawai")} <= {own}
    assert walidata.call("GET", kept["file_url"]).status_code in (403, 404)
    assert walidata.rows("File", {"attached_to_name": kept["punch"]}) == []


@pytest.mark.parametrize(("role", "served"), [("Admin OPD", True), ("BKPSDM", True), ("Pimpinan", True)])
def test_a_photo_is_served_with_the_row(logged_in, kept, role, served):
    client = logged_in(role)
    row = client.call("GET", f"/api/resource/Absensi/{kept['punch']}").status_code == 200
    photo = client.call("GET", kept["file_url"]).status_code == 200
    assert (row, photo) == (served, served)
