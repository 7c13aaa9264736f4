"""The simulation behind docs/scale.md: its two models agree, and the page says what it prints."""

from __future__ import annotations

from pathlib import Path

from tests.load import scale

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"


def test_the_page_shows_what_the_simulation_prints():
    page = PAGE.read_text()
    assert scale.table([1, 10, 50, 100, 250, 500]) in page
    assert scale.one_regency() in page


def test_seconds_and_single_requests_agree_where_there_are_too_few_cores():
    few = scale.demand(1)["web"].busiest() * 0.5
    # A hundredth of a core each, so that "too few" can be said in whole numbers for the exact model, too.
    slow = 1 / few
    original = {kind: dict(cost) for kind, cost in scale.COST.items()}
    try:
        for cost in scale.COST.values():
            cost["web"] *= slow
            cost["database"] = 0.0
        exact = scale.exact(scale.STAFF, web=1, database=1)[-1]
        stepped = scale.stepped(scale.demand(1)["web"], 1)
    finally:
        scale.COST.update(original)
    assert stepped > 60
    assert abs(exact - stepped) < 0.15 * stepped


def test_more_cores_never_make_anybody_wait_longer():
    longest = [scale.exact(3000, web=cores, database=1)[-1] for cores in (1, 2, 4)]
    assert longest == sorted(longest, reverse=True)


def test_two_hours_of_time_zones_spread_the_morning():
    together = scale.demand(100)["web"].busiest()
    alone = scale.demand(1)["web"].busiest()
    assert 50 * alone < together < 70 * alone
