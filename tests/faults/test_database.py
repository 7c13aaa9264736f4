"""MariaDB is killed while people punch."""

from __future__ import annotations

import time

from tests.faults import ledger
from tests.faults.machine import service_away, until
from tests.faults.phones import PATIENCE

AWAY = 6.0


def test_what_was_acknowledged_outlives_the_database_and_the_rest_is_told_to_come_back(
    machine, crowd, leader, report
):
    with crowd.punching(8):
        until(lambda: crowd.acknowledged() >= 30, 60, "punches do not get through")
        with service_away("mariadb", machine.allotted, AWAY):
            pass
        back = time.monotonic()
        until(lambda: crowd.receipts_since(back), 60, "no punch after the database came back")
        time.sleep(5)
    report("MariaDB, from its being back", crowd, back)
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    assert crowd.unkind() == []
    # Long before a phone gives up waiting, also on a machine that has other work.
    assert crowd.slowest_refusal() < PATIENCE / 2
    screen, table = ledger.present(machine.site, leader)
    assert screen == table > 0


def test_a_commit_is_on_the_disk_before_its_receipt_goes_out(machine):
    """A killed process loses no file that it has written; only this setting holds what a power cut would take."""
    flushed = ledger.value(machine.site, "select @@innodb_flush_log_at_trx_commit")
    assert (flushed, ledger.value(machine.site, "select @@innodb_doublewrite")) == (1, 1)


def test_a_host_that_vanished_gives_back_its_locks_within_minutes(machine):
    assert 60 <= ledger.value(machine.site, "select @@global.idle_write_transaction_timeout") <= 600


def test_the_operator_is_told_by_the_log_and_by_an_entry_in_the_error_log(machine):
    assert "MariaDB does not answer: look at `systemctl status mariadb`" in machine.log("web")
    assert "database is back after" in machine.log("web")
    machine.bench("execute", "frappe.deferred_insert.save_to_db")
    title = (
        "select error from `tabError Log` where method = 'Basis data tidak menjawab' order by creation desc"
    )
    assert "systemctl status mariadb" in ledger.value(machine.site, title)
