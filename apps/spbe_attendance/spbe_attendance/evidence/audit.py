"""Holds sealed punches against what is there now, and names every row that was changed, removed, inserted or moved.

Pure, standard library only, valid for Python 3.9, like ``chain``: Desk and the auditor's script run the same code.
Persons come one after the other, so that millions of rows need no more memory than their leaves: 66 bytes each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

try:
    from . import chain
    from .chain import Root, Ruling, Seal
except ImportError:  # the auditor's folder: no package around it
    import chain  # type: ignore[no-redef]
    from chain import Root, Ruling, Seal  # type: ignore[no-redef]

MENUNGGU = "Menunggu Persetujuan"
# What a sealing run every minute leaves open at the moment of an export, with room for a server that was busy.
FRESH = timedelta(hours=1)
# A punch that arrived before a day was closed was sealed with it; a commit that dawdles has this long.
LATE_COMMIT = timedelta(minutes=10)
# Findings that tell and do not accuse.
NOTES = frozenset(
    {
        "belum_disegel",
        "keputusan_belum_disegel",
        "tinjauan_belum_disegel",
        "di_luar_akar",
        "tanpa_akar",
        "cetak_lama",
        "cetak_cocok",
        "posisi_dihapus",
        "posisi_dihapus_lama",
    }
)
# A review that waits: nobody has decided, or more was found after it had been found reasonable.
UNDECIDED, REOPENED = "Menunggu", "Wajar"
_TIME, _LEAF = 26, 66


@dataclass(frozen=True)
class Finding:
    """``code``: which of the sentences in verify.WORDS; empty and 0 where a part does not apply."""

    code: str
    pegawai: str = ""
    absensi: str = ""
    urutan: int = 0
    opd: str = ""
    tanggal: str = ""
    detail: str = ""

    @property
    def serious(self) -> bool:
        return self.code not in NOTES


@dataclass(frozen=True)
class Punch:
    """A punch as it stands now: its facts as text, its status, digest of the approver's note, when the row last changed."""

    facts: Mapping[str, str]
    status: str
    catatan: str = ""
    diubah: str = ""


@dataclass(frozen=True)
class Review:
    """A row of the review queue as it stands now, and all that was decided on it."""

    absensi: str
    pegawai: str
    opd: str
    tanggal: str
    status: str
    putusan: tuple[Ruling, ...] = ()


@dataclass(frozen=True)
class Scope:
    """Whose days an export holds in full. ``units``: OPD, None for all; ``first``, ``last``: dates as text, "" for open ends.
    ``moment``: when it was made. ``parents``: OPD -> OPD above.
    ``people``: names for the reader."""

    moment: str
    units: frozenset[str] | None = None
    first: str = ""
    last: str = ""
    parents: Mapping[str, str] | None = None
    people: Mapping[str, str] | None = None

    def holds(self, opd: str, tanggal: str) -> bool:
        inside = self.units is None or opd in self.units
        return inside and tanggal >= self.first and (not self.last or tanggal <= self.last)

    def subtree(self, opd: str) -> frozenset[str]:
        parents = self.parents or {}
        found = {opd}
        grown = True
        while grown:
            more = {name for name, above in parents.items() if above in found} - found
            found, grown = found | more, bool(more)
        return frozenset(found)


@dataclass(frozen=True)
class Printed:
    """A root on paper. ``period``: YYYY-MM-DD of one OPD, or YYYY-MM of an OPD with all below it."""

    opd: str
    period: str
    root: str


def before(moment: str, span: timedelta) -> str:
    """A moment earlier, as text; "" when it is no time, so that nothing counts as fresh."""
    try:
        return (datetime.fromisoformat(moment) - span).isoformat(timespec="microseconds")
    except ValueError:
        return ""


