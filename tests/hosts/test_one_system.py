"""Two web hosts are one system: who logs in at one works at the other, and what one was given the other has."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

from tests.client import CATAT, HARI_INI, Client, inside, picture, punch

COUNT = "SELECT COUNT(*) FROM tabAbsensi WHERE id_klien=%s"


def test_who_logs_in_at_one_host_punches_at_the_other(cluster, person, here):
    answer = cluster.seen_from(person, cluster.web2).message("POST", CATAT, json=punch(here))
    assert answer["status"] == "Sah"
    assert cluster.number("SELECT COUNT(*) FROM tabAbsensi WHERE name=%s", answer["name"]) == 1


def test_who_logs_out_at_one_host_is_out_at_the_other(cluster, person):
    there = cluster.seen_from(person, cluster.web2)
    assert there.call("GET", HARI_INI).status_code == 200
    assert there.call("POST", "/api/method/logout").status_code == 200
    assert person.call("GET", HARI_INI).status_code == 403


def test_a_photo_given_to_one_host_is_served_by_the_other(cluster, person, here):
    photo = picture(31)
    body = punch(here, foto_sha256=hashlib.sha256(photo).hexdigest())
    name = person.message("POST", CATAT, json=body)["name"]
    person.upload(body["id_klien"], photo)
    file = person.rows("File", {"attached_to_name": name}, "file_url")[0]["file_url"]
    served = [cluster.seen_from(person, host).call("GET", file) for host in cluster.webs]
    assert [answer.status_code for answer in served] == [200, 200]
    assert served[0].content == served[1].content
    assert served[0].content.startswith(b"\xff\xd8")
    stranger = Client(cluster.stack(cluster.web2), None)
    assert stranger.call("GET", file).status_code == 403


def test_the_same_punch_sent_to_both_hosts_at_the_same_moment_is_one_punch(cluster, person, here):
    tries = 6
    with ThreadPoolExecutor(2 * tries) as pool:
        for _round in range(5):
            body = punch(here)
            clients = [cluster.seen_from(person, host) for host in cluster.webs for _try in range(tries)]
            answers = list(
                pool.map(lambda client, body=body: client.message("POST", CATAT, json=body), clients)
            )
            assert len({answer["name"] for answer in answers}) == 1
            assert [answer["duplikat"] for answer in answers].count(False) == 1
            assert cluster.number(COUNT, body["id_klien"]) == 1


def test_the_balancer_uses_both_hosts_and_a_log_in_through_it_is_one_log_in(cluster, people):
    client = Client(cluster.stack(), next(people))
    point = inside(client.message("GET", HARI_INI))
    before = [cluster.requests(host) for host in cluster.webs]
    names = {client.message("POST", CATAT, json=punch(point))["name"] for _try in range(12)}
    used = [cluster.requests(host) - was for host, was in zip(cluster.webs, before, strict=True)]
    assert len(names) == 12
    assert min(used) >= 3, used
