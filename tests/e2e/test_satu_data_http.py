"""Open data as everybody gets them: no log-in, caches, foreign pages, machines, and nothing that is not published."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
import requests
from open_data import DATASET, MONTH, Office, WaliData, path

# DCAT-US 1.1 for publishers outside of the federal government, as its authors publish it into the public domain.
SCHEMAS = Path(__file__).parent / "schemas"


class Public:
    """Somebody without a log-in."""

    def __init__(self, stack: Any):
        self.stack = stack

    def call(self, verb: str, where: str, **headers: str) -> requests.Response:
        answer = requests.request(
            verb,
            self.stack.url + where,
            headers={"Host": self.stack.host, **headers},
            timeout=60,
            allow_redirects=False,
        )
        assert answer.status_code < 500, (verb, where, answer.text[:500])
        return answer

    def get(self, where: str, **headers: str) -> requests.Response:
        return self.call("GET", where, **headers)


@pytest.fixture(scope="module")
def public(stack) -> Public:
    return Public(stack)


@pytest.fixture(scope="module")
def office(stack) -> Office:
    return Office(stack)


@pytest.fixture(scope="module")
def wali(stack) -> WaliData:
    return WaliData(stack)


@pytest.fixture(scope="module")
def number(office, wali, public) -> int:
    """The number of a published version of MONTH; before it was, nobody could have it."""
    if not office.versions():
        for _day in range(3):
            office.compute_next_day()
    office.close()
    first = office.wait_for_draft(1)
    if first["status"] == "Diperiksa":
        for form in ("csv", "json", "xlsx"):
            assert public.get(path(1, form)).status_code == 404
        assert MONTH not in public.get("/data.json").text
        assert wali.decide(first["name"], "Terbitkan").status_code == 200
    return 1


@pytest.fixture(scope="module")
def catalogue(number, public) -> dict[str, Any]:
    return public.get("/data.json").json()


def test_what_is_published_is_there_for_everybody_in_three_formats(number, public):
    kinds = {
        form: public.get(path(number, form)).headers["Content-Type"].partition(";")[0]
        for form in ("csv", "json", "xlsx")
    }
    assert kinds == {
        "csv": "text/csv",
        "json": "application/json",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }


def test_rows_are_utf_8_and_mark_what_is_withheld(number, public):
    answer = public.get(path(number))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"))))
    assert {row["penanda"] for row in rows} <= {"tersedia", "dirahasiakan"}
    hidden = [row for row in rows if row["penanda"] == "dirahasiakan"]
    assert hidden and {row["orang_hari"] for row in hidden} == {"x"}
    shown = [int(row["orang_hari"]) for row in rows if row["penanda"] == "tersedia"]
    assert not [count for count in shown if 0 < count < 5]


def test_a_file_is_kept_by_caches_and_asked_for_again_by_its_tag(number, public):
    first = public.get(path(number))
    assert "public" in first.headers["Cache-Control"]
    assert first.headers["Last-Modified"].endswith("GMT")
    assert "Set-Cookie" not in first.headers
    for header, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-None-Match", f"W/{first.headers['ETag'].removeprefix('W/')}"),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again = public.get(path(number), **{header: value})
        assert (again.status_code, again.content) == (304, b"")
    assert public.get(path(number), **{"If-None-Match": '"another"'}).status_code == 200


def test_head_tells_what_get_would(number, public):
    head, get = public.call("HEAD", path(number, "json")), public.get(path(number, "json"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]


def test_pages_of_others_may_read(number, public):
    answer = public.get(path(number, "json"), Origin="https://lain.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_the_newest_version_has_an_address_of_its_own(number, public):
    answer = public.get(f"/data/{DATASET}/{MONTH}/terbaru.csv")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(path(number))
    assert public.get(f"/data/{DATASET}/2026-01/terbaru.csv").status_code == 404
    assert public.get(f"/data/{DATASET}/{MONTH}/terbaru.exe").status_code == 404


def schema_of_datasets() -> Callable[[Any], Any]:
    """The one part that the schema names by an address is among its own definitions, so nothing is fetched."""
    schema = json.loads((SCHEMAS / "dcat-us-1.1-dataset.json").read_text(encoding="utf-8"))
    organization = schema["definitions"]["organization"]
    return fastjsonschema.compile(schema, handlers={"https": lambda _address: organization})


def test_the_catalogue_is_what_the_schema_of_data_json_says(catalogue):
    whole = json.loads((SCHEMAS / "dcat-us-1.1-catalog.json").read_text(encoding="utf-8"))
    # The catalogue's schema names that of a dataset by an address; here both lie on the disk.
    head = {**whole, "properties": {k: v for k, v in whole["properties"].items() if k != "dataset"}}
    assert fastjsonschema.compile(head)(catalogue) == catalogue
    check = schema_of_datasets()
    assert catalogue["dataset"]
    for dataset in catalogue["dataset"]:
        assert check(dataset) == dataset


def test_the_schema_of_data_json_notices_what_is_wrong_or_missing(catalogue):
    check, good = schema_of_datasets(), catalogue["dataset"][0]
    for broken in (
        {**good, "accrualPeriodicity": "kadang-kadang"},
        {key: value for key, value in good.items() if key != "publisher"},
        {**good, "publisher": {}},
    ):
        with pytest.raises(fastjsonschema.JsonSchemaValueException):
            check(broken)


def test_every_address_of_the_catalogue_leads_somewhere(catalogue, public, stack):
    dataset = next(row for row in catalogue["dataset"] if row["identifier"].endswith(DATASET))
    addresses = {dataset["landingPage"], dataset["describedBy"], catalogue["@id"]}
    addresses |= {row["downloadURL"] for row in dataset["distribution"]}
    for address in addresses:
        assert public.get("/" + address.split("/", 3)[3]).status_code == 200, address
    assert dataset["temporal"].startswith("2026-")
    assert "14.10" in dataset["spatial"] and "Kemendagri" in dataset["spatial"]


def test_the_json_file_is_what_its_published_schema_says(number, public):
    schema = public.get(f"/data/{DATASET}/skema.json").json()
    data = public.get(path(number, "json")).json()
    required = schema["properties"]["data"]["items"]["required"]
    assert {tuple(row) for row in data["data"]} == {tuple(required)}
    assert fastjsonschema.compile(schema)(data) == data
    assert data["metadata"]["wilayah"]["kode"] == "14.10"


@pytest.mark.parametrize(
    ("header", "said"), [("id", "Hari kerja (orang-hari)"), ("en", "Working days (person-days)")]
)
def test_the_page_speaks_the_language_of_the_browser(number, public, header, said):
    answer = public.get(f"/data/{DATASET}", **{"Accept-Language": header})
    assert answer.status_code == 200
    assert f'lang="{header}"' in answer.text
    assert said in answer.text
    assert "Accept-Language" in answer.headers["Vary"]
    assert "max-age=0" in answer.headers["Cache-Control"]
    again = public.get(
        f"/data/{DATASET}", **{"Accept-Language": header, "If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "where",
    [
        "/data/lain",
        "/data/kehadiran-pegawai/2026-03/v99/kehadiran-pegawai-2026-03-v99.csv",
        "/data/kehadiran-pegawai/2026-03/v01/kehadiran-pegawai-2026-03-v1.csv",
        "/data/kehadiran-pegawai/2026-03/v1/../../../site_config.json",
        "/data/kehadiran-pegawai/2026-03/v1/site_config.json",
        "/data/kehadiran-pegawai/2026-03/v1'/x.csv",
        "/data/kehadiran-pegawai/2026-03/v1/kehadiran-pegawai-2026-03-v1.csv/x",
        "/data/kehadiran-pegawai/%00/v1/x.csv",
    ],
)
def test_what_is_not_there_is_not_found(number, public, where):
    assert public.get(where).status_code in (400, 404)


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE"])
def test_nothing_is_changed_from_outside(number, public, verb):
    before = public.get(path(number)).headers["ETag"]
    assert public.call(verb, path(number)).status_code in (400, 403, 404, 405)
    assert public.get(path(number)).headers["ETag"] == before


def test_a_guest_has_no_other_way_to_versions_their_files_or_true_counts(number, public, office):
    name = office.versions()[0]["name"]
    file = office.client.document("Versi Dataset", name)["berkas"][0]["berkas"]
    assert public.get(file).status_code in (403, 404)
    for doctype in (
        "Versi Dataset",
        "Isi Versi Dataset",
        "Penyusunan Dataset",
        "Pengaturan Satu Data",
        "Dataset Satu Data",
    ):
        for where in (f"/api/resource/{doctype}", f"/api/resource/{doctype}/{name}"):
            assert public.get(where).status_code in (401, 403, 404), where


def test_true_counts_are_given_to_nobody_who_works_with_versions(number, office, wali):
    for client in (office.client, wali.client):
        name = office.versions()[0]["name"]
        assert client.call("GET", f"/api/resource/Isi Versi Dataset/{name}").status_code == 403


def test_an_address_that_asks_too_often_is_told_to_wait(number, public, stack, wali):
    settings = "/api/resource/Pengaturan Satu Data/Pengaturan Satu Data"
    before = wali.client.document("Pengaturan Satu Data", "Pengaturan Satu Data")["batas_per_menit"]
    assert wali.client.call("PUT", settings, json={"batas_per_menit": 1}).status_code == 200
    try:
        refused = next(
            (
                answer
                for answer in (public.get("/data.json") for _try in range(300))
                if answer.status_code == 429
            ),
            None,
        )
        assert refused is not None
        assert int(refused.headers["Retry-After"]) > 0
    finally:
        assert wali.client.call("PUT", settings, json={"batas_per_menit": before or 240}).status_code == 200
    assert public.get("/data.json").status_code == 200
