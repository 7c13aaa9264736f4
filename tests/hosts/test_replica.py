"""Reports read from the replica what the primary has, or from the primary."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.client import CATAT, HARI_INI, Client, inside, punch
from tests.hosts.cluster import Cluster
from tests.hosts.test_memory import SETTINGS, put

RUN = "/api/method/frappe.desk.query_report.run"
LIST = "/api/method/frappe.desk.reportview.get"
# What a report may take while its replica is away: the second that it is waited for, and the work itself on a busy machine.
SOON = 10.0
OURS = """
SELECT name FROM tabReport WHERE report_type='Script Report' AND disabled=0
AND module IN (SELECT name FROM `tabModule Def` WHERE app_name='spbe_attendance')
"""


def report(client: Client, name: str, **filters: str) -> dict:
    asked = {"report_name": name, "filters": json.dumps(filters), "ignore_prepared_report": 1}
    return client.message("POST", RUN, json=asked)


def overview(client: Client) -> list[dict]:
    return report(client, "Ikhtisar OPD", bulan=f"{Cluster.today():%Y-%m}")["result"]


def listed(client: Client, doctype: str, **filters: str) -> list:
    """As Desk's list view asks."""
    asked = {"doctype": doctype, "fields": json.dumps(["name"]), "filters": json.dumps(filters)}
    return (client.message("POST", LIST, json=asked) or {}).get("values", [])


@pytest.fixture(autouse=True)
def rested(cluster) -> Iterator[None]:
    """Web processes leave a replica that failed alone for a while: what a test does to it must be over for the next one."""
    yield
    cluster.databases.caught_up()
    time.sleep(6)


def replica_statements(cluster) -> int:
    return cluster.databases.statements(cluster.databases.replica)


def test_a_report_is_read_from_the_replica(cluster, bkpsdm):
    overview(bkpsdm)
    before = replica_statements(cluster)
    overview(bkpsdm)
    assert replica_statements(cluster) - before > 5


def test_every_report_says_the_same_from_the_replica_as_from_the_primary(cluster, bkpsdm):
    names = [row["name"] for row in cluster.sql(OURS)]
    assert len(names) >= 15
    from_replica = {name: answer(bkpsdm, name) for name in names}
    with cluster.databases.lagging():
        before = replica_statements(cluster)
        assert {name: answer(bkpsdm, name) for name in names} == from_replica
        # The questions whether it is up to date, and nothing more.
        assert replica_statements(cluster) - before < 5 * len(names)


def answer(client: Client, name: str) -> tuple[int, object]:
    """Some want a filter and say so: the same refusal from both is the same answer, too."""
    today = Cluster.today()
    yesterday = today - timedelta(days=1)
    filters = {"bulan": f"{today:%Y-%m}", "tanggal": str(yesterday), "tahun": f"{today:%Y}"}
    found = client.call(
        "POST", RUN, json={"report_name": name, "filters": json.dumps(filters), "ignore_prepared_report": 1}
    )
    content = found.json()
    return found.status_code, content.get("message", {}).get("result") or content.get("exc_type")


def test_what_was_saved_a_moment_ago_is_in_the_list(cluster, bkpsdm, person, here):
    for _try in range(5):
        name = person.message("POST", CATAT, json=punch(here))["name"]
        assert listed(bkpsdm, "Absensi", name=name) == [[name]]


def test_a_replica_that_is_behind_is_not_read_from(cluster, bkpsdm, person, here):
    with cluster.databases.lagging():
        name = person.message("POST", CATAT, json=punch(here))["name"]
        began = time.monotonic()
        assert listed(bkpsdm, "Absensi", name=name) == [[name]]
        assert time.monotonic() - began < SOON


REMEMBER = """
from spbe_attendance.overrides import replica
replica.install()
read = frappe.read_only()(frappe.get_cached_doc)
print(read("Pengaturan Absensi").akurasi_maksimum)
"""


