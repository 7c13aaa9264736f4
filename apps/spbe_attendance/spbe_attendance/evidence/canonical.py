"""One text form for what is signed and hashed, the same in the browser and here.

A subset of RFC 8785: objects of ASCII keys, text and safe integers only. Without fractions there is nothing that two languages
write differently.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping

from .errors import MalformedEvidence

# Beyond it a browser's number is no longer exact.
SAFE = 2**53 - 1


def encode(value: Mapping[str, object]) -> bytes:
    """UTF-8 of the object with keys in order of code points and no white space. Raises MalformedEvidence."""
    for key, item in value.items():
        if not isinstance(key, str) or not key.isascii():
            raise MalformedEvidence("bad_form", field=str(key))
        if isinstance(item, bool) or not isinstance(item, str | int):
            raise MalformedEvidence("not_text", field=key)
        if isinstance(item, int) and abs(item) > SAFE:
            raise MalformedEvidence("out_of_range", field=key)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        # Half of a surrogate pair has no UTF-8.
        raise MalformedEvidence("bad_form", field="text") from error


def digest(value: Mapping[str, object]) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits. Raises MalformedEvidence."""
    return hashlib.sha256(encode(value)).hexdigest()


def to_base64url(data: bytes) -> str:
    """Without padding, as in RFC 7515."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str, field: str) -> bytes:
    """Accepts the one spelling that ``to_base64url`` gives. Raises MalformedEvidence."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedEvidence("bad_form", field=field) from error
    if to_base64url(data) != text:
        # Spare bits and foreign alphabets would give one signature several spellings.
        raise MalformedEvidence("bad_form", field=field)
    return data
