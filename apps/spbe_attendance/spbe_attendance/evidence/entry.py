"""One captured punch as the phone signed it; docs/evidence.md has the protocol."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .canonical import SAFE, digest, encode, from_base64url
from .errors import MalformedEvidence

VERSION = 1
# Bytes; an honest one has about 900.
LARGEST = 3072
LOST = -1

HEX64 = re.compile(r"[0-9a-f]{64}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TEXTS = {"id": 36, "p": 140, "j": 20, "g": 140, "f": 64, "a": 400, "h": 64}
INTEGERS = {
    "v": (VERSION, VERSION),
    "lat": (-900_000_000, 900_000_000),
    "lon": (-1_800_000_000, 1_800_000_000),
    "ak": (0, 100_000_000_000),
    "u": (0, SAFE),
    "e0": (LOST, SAFE),
    "e1": (LOST, SAFE),
    # A clock may be set to before 1970.
    "wa": (-SAFE, SAFE),
    "wc": (-SAFE, SAFE),
    "n": (1, SAFE),
}


@dataclass(frozen=True)
class Entry:
    """Lengths of time and moments in ms, ``accuracy`` in m, degrees WGS84.

    ``since_sent`` and ``since_received`` are monotonic, from asking for the anchor and from having it to the capture; None when
    the page that got the anchor is gone. ``wall_at_anchor`` and ``wall_at_capture`` are what the phone's clock said.
    """

    id_klien: str
    person: str
    jenis: str
    kegiatan: str
    latitude: float
    longitude: float
    accuracy: float
    position_age: int
    photo: str
    anchor: str
    since_sent: int | None
    since_received: int | None
    wall_at_anchor: int
    wall_at_capture: int
    number: int
    previous: str
    sha256: str

    @classmethod
    def parse(cls, body: object) -> Entry:
        """From ``isi``: exactly the keys of the protocol. Raises MalformedEvidence."""
        if not isinstance(body, Mapping):
            raise MalformedEvidence("not_object", field="isi")
        known = {*TEXTS, *INTEGERS}
        for field in known - set(body):
            raise MalformedEvidence("missing", field=field)
        for field in set(body) - known:
            raise MalformedEvidence("unknown", field=str(field)[:40])
        for field, longest in TEXTS.items():
            _text(body, field, longest)
        for field, (low, high) in INTEGERS.items():
            _integer(body, field, low, high)
        _forms(body)
        return _build(body)


@dataclass(frozen=True)
class Signed:
    """An entry with the thumbprint of the key that is said to have signed it. Nothing is verified yet."""

    entry: Entry
    data: bytes
    thumbprint: str
    signature: bytes

    @classmethod
    def parse(cls, value: object) -> Signed:
        """From the object of field ``bukti`` or its JSON text. Raises MalformedEvidence."""
        told = _object(value)
        if set(told) != {"isi", "k", "s"}:
            raise MalformedEvidence("missing", field="isi, k, s")
        for field, length in (("k", 43), ("s", 86)):
            _text(told, field, length)
        entry = Entry.parse(told["isi"])
        return cls(entry, encode(told["isi"]), told["k"], from_base64url(told["s"], "s"))


def _object(value: object) -> Mapping[str, object]:
    if isinstance(value, str):
        if len(value) > LARGEST:
            raise MalformedEvidence("too_large", limit=LARGEST)
        try:
            value = json.loads(value, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            if isinstance(error, MalformedEvidence):
                raise
            raise MalformedEvidence("not_json") from error
    if not isinstance(value, Mapping):
        raise MalformedEvidence("not_object", field="bukti")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Two readers of a repeated key might each take another one."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedEvidence("bad_form", field="bukti")
    return found


def _text(body: Mapping[str, object], field: str, longest: int) -> None:
    value = body[field]
    if not isinstance(value, str):
        raise MalformedEvidence("not_text", field=field)
    if len(value) > longest:
        raise MalformedEvidence("too_large", field=field)


def _integer(body: Mapping[str, object], field: str, low: int, high: int) -> None:
    value = body[field]
    if isinstance(value, bool) or not isinstance(value, int):
        raise MalformedEvidence("not_integer", field=field)
    if not low <= value <= high:
        raise MalformedEvidence("out_of_range", field=field)


def _forms(body: Mapping[str, object]) -> None:
    """What a length alone does not say."""
    if not UUID.fullmatch(str(body["id"])):
        raise MalformedEvidence("bad_form", field="id")
    for field, optional in (("f", True), ("h", body["n"] == 1)):
        if not (HEX64.fullmatch(str(body[field])) or (optional and body[field] == "")):
            raise MalformedEvidence("bad_form", field=field)
    if (body["n"] == 1) != (body["h"] == ""):
        raise MalformedEvidence("bad_form", field="h")
    sent, received = int(str(body["e0"])), int(str(body["e1"]))
    if (sent == LOST) != (received == LOST) or sent < received:
        raise MalformedEvidence("bad_form", field="e0")


def _build(body: Mapping[str, object]) -> Entry:
    integers = {field: int(str(body[field])) for field in INTEGERS}
    texts = {field: str(body[field]) for field in TEXTS}
    lost = integers["e1"] == LOST
    return Entry(
        id_klien=texts["id"],
        person=texts["p"],
        jenis=texts["j"],
        kegiatan=texts["g"],
        latitude=integers["lat"] / 1e7,
        longitude=integers["lon"] / 1e7,
        accuracy=integers["ak"] / 100,
        position_age=integers["u"],
        photo=texts["f"],
        anchor=texts["a"],
        since_sent=None if lost else integers["e0"],
        since_received=None if lost else integers["e1"],
        wall_at_anchor=integers["wa"],
        wall_at_capture=integers["wc"],
        number=integers["n"],
        previous=texts["h"],
        sha256=digest(body),
    )
