"""Strangers at the registration: what they learn, what they break, what they may not see."""

from __future__ import annotations

import random
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.client import API, Client, picture

REGISTER = f"{API}.registrasi"
DOCTYPE = "Registrasi Pegawai"


@pytest.fixture(scope="module")
def form(guest):
    return guest.message("GET", f"{REGISTER}.isian")


@pytest.fixture(scope="module")
def keeper(stack):
    return Client(stack, stack.user("Admin OPD"))


@pytest.fixture(scope="module")
def office(stack):
    return Client(stack, stack.user("BKPSDM"))


@pytest.fixture(scope="module")
def fields(form, keeper):
    def make(**values):
        return {
            "id_klien": str(uuid.uuid4()),
            "nik": f"141002170585{random.randrange(1, 9999):04d}",
            "nama": "Rahmat Penguji",
            "tanggal_lahir": "1985-05-17",
            "jenis_kelamin": "Laki-laki",
            "status_kepegawaian": "Non ASN",
            "opd": keeper.user["opd"],
            "jabatan": "Sopir",
            "nomor_hp": "081234567890",
            "naskah": form["naskah"]["name"],
            "perangkat": str(uuid.uuid4()),
            **values,
        }

    return make


@pytest.fixture(scope="module")
def waiting(guest, office, fields):
    """A registration: what was filed, its receipt, its row."""
    values = fields()
    receipt = filed(guest, values)
    return values, receipt, row(office, receipt)


def photo(content=None):
    return {"foto": ("f.jpg", content or picture(), "image/jpeg")}


def send(client, values, files=None):
    return client.call("POST", f"{REGISTER}.ajukan", data=values, files=files or photo())


def filed(client, values):
    answer = send(client, values)
    assert answer.status_code == 200, answer.text
    return answer.json()["message"]


def row(office, receipt):
    return office.rows(DOCTYPE, {"nomor": receipt["nomor"]}, "name", "status", "foto")[0]


def settled(office, receipt):
    """After the job."""
    for _try in range(240):
        found = office.rows(DOCTYPE, {"nomor": receipt["nomor"]}, "name", "status", "dicocokkan_pada")[0]
        if found["dicocokkan_pada"] or found["status"] == "Digantikan":
            return found["status"]
        time.sleep(0.5)
    raise AssertionError("The job has not run.")


def test_staff_and_strangers_get_the_same_answer_byte_for_byte(guest, office, fields):
    known = office.rows("Pegawai", {"nik": ["is", "set"]}, "nik")
    nik = known[0]["nik"] if known else None
    if nik is None:
        person = office.rows("Pegawai", {"nip": ["is", "set"]}, "name")[-1]["name"]
        nik = fields()["nik"]
        office.call("PUT", f"/api/resource/Pegawai/{person}", json={"nik": nik})
    answers = [send(guest, fields(nik=nik)), send(guest, fields())]
    texts = []
    for answer in answers:
        receipt = answer.json()["message"]
        texts.append(answer.text.replace(receipt["nomor"], "N").replace(receipt["kode"], "K"))
        told = guest.call("POST", f"{REGISTER}.status", json=receipt)
        texts.append(told.text.replace(receipt["nomor"], "N").split("diajukan_pada")[0])
    assert texts[0] == texts[2] and texts[1] == texts[3]
    assert set(answers[0].headers) == set(answers[1].headers)
    assert settled(office, answers[0].json()["message"]) == "Sudah Terdaftar"
    assert (
        guest.message("POST", f"{REGISTER}.status", json=answers[0].json()["message"])["status"] == "Diajukan"
    )


def test_the_same_form_sent_many_times_at_once_is_one(guest, office, fields):
    values = fields()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda client: send(client, values), [guest.twin() for _ in range(4)]))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    receipt = answers[0].json()["message"]
    assert len(office.rows(DOCTYPE, {"nomor": receipt["nomor"]})) == 1


def test_one_nik_from_two_phones_at_once_is_one_open_registration(guest, office, fields):
    nik = fields()["nik"]
    with ThreadPoolExecutor(2) as pool:
        receipts = list(pool.map(lambda client: filed(client, fields(nik=nik)), [guest.twin(), guest.twin()]))
    assert sorted(settled(office, receipt) for receipt in receipts) == ["Diajukan", "Digantikan"]


