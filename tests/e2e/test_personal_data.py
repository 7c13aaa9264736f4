"""Leaders see who is there, not their numbers and birth dates: by form, list, filter and order over HTTP."""

from __future__ import annotations

import json

import pytest

from tests.client import Client

FIELDS = ["name", "nama", "nip", "tanggal_lahir", "jenis_kelamin", "golongan"]
PERSONAL = set(FIELDS) - {"name", "nama"}


def listed(client: Client, **params):
    query = {"fields": json.dumps(FIELDS), "limit_page_length": 5, **params}
    return client.call("GET", "/api/resource/Pegawai", params=query)


@pytest.mark.parametrize(("role", "seen"), [("Pimpinan", False), ("Kepala OPD", True), ("BKPSDM", True)])
def test_personal_data_are_shown_to_those_who_keep_them(stack, role, seen):
    client = Client(stack, stack.user(role))
    rows = listed(client).json()["data"]
    assert rows and all(row["nama"] for row in rows)
    assert {bool(row.get("nip")) for row in rows} == {seen} or seen
    assert all(not (row.get(field) and not seen) for row in rows for field in PERSONAL)
    # Of others the office may not know everything.
    known = stack.user("Pegawai SPBE")["pegawai"] if role != "Kepala OPD" else rows[0]["name"]
    document = client.document("Pegawai", known)
    assert document["nama"]
    assert bool(document.get("tanggal_lahir")) is seen


@pytest.mark.parametrize(
    "params",
    [{"filters": json.dumps({"nip": ["like", "19%"]})}, {"order_by": "tanggal_lahir desc"}],
)
def test_a_leader_asks_about_no_number_either(stack, params):
    client = Client(stack, stack.user("Pimpinan"))
    assert listed(client, **params).status_code == 403


def test_a_leader_still_finds_people_by_name_in_link_fields(stack):
    client = Client(stack, stack.user("Pimpinan"))
    name = listed(client).json()["data"][0]["nama"]
    params = {"doctype": "Pegawai", "txt": name, "page_length": 5}
    found = client.call("GET", "/api/method/frappe.desk.search.search_link", params=params)
    assert found.status_code == 200
    assert name in found.text
