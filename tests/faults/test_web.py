"""gunicorn's workers, and gunicorn itself, are killed while people punch."""

from __future__ import annotations

import time

import psutil
import requests

from tests.faults import ledger
from tests.faults.machine import kill, until


def test_one_worker_after_another_is_killed_and_each_punch_is_there_once(machine, crowd, report):
    with crowd.punching(8):
        until(lambda: crowd.acknowledged() >= 20, 60, "punches do not get through")
        for _number in range(6):
            kill(machine.web_workers()[0])
            time.sleep(1)
        back = time.monotonic()
    report("one gunicorn worker, six times", crowd, back)
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    assert crowd.unkind() == []


def test_all_workers_are_killed_at_once_and_gunicorn_starts_others(machine, crowd, leader, report):
    with crowd.punching(8):
        until(lambda: crowd.acknowledged() >= 20, 60, "punches do not get through")
        before = machine.web_workers()
        kill(*before)
        killed = time.monotonic()
        until(lambda: crowd.receipts_since(killed), 60, "no punch after the workers were killed")
        time.sleep(3)
    report("all gunicorn workers", crowd, killed)
    assert not {worker.pid for worker in before} & {worker.pid for worker in machine.web_workers()}
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    assert crowd.unkind() == []
    screen, table = ledger.present(machine.site, leader)
    assert screen == table > 0
    assert "was terminated due to signal 9" in machine.log("web")


def test_gunicorn_itself_is_killed_and_who_comes_meanwhile_is_told_to_come_back(machine, crowd, report):
    with crowd.punching(8):
        until(lambda: crowd.acknowledged() >= 20, 60, "punches do not get through")
        master = psutil.Process(machine.parts["web"].pid())
        kill(master, *master.children())
        killed = time.monotonic()
        until(lambda: crowd.receipts_since(killed), 60, "no punch after gunicorn was killed")
        time.sleep(3)
    report("gunicorn with all workers", crowd, killed)
    assert sum(answer.status == 503 for answer in crowd.answers()) > 0
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    assert crowd.unkind() == []


def test_a_page_that_no_worker_answers_says_so_and_loads_itself_again(machine):
    machine.stop("web")
    try:
        address, headers = f"{machine.url}/app", {"Host": machine.site, "Accept": "text/html"}
        page = requests.get(address, headers=headers, timeout=20)
    finally:
        machine.start("web")
        machine.wait_until_served()
    assert page.status_code == 503 and 1 <= int(page.headers["Retry-After"]) <= 26
    assert page.headers["Content-Type"].startswith("text/html")
    assert "tersimpan di ponsel" in page.text and 'http-equiv="refresh"' in page.text
