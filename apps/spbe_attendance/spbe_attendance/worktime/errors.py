"""What the engine refuses, each with a code that callers turn into a sentence."""

from __future__ import annotations

from typing import Any


class WorktimeError(ValueError):
    """``code`` names the reason, ``details`` carries its numbers."""

    def __init__(self, code: str, **details: Any):
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details


class BrokenSchedule(WorktimeError):
    """end_before_start, not_overnight, out_of_order, window_too_wide, grace_invalid, payback_after_last_out, rest_outside,
    rest_too_long, not_a_week, dates_reversed, shifts_overlap, empty_cycle."""


class BrokenPunch(WorktimeError):
    """interval_reversed, unknown_kind, unknown_status, with_timezone."""


class BrokenPermit(WorktimeError):
    """dates_reversed, hours_incomplete, hours_reversed, half_and_hours, half_of_many_days, unknown_kind, unknown_half."""


class BrokenRates(WorktimeError):
    """dates_reversed, bands_not_rising, missing_below_bands, level_out_of_range, negative."""


class BrokenOutage(WorktimeError):
    """interval_reversed, unknown_treatment."""
