"""What keeps somebody out of a page, by axe-core."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "apps/spbe_attendance/frontend/node_modules/axe-core/axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
GRAVE = ("serious", "critical")


def violations(
    page: Page,
    area: str = "body",
    *,
    tags: Collection[str] = (),
    impacts: Collection[str] = (),
    apart: Collection[str] = (),
) -> list[str]:
    """Rule and element of each, what is folded opened. ``tags`` and ``impacts``: of these only; ``apart``: rules left out."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    # Colours on their way from one to the other have any contrast.
    page.evaluate(
        "Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity)"
        ".map((one) => one.finished.catch(() => null)))"
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"resultTypes": ["violations"], **({"runOnly": list(tags)} if tags else {})}
    found = page.evaluate(
        "([area, options]) => axe.run(area, options).then(({ violations }) => violations)", [area, options]
    )
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        if fault["id"] not in apart and (not impacts or fault["impact"] in impacts)
        for node in fault["nodes"][:3]
    ]
