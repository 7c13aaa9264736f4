"""A picture's perceptual hash: alike pictures have alike hashes, whatever their size and compression."""

from __future__ import annotations

import io

from PIL import Image

SIDE = 8


def difference_hash(content: bytes) -> int | None:
    """64 bits, each telling whether a cell is darker than its neighbour to the right (dHash); None for what is no picture.

    None also for a picture without contrast, which would be alike to every other such picture.
    """
    try:
        with Image.open(io.BytesIO(content)) as picture:
            grey = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.LANCZOS)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    cells = list(grey.getdata())
    if max(cells) - min(cells) < SIDE:
        return None
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            left = row * (SIDE + 1) + column
            bits = bits << 1 | (cells[left] < cells[left + 1])
    return bits
