"""Two regencies on the same two hosts: neither sees anything of the other's."""

from __future__ import annotations

import pytest

from tests.client import API, CATAT, HARI_INI, Client, inside, punch
from tests.hosts.test_memory import SETTINGS, put


@pytest.fixture(scope="session")
def neighbour(cluster):
    return cluster.sites[1]


def test_a_log_in_of_one_site_is_none_at_the_other(cluster, neighbour, person):
    stranger = cluster.seen_from(person, cluster.web2)
    assert stranger.call("GET", HARI_INI).status_code == 200
    stranger.http.headers["Host"] = neighbour.name
    assert stranger.call("GET", HARI_INI).status_code == 403


def test_a_punch_is_in_its_own_sites_table_numbers_and_caches_alone(cluster, neighbour, newcomers):
    user = next(newcomers)
    mine = Client(cluster.stack(cluster.web1), user)
    theirs = Client(cluster.stack(cluster.web2, neighbour), user)
    opd = user["opd"]

    def numbers(site) -> int:
        stack = cluster.stack(cluster.web2, site)
        leader = Client(stack, stack.user("Pimpinan"))
        return leader.message("GET", f"{API}.pemantauan.ringkasan", params={"opd": opd})["jumlah"]["hadir"]

    before = [numbers(site) for site in cluster.sites]
    name = mine.message("POST", CATAT, json=punch(inside(mine.message("GET", HARI_INI))))["name"]
    assert [numbers(site) for site in cluster.sites] == [before[0] + 1, before[1]]
    rows = [
        cluster.number("SELECT COUNT(*) FROM tabAbsensi WHERE name=%s", name, site=site)
        for site in cluster.sites
    ]
    assert rows == [1, 0]
    assert theirs.message("GET", HARI_INI)["absensi"] == []
    assert theirs.call("GET", f"/api/resource/Absensi/{name}").status_code in (403, 404)


def test_a_setting_of_one_site_does_not_hold_at_the_other(cluster, neighbour, bkpsdm, people):
    user = next(people)
    theirs = Client(cluster.stack(cluster.web2, neighbour), user)
    body = punch(inside(theirs.message("GET", HARI_INI)), akurasi=60)
    put(bkpsdm, SETTINGS, {"akurasi_maksimum": 50})
    try:
        assert theirs.message("POST", CATAT, json=body)["status"] == "Sah"
    finally:
        put(bkpsdm, SETTINGS, {"akurasi_maksimum": 100})


def test_every_key_in_redis_belongs_to_one_site_or_to_the_bench(cluster, neighbour):
    owners = {site.database for site in cluster.sites}
    foreign = [
        key
        for key in cluster.store(13000).keys("*")
        if key.decode(errors="replace").partition("|")[0] not in owners and b"|" in key
    ]
    assert foreign == []
    names = {site.database: len(cluster.store(13000).keys(f"{site.database}|*")) for site in cluster.sites}
    assert min(names.values()) > 0


def test_files_of_one_site_are_not_served_under_the_others_name(cluster, neighbour):
    (cluster.site.shared / "public" / "files" / "hanya-di-sini.txt").write_text("milik satu")
    mine = Client(cluster.stack(cluster.web2), None)
    assert mine.call("GET", "/files/hanya-di-sini.txt").text == "milik satu"
    theirs = Client(cluster.stack(cluster.web2, neighbour), None)
    assert theirs.call("GET", "/files/hanya-di-sini.txt").status_code == 404
