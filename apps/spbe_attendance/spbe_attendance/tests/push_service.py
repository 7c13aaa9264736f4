"""A push service on this machine that does what a browser does: it decrypts by RFC 8291 with a key pair of its own and checks VAPID."""

from __future__ import annotations

import base64
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


class Browser:
    """One subscription: its private key never leaves it."""

    def __init__(self, service: PushService) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = secrets.token_bytes(16)
        self.endpoint = f"{service.url}/kirim/{secrets.token_hex(8)}"
        self.received: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answer = 201
        self.retry_after: str | None = None
        service.browsers[self.endpoint] = self

    def subscription(self, **values: Any) -> dict[str, Any]:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"endpoint": self.endpoint, "p256dh": text(point), "auth": text(self.auth), **values}

    def take(self, headers: dict[str, str], body: bytes) -> int:
        if self.answer < 300:
            plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
            self.received.append(json.loads(plain))
            self.headers.append(headers)
        return self.answer


class PushService:
    """``with PushService() as service``: listens on loopback; ``vapid_key``: the site's public key, else every request is refused."""

    def __init__(self) -> None:
        self.browsers: dict[str, Browser] = {}
        self.vapid_key: str | None = None
        self.claims: list[dict[str, Any]] = []
        self.bodies: list[bytes] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = service.handle(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                self.send_response(status)
                browser = service.browsers.get(service.url + self.path)
                if browser and browser.retry_after is not None:
                    self.send_header("Retry-After", browser.retry_after)
                if status in (301, 302, 307, 308):
                    self.send_header("Location", f"{service.url}/dialihkan")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def handle(self, path: str, headers: dict[str, str], body: bytes) -> int:
        self.bodies.append(body)
        scheme, _space, words = headers.get("authorization", "").partition(" ")
        parts = dict(part.strip().split("=", 1) for part in words.split(",") if "=" in part)
        if scheme != "vapid" or parts.get("k") != self.vapid_key:
            return 403
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(parts["k"]))
        self.claims.append(jwt.decode(parts["t"], key, algorithms=["ES256"], audience=self.url))
        browser = self.browsers.get(self.url + path)
        return browser.take(headers, body) if browser else 404

    def __enter__(self) -> PushService:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_args: object) -> None:
        self.server.shutdown()
        self.server.server_close()