def test_what_is_read_during_a_lag_leaves_nothing_old_in_the_caches(cluster, bkpsdm, people):
    """As Frappe does it by itself, the old setting would hold for everybody until somebody saves it again."""
    person = Client(cluster.stack(cluster.web2), next(people))
    point = inside(person.message("GET", HARI_INI))
    try:
        with cluster.databases.lagging():
            put(bkpsdm, SETTINGS, {"akurasi_maksimum": 50})
            assert cluster.python(cluster.web1, REMEMBER).split() == ["50.0"]
            assert person.refusal("POST", CATAT, json=punch(point, akurasi=60))[1] == "AkurasiTidakCukup"
    finally:
        put(bkpsdm, SETTINGS, {"akurasi_maksimum": 100})


def test_a_replica_that_is_cut_off_costs_a_second_and_the_primary_answers(cluster, bkpsdm):
    expected = overview(bkpsdm)
    with cluster.network.cut_off(cluster.databases.replica):
        for _try in range(3):
            began = time.monotonic()
            assert overview(bkpsdm) == expected
            assert time.monotonic() - began < SOON


def test_a_replica_whose_database_has_ended_costs_nothing_and_is_used_again_when_it_is_back(cluster, bkpsdm):
    replica = cluster.databases.replica
    expected = overview(bkpsdm)
    cluster.databases.stop(replica)
    try:
        assert overview(bkpsdm) == expected
    finally:
        cluster.databases.start(replica)
    cluster.databases.caught_up()
    time.sleep(6)
    before = replica_statements(cluster)
    assert overview(bkpsdm) == expected
    assert replica_statements(cluster) - before > 5


FINAL = """
from spbe_attendance.pemantauan.cetak import job
from spbe_attendance.overrides import replica
replica.install()
frappe.local.lang = "id"
url = job.make("uji", "Ikhtisar OPD", "xlsx", {}, "Administrator")
print(url, hasattr(frappe.local, "replica_db"))
"""


def test_a_report_on_paper_is_read_from_the_primary_alone(cluster, bkpsdm):
    before = replica_statements(cluster)
    url, asked = cluster.python(cluster.web1, FINAL).split()
    assert url.startswith("/private/files/")
    assert asked == "False"
    # Nothing but what replication itself and this question count.
    assert replica_statements(cluster) - before < 5


CLOSE_DAY = """
from frappe.utils import getdate
from spbe_attendance.kehadiran.rekapitulasi import closing
print(closing.close(getdate("{day}")).written)
"""
ROWS = "SELECT COUNT(*) AS n FROM `tabRekap Harian` WHERE opd=%s AND tanggal=%s"


def test_a_month_is_closed_over_what_the_primary_has_although_the_replica_is_behind(cluster, bkpsdm):
    # Of last month the first day: the last ones may be among those that the demo has closed.
    day = (Cluster.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    month = f"{day:%Y-%m}"
    opd = cluster.sql("SELECT opd, COUNT(*) AS n FROM tabPegawai GROUP BY opd ORDER BY n DESC LIMIT 1")[0][
        "opd"
    ]
    replica = cluster.databases.replica
    with cluster.databases.lagging():
        assert int(cluster.python(cluster.web1, CLOSE_DAY.format(day=day)).split()[-1]) > 0
        rows = [cluster.sql(ROWS, opd, day, host=host)[0]["n"] for host in (None, replica)]
        assert rows[0] > rows[1] == 0
        made = bkpsdm.call("POST", "/api/resource/Tutup Bulan", json={"opd": opd, "bulan": month})
        address = f"/api/resource/Tutup Bulan/{made.json()['data']['name']}"
        asked = {"run_method": "tutup", "alasan": "Uji penutupan"}
        there = cluster.seen_from(bkpsdm, cluster.web2)
        assert there.call("POST", address, json=asked).status_code == 200
        closed = bkpsdm.document("Tutup Bulan", made.json()["data"]["name"])
        assert closed["status"] == "Ditutup"
        assert closed["jumlah_baris"] >= rows[0]
        shown = report(there, "Rekapitulasi Kehadiran", bulan=month, opd=opd)
        assert closed["sidik"] in shown["message"]
