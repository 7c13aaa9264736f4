"""One record after the other: what became of each is counted, and what fails leaves the others alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import frappe

from spbe_attendance.integrations import task
from spbe_attendance.integrations.erpnext import notes
from spbe_attendance.integrations.exceptions import IntegrasiTidakSiap

DIBUAT, DIUBAH, TETAP, DILEWATI, GAGAL, KONFLIK = "dibuat", "diubah", "tetap", "dilewati", "gagal", "konflik"
POINT = "catatan_erpnext"
# After these the database has taken back more than our savepoint: the whole step is done again.
LOST = (frappe.QueryDeadlockError, frappe.QueryTimeoutError)


@dataclass(slots=True)
class Tally:
    """``why``: reasons of what was skipped or failed, with their numbers."""

    counts: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: str, reason: str = "") -> None:
        self.counts[outcome] += 1
        if reason:
            self.why[reason] += 1

    def attempt(self, kind: str, record: str, title: str, work: Callable[[], str]) -> None:
        """Do it or leave no trace but a note in words. ``work`` answers what became of the record."""
        frappe.db.savepoint(POINT)
        try:
            outcome = work()
        except LOST:
            raise
        except Exception as error:
            frappe.db.rollback(save_point=POINT)
            reason = in_words(error, kind)
            notes.failed(kind, record, title, reason)
            self.add(GAGAL, reason)
        else:
            notes.done(kind, record)
            self.add(outcome)
        finally:
            # What their code has to say on screen is nobody's in a background job.
            frappe.clear_messages()

    def plan(self, work: Callable[[], str]) -> None:
        """The same for a preview: nothing is written, nothing noted."""
        try:
            self.add(work())
        except IntegrasiTidakSiap as error:
            self.add(GAGAL, task.plain(error))
        finally:
            frappe.clear_messages()

    def as_dict(self) -> dict[str, Any]:
        return {"jumlah": dict(self.counts), "sebab": dict(self.why.most_common(20))}


def in_words(error: Exception, kind: str) -> str:
    """A refusal's own words; anything else goes to the log with its trace, for it is a fault."""
    if not isinstance(error, frappe.ValidationError):
        frappe.log_error(title=f"ERPNext: {kind}")
    return task.plain(error)
