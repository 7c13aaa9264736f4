"""What a letter says: figures of a month and of the one before, worst units, exceptions; the overview of all units as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_months, formatdate, get_url
from jinja2 import Environment, FileSystemLoader

from spbe_attendance.pemantauan.analitik import charts, requests
from spbe_attendance.pemantauan.beranda import charts as outcomes
from spbe_attendance.pemantauan.cetak import pdf, sheet
from spbe_attendance.pemantauan.laporan import overview
from spbe_attendance.pemantauan.laporan.scope import of_month
from spbe_attendance.pemantauan.laporan.table import Table

WORST, REASONS = 5, 3
DASH = "–"


@dataclass(frozen=True, slots=True)
class Letter:
    """``body``: HTML of the mail; ``table``: the overview that is attached."""

    subject: str
    body: str
    table: Table

    def attachment(self, user: str) -> dict[str, Any]:
        """{fname, fcontent} as the framework's mail takes it; empty units make no sheet."""
        name = f"Ikhtisar-OPD-{self.table.scope.month}.pdf"
        return {"fname": name, "fcontent": pdf.write(sheet.compose(self.table, user))}


@contextmanager
def reader(user: str) -> Iterator[None]:
    """As that account sees it, in Indonesian: whatever is read within is limited as for its own eyes."""
    session, language, form = frappe.local.session, frappe.local.lang, frappe.local.form_dict
    before, sid, data = session.user, session.sid, session.data
    frappe.set_user(user)
    frappe.local.lang = "id"
    try:
        yield
    finally:
        frappe.set_user(before)
        # Frappe empties these, and stores the session at the end of the request: its owner would be logged out.
        session.sid, session.data = sid, data
        frappe.local.lang, frappe.local.form_dict = language, form


def write(month: date) -> Letter:
    """Of the session's user. Raises PermissionError for who leads no unit."""
    table = overview.build({"bulan": f"{month:%Y-%m}"})
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    subject = _("Attendance {0}").format(formatdate(month, "MMMM yyyy"))
    body = environment.get_template("letter.html").render(
        title=subject,
        lines=_figures(month) if table.count else [],
        worst=_worst(table),
        reasons=requests.by_reason(table.scope)[:REASONS],
        address=get_url("/app/analitik"),
        words=_words(),
    )
    return Letter(subject, body, table)


def _figures(month: date) -> list[tuple[str, str, str]]:
    """(what, this month, the month before)."""
    scopes = [of_month({"bulan": f"{each:%Y-%m}"}) for each in (month, add_months(month, -1))]
    counts = [charts.outcome(scope) for scope in scopes]
    shares = [
        (label, *(_per_cent(charts.share(counted, group)) for counted in counts))
        for group, label in outcomes.labels()
    ]
    hours = [requests.typical_hours(requests.decision_minutes(scope)) for scope in scopes]
    return [*shares, (_("Hours to Decide"), *(_number(value) for value in hours))]


def _worst(table: Table) -> list[tuple[str, str]]:
    rows = [row for part in table.parts for row in part.rows if row["tepat"] is not None]
    lowest = sorted(rows, key=lambda row: (row["tepat"], row["nama"]))[:WORST]
    return [(row["nama"], _per_cent(row["tepat"])) for row in lowest] if len(rows) > 1 else []


def _per_cent(value: float | None) -> str:
    return DASH if value is None else f"{_number(value)} %"


def _number(value: float | None) -> str:
    return DASH if value is None else f"{value:.1f}".replace(".", ",")


def _words() -> dict[str, str]:
    return {
        "figure": _("Figure"),
        "now": _("This Month"),
        "before": _("Month Before"),
        "worst": _("Lowest share on time"),
        "reasons": _("Most frequent exceptions"),
        "empty": _("No day of this month has been computed yet."),
        "note": _(
            "Per cent of the days on which work was due, of the units that you may see. All units are in the PDF."
        ),
        "open": _("Open the analytics"),
        "why": _(
            "You get this because BKPSDM has entered you in Laporan Berkala Pimpinan; ask there to be taken out."
        ),
    }
