"""CSV as Indonesian offices write it: any of four encodings, semicolons or commas or tabs."""

from __future__ import annotations

import csv
import io
import re

from spbe_attendance.tabular.errors import BrokenTable

LOOKED_AT = 40
SEPARATORS = ";,\t|"
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def rows(content: bytes, most: int) -> list[list[str]]:
    """At most ``most`` rows. Raises BrokenTable."""
    source = decode(content)
    told = SEPARATOR_LINE.match(source)
    separator = told[1] if told else guess_separator(source)
    if told:
        # The line counts where rows are numbered as people see them.
        source = "\n" + source[told.end() :]
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(source, newline=""), delimiter=separator):
            found.append(row)
            if len(found) >= most:
                break
    except csv.Error as error:
        raise BrokenTable("unreadable") from error
    return found


def decode(content: bytes) -> str:
    """Raises BrokenTable for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return checked(_decode(content, "utf-16"))
    if content.startswith(b"\xef\xbb\xbf"):
        return checked(_decode(content, "utf-8-sig"))
    head = content[:2000]
    if head.count(b"\0") > len(head) // 4:
        # Without its mark: where the empty halves stand tells the order of bytes.
        low = head[1::2].count(b"\0") >= head[0::2].count(b"\0")
        return checked(_decode(content, "utf-16-le" if low else "utf-16-be"))
    try:
        return checked(content.decode("utf-8"))
    except UnicodeDecodeError:
        return checked(content.decode("cp1252", errors="replace"))


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BrokenTable("not_text") from error


def checked(source: str) -> str:
    if CONTROL.search(source[:20_000]):
        raise BrokenTable("not_text")
    return source


def guess_separator(source: str) -> str:
    """What splits most lines into the same number of fields; a decimal comma splits few."""
    lines = [line for line in source.splitlines()[:LOOKED_AT] if line.strip()]

    def weight(mark: str) -> tuple[int, int]:
        counts = [count_outside(line, mark) for line in lines]
        common = max(set(counts), key=lambda count: (counts.count(count), count)) if counts else 0
        return (counts.count(common) if common else 0, common)

    return max(SEPARATORS, key=weight)


def count_outside(line: str, mark: str) -> int:
    """Outside of quotation marks."""
    return sum(part.count(mark) for part in line.split('"')[::2])
