"""How near a shape can be at the very least, for the price of a square root: which of many fences are worth a geodesic.

Nothing on the ellipsoid is shorter than the straight line through it. A shape lies in a ball; what is outside of the ball is farther
from the shape than from the ball.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from geographiclib.geodesic import Geodesic

_A = Geodesic.WGS84.a
_E2 = Geodesic.WGS84.f * (2 - Geodesic.WGS84.f)
# No degree of latitude or longitude is longer than this, metres.
_LONGEST_DEGREE = 111_700.0
# What rounding may add, metres.
_SLACK = 0.01

Spot = tuple[float, float, float]


def spot(lat: float, lon: float) -> Spot:
    """Earth-centred coordinates of a point on the WGS84 ellipsoid, metres."""
    phi, lam = math.radians(lat), math.radians(lon)
    sine, cosine = math.sin(phi), math.cos(phi)
    across = _A / math.sqrt(1 - _E2 * sine * sine)
    return across * cosine * math.cos(lam), across * cosine * math.sin(lam), across * (1 - _E2) * sine


@dataclass(frozen=True, slots=True)
class Ball:
    """``radius`` in metres."""

    middle: Spot
    radius: float

    @classmethod
    def round_circle(cls, lat: float, lon: float, radius: float) -> Ball:
        return cls(spot(lat, lon), radius)

    @classmethod
    def round_box(cls, west: float, south: float, east: float, north: float) -> Ball:
        """Around everything between these, degrees; a degree may be shorter than is assumed here, never longer."""
        reach = _LONGEST_DEGREE * math.hypot(east - west, north - south) / 2
        return cls(spot((south + north) / 2, (west + east) / 2), reach)

    def at_least(self, place: Spot) -> float:
        """Metres that nothing in the ball is nearer than; minus infinity inside, where only the shape itself can tell."""
        gap = math.dist(place, self.middle) - self.radius - _SLACK
        return gap if gap > 0 else -math.inf