class Audit:
    """Feed ``person`` in order of their names, then take ``finish``. Findings come from both."""

    def __init__(self, scope: Scope, roots: Iterable[Root] = ()) -> None:
        self.scope, self.roots = scope, list(roots)
        self.punches = self.seals = self.reviews = self.people = 0
        self._fresh = before(scope.moment, FRESH)
        self._last_person = ""
        self._leaves: dict[tuple[str, str], bytearray] = defaultdict(bytearray)
        self._closed: dict[tuple[str, str], str] = {}
        self._purged: Counter[tuple[str, str, str, str]] = Counter()
        for root in self.roots:
            key = (root.opd, root.tanggal)
            self._closed[key] = min(self._closed.get(key, root.dibuat), root.dibuat)

    def person(
        self, pegawai: str, punches: Iterable[Punch], seals: Iterable[Seal], reviews: Iterable[Review] = ()
    ) -> Iterator[Finding]:
        """One person's rows. Raises ValueError when persons come out of order."""
        if self.people and pegawai <= self._last_person:
            raise ValueError(pegawai)
        self.people, self._last_person = self.people + 1, pegawai
        there = {punch.facts["name"]: punch for punch in punches}
        ordered = sorted(seals, key=lambda seal: seal.urutan)
        self.punches, self.seals = self.punches + len(there), self.seals + len(ordered)
        yield from _links(ordered)
        recorded: dict[str, Seal] = {}
        decided: dict[str, Seal] = {}
        ruled: dict[str, list[Seal]] = defaultdict(list)
        purged = _removals(ordered)
        yield from _false_removals(purged.values())
        for seal in ordered:
            self._take_leaf(seal)
            if seal.peristiwa == chain.DIHAPUS:
                continue
            if seal.peristiwa == chain.DITINJAU:
                ruled[seal.absensi].append(seal)
                continue
            if seal.peristiwa == chain.DIPUTUSKAN:
                decided[seal.absensi] = seal
                said = (seal.absensi, seal.status, seal.diputuskan_oleh, seal.catatan, seal.versi)
                if chain.decision_content(*said) != seal.isi:
                    yield _about("segel_berubah", seal)
                continue
            if seal.absensi in recorded:
                yield _about("segel_ganda", seal)
            recorded[seal.absensi] = seal
            yield from self._content(seal, there.get(seal.absensi), purged.get(seal.absensi))
        for name in sorted(there):
            yield from self._standing(there[name], recorded.get(name), decided.get(name))
        queue = {review.absensi: review for review in reviews}
        self.reviews += len(queue)
        for name in sorted({*queue, *ruled}):
            yield from self._reviewed(queue.get(name), ruled[name])

    def _take_leaf(self, seal: Seal) -> None:
        if self.scope.holds(seal.opd, seal.tanggal):
            key = seal.waktu.encode()[:_TIME].ljust(_TIME) + self.people.to_bytes(4, "big")
            key += (seal.urutan & 0xFFFFFFFF).to_bytes(4, "big")
            self._leaves[seal.opd, seal.tanggal] += key + chain.leaf(seal.hash.encode())

    def _content(self, seal: Seal, punch: Punch | None, purge: Seal | None) -> Iterator[Finding]:
        if punch is None:
            if self.scope.holds(seal.opd, seal.tanggal):
                yield _about("absensi_hilang", seal)
            return
        if purge is None and seal.posisi and not seal.garam:
            yield _about("posisi_hilang", seal)
        elif not seal.fits(punch.facts, purge):
            yield _about("isi_berubah", seal)
        elif purge is not None:
            code = "posisi_dihapus" if seal.posisi else "posisi_dihapus_lama"
            self._purged[seal.opd, seal.tanggal, code, purge.diputuskan_oleh] += 1
        closed = self._closed.get((seal.opd, seal.tanggal), "")
        if closed and seal.waktu > closed and punch.facts["waktu_tiba"] < before(closed, LATE_COMMIT):
            yield _about("disisipkan", seal, punch.facts["waktu_tiba"])

    def _standing(self, punch: Punch, recorded: Seal | None, decided: Seal | None) -> Iterator[Finding]:
        """Whether the status of now is the one that was sealed last."""
        name = punch.facts["name"]
        where = {"opd": punch.facts.get("opd", ""), "tanggal": punch.facts.get("tanggal", "")}
        who = {"pegawai": punch.facts.get("pegawai", ""), "absensi": name, **where}
        if recorded is None:
            fresh = bool(self._fresh) and punch.facts.get("waktu_tiba", "") >= self._fresh
            yield Finding("belum_disegel" if fresh else "absensi_tanpa_segel", **who)
        elif decided is not None:
            if (punch.status, punch.catatan) != (decided.status, decided.catatan):
                yield _about("keputusan_berubah", decided, f"{decided.status} → {punch.status}")
        elif punch.status != recorded.status:
            fresh = recorded.status == MENUNGGU and bool(self._fresh) and punch.diubah >= self._fresh
            code = "keputusan_belum_disegel" if fresh else "keputusan_berubah"
            yield _about(code, recorded, f"{recorded.status} → {punch.status}")

    def _reviewed(self, review: Review | None, seals: list[Seal]) -> Iterator[Finding]:
        """Whether everything that was decided in the review queue is as it was sealed, and holds."""
        there = {ruling.nomor: ruling for ruling in review.putusan} if review else {}
        for seal in seals:
            if seal.ruling().content(seal.versi) != seal.isi:
                yield _about("segel_berubah", seal)
            if seal.nomor not in there:
                if self.scope.holds(seal.opd, seal.tanggal):
                    yield _about("tinjauan_hilang", seal, seal.status)
            elif there[seal.nomor] != seal.ruling():
                yield _about("tinjauan_berubah", seal, f"{seal.status} → {there[seal.nomor].status}")
        if not review:
            return
        where = {
            "pegawai": review.pegawai,
            "absensi": review.absensi,
            "opd": review.opd,
            "tanggal": review.tanggal,
        }
        for number in sorted(there.keys() - {seal.nomor for seal in seals}):
            fresh = bool(self._fresh) and there[number].diputuskan_pada >= self._fresh
            code = "tinjauan_belum_disegel" if fresh else "tinjauan_tanpa_segel"
            yield Finding(code, detail=there[number].status, **where)
        last = there[max(there)].status if there else UNDECIDED
        waits_again = review.status == UNDECIDED and last in (UNDECIDED, REOPENED)
        if review.status != last and not waits_again:
            yield Finding("tinjauan_berubah", detail=f"{last} → {review.status}", **where)

    def finish(self, printed: Iterable[Printed] = ()) -> Iterator[Finding]:
        """Roots against leaves, roots against each other, and roots on paper against roots."""
        by_opd: dict[str, list[Root]] = defaultdict(list)
        for root in self.roots:
            by_opd[root.opd].append(root)
        for opd in sorted(by_opd):
            yield from _root_links(sorted(by_opd[opd], key=lambda root: root.urutan))
        versions: dict[tuple[str, str], list[Root]] = defaultdict(list)
        for root in self.roots:
            if self.scope.holds(root.opd, root.tanggal):
                versions[root.opd, root.tanggal].append(root)
        for key in sorted({*versions, *self._leaves}):
            yield from self._day(key, sorted(versions.get(key, ()), key=lambda root: root.versi))
        for (opd, tanggal, code, rule), count in sorted(self._purged.items()):
            yield Finding(code, opd=opd, tanggal=tanggal, detail=f"{count} absen: {rule}")
        for paper in printed:
            yield self._paper(paper)

    def _day(self, key: tuple[str, str], versions: list[Root]) -> Iterator[Finding]:
        where = {"opd": key[0], "tanggal": key[1]}
        packed = self._leaves.get(key, bytearray())
        order = sorted(bytes(packed[at : at + _LEAF]) for at in range(0, len(packed), _LEAF))
        if not versions:
            if order and key[1] < before(self.scope.moment, timedelta(days=2))[:10]:
                yield Finding("tanpa_akar", **where, detail=str(len(order)))
            return
        for root in versions:
            detail = f"{root.versi}"
            if root.jumlah > len(order):
                yield Finding("akar_kurang", **where, detail=str(root.jumlah - len(order)))
            elif chain.merkle_root(record[-32:] for record in order[: root.jumlah]) != root.akar:
                yield Finding("akar_tidak_cocok", **where, detail=detail)
        if len(order) > versions[-1].jumlah:
            yield Finding("di_luar_akar", **where, detail=str(len(order) - versions[-1].jumlah))

    def _paper(self, paper: Printed) -> Finding:
        where = {"opd": paper.opd, "tanggal": paper.period}
        if len(paper.period) == 10:
            own = [root for root in self.roots if (root.opd, root.tanggal) == (paper.opd, paper.period)]
            states = [(root.akar, root) for root in sorted(own, key=lambda root: -root.versi)]
        else:
            units = self.scope.subtree(paper.opd)
            own = [root for root in self.roots if root.opd in units and root.tanggal[:7] == paper.period]
            states = list(_months(own))
        for number, (found, root) in enumerate(states):
            if found == paper.root.lower():
                return Finding(
                    "cetak_lama" if number else "cetak_cocok", **where, detail=root.dibuat if number else ""
                )
        return Finding("cetak_tidak_cocok", **where, detail=paper.root)


