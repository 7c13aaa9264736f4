"""Numbers over a real socket: who may see them hears of a punch within two seconds, staff of the same office hear nothing."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.client import API, CATAT, HARI_INI, Client, inside, punch

SCRIPT = Path(__file__).with_name("socket_listener.mjs")
# What the contract promises, and what a test machine that is busy may add.
PROMISED, PATIENCE = 2.0, 20.0


class Listener:
    def __init__(self, client: Client, opd: str):
        self.process = subprocess.Popen(
            ["node", str(SCRIPT), client.stack.url, client.stack.host, opd],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.process.stdin.write(f"sid={client.http.cookies.get('sid')}\n")
        self.process.stdin.flush()
        self.said: queue.Queue[tuple[float, str]] = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()
        assert self.next(30)[1] == "connected"

    def read(self) -> None:
        for line in self.process.stdout:
            self.said.put((time.monotonic(), line.strip()))

    def next(self, patience: float) -> tuple[float, str]:
        return self.said.get(timeout=patience)

    def until(self, wanted, patience: float) -> tuple[float, dict]:
        """The first message of which ``wanted`` holds, and when it came."""
        end = time.monotonic() + patience
        while True:
            moment, line = self.next(max(0.01, end - time.monotonic()))
            message = json.loads(line)
            if wanted(message):
                return moment, message


@pytest.fixture
def listeners():
    found: list[Listener] = []

    def listen(client: Client, opd: str) -> Listener:
        found.append(Listener(client, opd))
        return found[-1]

    yield listen
    for one in found:
        one.process.kill()
        one.process.wait()


def test_a_punch_reaches_leaders_at_once_and_staff_never(stack, logged_in, listeners):
    leader, walidata = logged_in("Pimpinan"), logged_in("Wali Data")
    opd = stack.user("Pegawai SPBE")["opd"]
    before = leader.message("GET", f"{API}.pemantauan.ringkasan", params={"opd": opd})
    names = leader.message("GET", f"{API}.pemantauan.orang", params={"opd": opd, "panjang": 200})["orang"]
    absent = {row["name"] for row in names if row["masuk"] is None and row["keadaan"] != "izin"}
    somebody = next(
        user for user in stack.users if user["role"] == "Pegawai SPBE" and user["pegawai"] in absent
    )
    person = Client(stack, somebody)
    # Of the same office: may read the OPD, and not its numbers.
    heard, counted, deaf = (listeners(client, somebody["opd"]) for client in (leader, walidata, person))
    here = inside(person.message("GET", HARI_INI))
    person.message("POST", CATAT, json=punch(here))
    sent = time.monotonic()
    moment, message = heard.until(lambda one: one["jumlah"]["hadir"] > before["jumlah"]["hadir"], PATIENCE)
    assert message["jumlah"]["pegawai"] == sum(message["jumlah"][state] for state in STATES)
    assert message["opd"] == somebody["opd"]
    counted.until(lambda one: one["versi"] >= message["versi"], PATIENCE)
    # The machine may be busy; said so that a slow run is seen for what it is.
    print(f"told after {moment - sent:.2f} s, promised {PROMISED} s")
    with pytest.raises(queue.Empty):
        deaf.next(1)


STATES = (
    "tepat", "terlambat", "izin", "belum_waktunya", "belum", "tertunda", "senyap", "alpa", "bebas",
)  # fmt: skip
