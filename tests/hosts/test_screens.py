"""Command Center screens hear of a punch whichever host took it, and each of it once."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.client import CATAT, HARI_INI, Client, inside, punch
from tests.e2e.test_command_center_socket import Listener

PATIENCE = 20.0


@pytest.fixture
def listen(cluster):
    found: list[Listener] = []

    def begin(host, opd: str) -> Listener:
        stack = cluster.stack(host)
        found.append(Listener(Client(stack, stack.user("Pimpinan")), opd))
        return found[-1]

    yield begin
    for one in found:
        one.process.kill()
        one.process.wait()


def said(listener: Listener) -> list[dict]:
    """All messages until nothing comes for three seconds."""
    return list(listener.until_silent(3.0))


def test_a_punch_through_one_host_reaches_screens_of_the_other_and_of_the_balancer(
    cluster, newcomers, listen
):
    person = Client(cluster.stack(cluster.web1), next(newcomers))
    opd = person.user["opd"]
    screens = [listen(host, opd) for host in (*cluster.webs, None)]
    person.message("POST", CATAT, json=punch(inside(person.message("GET", HARI_INI))))
    heard = [screen.until(lambda message: message["jumlah"]["hadir"] > 0, PATIENCE)[1] for screen in screens]
    assert len({message["versi"] for message in heard}) == 1
    assert {message["opd"] for message in heard} == {opd}


def test_two_heralds_tell_each_change_once(cluster, newcomers, listen):
    person = Client(cluster.stack(cluster.web1), next(newcomers))
    point = inside(person.message("GET", HARI_INI))
    screen = listen(cluster.web2, person.user["opd"])
    said(screen)
    person.message("POST", CATAT, json=punch(point))
    told = Counter(message["versi"] for message in said(screen))
    assert told, "nothing was told"
    assert set(told.values()) == {1}, told