def _months(roots: list[Root]) -> Iterator[tuple[str, Root]]:
    """The month's root as it is, and as it was before each of the days and versions that came last."""
    ordered = sorted(roots, key=lambda root: (root.dibuat, root.opd, root.tanggal, root.versi))
    while ordered:
        yield chain.month_root(ordered), ordered[-1]
        ordered = ordered[:-1]


def _about(code: str, seal: Seal, detail: str = "") -> Finding:
    return Finding(code, seal.pegawai, seal.absensi, seal.urutan, seal.opd, seal.tanggal, detail)


def _removals(seals: Iterable[Seal]) -> dict[str, Seal]:
    """By punch: the seal of the removal of its position."""
    return {seal.absensi: seal for seal in seals if seal.peristiwa == chain.DIHAPUS}


def _false_removals(seals: Iterable[Seal]) -> Iterator[Finding]:
    for seal in seals:
        if seal.ruling().content(seal.versi) != seal.isi:
            yield _about("segel_berubah", seal)


def _links(ordered: list[Seal]) -> Iterator[Finding]:
    """Numbers without gap, each seal its own hash, each on top of the one before."""
    last: Seal | None = None
    for seal in ordered:
        number, top = (last.urutan, last.hash) if last else (0, "")
        if seal.urutan == number:
            yield _about("segel_ganda", seal)
        elif seal.urutan != number + 1:
            yield Finding("segel_hilang", seal.pegawai, "", number + 1, detail=str(seal.urutan - number - 1))
        elif seal.sebelum != top:
            yield _about("rantai_putus", seal)
        if seal.expected() != seal.hash:
            yield _about("segel_berubah", seal)
        last = seal


def _root_links(ordered: list[Root]) -> Iterator[Finding]:
    number, top = 0, ""
    for root in ordered:
        where = {"urutan": root.urutan, "opd": root.opd, "tanggal": root.tanggal}
        if root.urutan != number + 1:
            yield Finding("akar_hilang", **where, detail=str(root.urutan - number - 1))
        elif root.sebelum != top:
            yield Finding("akar_putus", **where)
        if root.expected() != root.hash:
            yield Finding("akar_berubah", **where)
        number, top = root.urutan, root.hash
