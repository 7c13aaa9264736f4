from __future__ import annotations

from typing import Any

from spbe_attendance.pemantauan.laporan import arrivals, screen


def execute(filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    """Frappe calls this for its report view."""
    return screen.show(arrivals.build(filters or {}))
