"""A line between the web workers and MariaDB that breaks at a chosen word: before a COMMIT arrives there, or after it was obeyed; or
that garbles the COMMIT, so that MariaDB refuses it and the connection lives on.

A relay of bytes; the words are the server's and the driver's own (MySQL protocol: 3 bytes of length, 1 of sequence, then 0x03 and the text).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

COMMIT = b"\x07\x00\x00\x00\x03commit"
GARBLED = COMMIT.replace(b"commit", b"kommit")
# What a COMMIT must follow to be one of a punch or of a photo.
ROWS = (b"INSERT INTO `tabAbsensi`", b"INSERT INTO `tabFile`")
BEFORE, AFTER, REFUSED = "before", "after", "refused"


class Wire:
    """``arm``: the next COMMIT that follows an INSERT of a punch or of a photo on its connection is cut; only that one."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.cuts: list[str] = []
        self._armed: list[str] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, moment: str) -> None:
        self._armed.append(moment)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self.listener.accept()
                threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def _relay(self, client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection(("127.0.0.1", self.target)) as server:
            obeyed = threading.Event()
            threading.Thread(target=self._answers, args=(server, client, obeyed), daemon=True).start()
            try:
                self._words(server, client, obeyed)
            finally:
                # Closing alone would leave the line open as long as the other thread listens on it.
                server.shutdown(socket.SHUT_RDWR)

    def _words(self, server: socket.socket, client: socket.socket, obeyed: threading.Event) -> None:
        punched = False
        while words := client.recv(65536):
            punched = punched or any(row in words for row in ROWS)
            if punched and words.lower() == COMMIT and self._armed:
                moment = self._armed.pop()
                if moment == REFUSED:
                    self.cuts.append(moment)
                    server.sendall(GARBLED)
                    continue
                client.shutdown(socket.SHUT_RDWR)
                if moment == AFTER:
                    obeyed.clear()
                    server.sendall(words)
                    assert obeyed.wait(10), "MariaDB did not answer a COMMIT"
                self.cuts.append(moment)
                return
            server.sendall(words)

    def _answers(self, server: socket.socket, client: socket.socket, obeyed: threading.Event) -> None:
        with suppress(OSError):
            while words := server.recv(65536):
                obeyed.set()
                client.sendall(words)
            client.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(port: int) -> Iterator[Wire]:
    made = Wire(port)
    try:
        yield made
    finally:
        made.listener.close()
