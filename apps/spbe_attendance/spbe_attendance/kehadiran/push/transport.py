"""The HTTP session that carries messages: it looks at the address it is really connected to, and follows nobody elsewhere.

A name may point somewhere else between the look-up and the connection; so what counts is the peer of the socket, before a single
byte is sent.
"""

from __future__ import annotations

import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from spbe_attendance.kehadiran.push import address

LOOPBACK = {"127.0.0.1", "::1"}


def _checked(connection: Any, sock: socket.socket) -> socket.socket:
    peer = str(sock.getpeername()[0])
    if not (address.is_public(peer) or (connection.loopback and peer in LOOPBACK)):
        sock.close()
        raise NewConnectionError(connection, "The push service lies inside of a network.")
    return sock


def _connections(loopback: bool) -> dict[str, type]:
    """Pools whose connections check their peer."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _checked(self, super()._new_conn())

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _checked(self, super()._new_conn())

    Plain.loopback = Secure.loopback = loopback

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class CheckedAdapter(HTTPAdapter):
    def __init__(self, loopback: bool) -> None:
        self.loopback = loopback
        super().__init__(pool_connections=8, pool_maxsize=8, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _connections(self.loopback)


class CheckedSession(requests.Session):
    """Without proxies of the environment, which would be the peer instead, and without redirects."""

    def __init__(self, loopback: bool) -> None:
        super().__init__()
        self.trust_env = False
        adapter = CheckedAdapter(loopback)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        return super().request(*args, **{**kwargs, "allow_redirects": False})
