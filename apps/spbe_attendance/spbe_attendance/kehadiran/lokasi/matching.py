"""Which OPD a place of a file belongs to: by code, abbreviation or name, as people write them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from spbe_attendance.geofence.placemarks import UNITS, Placemark
from spbe_attendance.kehadiran.lokasi.units import Tree

ALIKE = 90
# A name that short is in every other one.
SHORTEST = 8
_NOISE = re.compile(r"[^a-z0-9]+")
_LEADING = re.compile(r"^(?:kantor|gedung|halaman|lokasi|titik|kab|kabupaten) ")


@dataclass(frozen=True, slots=True)
class Match:
    """``opd``: None when none fits. ``told``: what the file says. ``sure``: False when the name was only alike."""

    opd: str | None
    told: str
    sure: bool = True


def plain(text: str) -> str:
    return _NOISE.sub(" ", text.lower()).strip()


class Matcher:
    """``allowed``: OPD that may be chosen; None: all."""

    def __init__(self, tree: Tree, allowed: Collection[str] | None):
        self.exact: dict[str, set[str]] = defaultdict(set)
        self.names: dict[str, str] = {}
        for row in tree.within(allowed):
            for text in (row["name"], row["kode"], row["singkatan"], row["nama_opd"]):
                if text and plain(text):
                    self.exact[plain(text)].add(row["name"])
            self.names[row["name"]] = plain(row["nama_opd"] or "")

    def match(self, mark: Placemark) -> Match:
        """What the data tell goes before the folder, and that before the place's own name."""
        told = mark.told(UNITS)
        for text in (told, mark.folder):
            found = self._by(text)
            if found:
                return Match(found[0], text, found[1])
        within = self._within(mark.name)
        return Match(within, told or mark.folder or (mark.name if within else ""), within is None)

    def _by(self, text: str) -> tuple[str, bool] | None:
        wanted = plain(text)
        if not wanted:
            return None
        for form in (wanted, _LEADING.sub("", wanted)):
            # Two units of one name are told apart by their code only.
            if len(self.exact[form]) == 1:
                return next(iter(self.exact[form])), True
        best = process.extract(wanted, self.names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=2)
        if best and (len(best) == 1 or best[0][1] > best[1][1]):
            return str(best[0][2]), False
        return None

    def _within(self, text: str) -> str | None:
        """The longest name of an OPD that the place's name contains."""
        wanted = f" {plain(text)} "
        found = [
            (len(name), opd)
            for opd, name in self.names.items()
            if len(name) >= SHORTEST and f" {name} " in wanted
        ]
        longest = max(found, default=(0, ""))[0]
        best = [opd for length, opd in found if length == longest]
        return best[0] if len(best) == 1 else None
