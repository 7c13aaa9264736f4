"""What photos say. A difference hash (N. Krawetz, "Kind of Like That", 2013): each of 64 bits tells whether a grey value rises to the
next one on a picture of 9 × 8; it survives another size, another compression and a little more light."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from .types import EMPTY_PHOTO, NO_PHOTO, SAME_PHOTO, Finding, Punch, Scene

WIDTH, HEIGHT = 9, 8
# Four pieces of 16 bits: two hashes that differ in at most three bits have one piece in common, so looking by pieces misses none.
PIECES, BITS = 4, 16
MOST_BITS = PIECES - 1
# Grey values of a lens that is covered or a wall lie closer together than this; hashes of such pictures are noise.
LEAST_CONTRAST = 12


def is_empty(grey: Sequence[int]) -> bool:
    """``grey``: 72 values 0 to 255, row by row. Neither a face nor a room has so little contrast."""
    ordered = sorted(grey)
    tenth = len(ordered) // 10
    return ordered[-1 - tenth] - ordered[tenth] < LEAST_CONTRAST


def dhash(grey: Sequence[int]) -> int:
    """64 bits out of 72 values, row by row."""
    bits = 0
    for row in range(HEIGHT):
        line = grey[row * WIDTH : (row + 1) * WIDTH]
        for left, right in itertools.pairwise(line):
            bits = bits << 1 | (left < right)
    return bits


def pieces(photo: int) -> tuple[int, ...]:
    return tuple(photo >> BITS * place & 2**BITS - 1 for place in range(PIECES))


def distance(one: int, two: int) -> int:
    return (one ^ two).bit_count()


def same_photo(scene: Scene) -> Iterator[Finding]:
    """A picture that was used before, by the same person or by another."""
    buckets: dict[tuple[int, int], list[Punch]] = defaultdict(list)
    for punch in scene.punches:
        if punch.photo is not None:
            for place in enumerate(pieces(punch.photo)):
                buckets[place].append(punch)
    found: dict[str, set[Punch]] = defaultdict(set)
    for punch in scene.judged:
        if punch.photo is None:
            continue
        for place in enumerate(pieces(punch.photo)):
            for other in buckets[place]:
                near = distance(punch.photo, other.photo) <= scene.policy.photo_bits
                if near and other.key != punch.key:
                    found[punch.key].add(other)
                    found[other.key].add(punch)
    known = {punch.key: punch for punch in scene.punches}
    for key, others in found.items():
        yield _repeated(known[key], others)


def _repeated(punch: Punch, others: set[Punch]) -> Finding:
    """Other people's first: that is the graver case."""
    ordered = sorted(others, key=lambda other: (other.person == punch.person, other.first, other.key))
    numbers = {
        "people": len({other.person for other in others} | {punch.person}),
        "punches": len(others) + 1,
        "bits": min(distance(punch.photo, other.photo) for other in others),
    }
    return Finding(SAME_PHOTO, punch.key, tuple(other.key for other in ordered[:20]), numbers)


def no_photo(scene: Scene) -> Iterator[Finding]:
    """A photo that was announced and never came, or that shows nothing."""
    for punch in scene.judged:
        if punch.photo_missing:
            yield Finding(NO_PHOTO, punch.key)
        if punch.photo_empty:
            yield Finding(EMPTY_PHOTO, punch.key)
