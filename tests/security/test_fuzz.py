"""Values and structures that nobody would send, by every role, on every usual way to write: no fault, and the evidence stands.

Hypothesis makes them, always the same ones. What is changed on purpose are rows made here, which are removed again.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.client import CATAT, Client, punch

METHOD = "/api/method/frappe."
ROLES = ("Pegawai SPBE", "Kepala OPD", "Admin OPD", "BKPSDM", "Pimpinan", "Wali Data")
FIELDS = {
    "Absensi": [
        "pegawai", "opd", "tanggal", "jenis", "status", "waktu", "waktu_awal", "waktu_akhir", "waktu_tiba", "waktu_perangkat", "sumber",
        "putusan_lokasi", "latitude", "longitude", "akurasi", "lokasi", "jarak", "alasan", "penjelasan", "catatan_persetujuan", "perangkat",
        "foto", "foto_status", "foto_sha256", "id_klien", "perlu_tinjau", "alasan_tinjau",
    ],
    "Pegawai": [
        "nama", "gelar_depan", "jenis_kelamin", "tanggal_lahir", "status", "status_kepegawaian", "nip", "nik", "nomor_pegawai", "foto",
        "opd", "atasan", "jabatan", "golongan", "user",
    ],
    "OPD Lokasi": [
        "nama_lokasi", "opd", "semua_opd", "berlaku_dari", "berlaku_sampai", "jenis_area", "latitude", "longitude", "radius", "area",
    ],
}  # fmt: skip
FRAMEWORK_FIELDS = [
    "name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "doctype", "flags", "__islocal", "__unsaved", "__newname",
    "_assign", "_comments", "_liked_by", "_user_tags", "parent", "parenttype", "parentfield", "amended_from", "tidak_ada",
]  # fmt: skip

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.text(max_size=30),
    st.sampled_from(
        ["", " ", "0", "-1", "1e999", "NaN", "2026-02-30", "0000-00-00", "Disetujui", "Administrator", "\x00", "😀", "x" * 400,
         "<script>alert(1)</script>", "'; drop table `tabAbsensi`; --", "{{ 7*7 }}", "%s %(x)s {0}", "../../etc/passwd", "[1]", '{"a":1}']
    ),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def documents(doctype: str) -> st.SearchStrategy[dict[str, Any]]:
    keys = st.sampled_from(FIELDS[doctype] * 3 + FRAMEWORK_FIELDS)
    return st.dictionaries(keys, VALUES, min_size=1, max_size=5)


def wild(doctype: str, name: str, values: dict[str, Any], good: dict[str, Any]) -> dict[str, tuple]:
    """Ways to write, from the most usual to the most forgotten: name → verb, path, body. ``good``: a document that could be made."""
    field, value = next(iter(values.items()))
    changed = {**good, **values, "doctype": doctype, "name": name}
    made = {**good, **values, "doctype": doctype}
    target = {"doctype": doctype, "name": name}
    decision = {"doc": json.dumps(changed), "action": "Setujui"}
    many = {"doctype": doctype, "docnames": json.dumps([name]), "action": "Setujui"}
    return {
        "put": ("PUT", f"/api/resource/{doctype}/{name}", values),
        "post": ("POST", f"/api/resource/{doctype}", {**good, **values}),
        "set_value": ("POST", "client.set_value", {**target, "fieldname": field, "value": value}),
        "set_value many": ("POST", "client.set_value", {**target, "fieldname": values}),
        "insert": ("POST", "client.insert", {"doc": json.dumps(made)}),
        "save": ("POST", "client.save", {"doc": json.dumps(changed)}),
        "bulk_update": ("POST", "client.bulk_update", {"docs": json.dumps([{**changed, "docname": name}])}),
        "insert_many": ("POST", "client.insert_many", {"docs": json.dumps([made])}),
        "savedocs": ("POST", "desk.form.save.savedocs", {"doc": json.dumps(changed), "action": "Save"}),
        "savedocs submit": ("POST", "desk.form.save.savedocs", {"doc": json.dumps(changed), "action": "Submit"}),
        "savedocs new": ("POST", "desk.form.save.savedocs", {"doc": json.dumps({**made, "name": "new-1", "__islocal": 1}), "action": "Save"}),
        "apply_workflow": ("POST", "model.workflow.apply_workflow", decision),
        "bulk_workflow_approval": ("POST", "model.workflow.bulk_workflow_approval", many),
        "submit": ("POST", "client.submit", {"doc": json.dumps(changed)}),
        "cancel": ("POST", "client.cancel", target),
        "form cancel": ("POST", "desk.form.save.cancel", {**target, "workflow_state_fieldname": "status", "workflow_state": "Disetujui"}),
        "rename_doc": ("POST", "client.rename_doc", {"doctype": doctype, "old_name": name, "new_name": uuid.uuid4().hex}),
        "delete": ("POST", "client.delete", {"doctype": "Absensi", "name": name}),
        "bulk delete": ("POST", "desk.reportview.delete_items", {"doctype": "Absensi", "items": json.dumps([name])}),
        "bulk edit": ("POST", "desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs", {"doctype": doctype, "docnames": json.dumps([name]), "action": "update", "data": json.dumps(values)}),
        "add_comment": ("POST", "desk.form.utils.add_comment", {"reference_doctype": doctype, "reference_name": name, "content": str(value), "comment_email": "x@uji.invalid", "comment_by": "x"}),
        "assign_to": ("POST", "desk.form.assign_to.add", {**target, "assign_to": json.dumps(["Administrator"]), "description": str(value)}),
        "share": ("POST", "share.add", {**target, "user": "Guest", "read": 1, "write": 1, "share": 1, "everyone": 1}),
        "tag": ("POST", "desk.doctype.tag.tag.add_tag", {"tag": "uji", "dt": doctype, "dn": name}),
        "like": ("POST", "desk.like.toggle_like", {**target, "add": "Yes"}),
        "attach": ("POST", "client.attach_file", {"filename": "a.txt", "filedata": "eA==", "decode_base64": 1, "doctype": doctype, "docname": name, "docfield": "foto"}),
        "run method": ("POST", f"/api/resource/{doctype}/{name}", {"run_method": "db_set", "fieldname": field, "value": value}),
        "run doc method": ("POST", "handler.run_doc_method", {"docs": json.dumps(changed), "method": "db_update"}),
        "import": ("POST", "core.doctype.data_import.data_import.form_start_import", {"data_import": name}),
    }  # fmt: skip


WAYS = list(wild("Absensi", "x", {"status": 1}, {}))


@pytest.fixture(scope="module")
def administrator(stack) -> Client:
    return Client(stack, stack.user("Administrator"))


@pytest.fixture(scope="module")
def targets(stack, kept, here, administrator) -> Iterator[dict[str, str]]:
    """DocType → name of a row to write to; a waiting punch, too. What was made meanwhile is removed."""
    staff = Client(stack, stack.user("Pegawai SPBE"))
    far = punch(here, latitude=here["latitude"] + 0.05, alasan="Rapat di kecamatan")
    waiting = staff.message("POST", CATAT, json=far)["name"]
    before = {doctype: {row["name"] for row in administrator.rows(doctype, {})} for doctype in GOOD}
    person = administrator.call("POST", "/api/resource/Pegawai", json=GOOD["Pegawai"]).json()["data"]
    place = administrator.call("POST", "/api/resource/OPD Lokasi", json=GOOD["OPD Lokasi"]).json()["data"]
    yield {
        "Absensi": kept["punch"],
        "waiting": waiting,
        "Pegawai": person["name"],
        "OPD Lokasi": place["name"],
    }
    for doctype, known in before.items():
        for row in administrator.rows(doctype, {}):
            if row["name"] not in known:
                administrator.call("DELETE", f"/api/resource/{doctype}/{row['name']}")


# A place that applies to nobody, a person without an account.
GOOD: dict[str, dict[str, Any]] = {
    "Pegawai": {"nama": "Orang Uji Acak", "status_kepegawaian": "Non ASN", "opd": "DISKOMINFOTIK", "jabatan": "Staf"},
    "OPD Lokasi": {"nama_lokasi": "Tempat Uji Acak", "opd": "BKPSDM", "aktif": 0, "latitude": 1, "longitude": 102, "radius": 50},
}  # fmt: skip


@pytest.fixture(scope="module", params=ROLES)
def writer(request, stack) -> Client:
    return Client(stack, stack.user(request.param))


def evidence(administrator: Client, *names: str) -> list[dict[str, Any]]:
    """All that is stored of the punches, but the framework's notes beside them: comments, tags, likes, assignments."""
    notes = ("_comments", "_user_tags", "_liked_by", "_assign")
    rows = [administrator.document("Absensi", name) for name in names]
    return [{field: value for field, value in row.items() if field not in notes} for row in rows]


