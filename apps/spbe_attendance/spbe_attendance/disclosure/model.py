"""The equations behind published tables, for the solver. A withheld count is one unknown in all versions in which it is the same."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence

import highspy
import numpy as np

from .tables import Cell, DisclosureError, Sum

Unknown = tuple[Cell, int]
Terms = tuple[tuple[Hashable, int], ...]
TOLERANCE = 1e-6
INFINITE = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)


class Model:
    """Numbers of zero or more that satisfy all sums. Asked again and again with other costs and bounds, from the last answer on."""

    def __init__(self, unknowns: Sequence[Hashable], equations: set[Terms]):
        self.columns = {unknown: column for column, unknown in enumerate(unknowns)}
        self.lows, self.highs = np.zeros(len(unknowns)), np.full(len(unknowns), math.inf)
        self.solver = highspy.Highs()
        self.solver.silent()
        # To start from the last answer is worth more than to simplify anew.
        self.solver.setOptionValue("presolve", "off")
        self.solver.setOptionValue("threads", 1)
        self.solver.addVars(len(unknowns), self.lows, self.highs)
        for terms in sorted(equations, key=repr):
            factors: dict[int, float] = {}
            for unknown, factor in terms:
                column = self.columns[unknown]
                factors[column] = factors.get(column, 0.0) + factor
            self.solver.addRow(0.0, 0.0, len(factors), list(factors), list(factors.values()))

    def bound(self, unknown: Hashable, low: float, high: float) -> None:
        column = self.columns[unknown]
        self.lows[column], self.highs[column] = low, high
        self.solver.changeColBounds(column, low, high)

    def cost(self, unknown: Hashable, cost: float) -> None:
        self.solver.changeColCost(self.columns[unknown], cost)

    def cheapest(self) -> tuple[float, np.ndarray] | None:
        """Whole numbers of the least cost, or nearly, and that cost; minus infinity and no numbers where it has no end.

        None where no whole numbers were found, which does not prove that there are none. Raises DisclosureError if the solver
        gives up.
        """
        found = self._run()
        pinned: list[int] = []
        try:
            while found is not None and (column := most_broken(found[1])) is not None:
                pinned.append(column)
                found = self._pin(column, found[1][column])
        finally:
            for column in pinned:
                self.solver.changeColBounds(column, self.lows[column], self.highs[column])
        return found and (found[0], np.round(found[1]))

    def _pin(self, column: int, number: float) -> tuple[float, np.ndarray] | None:
        """Fractions of people fit the sums more loosely than people do: hold this one at a whole number and look again."""
        for whole in sorted((math.floor(number), math.ceil(number)), key=lambda each: abs(each - number)):
            self.solver.changeColBounds(column, whole, whole)
            if found := self._run():
                return found
        return None

    def _run(self) -> tuple[float, np.ndarray] | None:
        self.solver.run()
        status = self.solver.getModelStatus()
        if status in INFINITE:
            return -math.inf, np.array([])
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise DisclosureError(f"the solver gave up: {self.solver.modelStatusToString(status)}")
        return self.solver.getInfo().objective_function_value, np.array(self.solver.getSolution().col_value)


def most_broken(numbers: np.ndarray) -> int | None:
    """The column farthest from a whole number; None if all are whole."""
    if not numbers.size:
        return None
    distance = np.abs(numbers - np.round(numbers))
    column = int(distance.argmax())
    return column if distance[column] > TOLERANCE else None


def equation(each: Sum, values: Mapping[Cell, int]) -> tuple[tuple[Unknown, int], ...]:
    """A sum of one version as factors of unknowns that add up to zero."""
    return (((each.total, values[each.total]), -1), *(((part, values[part]), 1) for part in each.parts))
