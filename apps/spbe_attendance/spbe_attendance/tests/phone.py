"""A phone as the protocol of docs/evidence.md describes it: a key, two clocks, a chain of captured punches."""

from __future__ import annotations

import json
import math
import uuid
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from spbe_attendance.evidence.canonical import digest, encode, to_base64url
from spbe_attendance.evidence.keys import PublicKey


def public_key(private: ec.EllipticCurvePrivateKey) -> PublicKey:
    numbers = private.public_key().public_numbers()
    return PublicKey(*(to_base64url(value.to_bytes(32, "big")) for value in (numbers.x, numbers.y)))


def sign(private: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    """r and s, as Web Crypto writes them."""
    r, s = decode_dss_signature(private.sign(data, ec.ECDSA(SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@dataclass
class Phone:
    """``monotonic`` and ``wall`` in ms; ``pass_time`` moves both, ``sleep`` only the wall clock, ``set_clock`` turns it."""

    person: str
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    monotonic: int = 0
    wall: int = 1_764_030_000_000
    anchor: str = ""
    anchored: tuple[int, int, int] | None = None
    number: int = 0
    previous: str = ""

    @property
    def key(self) -> PublicKey:
        return public_key(self.private)

    @property
    def thumbprint(self) -> str:
        return self.key.thumbprint()

    def take_anchor(self, token: str, trip: int = 200) -> None:
        """Asked for now, here after ``trip`` ms."""
        sent = self.monotonic
        self.pass_time(trip)
        self.anchor, self.anchored = token, (sent, self.monotonic, self.wall)

    def pass_time(self, ms: int) -> None:
        self.monotonic += ms
        self.wall += ms

    def sleep(self, ms: int) -> None:
        self.wall += ms

    def set_clock(self, ms: int) -> None:
        self.wall += ms

    def reload(self) -> None:
        """The page's life is over: what its monotonic clock said means nothing any more."""
        _sent, _received, wall = self.anchored or (0, 0, self.wall)
        self.anchored = (-1, -1, wall)

    def body(self, **changes: Any) -> dict[str, Any]:
        """``isi`` of the next entry; ``changes`` are laid over it, signed or not is the caller's matter."""
        sent, received, wall = self.anchored or (-1, -1, self.wall)
        lost = received < 0
        return {
            "v": 1,
            "id": str(uuid.uuid4()),
            "p": self.person,
            "j": "Masuk",
            "g": "",
            "lat": 10_123_456,
            "lon": 1_027_123_456,
            "ak": 1_250,
            "u": 900,
            "f": "ab" * 32,
            "a": self.anchor,
            "e0": -1 if lost else self.monotonic - sent,
            "e1": -1 if lost else self.monotonic - received,
            "wa": wall,
            "wc": self.wall,
            "n": self.number + 1,
            "h": self.previous,
            **changes,
        }

    def capture(self, **changes: Any) -> dict[str, Any]:
        """``bukti`` of the next entry; the chain goes on from it."""
        body = self.body(**changes)
        self.number, self.previous = body["n"], digest(body)
        return self.signed(body)

    def signed(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"isi": body, "k": self.thumbprint, "s": to_base64url(sign(self.private, encode(body)))}

    def registration(self) -> dict[str, str]:
        """What api.perangkat.daftar takes."""
        statement = {"a": self.anchor, "k": self.thumbprint, "t": "daftar", "v": 1}
        return {
            "kunci": json.dumps(self.key.jwk()),
            "nama": "Ponsel uji",
            "jangkar": self.anchor,
            "tanda_tangan": to_base64url(sign(self.private, encode(statement))),
        }


def punch_fields(bukti: dict[str, Any], /, **changes: Any) -> dict[str, Any]:
    """What ``catat`` takes beside the evidence, saying the same."""
    body = bukti["isi"]
    return {
        "jenis": body["j"],
        "latitude": body["lat"] / 1e7,
        "longitude": body["lon"] / 1e7,
        "akurasi": body["ak"] / 100,
        "id_klien": body["id"],
        "foto_sha256": body["f"] or None,
        "bukti": bukti,
        **changes,
    }


def at(latitude: float, longitude: float, accuracy: float = 8.0) -> dict[str, int]:
    """A position as signed bodies write it: degrees by ten millionths, accuracy in cm rounded up."""
    return {
        "lat": int(math.copysign(math.floor(abs(latitude) * 1e7 + 0.5), latitude)),
        "lon": int(math.copysign(math.floor(abs(longitude) * 1e7 + 0.5), longitude)),
        "ak": math.ceil(accuracy * 100),
    }
