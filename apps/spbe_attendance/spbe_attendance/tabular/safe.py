"""Text that a spreadsheet program shows and does not carry out."""

from __future__ import annotations

from typing import Any

ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(value: Any) -> Any:
    """Text that would begin a formula gets an apostrophe before it; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith(ACTIVE) or value.lstrip().startswith(ACTIVE[:4]) else value
