"""What the engine refuses, each with a code that callers turn into a sentence."""

from __future__ import annotations

from typing import Any


class GeofenceError(ValueError):
    """``code`` names the reason, ``details`` carries its numbers."""

    def __init__(self, code: str, **details: Any):
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details


class InvalidPosition(GeofenceError):
    """missing, not_a_number, not_finite, out_of_range, null_island, accuracy_missing, accuracy_invalid."""


class AccuracyTooPoor(GeofenceError):
    """``accuracy`` and ``limit`` in metres."""


class NoFence(GeofenceError):
    """No usable fence applies."""


class BrokenFence(GeofenceError):
    """A fence that cannot be judged against; ``code`` says what is wrong with it."""
