"""A cable that is out: nothing is refused, nothing is answered. What is acknowledged stays, and nobody remembers anything old afterwards."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from tests.client import CATAT, HARI_INI, Client, inside, punch
from tests.hosts.cluster import CACHE, QUEUE
from tests.hosts.network import until
from tests.hosts.test_memory import SETTINGS, came_to, put

# A phone waits so long for its answer, and then asks again with the same id.
PHONE = 20.0
MANY = "SELECT COUNT(*) FROM tabAbsensi WHERE id_klien=%s"


class Phone(threading.Thread):
    """Sends punches one after the other, each until it is acknowledged."""

    def __init__(self, client: Client, point: dict[str, float]) -> None:
        super().__init__(daemon=True)
        self.client, self.point, self.over = client, point, threading.Event()
        self.acknowledged: dict[str, str] = {}
        self.tries: list[tuple[float, float, int]] = []

    def run(self) -> None:
        while not self.over.is_set():
            body = punch(self.point)
            while not self.send(body):
                time.sleep(0.5)
            time.sleep(0.2)

    def send(self, body: dict[str, Any]) -> bool:
        began = time.monotonic()
        status = 0
        try:
            answer = self.client.http.post(self.client.stack.url + CATAT, json=body, timeout=PHONE)
            status = answer.status_code
        except requests.RequestException:
            return False
        finally:
            self.tries.append((began, time.monotonic() - began, status))
        assert status == 200 or status >= 500, answer.text[:500]
        if status == 200:
            self.acknowledged[body["id_klien"]] = answer.json()["message"]["name"]
        return status == 200

    def stop(self) -> None:
        self.over.set()
        self.join(90)
        assert not self.is_alive(), "a punch was never acknowledged"

    def since(self, moment: float) -> list[tuple[float, int]]:
        """Seconds and status of every try that began after that moment."""
        return [(seconds, status) for began, seconds, status in self.tries if began >= moment]


@contextmanager
def phones(cluster, people, number: int = 3) -> Iterator[list[Phone]]:
    """In use, all through the balancer; afterwards each acknowledged punch is in the table once, and no other one."""
    found = []
    for _phone in range(number):
        client = Client(cluster.stack(), next(people))
        found.append(Phone(client, inside(client.message("GET", HARI_INI))))
    for phone in found:
        phone.start()
    try:
        yield found
    finally:
        for phone in found:
            phone.stop()
    for phone in found:
        assert phone.acknowledged
        for id_klien, name in phone.acknowledged.items():
            rows = cluster.sql("SELECT name FROM tabAbsensi WHERE id_klien=%s", id_klien)
            assert rows == [{"name": name}]


def test_a_web_host_cut_off_the_other_one_takes_its_punches(cluster, people):
    with phones(cluster, people) as using:
        time.sleep(3)
        with cluster.network.cut_off(cluster.web1):
            # What was under way is given up by the phone and sent again.
            time.sleep(PHONE / 4)
            settled = time.monotonic()
            time.sleep(8)
            taken = sum(len([1 for _s, status in phone.since(settled) if status == 200]) for phone in using)
            assert taken >= 10
        until(lambda: cluster.alive(f"http://{cluster.web1.address}"), "web1 again", 30)
        time.sleep(4)
        before = cluster.requests(cluster.web1)
        until(lambda: cluster.requests(cluster.web1) > before + 3, "the balancer uses web1 again", 30)


def test_a_host_that_was_cut_off_obeys_what_was_changed_meanwhile(cluster, person, here):
    at2 = cluster.seen_from(person, cluster.web2)
    bkpsdm = Client(cluster.stack(cluster.web2), cluster.stack().user("BKPSDM"))
    assert came_to(person, here, "status", akurasi=60) == {"Sah"}
    try:
        with cluster.network.cut_off(cluster.web1):
            put(bkpsdm, SETTINGS, {"akurasi_maksimum": 50})
            assert came_to(at2, here, "status", akurasi=60) == {"AkurasiTidakCukup"}
        until(lambda: cluster.alive(f"http://{cluster.web1.address}"), "web1 again", 30)
        assert came_to(person, here, "status", akurasi=60) == {"AkurasiTidakCukup"}
    finally:
        put(bkpsdm, SETTINGS, {"akurasi_maksimum": 100})


def test_the_redis_host_cut_off_and_back(cluster, people, bkpsdm):
    with phones(cluster, people) as using:
        time.sleep(3)
        with cluster.network.cut_off(cluster.redis):
            time.sleep(2)
            settled = time.monotonic()
            time.sleep(15)
        until(lambda: cluster.pings(CACHE) and cluster.pings(QUEUE), "Redis again", 30)
        back = time.monotonic()
        until(lambda: all(status_after(phone, back) == 200 for phone in using), "punches again", 60)
        print(f"punches again {time.monotonic() - back:.1f} s after Redis")
        for phone in using:
            during = phone.since(settled)
            # Taken or told to come back, and never left without an answer.
            assert {status for _seconds, status in during} <= {200, 503}, during
            assert max(seconds for seconds, _status in during) < PHONE
    # What is remembered under the stamps is told of changes as before.
    person = Client(cluster.stack(cluster.web2), next(people))
    point = inside(person.message("GET", HARI_INI))
    try:
        put(bkpsdm, SETTINGS, {"akurasi_maksimum": 50})
        assert came_to(person, point, "status", akurasi=60) == {"AkurasiTidakCukup"}
    finally:
        put(bkpsdm, SETTINGS, {"akurasi_maksimum": 100})


def status_after(phone: Phone, moment: float) -> int:
    found = phone.since(moment)
    return found[-1][1] if found else 0


def test_workers_and_schedulers_work_again_after_redis_was_away(cluster, bkpsdm):
    stamp = uuid.uuid4().hex
    with cluster.network.cut_off(cluster.redis):
        time.sleep(3)
    until(lambda: cluster.pings(QUEUE), "Redis again", 30)
    code = f"frappe.enqueue('frappe.client.get_count', doctype='User', job_id='{stamp}')"
    cluster.python(cluster.web1, code)

    def done() -> bool:
        return any(f"{stamp}" in host.printed("worker") for host in cluster.webs)

    until(done, "a job after Redis was away", 60)
    assert all(
        host.runs(part) for host in cluster.webs for part in ("worker", "schedule", "kabar", "realtime")
    )


@pytest.fixture(autouse=True)
def whole_again(cluster) -> Iterator[None]:
    yield
    for host in (cluster.redis, *cluster.webs):
        cluster.network.plug(host)