def send(client: Client, verb: str, path: str, body: dict[str, Any]) -> requests.Response:
    answer = client.call(verb, path if path.startswith("/") else METHOD + path, json=body)
    # What bulk_update gives back of a failure is the framework's way to say what failed.
    assert "Traceback" not in answer.text or path == "client.bulk_update", (path, answer.text[:500])
    return answer


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_writing_touches_a_punch(writer, administrator, targets, way):
    before = evidence(administrator, targets["Absensi"], targets["waiting"])
    for name in (targets["Absensi"], targets["waiting"]):
        if name == targets["waiting"] and writer.user["role"] in ("Kepala OPD", "BKPSDM"):
            # May decide.
            continue
        for values in (
            {"status": "Disetujui"},
            {"pegawai": "x"},
            {"foto": None},
            {"waktu": "2026-01-01 07:00:00"},
        ):
            send(writer, *wild("Absensi", name, values, {})[way])
    assert evidence(administrator, targets["Absensi"], targets["waiting"]) == before


def check(writer: Client, administrator: Client, targets: dict[str, str], doctype: str, data: Any) -> None:
    values = data.draw(documents(doctype))
    way = data.draw(st.sampled_from(WAYS))
    good = GOOD.get(doctype) or punch({"latitude": 0.5, "longitude": 103})
    send(writer, *wild(doctype, targets[doctype], values, good)[way])


