"""A real gunicorn with the app's worker and a program that is as slow as it is told: who is served while all are busy."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

pytest.importorskip("gunicorn")

WORKERS, LONG = 5, 4.0
PROGRAM = """
import os, time
def application(environ, start_response):
    time.sleep(float(environ["QUERY_STRING"] or 0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
"""


def free_ports(count):
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other)[:count]:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in (one, other)[:count]]


def ask(port, seconds=0.0):
    """The process that answered, and how long that took."""
    began = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/?{seconds}", timeout=30) as answer:
        return int(answer.read()), time.monotonic() - began


class Server:
    def __init__(self, folder, workers):
        self.punches, self.others = free_ports(2)
        (folder / "slow_program.py").write_text(PROGRAM)
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "slow_program:application", f"--workers={workers}"),
                "--worker-class=spbe_attendance.overrides.punches_first.PunchesFirst",
                *(f"--bind=127.0.0.1:{port}" for port in (self.punches, self.others)),
                f"--chdir={folder}",
                "--log-level=error",
            ],
            stdin=subprocess.DEVNULL,
        )

    def wait(self):
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", self.punches)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("gunicorn does not listen.")

    def end(self):
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture
def serve(tmp_path):
    made = []

    def start(workers=WORKERS):
        made.append(Server(tmp_path, workers))
        made[-1].wait()
        return made[-1]

    yield start
    for one in made:
        one.end()


def keep_busy(pool, server, seconds=LONG):
    """More long requests than there are processes; returns when they have been begun."""
    asked = [pool.submit(ask, server.others, seconds) for _turn in range(2 * WORKERS)]
    time.sleep(1)
    return asked


def test_a_punch_is_answered_while_everybody_opens_a_report(serve):
    server = serve()
    with ThreadPoolExecutor(2 * WORKERS) as pool:
        asked = keep_busy(pool, server)
        _who, took = ask(server.punches)
        assert took < LONG / 4
        # They were busy, and are served one after the other by the processes that are not kept for punches.
        assert len({each.result()[0] for each in asked}) == WORKERS - 1


def test_another_process_takes_the_seat_of_one_that_was_killed(serve):
    server = serve()
    with ThreadPoolExecutor(2 * WORKERS) as pool:
        # Still busy when the punch comes, so that it is the kept one that answers.
        asked = keep_busy(pool, server, 2.5)
        kept, _took = ask(server.punches)
        [each.result() for each in asked]
        os.kill(kept, signal.SIGKILL)
        # Whoever asks next for a seat has it, the new process or an old one.
        time.sleep(1)
        for _turn in range(WORKERS):
            ask(server.punches)
        asked = keep_busy(pool, server)
        other, took = ask(server.punches)
        assert other != kept
        assert took < LONG / 4
        [each.result() for each in asked]


def test_where_processes_are_few_all_do_everything(serve):
    server = serve(workers=3)
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(ask, server.others, 1.5) for _turn in range(3)]
        assert len({each.result()[0] for each in asked}) == 3
