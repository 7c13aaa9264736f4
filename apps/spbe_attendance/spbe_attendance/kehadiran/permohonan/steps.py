"""The way of a permit: direct superior, Kepala OPD, BKPSDM where the kind needs it. A step without a person is skipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from frappe import _
from frappe.model.document import Document

from spbe_attendance.kehadiran.permohonan import deciders
from spbe_attendance.kehadiran.permohonan.deciders import ATASAN, BKPSDM, KEPALA
from spbe_attendance.record_language import record_language

DISETUJUI = "Disetujui"
ORDER = (ATASAN, KEPALA, BKPSDM)


@dataclass
class Route:
    """``skipped``: sentences for the timeline."""

    atasan: str | None = None
    steps: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def after(self, step: str) -> str:
        """What follows an approval of this step; steps that have lost their person since are gone already."""
        later = ORDER[ORDER.index(step) + 1 :]
        return next((name for name in later if name in self.steps), DISETUJUI)


@record_language()
def plan(doc: Document, person: dict[str, Any], *, needs_bkpsdm: bool) -> Route:
    concerned = deciders.persons(doc)
    heads = deciders.heads(doc.opd, concerned)
    route = Route(atasan=deciders.superior(person, concerned))
    if not route.atasan:
        route.skipped.append(_("Step skipped: no direct superior with an account is registered."))
    elif route.atasan in heads:
        route.atasan = None
        route.skipped.append(_("Step skipped: the direct superior is the Kepala OPD and decides as such."))
    else:
        route.steps.append(ATASAN)
    if heads:
        route.steps.append(KEPALA)
    else:
        route.skipped.append(_("Step skipped: no other Kepala OPD with an account stands over this OPD."))
    # Nothing is ever approved by nobody.
    if needs_bkpsdm or not route.steps:
        route.steps.append(BKPSDM)
    return route
