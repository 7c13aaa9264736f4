"""Who of the recap an applicant probably is. Pure.

The NIK decides where the recap has it; otherwise birth date and name together, because lists of honorer are typed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

EXACT, NEAR, NONE = "Tepat", "Mendekati", "Tidak Ada"
# Names with the same birth date may differ more than names with a swapped or a missing one.
ALIKE, VERY_ALIKE = 85.0, 92.0
TITLES = {"IR", "DR", "DRS", "DRA", "H", "HJ", "PROF", "KH", "NY", "TN", "SDR", "SDRI"}
# Written out, shortened and spelled in many ways, in front of other names.
MUHAMMAD = {
    "MUHAMMAD",
    "MUHAMAD",
    "MOHAMMAD",
    "MOHAMAD",
    "MOCHAMMAD",
    "MUCHAMAD",
    "MOHD",
    "MUHD",
    "MUH",
    "MOH",
}


@dataclass(frozen=True)
class Person:
    """``key``: of the row; ``nik``: any form of it that is the same for the same number."""

    key: str
    name: str
    born: date | None
    nik: str | None
    opd: str | None


@dataclass(frozen=True)
class Match:
    """``score``: likeness of the names, 0 to 100."""

    kind: str
    key: str | None = None
    score: float = 0.0


def best(applicant: Person, candidates: Sequence[Person]) -> Match:
    """The likeliest of the candidates; the same input gives the same answer whatever their order."""
    found = [match for match in (compare(applicant, each) for each in candidates) if match.kind != NONE]
    found.sort(key=lambda match: (match.kind != EXACT, -match.score, match.key))
    return found[0] if found else Match(NONE)


def compare(applicant: Person, candidate: Person) -> Match:
    score = likeness(applicant.name, candidate.name)
    if applicant.nik and applicant.nik == candidate.nik:
        return Match(EXACT, candidate.key, score)
    if candidate.born and candidate.born == applicant.born:
        near = score >= ALIKE
    elif candidate.born and applicant.born:
        near = score >= VERY_ALIKE and candidate.born == swapped(applicant.born)
    else:
        near = score >= VERY_ALIKE and applicant.opd is not None and applicant.opd == candidate.opd
    return Match(NEAR, candidate.key, score) if near else Match(NONE)


def likeness(one: str, other: str) -> float:
    """0 to 100; the order of the words, titles, case and punctuation do not matter."""
    return round(float(fuzz.token_sort_ratio(plain(one), plain(other))), 1)


def plain(name: str) -> str:
    """``H. Moh. Ridwan, S.Kom`` as ``M RIDWAN``."""
    words = re.findall(r"\w+", name.partition(",")[0].upper())
    known = ["M" if word in MUHAMMAD else word for word in words if word not in TITLES]
    return " ".join(known or words)


def swapped(born: date) -> date | None:
    """Day and month the other way round, as spreadsheets turn them; None where no such day exists."""
    try:
        return date(born.year, born.day, born.month)
    except ValueError:
        return None
