"""The chain of sealed punches: one hash chain a person, one Merkle tree a day and OPD, one root a month.

Python's standard library only, and valid for Python 3.9: an auditor runs it beside ``verify.py`` without this app.
What is hashed, byte by byte, stands in docs/chain.md; a change of it is a new ``VERSION``, old seals keep theirs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

VERSION = 2
# Roots have not changed since the first form.
ROOT_VERSION = 1
TERCATAT, DIPUTUSKAN, DITINJAU, DIHAPUS = "Tercatat", "Diputuskan", "Ditinjau", "Dihapus"
# What tells where somebody stood, signed evidence included: removed when its time has come, so later forms hold a salted
# commitment to it in its place. docs/decisions/0025-purging.md.
PLACE = ("latitude", "longitude", "bukti")
# As text: nothing, or what the database keeps instead of no number.
BLANK = frozenset({"", "0.000000000"})
# Facts of a punch that nothing may change, by version of the seal. A new field needs a new version.
FIELDS: dict[int, tuple[str, ...]] = {
    1: (
        "name", "pegawai", "opd", "tanggal", "jenis", "kegiatan", "waktu", "waktu_awal", "waktu_akhir", "waktu_tiba",
        "latitude", "longitude", "akurasi", "lokasi", "jarak", "putusan_lokasi", "sumber", "foto_sha256", "perangkat",
        "id_klien", "alasan", "penjelasan", "bukti",
    ),
    2: (
        "name", "pegawai", "opd", "tanggal", "jenis", "kegiatan", "waktu", "waktu_awal", "waktu_akhir", "waktu_tiba",
        "akurasi", "lokasi", "jarak", "putusan_lokasi", "sumber", "foto_sha256", "perangkat", "id_klien", "alasan",
        "penjelasan",
    ),
}  # fmt: skip
ALL_FIELDS = FIELDS[1]
# Free text tells about health and family, evidence is long: an auditor gets their SHA-256, which proves as much.
BY_DIGEST = frozenset({"alasan", "penjelasan", "bukti"})
DECISION = ("absensi", "status", "diputuskan_oleh", "catatan")
RULING = ("absensi", "nomor", "status", "diputuskan_oleh", "diputuskan_pada", "catatan")
# As many decimals as the database keeps.
_PLACES = Decimal("0.000000000")
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def text(value: Any) -> str:
    """The one text form of a fact: nothing is "", numbers with a fraction have nine decimals, times six and a T, dates are ISO.

    The same for what was just computed and for what the database gives back.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (float, Decimal)):
        number = (value if isinstance(value, Decimal) else Decimal(repr(value))).quantize(_PLACES)
        return f"{abs(number) if number == 0 else number:f}"
    return str(value)


def digest(value: Any) -> str:
    """SHA-256 of a long or personal text, 64 hexadecimal digits; "" for nothing."""
    said = text(value)
    return hashlib.sha256(said.encode()).hexdigest() if said else ""


def facts(row: Mapping[str, Any]) -> dict[str, str]:
    """A punch's immutable fields as they are hashed and exported. ``row``: values as Python or the database has them."""
    return {
        field: digest(row.get(field)) if field in BY_DIGEST else text(row.get(field)) for field in ALL_FIELDS
    }


def canonical(value: Any) -> bytes:
    """JSON of text, numbers, lists and objects of these: keys sorted by code point, no white space, UTF-8."""
    return _ENCODER.encode(value).encode()


def content(known: Mapping[str, str], status: str, version: int = VERSION, posisi: str = "") -> str:
    """Hash of a punch as it was sealed: its facts and the status it had then. ``posisi``: see place, from version 2 on."""
    said = {field: known.get(field, "") for field in FIELDS[version]}
    if version > 1:
        said["posisi"] = posisi
    return hashlib.sha256(canonical({"v": version, "status": status, **said})).hexdigest()


def place(known: Mapping[str, str], salt: str) -> str:
    """Commitment to where it was: without the salt nobody finds the position by trying, with it nobody has another one."""
    return hashlib.sha256(canonical([salt, *(known.get(field, "") for field in PLACE)])).hexdigest()


def remains(known: Mapping[str, str]) -> str:
    """Hash of what stays of a punch when its position is removed."""
    return hashlib.sha256(canonical({field: known.get(field, "") for field in FIELDS[2]})).hexdigest()


