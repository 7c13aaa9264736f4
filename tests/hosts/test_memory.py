"""What the web processes of one host remember ends with a change made at the other, for the very next punch."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator

import pytest

from tests.client import CATAT, HARI_INI, Client, inside, punch

# More than the web processes of a host, so that each of them remembers before, and is asked afterwards.
TRIES = 8
ISLAND = {"latitude": 0.9123, "longitude": 102.9456}
SETTINGS = "/api/resource/Pengaturan Absensi/Pengaturan Absensi"


def came_to(person: Client, point: dict, key: str, **values: float) -> set[str]:
    """What the punches of several requests came to: a value of the answer, or the refusal's name."""
    found = set()
    for _try in range(TRIES):
        answer = person.call("POST", CATAT, json=punch(point, **values))
        content = answer.json()
        found.add(
            content["message"][key]
            if answer.status_code == 200
            else content.get("exc_type", answer.status_code)
        )
    return found


def put(client: Client, address: str, values: dict) -> None:
    answer = client.call("PUT", address, json=values)
    assert answer.status_code == 200, answer.text[:500]


@pytest.fixture
def there(cluster, person) -> Client:
    """The person, at the second host."""
    return cluster.seen_from(person, cluster.web2)


def test_a_setting(there, here, bkpsdm):
    assert came_to(there, here, "status", akurasi=60) == {"Sah"}
    try:
        put(bkpsdm, SETTINGS, {"akurasi_maksimum": 50})
        assert came_to(there, here, "status", akurasi=60) == {"AkurasiTidakCukup"}
    finally:
        put(bkpsdm, SETTINGS, {"akurasi_maksimum": 100})
    assert came_to(there, here, "status", akurasi=60) == {"Sah"}


@contextlib.contextmanager
def a_place(bkpsdm: Client) -> Iterator[None]:
    """For everybody, on the island; afterwards switched off."""
    place = {"nama_lokasi": f"Dermaga uji {uuid.uuid4().hex[:6]}", "jenis_area": "Radius", "semua_opd": 1}
    made = bkpsdm.call("POST", "/api/resource/OPD Lokasi", json={**place, "radius": 80, "aktif": 1, **ISLAND})
    assert made.status_code == 200, made.text
    yield
    put(bkpsdm, f"/api/resource/OPD Lokasi/{made.json()['data']['name']}", {"aktif": 0})


def test_a_place(there, bkpsdm):
    assert came_to(there, ISLAND, "putusan_lokasi") == {"DiLuarLokasi"}
    with a_place(bkpsdm):
        assert came_to(there, ISLAND, "putusan_lokasi") == {"Dalam"}
    assert came_to(there, ISLAND, "putusan_lokasi") == {"DiLuarLokasi"}


def shifts(person: Client) -> set[tuple[str, ...]]:
    """What several requests for the home screen say of today's shifts."""
    return {tuple(person.message("GET", HARI_INI)["jadwal"]["shift"]) for _try in range(TRIES)}


def test_a_roster(there, bkpsdm):
    code = f"U{uuid.uuid4().hex[:5]}".upper()
    today = there.message("GET", HARI_INI)["waktu_server"][:10]
    shift = {"kode": code, "nama_shift": "Dinas uji", "mulai": "00:30:00", "selesai": "23:30:00"}
    assert shifts(there) == {()}
    assert bkpsdm.call("POST", "/api/resource/Shift Kerja", json=shift).status_code == 200
    row = {"pegawai": there.user["pegawai"], "tanggal": today, "shift": code, "urutan": 1}
    made = bkpsdm.call("POST", "/api/resource/Roster Dinas", json=row)
    assert made.status_code == 200, made.text
    assert shifts(there) == {(code,)}
    gone = bkpsdm.call("DELETE", f"/api/resource/Roster Dinas/{made.json()['data']['name']}")
    assert gone.status_code == 202
    assert shifts(there) == {()}


def test_a_role(cluster, there, here):
    administrator = Client(cluster.stack(cluster.web1), cluster.stack().user("Administrator"))
    account = cluster.sql("SELECT user FROM tabPegawai WHERE name=%s", there.user["pegawai"])[0]["user"]
    address = f"/api/resource/User/{account}"
    roles = administrator.document("User", account)["roles"]
    assert came_to(there, here, "status") == {"Sah"}
    put(administrator, address, {"roles": [row for row in roles if row["role"] != "Pegawai SPBE"]})
    assert came_to(there, here, "status") == {403}
    put(administrator, address, {"roles": [{"role": row["role"]} for row in roles]})
    assert came_to(there, here, "status") == {"Sah"}


def test_a_person_who_is_no_longer_in_service(cluster, newcomers, bkpsdm):
    leaver = Client(cluster.stack(cluster.web2), next(newcomers))
    point = inside(leaver.message("GET", HARI_INI))
    assert came_to(leaver, point, "status") == {"Sah"}
    put(bkpsdm, f"/api/resource/Pegawai/{leaver.user['pegawai']}", {"status": "Nonaktif"})
    assert came_to(leaver, point, "status") == {"PermissionError"}


# A request that has read something before the change and takes note of what it remembers after it: the stamp is the new one, what its
# transaction still sees is old.
SEEN = """
from frappe.utils import getdate
from spbe_attendance.kehadiran.pencatatan import known, places

OPD, DAY = frappe.get_all("OPD", limit=1, pluck="name")[0], getdate()

def seen():
    with known.used():
        return known.settings().akurasi_maksimum, len(places.fences_for(OPD, DAY).rows)
"""
ASK = SEEN + "print(*seen())"
SLOW_REQUEST = (
    SEEN
    + """
frappe.db.get_all("User", limit=1)
print("begun", flush=True)
input()
seen()
frappe.db.rollback()
print(*seen(), flush=True)
"""
)


def test_a_request_that_began_before_the_change_leaves_nothing_old_for_those_after_it(cluster, bkpsdm):
    request = cluster.web2.begin(*cluster.script(SLOW_REQUEST))
    assert request.stdout.readline() == "begun\n"
    try:
        put(bkpsdm, SETTINGS, {"akurasi_maksimum": 77})
        with a_place(bkpsdm):
            said, _nothing = request.communicate("go on\n", timeout=60)
            expected = cluster.python(cluster.web2, ASK)
        assert said == expected
        assert said.startswith("77.0 ")
    finally:
        put(bkpsdm, SETTINGS, {"akurasi_maksimum": 100})
