"""The background worker is killed in the middle of a day's closing, of an import, and while punches wait for their seals."""

from __future__ import annotations

import argparse
import time
from datetime import date, datetime, timedelta

import pytest

from config.dev import chain
from tests.faults import ledger
from tests.faults.machine import until
from tests.faults.phones import WIB

STAFF, BATCH, ROWS = 3000, 1000, 600
MAKE_STAFF = """
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.rekap_world import bulk_staff
opd = make_opd().name
bulk_staff(int(words[0]), [opd])
print(opd)
"""
CLOSE = """
from frappe.utils import getdate
from spbe_attendance.kehadiran.rekapitulasi import closing
closing.start(getdate(words[0]), words[1], "Administrator")
"""
CLOSE_AGAIN = """
from frappe.utils import getdate
from spbe_attendance.kehadiran.rekapitulasi import closing
print(closing.close(getdate(words[0]), words[1]).written)
"""
SCHEDULED = "frappe.get_doc('Scheduled Job Type', words[0]).enqueue(force=True)"
IMPORT = """
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.impor_world import make_impor, nip, xlsx
people = [[nip(n), f"Orang Rekaan {n}"] for n in range(1, int(words[0]) + 1)]
opd = make_opd().name
doc = make_impor(xlsx([["NIP", "Nama"], *people]), opd=opd)
doc.periksa()
print(doc.name, opd)
"""
TASK = "print(frappe.get_doc('Impor Data', words[0]).impor()['status'])"
PROGRESS = """
from spbe_attendance.kepegawaian.impor.job import JOB
print(JOB.progress(frappe.get_doc("Impor Data", words[0]))["status"])
"""


@pytest.fixture(scope="module")
def opd(machine) -> str:
    return machine.python(MAKE_STAFF, STAFF).splitlines()[-1]


def days_of(machine, opd: str, day: date) -> int:
    statement = "select count(*) from `tabRekap Harian` where opd = %s and tanggal = %s"
    return int(ledger.value(machine.site, statement, opd, day))


def test_a_closing_that_was_killed_leaves_whole_batches_and_is_gone_on_with(machine, opd, capsys):
    day = date.today() - timedelta(days=40)
    machine.python(CLOSE, day, opd)
    until(lambda: days_of(machine, opd, day) >= BATCH, 90, "the closing does not begin", step=0.01)
    machine.kill_worker()
    time.sleep(1)
    written = days_of(machine, opd, day)
    killed = time.monotonic()
    assert written in (BATCH, 2 * BATCH)

    def asked_again() -> bool:
        machine.python(CLOSE, day, opd)
        return days_of(machine, opd, day) == STAFF

    until(asked_again, 240, "the closing cannot be asked for again", step=5)
    with capsys.disabled():
        print(
            f"\nday closing killed at {written} of {STAFF}: whole again after {time.monotonic() - killed:.0f} s"
        )
    incomplete = "select count(*) from `tabRekap Harian` where opd = %s and tanggal = %s and (kode is null or sidik is null)"
    assert ledger.value(machine.site, incomplete, opd, day) == 0
    assert machine.python(CLOSE_AGAIN, day, opd).splitlines()[-1] == "0"
    told = "select count(*) from `tabError Log` where method = 'Pekerja latar berhenti di tengah pekerjaan' and error like '%%closing.run%%'"
    # Another site of the bench may have given the job up; its own tells it within the next minute.
    until(
        lambda: ledger.value(machine.site, told) >= 1,
        90,
        "the job that was broken off is told nowhere",
        step=1,
    )


def test_the_nights_closing_is_made_up_for_after_its_worker_was_killed(machine, opd):
    # The site's days, which begin seven hours before those of a machine that keeps UTC.
    today = datetime.now(WIB).date()
    before, yesterday = (today - timedelta(days=back) for back in (2, 1))
    machine.python("frappe.db.set_global('spbe_rekap_ditutup_sampai', words[0])", before)
    machine.python(SCHEDULED, "closing.close_recent")
    until(lambda: days_of(machine, opd, before) >= BATCH, 90, "the night's run does not begin", step=0.01)
    machine.kill_worker()
    time.sleep(1)
    assert days_of(machine, opd, yesterday) < STAFF
    machine.python(SCHEDULED, "closing.make_up")
    until(lambda: days_of(machine, opd, yesterday) == STAFF, 120, "the night's run is not made up for")
    assert days_of(machine, opd, before) == STAFF


def test_an_import_that_was_killed_is_gone_on_with_and_writes_each_person_once(machine):
    name, office = machine.python(IMPORT, ROWS).splitlines()[-1].split()

    def status() -> str:
        return machine.python(PROGRESS, name).splitlines()[-1]

    def written() -> int:
        return int(ledger.value(machine.site, "select count(*) from `tabPegawai` where opd = %s", office))

    until(lambda: status() == "Diperiksa", 90, "the sheet is not checked", step=1)
    assert machine.python(TASK, name).splitlines()[-1] == "Antre"
    until(lambda: written() > 0, 60, "the import does not begin", step=0.01)
    machine.kill_worker()
    time.sleep(1)
    part = written()
    assert 0 < part < ROWS and part % 100 == 0
    until(lambda: status() == "Terhenti", 60, "the document does not say that it was broken off", step=1)
    assert machine.python(TASK, name).splitlines()[-1] == "Antre"
    until(lambda: status() == "Diimpor", 240, "the import is not gone on with", step=2)
    assert written() == ROWS


def test_punches_are_sealed_and_days_computed_after_the_worker_was_killed(machine, crowd, report):
    with crowd.punching(6):
        until(lambda: crowd.acknowledged() >= 20, 60, "punches do not get through")
        machine.kill_worker()
        killed = time.monotonic()
        time.sleep(5)
    report("background worker", crowd, killed)
    sealed = until(lambda: ledger.unsealed(machine.site, crowd.mark) == 0, 300, "punches are not sealed")
    waiting = "select count(*) from `tabHitung Ulang` where sampai <= curdate()"
    until(lambda: ledger.value(machine.site, waiting) == 0, 660, "days are not computed again")
    assert sealed < 300
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    asked = argparse.Namespace(opd=None, month=None, keep=None, root=[])
    assert chain.verify(machine.site, asked) == 0