def is_blank(known: Mapping[str, str]) -> bool:
    """Whether nothing tells any more where it was."""
    return all(known.get(field, "") in BLANK for field in PLACE)


def decision_content(absensi: str, status: str, by: str, note: str, version: int = VERSION) -> str:
    """Hash of a decision on a punch. ``note``: digest of the approver's words."""
    said = dict(zip(DECISION, (absensi, status, by, note)))  # noqa: B905 – Python 3.9 has no strict
    return hashlib.sha256(canonical({"v": version, **said})).hexdigest()


@dataclass(frozen=True)
class Ruling:
    """What somebody decided in the review queue: the ``nomor``-th about this punch, from 1. ``catatan``: digest of the words."""

    absensi: str
    nomor: int
    status: str
    diputuskan_oleh: str
    diputuskan_pada: str
    catatan: str = ""

    def content(self, version: int = VERSION) -> str:
        """Its hash."""
        said = {field: getattr(self, field) for field in RULING}
        return hashlib.sha256(canonical({"v": version, **said})).hexdigest()


@dataclass(frozen=True)
class Seal:
    """A link of a person's chain. ``waktu``: when it was sealed, as text; ``hash``: what is stored as its hash.

    ``opd``, ``tanggal`` name the tree it is a leaf of. ``status``, ``diputuskan_oleh``, ``catatan`` (a digest): see content.
    ``nomor``, ``diputuskan_pada``: of a ruling or a removal. ``garam``, ``posisi``: salt and commitment, see place; the salt goes
    with the position.
    """

    pegawai: str
    urutan: int
    absensi: str
    peristiwa: str
    isi: str
    sebelum: str
    hash: str
    waktu: str
    opd: str
    tanggal: str
    status: str
    diputuskan_oleh: str = ""
    catatan: str = ""
    versi: int = VERSION
    nomor: int = 0
    diputuskan_pada: str = ""
    garam: str = ""
    posisi: str = ""

    def ruling(self) -> Ruling:
        """What it says that was decided in the review queue."""
        return Ruling(**{field: getattr(self, field) for field in RULING})

    def fits(self, known: Mapping[str, str], purge: Seal | None = None) -> bool:
        """Whether a punch has the facts that were sealed; after the removal of its position by ``purge``, those that stayed.

        Of the first form the removal's own hash holds what stayed, because the sealed one cannot be computed without the position.
        """
        if purge is not None:
            if self.garam or not is_blank(known) or remains(known) != purge.catatan:
                return False
        elif self.versi > 1 and place(known, self.garam) != self.posisi:
            return False
        if purge is not None and self.versi == 1:
            return True
        return self.versi in FIELDS and content(known, self.status, self.versi, self.posisi) == self.isi

    def expected(self) -> str:
        """The hash that its fields give."""
        fields = [self.versi, self.pegawai, self.urutan, self.sebelum, self.peristiwa, self.isi]
        fields += [self.absensi, self.opd, self.tanggal, self.waktu]
        return hashlib.sha256(canonical(fields)).hexdigest()


@dataclass(frozen=True)
class Head:
    """The end of a person's chain: number and hash of the last seal; 0 and "" before the first."""

    urutan: int = 0
    hash: str = ""


def seal_punch(head: Head, known: Mapping[str, str], status: str, moment: str, salt: str = "") -> Seal:
    """The next link for a punch with these facts. ``moment``: when, as text. ``salt``: random, never used twice; without one
    the link has the first form."""
    said = {"absensi": known["name"], "status": status}
    if not salt:
        return _link(head, known, TERCATAT, moment, {**said, "isi": content(known, status, 1), "versi": 1})
    where = place(known, salt)
    said |= {"isi": content(known, status, posisi=where), "garam": salt, "posisi": where}
    return _link(head, known, TERCATAT, moment, said)


def seal_purge(head: Head, known: Mapping[str, str], rule: str, moment: str) -> Seal:
    """The next link for the removal of a punch's position. ``known``: its facts before or after; ``rule``: which one, in words."""
    return _ruled(
        head, known, Ruling(known["name"], 1, "Posisi", rule, moment, remains(known)), moment, DIHAPUS
    )