QUIET = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("doctype", FIELDS)
def test_no_made_up_document_is_a_fault(writer, administrator, targets, doctype):
    before = evidence(administrator, targets["Absensi"], targets["waiting"])

    @QUIET
    @given(data=st.data())
    def fuzz(data: Any) -> None:
        check(writer, administrator, targets, doctype, data)

    fuzz()
    assert evidence(administrator, targets["Absensi"], targets["waiting"]) == before


@pytest.mark.parametrize("field", ["foto", "", "status", "tidak_ada"])
def test_nothing_is_attached_to_a_punch_by_hand(writer, administrator, targets, field):
    before = evidence(administrator, targets["Absensi"])
    values = {"doctype": "Absensi", "docname": targets["Absensi"], "fieldname": field, "is_private": 0}
    answer = writer.call("POST", f"{METHOD}handler.upload_file", data=values, files={"file": ("a.txt", b"x")})
    assert 400 <= answer.status_code < 500, answer.text[:300]
    assert evidence(administrator, targets["Absensi"]) == before
    assert len(administrator.rows("File", {"attached_to_name": targets["Absensi"]})) == 1


@pytest.mark.parametrize("value", [[], {}, [["like", "%"]], {"a": 1}], ids=str)
@pytest.mark.parametrize("doctype", ["OPD", *FIELDS])
def test_a_structure_in_place_of_a_value_is_refused_in_words(stack, doctype, value):
    client = Client(stack, stack.user("BKPSDM"))
    good = {"nama_opd": "OPD Uji Acak", "kode": "UJI-ACAK", **GOOD.get(doctype, {})}
    for field in FIELDS.get(doctype, ["nama_opd", "kode", "induk", "kepala", "singkatan"]):
        status, _kind, sentence = client.refusal(
            "POST", f"/api/resource/{doctype}", json={**good, field: value}
        )
        assert status in (400, 403, 417)
        assert len(sentence) > 10, field
