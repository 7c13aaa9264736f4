"""What a web process remembers of places: every process judges by what holds now, the moment it was saved."""

from __future__ import annotations

import uuid

from tests.client import CATAT, Client, punch

# More than the web processes of a stack: each of them is asked, most likely several times.
TRIES = 16
ISLAND = {"latitude": 0.9123, "longitude": 102.9456}


def test_a_place_is_there_for_all_processes_when_it_is_saved_and_gone_when_it_is_switched_off(stack):
    bkpsdm = Client(stack, stack.user("BKPSDM"))
    # Not the person whose home screen others measure: it would fill with these punches.
    staff = Client(stack, stack.user("Pegawai SPBE", 9))
    assert verdicts(staff) == {"DiLuarLokasi"}
    body = {
        "nama_lokasi": f"Dermaga uji {uuid.uuid4().hex[:6]}",
        "jenis_area": "Radius",
        "semua_opd": 1,
        "radius": 80,
        "aktif": 1,
        **ISLAND,
    }
    answer = bkpsdm.call("POST", "/api/resource/OPD Lokasi", json=body)
    assert answer.status_code == 200, answer.text
    name = answer.json()["data"]["name"]
    try:
        assert verdicts(staff) == {"Dalam"}
    finally:
        address = f"/api/resource/OPD Lokasi/{name}"
        assert bkpsdm.call("PUT", address, json={"aktif": 0}).status_code == 200
    assert verdicts(staff) == {"DiLuarLokasi"}


def verdicts(person: Client) -> set[str]:
    """What the punches of several requests came to: the verdict on the place, or the refusal's name."""
    found = set()
    for _try in range(TRIES):
        answer = person.call("POST", CATAT, json=punch(ISLAND))
        body = answer.json()
        found.add(body["message"]["putusan_lokasi"] if answer.status_code == 200 else body["exc_type"])
    return found
