"""The line to MariaDB breaks around the COMMIT of a punch: no receipt for what was not kept, one row for what was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from config.dev.paths import SITES
from tests.client import CATAT, picture, punch
from tests.faults import ledger
from tests.faults.machine import until
from tests.faults.phones import complaint
from tests.faults.wire import AFTER, BEFORE, REFUSED, Wire, wire


@pytest.fixture(scope="module")
def line(machine) -> Iterator[Wire]:
    """The web workers of the machine speak to the database through it."""
    with wire(machine.allotted["mariadb"]) as made:
        machine.replace("web", FRAPPE_DB_PORT=str(made.port))
        yield made
        machine.replace("web")


@pytest.mark.parametrize("moment", [BEFORE, AFTER, REFUSED])
def test_a_receipt_stands_for_a_row_whatever_becomes_of_the_commit(machine, crowd, line, moment):
    with crowd.punching(4):
        until(lambda: crowd.acknowledged() >= 8, 60, "punches do not get through")
        for _number in range(5):
            cuts = len(line.cuts)
            line.arm(moment)
            until(lambda cuts=cuts: len(line.cuts) > cuts, 30, "no COMMIT came by")
    broken = [one for one in crowd.punches if len(one.answers) > 1]
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    assert crowd.unkind() == []
    assert len(broken) == 5
    assert {one.receipt["duplikat"] for one in broken} == {moment == AFTER}


@pytest.mark.parametrize("moment", [BEFORE, AFTER, REFUSED])
def test_a_photo_is_on_the_disk_when_its_row_says_so_whatever_becomes_of_the_commit(
    machine, crowd, line, moment
):
    phone, photo = crowd.phones[0], picture(90)
    digest = hashlib.sha256(photo).hexdigest()
    values = punch(crowd.points[0], perangkat=crowd.mark, foto_sha256=digest)
    assert phone.ask("POST", CATAT, json=values).status == 200
    line.arm(moment)
    cut = phone.upload(values["id_klien"], photo)
    again = phone.upload(values["id_klien"], photo)
    assert (cut.status, complaint(cut), again.status) == (503, "", 200)
    statement = "select foto from `tabAbsensi` where id_klien = %s and foto_status = 'Ada'"
    address = ledger.value(machine.site, statement, values["id_klien"])
    assert (SITES / machine.site / address.lstrip("/")).stat().st_size > 0
