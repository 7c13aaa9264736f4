"""The interface for other systems, asked by a program that reads its description: no fault of the server, and answers as described."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, checks

from tests.client import API, Client

SYSTEM = f"{API}.sistem"
DESCRIPTION = f"{SYSTEM}.deskripsi"
# Of each operation: enough to meet every parameter's edges, few enough for a busy machine.
EXAMPLES = 40
SCOPES = ("unit", "lokasi", "kehadiran", "rekap", "dataset")


class System:
    """Another system: it has a key and no session."""

    def __init__(self, stack, header: str | None):
        self.stack, self.headers = stack, {"Host": stack.host, "Accept": "application/json"}
        if header:
            self.headers["Authorization"] = header

    def get(self, path: str, verb: str = "GET", **params: Any) -> requests.Response:
        return requests.request(verb, self.stack.url + path, params=params, headers=self.headers, timeout=60)

    def read(self, what: str, **params: Any) -> dict[str, Any]:
        answer = self.get(f"{SYSTEM}.{what}", **params)
        assert answer.status_code == 200, answer.text[:1000]
        return answer.json()["message"]


@pytest.fixture(scope="module")
def keeper(stack) -> Client:
    return Client(stack, stack.user("Wali Data"))


@pytest.fixture(scope="module")
def make(stack, keeper) -> Iterator[Any]:
    """``make(**values)``: a key as Wali Data makes it, and the system that has its secret. Switched off afterwards."""
    made: list[str] = []

    def key(**values: Any) -> tuple[str, System]:
        body = {
            "nama_sistem": f"Uji {uuid.uuid4().hex[:8]}",
            "penanggung_jawab": "Seksi Uji",
            "per_menit": 100_000,
            **{f"baca_{scope}": 1 for scope in SCOPES},
            **values,
        }
        answer = keeper.call("POST", "/api/resource/Kunci API", json=body)
        assert answer.status_code == 200, answer.text[:500]
        name = answer.json()["data"]["name"]
        made.append(name)
        return name, System(stack, secret(keeper, name)["kepala"])

    yield key
    for name in made:
        keeper.call("PUT", f"/api/resource/Kunci API/{name}", json={"aktif": 0})


def secret(client: Client, name: str) -> dict[str, str]:
    body = {"dt": "Kunci API", "dn": name, "method": "buat_rahasia"}
    answer = client.call("POST", "/api/method/run_doc_method", json=body)
    assert answer.status_code == 200, answer.text[:500]
    return answer.json()["message"]


@pytest.fixture(scope="module")
def whole(make) -> System:
    return make()[1]


@pytest.fixture(scope="module")
def description(stack) -> dict[str, Any]:
    answer = System(stack, None).get(DESCRIPTION)
    assert answer.status_code == 200
    return answer.json()


def test_the_description_is_everybodys_and_tells_every_endpoint(description):
    assert description["openapi"].startswith("3.1")
    assert sorted(description["paths"]) == sorted(f"/spbe_attendance.api.sistem.{scope}" for scope in SCOPES)
    for path in description["paths"].values():
        assert path["get"]["summary"].endswith(".")
        assert {"200", "400", "401", "403", "429"} <= set(path["get"]["responses"])


@pytest.mark.parametrize("scope", SCOPES)
def test_whatever_is_asked_the_answer_is_as_described_and_no_fault_of_the_server(
    description, whole, stack, scope
):
    base = f"{stack.url}/api/method"
    schema = schemathesis.from_dict(
        description,
        base_url=base,
        force_schema_version="30",
        data_generation_methods=list(schemathesis.DataGenerationMethod),
    )
    operation = schema[f"/spbe_attendance.api.sistem.{scope}"]["GET"]
    seen: list[int] = []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Case) -> None:
        answer = case.call(headers=whole.headers, timeout=60)
        seen.append(answer.status_code)
        case.validate_response(
            answer,
            checks=(
                checks.not_a_server_error,
                checks.status_code_conformance,
                checks.content_type_conformance,
                checks.response_schema_conformance,
            ),
        )

    ask()
    assert 200 in seen or scope == "rekap", seen


def test_the_same_numbers_come_by_pages_and_as_the_command_center_has_them(whole, logged_in):
    units = whole.read("unit", panjang=500)
    assert units["jumlah"] == len(units["data"]) or units["jumlah"] > 500
    parts = [whole.read("unit", mulai=at, panjang=7)["data"] for at in range(0, 28, 7)]
    assert [row for part in parts for row in part] == units["data"][:28]
    top = next(row["kode"] for row in units["data"] if row["induk"] is None)
    found = whole.read("kehadiran", opd=top, panjang=1)
    told = logged_in("Wali Data").message("GET", f"{API}.pemantauan.ringkasan", params={"opd": top})["jumlah"]
    row = found["data"][0]
    assert (row["pegawai"], row["hadir"], row["izin"]) == (told["pegawai"], told["hadir"], told["izin"])
    assert row["hadir"] == row["tepat"] + row["terlambat"]
    month = whole.read("rekap", bulan=found["tanggal"][:7], panjang=500)
    assert month["jumlah"] == units["jumlah"]
    places = whole.read("lokasi", panjang=500)["data"]
    assert places and all(row["radius"] is None or row["jenis_area"] == "Radius" for row in places)


def test_no_answer_names_a_person(whole, stack):
    staff = Client(stack, stack.user("Administrator")).rows("Pegawai", {}, "name", "nama", "nip")
    text = "".join(
        whole.get(f"{SYSTEM}.{scope}", panjang=500, bulan="2026-11").text
        if scope == "rekap"
        else whole.get(f"{SYSTEM}.{scope}", **({} if scope == "dataset" else {"panjang": 500})).text
        for scope in SCOPES
    )
    assert not [one["name"] for one in staff if one["name"] in text or (one["nip"] and one["nip"] in text)]


def test_a_key_opens_its_scopes_and_its_units_and_nothing_else(make, whole, stack):
    units = whole.read("unit", panjang=500)["data"]
    mine = stack.user("Kepala OPD")["opd"]
    foreign = stack.user("Kepala OPD", 1)["opd"]
    _name, small = make(opd=mine, **{f"baca_{scope}": int(scope == "unit") for scope in SCOPES})
    seen = {row["kode"]: row for row in small.read("unit", panjang=500)["data"]}
    below = {mine}
    for row in units:
        if row["induk"] in below:
            below.add(row["kode"])
    assert set(seen) == below
    assert seen[mine]["induk"] is None
    for asked in (foreign, "TIDAK ADA"):
        answer = small.get(f"{SYSTEM}.unit", opd=asked)
        assert (answer.status_code, answer.json()["exc_type"]) == (403, "CakupanKurang")
    for scope in SCOPES[1:]:
        answer = small.get(f"{SYSTEM}.{scope}", **({"bulan": "2026-11"} if scope == "rekap" else {}))
        assert (answer.status_code, answer.json()["exc_type"]) == (403, "CakupanKurang"), scope
    for path in (
        "/api/resource/Pegawai",
        "/api/resource/OPD",
        "/api/resource/Kunci API",
        "/api/resource/Rekap Harian",
    ):
        answer = small.get(path)
        assert answer.status_code == 403 or answer.json()["data"] == [], path
    # Everybody sees the own account, and no other.
    assert len(small.get("/api/resource/User").json()["data"]) <= 1
    assert small.get(f"{API}.pemantauan.ringkasan").status_code == 403


def test_without_a_key_with_a_wrong_one_or_with_a_session_nothing_opens(stack, whole, staff, logged_in):
    for scope in SCOPES:
        assert System(stack, None).get(f"{SYSTEM}.{scope}").status_code in (401, 403)
        for client in (staff, logged_in("Wali Data"), logged_in("BKPSDM")):
            assert client.refusal("GET", f"{SYSTEM}.{scope}")[:2] == (403, "BukanKunciAPI")
    header = whole.headers["Authorization"]
    for wrong in (
        header[:-1] + ("0" if header[-1] != "0" else "1"),
        "token a:b",
        "token",
        "Bearer x",
        "token :",
    ):
        assert System(stack, wrong).get(f"{SYSTEM}.unit").status_code in (401, 403), wrong
    assert whole.get(f"{SYSTEM}.unit", verb="POST").status_code in (403, 405)


def test_a_new_secret_ends_the_old_one_and_a_switch_off_or_a_last_day_ends_both(make, keeper, stack):
    name, first = make()
    assert first.get(f"{SYSTEM}.unit").status_code == 200
    second = System(stack, secret(keeper, name)["kepala"])
    assert first.get(f"{SYSTEM}.unit").status_code in (401, 403)
    assert second.get(f"{SYSTEM}.unit").status_code == 200
    for values in ({"berlaku_sampai": "2020-01-01"}, {"berlaku_sampai": None, "aktif": 0}):
        assert keeper.call("PUT", f"/api/resource/Kunci API/{name}", json=values).status_code == 200
        assert second.get(f"{SYSTEM}.unit").status_code in (401, 403), values


def test_only_wali_data_makes_keys_and_secrets(whole, make, logged_in):
    name, _system = make()
    body = {"nama_sistem": "X", "penanggung_jawab": "X", "baca_unit": 1}
    for role in ("BKPSDM", "Pimpinan", "Kepala OPD", "Admin OPD", "Pegawai SPBE"):
        client = logged_in(role)
        assert client.call("POST", "/api/resource/Kunci API", json=body).status_code == 403, role
        asked = {"dt": "Kunci API", "dn": name, "method": "buat_rahasia"}
        assert client.call("POST", "/api/method/run_doc_method", json=asked).status_code == 403, role


def test_too_many_requests_are_refused_with_a_time_to_come_back_and_others_go_on(make, whole):
    _name, hasty = make(per_menit=3)
    answers = [hasty.get(f"{SYSTEM}.dataset") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert whole.get(f"{SYSTEM}.dataset").status_code == 200


def test_what_was_read_is_noted_with_key_time_and_question(make, stack):
    name, system = make()
    system.read("kehadiran", panjang=1, tanggal="2026-11-02")
    admin = Client(stack, stack.user("Administrator"))
    rows = admin.rows("Access Log", {"reference_document": name}, "method", "filters", "user")
    assert [row["method"] for row in rows] == ["spbe_attendance.api.sistem.kehadiran"]
    assert '"tanggal":"2026-11-02"' in rows[0]["filters"]