def seal_decision(head: Head, known: Mapping[str, str], status: str, by: str, note: str, moment: str) -> Seal:
    """The next link for a decision. ``known``: at least name, pegawai, opd and tanggal of the punch."""
    said = {
        "absensi": known["name"],
        "isi": decision_content(known["name"], status, by, note),
        "status": status,
    }
    return _link(head, known, DIPUTUSKAN, moment, {**said, "diputuskan_oleh": by, "catatan": note})


def seal_ruling(head: Head, known: Mapping[str, str], ruling: Ruling, moment: str) -> Seal:
    """The next link for a decision in the review queue. ``known``: at least pegawai, opd and tanggal of the punch."""
    return _ruled(head, known, ruling, moment, DITINJAU)


def _ruled(head: Head, known: Mapping[str, str], ruling: Ruling, moment: str, event: str) -> Seal:
    said = {field: getattr(ruling, field) for field in RULING}
    return _link(head, known, event, moment, {**said, "isi": ruling.content()})


def _link(head: Head, known: Mapping[str, str], event: str, moment: str, said: Mapping[str, Any]) -> Seal:
    where = {field: known[field] for field in ("pegawai", "opd", "tanggal")}
    bare = Seal(
        urutan=head.urutan + 1, peristiwa=event, sebelum=head.hash, hash="", waktu=moment, **where, **said
    )
    return replace(bare, hash=bare.expected())


@dataclass(frozen=True)
class Root:
    """A day of an OPD: ``akar`` over its first ``jumlah`` seals. Roots of an OPD are a chain of their own by ``urutan``;
    a day that grew after its closing has another ``versi`` with its reason."""

    opd: str
    urutan: int
    tanggal: str
    versi: int
    jumlah: int
    akar: str
    sebelum: str
    hash: str
    dibuat: str
    alasan: str = ""

    def expected(self) -> str:
        fields = [ROOT_VERSION, self.opd, self.urutan, self.tanggal, self.versi, self.jumlah]
        fields += [self.akar, self.sebelum, self.dibuat, self.alasan]
        return hashlib.sha256(canonical(fields)).hexdigest()


# Merkle trees as in RFC 6962, section 2.1: leaves and nodes have prefixes of their own, so that neither passes for the other.


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def merkle_root(leaves: Iterable[bytes]) -> str:
    """Root over hashed leaves in their order; of none: SHA-256 of nothing. The odd one of a level moves up as it is, which
    gives the same tree as RFC 6962's split at the largest power of two."""
    level = list(leaves)
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        pairs = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - 1 :] if len(level) % 2 else pairs
    return level[0].hex()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Hashes that lead from the leaf to the root, the nearest first. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level, proof = list(leaves), []
    while len(level) > 1:
        if index ^ 1 < len(level):
            proof.append(level[index ^ 1])
        pairs = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - 1 :] if len(level) % 2 else pairs
        index //= 2
    return proof


def included(data: bytes, index: int, size: int, proof: Sequence[bytes], root: str) -> bool:
    """Whether ``data`` is the leaf number ``index`` of the ``size`` that the root commits to."""
    if not 0 <= index < size:
        return False
    found, rest = leaf(data), list(proof)
    while size > 1:
        if index ^ 1 < size:
            if not rest:
                return False
            other = rest.pop(0)
            found = node(other, found) if index % 2 else node(found, other)
        index, size = index // 2, (size + 1) // 2
    return not rest and found.hex() == root


def seal_day(
    head: Head, opd: str, tanggal: str, versi: int, leaves: Sequence[bytes], moment: str, why: str
) -> Root:
    """The next root row of an OPD. ``head``: the end of the OPD's own chain of roots."""
    bare = Root(
        opd, head.urutan + 1, tanggal, versi, len(leaves), merkle_root(leaves), head.hash, "", moment, why
    )
    return replace(bare, hash=bare.expected())


def latest(roots: Iterable[Root]) -> list[Root]:
    """The last version of every day, in order of day and OPD."""
    last: dict[tuple[str, str], Root] = {}
    for root in roots:
        key = (root.tanggal, root.opd)
        if key not in last or root.versi > last[key].versi:
            last[key] = root
    return [last[key] for key in sorted(last)]


def month_root(roots: Iterable[Root]) -> str:
    """Root over the days of a month, of one OPD or several; the caller chooses which."""
    return merkle_root(
        leaf(canonical([root.tanggal, root.opd, root.versi, root.jumlah, root.akar]))
        for root in latest(roots)
    )
