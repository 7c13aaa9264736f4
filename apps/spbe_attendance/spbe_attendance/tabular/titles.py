"""Which column holds what: by the words of its title, and by its values where the title says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

EXACT, PARTLY, MISSPELT, BY_VALUE = 100, 80, 70, 50
# Below this a title is no misspelling but another word.
ALIKE = 88
# Of the values that are there.
MOST = 0.8
LEVEL = " / "
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Field:
    """``phrases``: titles as ``normal`` gives them. ``never``: titles that would pass for it and are something else.

    ``looks``: whether a value can be told by its own form.
    """

    name: str
    phrases: tuple[str, ...]
    never: tuple[str, ...] = ()
    required: bool = False
    looks: Callable[[str], bool] | None = None


def normal(title: str) -> str:
    """Lower case, words apart, no punctuation: nipBaru, NIP_BARU and "NIP (Baru)" are one."""
    spaced = CAMEL.sub(" ", title)
    return " ".join(re.sub(r"[^0-9a-z]+", " ", spaced.lower()).split())


def score(title: str, field: Field) -> int:
    """0 to EXACT. Of a title over two rows, the lower one alone may say it."""
    parts = {normal(title), normal(title.rpartition(LEVEL)[2])}
    return max(_score(part, field) for part in parts)


def _score(title: str, field: Field) -> int:
    if not title or any(title == word or title.startswith(f"{word} ") for word in field.never):
        return 0
    if title in field.phrases:
        return EXACT
    words = f" {title} "
    if any(f" {phrase} " in words for phrase in field.phrases if len(phrase) > 2):
        return PARTLY
    if len(title) > 3 and any(fuzz.ratio(title, phrase) >= ALIKE for phrase in field.phrases):
        return MISSPELT
    return 0


def matches(titles: Sequence[str], fields: Sequence[Field]) -> int:
    """How many fields the titles name: what tells a header from other rows."""
    return sum(any(score(title, field) >= MISSPELT for title in titles) for field in fields)


def guess(
    titles: Sequence[str], samples: Mapping[int, Sequence[str]], fields: Sequence[Field]
) -> dict[int, str]:
    """Field by column, each field once. ``samples``: values by column, blanks left out."""
    rated = []
    for order, field in enumerate(fields):
        for column, title in enumerate(titles):
            points = score(title, field)
            if not points and field.looks and looks_so(samples.get(column, ()), field.looks):
                points = BY_VALUE
            if points:
                rated.append((-points, order, column, field.name))
    found: dict[int, str] = {}
    for _points, _order, column, name in sorted(rated):
        if column not in found and name not in found.values():
            found[column] = name
    return found


def looks_so(values: Sequence[str], looks: Callable[[str], bool]) -> bool:
    return bool(values) and sum(map(looks, values)) >= MOST * len(values)
