"""One cluster for all tests of this folder; ./dev test --hosts makes the site that it is filled from."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import duty
from tests.client import API, HARI_INI, Client, inside
from tests.hosts import network
from tests.hosts.cluster import Cluster, running

NEWCOMERS = 6


@pytest.fixture(scope="session")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    if reason := network.missing():
        pytest.skip(f"No machines of namespaces here: {reason}.")
    site, logins = os.environ.get("SPBE_TEST_SITE"), os.environ.get("SPBE_LOGINS")
    if not site or not logins:
        pytest.fail("No site to fill the cluster from: use ./dev test --hosts.")
    with running(tmp_path_factory.mktemp("hosts"), site, Path(logins)) as made:
        yield made


def staff(cluster: Cluster) -> list[dict]:
    return [user for user in cluster.site.users if user["role"] == "Pegawai SPBE"]


@pytest.fixture(scope="session")
def people(cluster) -> Iterator[dict]:
    """Demo staff, one after the other; who comes again has punched before."""
    return itertools.cycle(staff(cluster)[NEWCOMERS:])


@pytest.fixture(scope="session")
def newcomers(cluster, bkpsdm) -> Iterator[dict]:
    """Demo staff whom no test has had before: they have not come today, and count as present at whatever hour they do."""
    found = staff(cluster)[:NEWCOMERS]
    today = bkpsdm.message("GET", f"{API}.pemantauan.ringkasan")["tanggal"]
    duty.all_day(bkpsdm.call, [user["pegawai"] for user in found], today, today)
    return iter(found)


@pytest.fixture(scope="session")
def bkpsdm(cluster) -> Client:
    """Logged in on the first web host."""
    stack = cluster.stack(cluster.web1)
    return Client(stack, stack.user("BKPSDM"))


@pytest.fixture
def person(cluster, people) -> Client:
    """Somebody of the staff, logged in on the first web host."""
    return Client(cluster.stack(cluster.web1), next(people))


@pytest.fixture
def here(person) -> dict[str, float]:
    """A point where ``person`` may punch."""
    return inside(person.message("GET", HARI_INI))
