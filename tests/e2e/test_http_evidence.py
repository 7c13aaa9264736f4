"""A recorded punch over HTTP: judged alike on every way in, changed by nobody, decided by the right head."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.client import CATAT, HARI_INI, Client, inside, punch


def changes(name: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Every usual way to write a document."""
    return [
        ("PUT", f"/api/resource/Absensi/{name}", {"alasan": "diganti"}),
        ("PUT", f"/api/resource/Absensi/{name}", {"waktu": "2026-01-01 07:00:00"}),
        ("PUT", f"/api/resource/Absensi/{name}", {"status": "Disetujui"}),
        ("PUT", f"/api/resource/Absensi/{name}", {"foto": None, "flags": {"photo_writer": True}}),
        ("PUT", f"/api/resource/Absensi/{name}", {"perlu_tinjau": 1}),
        ("PUT", f"/api/resource/Absensi/{name}", {"catatan_persetujuan": "x"}),
        ("DELETE", f"/api/resource/Absensi/{name}", {}),
        (
            "POST",
            "/api/method/frappe.client.set_value",
            {"doctype": "Absensi", "name": name, "fieldname": "jarak", "value": 0},
        ),
        ("POST", "/api/method/frappe.client.delete", {"doctype": "Absensi", "name": name}),
        (
            "POST",
            "/api/method/frappe.client.rename_doc",
            {"doctype": "Absensi", "old_name": name, "new_name": "lain"},
        ),
        (
            "POST",
            "/api/method/frappe.model.rename_doc.update_document_title",
            {"doctype": "Absensi", "docname": name, "title": "x", "name": "lain"},
        ),
    ]


@pytest.mark.parametrize("role", ["Pegawai SPBE", "Kepala OPD", "BKPSDM"])
def test_a_recorded_punch_is_changed_by_nobody_on_any_way(stack, staff, role, kept):
    client = Client(stack, stack.user(role))
    before = staff.call("GET", f"/api/resource/Absensi/{kept['punch']}").json()["data"]
    for verb, path, values in changes(kept["punch"]):
        status, _kind, _sentence = client.refusal(verb, path, json=values)
        assert status in (403, 404, 409, 417), (verb, path)
    after = staff.call("GET", f"/api/resource/Absensi/{kept['punch']}").json()["data"]
    assert after == before


def test_what_a_raw_document_claims_about_itself_is_overwritten(staff, body):
    claim = {
        **body,
        "name": "pilihan-sendiri",
        "__newname": "pilihan-sendiri",
        "owner": "Administrator",
        "creation": "2020-01-01 00:00:00",
        "waktu": "2020-01-01 00:00:00",
        "status": "Disetujui",
        "putusan_lokasi": "Dalam",
        "sumber": "Mesin",
        "foto": "/private/files/x.jpg",
        "flags": {"ignore_permissions": True},
    }
    data = staff.call("POST", "/api/resource/Absensi", json=claim).json()["data"]
    assert data["name"] != "pilihan-sendiri"
    assert data["owner"] != "Administrator"
    assert not data["creation"].startswith("2020")
    assert not data["waktu"].startswith("2020")
    assert (data["status"], data["sumber"], data["foto"]) == ("Sah", "PWA", None)


@pytest.mark.parametrize("who", [["like", "%"], {"a": 1}, 7, "PEG-tidak-ada"], ids=str)
def test_a_raw_document_for_somebody_else_is_refused(staff, body, who):
    assert 400 <= staff.call("POST", "/api/resource/Absensi", json={**body, "pegawai": who}).status_code < 500
    assert not staff.rows("Absensi", {"id_klien": body["id_klien"]})


def test_outside_waits_and_only_the_right_head_sees_and_decides(stack, heads, staff_of):
    mine, other = (Client(stack, user) for user in heads)
    person = Client(stack, staff_of(heads[0]["opd"]))
    point = inside(person.message("GET", HARI_INI))
    far = punch(point, latitude=point["latitude"] + 0.05)
    assert person.refusal("POST", CATAT, json=far)[:2] == (417, "DiLuarLokasi")
    waiting = person.message("POST", CATAT, json={**far, "alasan": "Rapat di kecamatan"})
    assert waiting["status"] == "Menunggu Persetujuan"
    assert other.refusal("GET", f"/api/resource/Absensi/{waiting['name']}")[0] == 403
    decide = "/api/method/frappe.model.workflow.apply_workflow"
    document = mine.document("Absensi", waiting["name"])
    for refused in (other, person):
        assert refused.refusal("POST", decide, json={"doc": document, "action": "Setujui"})[0] in (403, 417)
    assert mine.call("POST", decide, json={"doc": document, "action": "Setujui"}).status_code == 200
    today = {row["name"]: row["status"] for row in person.message("GET", HARI_INI)["absensi"]}
    assert today[waiting["name"]] == "Disetujui"
    assert mine.refusal("POST", decide, json={"doc": document, "action": "Tolak"})[0] in (403, 409, 417)
    assert person.document("Absensi", waiting["name"])["status"] == "Disetujui"


def test_nobody_decides_on_an_own_exception(stack):
    head = Client(stack, stack.user("Kepala OPD"))
    point = inside(head.message("GET", HARI_INI))
    far = punch(point, latitude=point["latitude"] + 0.05, alasan="Rapat di kecamatan")
    name = head.message("POST", CATAT, json=far)["name"]
    document = head.document("Absensi", name)
    decide = {"doc": document, "action": "Setujui"}
    assert head.refusal("POST", "/api/method/frappe.model.workflow.apply_workflow", json=decide)[0] in (
        403,
        417,
    )
    many = {"doctype": "Absensi", "docnames": json.dumps([name]), "action": "Setujui"}
    head.call("POST", "/api/method/frappe.model.workflow.bulk_workflow_approval", json=many)
    assert head.refusal("PUT", f"/api/resource/Absensi/{name}", json={"status": "Disetujui"})[0] in (403, 417)
    assert head.document("Absensi", name)["status"] == "Menunggu Persetujuan"
