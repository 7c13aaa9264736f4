"""Signed time anchors: what the server's clock said, for one person. Only the server that gave one can tell its own."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

from .canonical import encode, from_base64url, to_base64url
from .errors import BadAnchor, EvidenceError

VERSION = 1
LONGEST = 400


@dataclass(frozen=True)
class Anchor:
    """``moment`` in milliseconds since the epoch."""

    nonce: str
    person: str
    moment: int


def issue(anchor: Anchor, secret: bytes) -> str:
    """The token, opaque to its bearer."""
    payload = encode({"i": anchor.nonce, "p": anchor.person, "v": VERSION, "w": anchor.moment})
    return f"{to_base64url(payload)}.{to_base64url(_tag(payload, secret))}"


def read(token: str, person: str, secret: bytes) -> Anchor:
    """Raises BadAnchor when it was not given by this site, or not to this person."""
    payload, _dot, tag = token.partition(".")
    try:
        data = from_base64url(payload, "a")
        genuine = len(token) <= LONGEST and hmac.compare_digest(from_base64url(tag, "a"), _tag(data, secret))
    except EvidenceError as error:
        raise BadAnchor("not_ours") from error
    if not genuine:
        raise BadAnchor("not_ours")
    told = json.loads(data)
    if told["v"] != VERSION:
        raise BadAnchor("not_ours")
    if told["p"] != person:
        raise BadAnchor("foreign")
    return Anchor(told["i"], told["p"], told["w"])


def _tag(payload: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, payload, hashlib.sha256)