def test_photos_and_bodies_have_their_limits(guest, fields):
    large = picture() + b"\0" * 90 * 1024
    assert guest.refusal("POST", f"{REGISTER}.ajukan", data=fields(), files=photo(large))[0] == 413
    assert guest.refusal("POST", f"{REGISTER}.ajukan", data=fields(), files=photo(b"GIF89a..."))[:2] == (
        417,
        "FotoTidakSah",
    )
    assert guest.refusal("POST", f"{REGISTER}.ajukan", data=fields())[1] == "FotoTidakSah"
    status, kind, _sentence = guest.refusal("POST", f"{REGISTER}.ajukan", json={"nik": {"a": [1]}})
    assert (status, kind) == (400, "PendaftaranTidakSah")


def test_refusals_never_quote_the_nik(guest, fields):
    for values in ({"nik": "1410011808960000"}, {"nama": "1"}, {"naskah": "x"}, {"opd": "x"}):
        sent = fields(**values)
        _status, _kind, sentence = guest.refusal("POST", f"{REGISTER}.ajukan", data=sent, files=photo())
        assert sent["nik"] not in sentence


def test_forged_receipts_open_nothing(guest, fields, waiting):
    _values, receipt, _row = waiting
    other = {"kode": receipt["kode"][::-1]}
    for path, extra in (("status", {}), ("perbaiki", fields()), ("kode_aktivasi", {})):
        for forged in (
            {**receipt, "kode": other["kode"]},
            {"nomor": "RP-AAAA-AAAA", "kode": receipt["kode"]},
        ):
            status, kind, _ = guest.refusal("POST", f"{REGISTER}.{path}", data={**extra, **forged})
            assert (status, kind) == (404, "TandaTerimaSalah"), path
    assert guest.refusal("POST", f"{REGISTER}.kode_aktivasi", json=receipt)[1] == "BelumDisetujui"
    assert guest.call("GET", f"{REGISTER}.status", params=receipt).status_code == 403


@pytest.mark.parametrize("who", ["guest", "staff", "Kepala OPD", "Pimpinan", "Wali Data"])
def test_registrations_and_their_photos_are_not_everybodys(logged_in, guest, staff, waiting, who):
    client = {"guest": guest, "staff": staff}.get(who) or logged_in(who)
    found = waiting[2]
    assert client.call("GET", f"/api/resource/{DOCTYPE}/{found['name']}").status_code in (403, 404)
    listed = client.call("GET", f"/api/resource/{DOCTYPE}")
    assert listed.status_code == 403 or listed.json()["data"] == []
    assert client.call("GET", found["foto"]).status_code in (403, 404)
    assert client.call("POST", f"/api/resource/{DOCTYPE}", json={"nama": "x"}).status_code == 403
    for doctype in ("Acuan Registrasi", "Naskah Persetujuan"):
        assert client.call("GET", f"/api/resource/{doctype}").status_code == 403


def test_an_admin_of_another_unit_neither_sees_nor_decides(guest, office, keeper, fields, form):
    elsewhere = next(
        unit["kode"] for unit in form["unit"] if unit["induk"] and unit["kode"] != keeper.user["opd"]
    )
    found = row(office, filed(guest, fields(opd=elsewhere)))
    assert keeper.rows(DOCTYPE, {"name": found["name"]}) == []
    body = {"doc": {"doctype": DOCTYPE, "name": found["name"]}, "action": "Verifikasi"}
    assert (
        keeper.call("POST", "/api/method/frappe.model.workflow.apply_workflow", json=body).status_code == 403
    )


def test_an_admin_never_gets_the_nik_not_even_after_a_step(office, keeper, waiting):
    values, receipt, found = waiting
    settled(office, receipt)
    body = {"doc": {"doctype": DOCTYPE, "name": found["name"]}, "action": "Verifikasi"}
    answers = [
        keeper.call("POST", "/api/method/frappe.model.workflow.apply_workflow", json=body),
        keeper.call("GET", f"/api/resource/{DOCTYPE}/{found['name']}"),
        keeper.call(
            "GET",
            "/api/method/frappe.desk.form.load.getdoc",
            params={"doctype": DOCTYPE, "name": found["name"]},
        ),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text[:500]
        assert values["nik"] not in answer.text
    assert answers[0].json()["message"]["status"] == "Terverifikasi"
    params = {"filters": '{"nik": ["like", "1410%"]}'}
    assert keeper.call("GET", f"/api/resource/{DOCTYPE}", params=params).status_code == 403
