"""The measurements in Prometheus' text format, and as JSON for people.

All values are taken when they are asked for, from what all processes share (database, Redis, disk): no process of the web server keeps
counters of its own, so it does not matter which of them answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from spbe_attendance.pemantauan.kesehatan.measure import CATALOG, PREFIX, Measured, by_name

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Collector:
    def __init__(self, values: Iterable[Measured]) -> None:
        self.rows = by_name(values)

    def collect(self) -> Iterator[Metric]:
        for name, rows in self.rows.items():
            labels = sorted(rows[0].labels)
            family = GaugeMetricFamily(PREFIX + name, CATALOG[name], labels=labels)
            for row in rows:
                family.add_metric([row.labels[label] for label in labels], row.value)
            yield family


def text(values: Iterable[Measured]) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(values))
    return generate_latest(registry)


def document(values: Iterable[Measured]) -> dict[str, Any]:
    """{name: {arti, nilai: [{…labels, nilai}]}}; None stands for what has never happened."""
    return {
        PREFIX + name: {
            "arti": CATALOG[name],
            "nilai": [{**row.labels, "nilai": row.value if isfinite(row.value) else None} for row in rows],
        }
        for name, rows in by_name(values).items()
    }
