"""What a machine is made to run, and which words never reach a configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from spbe_attendance.produksi import place
from spbe_attendance.produksi.errors import ProduksiTidakSah
from spbe_attendance.produksi.sizing import ROLES, SYSTEM_MB, WEB_MB, WORKER_MB, Machine, sizes

MACHINES = [(cores, ram) for cores in (1, 2, 4, 8, 32) for ram in (4096, 8192, 24000, 131072)]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("cores", "ram"), MACHINES)
def test_all_that_runs_fits_into_the_memory(cores, ram, role):
    found = sizes(Machine(cores, ram, role))
    cache = found.cache_mb if role != "database" else 0
    processes = found.web_workers * WEB_MB + len(found.queues) * WORKER_MB
    assert SYSTEM_MB + processes + cache + found.pool_mb <= ram


@pytest.mark.parametrize("role", ["semua", "web"])
@pytest.mark.parametrize(("cores", "ram"), MACHINES)
def test_no_core_is_idle_and_every_process_has_a_connection(cores, ram, role):
    found = sizes(Machine(cores, ram, role))
    assert 2 <= found.web_workers <= 2 * cores + 1
    assert found.connections >= 3 * (found.web_workers + len(found.queues))


def test_the_machine_of_the_measurements_runs_five_web_processes():
    assert sizes(Machine(2, 24000)).web_workers == 5


@pytest.mark.parametrize(("cores", "ram"), MACHINES)
def test_one_background_process_takes_nothing_long(cores, ram):
    queues = sizes(Machine(cores, ram)).queues
    assert "long" not in queues[0]
    assert {name for each in queues for name in each.split(",")} == {"short", "default", "long"}


@pytest.mark.parametrize(
    "values", [(0, 8192, "semua"), (2, 1000, "web"), (2, 2048, "semua"), (2, 8192, "cache")]
)
def test_a_machine_that_cannot_carry_it_is_refused_in_words(values):
    with pytest.raises(ProduksiTidakSah, match=r"[Mm]esin|[Mm]emori"):
        sizes(Machine(*values))


@pytest.mark.parametrize("name", ["a b.id", "x;y.id", "$(x).id", "X.ID", "", "satu", "a..b", "a.id\nserver"])
def test_what_is_no_domain_is_refused(name):
    with pytest.raises(ProduksiTidakSah):
        place.domain(name)


@pytest.mark.parametrize("address", ["10.0.0.0/24; deny all", "kantor", "", "10.0.0.0/24\n"])
def test_what_is_no_network_is_refused(address):
    with pytest.raises(ProduksiTidakSah):
        place.network(address)


@pytest.mark.parametrize("path", ["relatif/x", "/a b", "/a;b", '/a"b', "/a$b", "/a\nb", "/a{b"])
def test_paths_that_would_end_a_directive_are_refused(path):
    with pytest.raises(ProduksiTidakSah):
        place.plain(Path(path))
