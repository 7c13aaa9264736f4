"""Names of people and of offices: taken apart, and how alike two are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.titles import normal

BEFORE = re.compile(
    r"(?:(?:prof|dr|drg|drh|ir|drs|dra|h|hj|apt|ns|kh|tgk|r|rr)\.|(?:prof|drg|drh|drs|dra|hj|apt|ns)(?=\s))\s*",
    re.IGNORECASE,
)
# Offices write these words, or leave them out, as they please.
FILLER = re.compile(
    r"\b(kab(upaten)?|kep(ulauan)?|meranti|pemerintah|pemkab|kota|prov(insi)?|riau|daerah|dan|di|pada|unit kerja)\b"
)
SHORT = {
    "disdik": "dinas pendidikan", "dinkes": "dinas kesehatan", "dishub": "dinas perhubungan", "dinsos": "dinas sosial",
    "bkd": "badan kepegawaian", "setda": "sekretariat", "sekretariat setda": "sekretariat", "kec": "kecamatan", "kel": "kelurahan",
    "uptd": "upt", "pkm": "puskesmas", "sdn": "sd negeri", "smpn": "smp negeri", "ds": "desa", "diskominfo": "dinas komunikasi informatika",
}  # fmt: skip
PROPOSE, PERSON_ALIKE = 72, 88
MOST = 3


@dataclass(frozen=True)
class PersonName:
    front: str
    name: str
    behind: str


def person(value: object) -> PersonName:
    """Titles apart from the name: "Dr. H. Budi Rekaan, S.Kom., M.Si" is ("Dr. H.", "Budi Rekaan", "S.Kom., M.Si")."""
    plain = text(value)
    front = ""
    while found := BEFORE.match(plain):
        if found.end() >= len(plain):
            break
        front = f"{front} {found[0].strip()}".strip()
        plain = plain[found.end() :]
    name, _comma, behind = plain.partition(",")
    return PersonName(front, name.strip(" ,"), behind.strip(" ,"))


def letters(name: str) -> str:
    """What two spellings of a name have in common."""
    return normal(name).replace(" ", "")


def alike(one: str, other: str) -> bool:
    """Two people's names that may be one person's: a letter changed, words in another order, a middle name left out."""
    first, second = normal(one), normal(other)
    if not first or not second:
        return False
    shorter, longer = sorted((set(first.split()), set(second.split())), key=len)
    return fuzz.token_sort_ratio(first, second) >= PERSON_ALIKE or (len(shorter) >= 2 and shorter <= longer)


def office(value: object) -> str:
    """The words that tell one office from another."""
    words = normal(text(value))
    bare = " ".join(SHORT.get(word, word) for word in words.split())
    return " ".join(FILLER.sub(" ", bare).split()) or words


def nearest(value: object, names: dict[str, str], most: int = MOST) -> list[str]:
    """Values of ``names`` (office words to what they stand for) whose words are most like it, the best first."""
    found = process.extract(
        office(value), names.keys(), scorer=office_likeness, score_cutoff=PROPOSE, limit=most
    )
    return [names[match[0]] for match in found]


def office_likeness(one: str, other: str, **_options: object) -> float:
    """0 to 100: misspelt, or with fewer words than the register's: "Dinas Komunikasi" for the one with Informatika and Statistik."""
    whole = fuzz.token_sort_ratio(one, other)
    if min(len(one.split()), len(other.split())) < 2:
        return whole
    return max(whole, 0.9 * fuzz.token_set_ratio(one, other))


def initials(name: str, taken: Iterable[str]) -> str:
    """A code that is not taken: the first letters of the words, numbered if need be."""
    used = {code.upper() for code in taken}
    first = "".join(word[0] for word in normal(name).split() if word != "dan").upper()[:10] or "OPD"
    code, number = first, 1
    while code in used:
        number += 1
        code = f"{first}-{number}"
    return code
