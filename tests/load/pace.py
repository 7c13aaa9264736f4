"""How fast the machine is at the moment: the processor time of a fixed piece of work, again and again, a small part of the time.

Machines share the insides of their cores with others of the same host. Nobody takes processor time then, and yet a second of it is
worth less: rates swing by a fifth within seconds, and by this they can be compared.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from select import select
from statistics import median
from time import thread_time

# Seconds between two pieces, of which each takes about half a thousandth.
REST = 0.04
# Much like what a punch does: objects, texts and numbers, in more memory than the innermost cache has.
PIECE = [{"nama": f"Titik {number}", "lintang": number / 7, "bujur": [number] * 5} for number in range(150)]


@contextmanager
def measured() -> Iterator[Callable[[], float]]:
    """What tells the median of a piece since it was asked last, in seconds."""
    process = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin and process.stdout

    def taken() -> float:
        process.stdin.write("\n")
        process.stdin.flush()
        return float(process.stdout.readline())

    try:
        yield taken
    finally:
        process.kill()
        process.wait()


def work() -> None:
    taken: list[float] = []
    while True:
        asked, _, _ = select([sys.stdin], [], [], REST)
        before = thread_time()
        json.loads(json.dumps(PIECE))
        taken.append(thread_time() - before)
        if asked:
            if not sys.stdin.readline():
                return
            print(median(taken), flush=True)
            taken = []


if __name__ == "__main__":
    work()
