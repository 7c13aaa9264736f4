"""Everything at once: what a synchronisation would do, and doing it, in steps that a killed job goes on with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from spbe_attendance.integrations import task
from spbe_attendance.integrations.erpnext import (
    advance,
    foreign,
    holidays,
    leave,
    notes,
    people,
    preview,
    settings,
    units,
)
from spbe_attendance.integrations.erpnext.tally import Tally
from spbe_attendance.integrations.exceptions import TugasIntegrasiDitolak

DOCTYPE = "Sinkronisasi ERPNext"
RUNNER = "spbe_attendance.integrations.erpnext.run.run"
PRATINJAU, SINKRONKAN = "Pratinjau", "Sinkronkan"
BATCH = 100


@dataclass
class Job:
    """A task being done. ``tallies``: by step, kept with the document."""

    doc: Any
    settings: settings.Settings
    dry: bool
    tallies: dict[str, Tally] = field(default_factory=dict)
    percent: int = 1
    share: int = 0

    @classmethod
    def of(cls, doc: Any) -> Job:
        dry = doc.tugas == PRATINJAU
        found = settings.read(frappe.get_doc(settings.DOCTYPE)) if dry else settings.load()
        job = cls(doc, found, dry)
        for step, told in json.loads(doc.hasil or "{}").items():
            job.tallies[step] = Tally()
            job.tallies[step].counts.update(told["jumlah"])
            job.tallies[step].why.update(told["sebab"])
        return job

    def tally(self, step: str) -> Tally:
        return self.tallies.setdefault(step, Tally())

    def keep(self, step: str, reached: str, part: float, what: str) -> None:
        """What is done stays, and the place is kept with it. ``part`` of the step, from 0 to 1."""
        told = {name: tally.as_dict() for name, tally in self.tallies.items()}
        self.doc.db_set(
            {"tahap": step, "kursor": reached, "hasil": json.dumps(told)}, update_modified=False, commit=True
        )
        task.tell(self.doc, self.percent + int(self.share * part), what)


def start(kind: str) -> str:
    """Queue a preview or synchronisation; answers its name. Raises PermissionError, IntegrasiTidakSiap, TugasIntegrasiDitolak."""
    settings.require_right()
    if kind == SINKRONKAN:
        settings.load()
    else:
        settings.read(frappe.get_doc(settings.DOCTYPE))
    # Also for a preview: it compares by our marks.
    foreign.set_up()
    refuse_second()
    doc = frappe.get_doc({"doctype": DOCTYPE, "tugas": kind})
    doc.insert(ignore_permissions=True)
    task.start(doc, RUNNER)
    return str(doc.name)


def resume(name: str) -> dict[str, str]:
    """Raises PermissionError, IntegrasiTidakSiap, TugasIntegrasiDitolak."""
    settings.require_right()
    settings.load()
    doc = frappe.get_doc(DOCTYPE, name, for_update=True)
    if doc.status != task.GAGAL or doc.tugas != SINKRONKAN:
        frappe.throw(_("Only a synchronisation that broke off goes on."), TugasIntegrasiDitolak)
    refuse_second()
    return task.start(doc, RUNNER)


def refuse_second() -> None:
    """Two at once would only wait for each other."""
    for name in frappe.get_all(DOCTYPE, {"status": ["in", task.AT_WORK]}, pluck="name"):
        if task.progress(frappe.get_doc(DOCTYPE, name))["status"] in task.AT_WORK:
            frappe.throw(_("A synchronisation is at work: wait until it is done."), TugasIntegrasiDitolak)


def retry_all() -> int:
    return notes.retry_all()


def run(nama: str) -> None:
    """The background job."""
    task.perform(DOCTYPE, nama, work)


def work(doc: Any) -> str:
    """All steps from where the document stands; answers the closing sentence."""
    job = Job.of(doc)
    names = [name for name, _step, _foresee in STEPS]
    first = names.index(doc.tahap) if doc.tahap in names else 0
    job.share = 98 // len(STEPS)
    for number, (name, step, foresee) in enumerate(STEPS):
        if number < first:
            continue
        job.percent = 1 + job.share * number
        reached = doc.kursor if number == first and doc.kursor else ""
        if job.dry:
            foresee(job.settings, job.tally(name))
            job.keep(name, "", 1, name)
        else:
            step(job, name, reached)
    return summary(job)


def summary(job: Job) -> str:
    total = Tally()
    for tally in job.tallies.values():
        total.counts.update(tally.counts)
    sentence = (
        _(
            "{0} would be made, {1} changed, {2} stay, {3} are left out, {4} cannot be done, {5} differ on both sides."
        )
        if job.dry
        else _("{0} made, {1} changed, {2} unchanged, {3} left out, {4} failed, {5} conflicts.")
    )
    return sentence.format(
        *(total.counts[key] for key in ("dibuat", "diubah", "tetap", "dilewati", "gagal", "konflik"))
    )


def _units(job: Job, step: str, _reached: str) -> None:
    units.sync(job.settings, job.tally(step))
    job.keep(step, "", 1, step)


def _holidays(job: Job, step: str, _reached: str) -> None:
    if "kirim_libur" in job.settings.parts:
        holidays.sync({getdate().year: used_patterns()}, job.tally(step))
    job.keep(step, "", 1, step)


def used_patterns() -> set[holidays.Pattern]:
    rows = frappe.get_all("Pegawai", {"status": people.AKTIF}, ["name", "opd"], as_list=True)
    return set(holidays.patterns(list(rows), getdate().year).values())


def _people(job: Job, step: str, reached: str) -> None:
    names = frappe.get_all("Pegawai", {"name": [">", reached]}, pluck="name", order_by="name")
    _in_batches(job, step, names, lambda batch: people.sync(batch, job.settings, job.tally(step)))


def _superiors(job: Job, step: str, reached: str) -> None:
    """Once everybody is there."""
    filters = {"name": [">", reached], "atasan": ["is", "set"]}
    names = frappe.get_all("Pegawai", filters, pluck="name", order_by="name")
    _in_batches(job, step, names, lambda batch: people.sync(batch, job.settings, job.tally(step)))


def _leave(job: Job, step: str, reached: str) -> None:
    if "kirim_cuti" not in job.settings.parts:
        return
    tally = job.tally(step)

    def bring(batch: Sequence[str]) -> None:
        for name in batch:
            tally.attempt(leave.KIND, name, name, lambda name=name: leave.sync(name, job.settings))

    names = [name for name in leave.permits(job.settings) if name > reached]
    _in_batches(job, step, names, bring)


def _in_batches(job: Job, step: str, names: Sequence[str], do: Callable[[Sequence[str]], Any]) -> None:
    for done, batch in batches(names):
        do(batch)
        job.keep(step, batch[-1], done / len(names), _("{0}: {1} of {2}").format(step, done, len(names)))


def batches(names: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    for begin in range(0, len(names), BATCH):
        batch = names[begin : begin + BATCH]
        yield begin + len(batch), batch


def _projection(doctype: str) -> Callable[[Job, str, str], None]:
    def step_of(job: Job, step: str, reached: str) -> None:
        """Every row is compared anew, unless the task only goes on: then from where the projection stands."""
        if not reached:
            advance.rewind(doctype)
        seen = 0

        def after(rows: int) -> None:
            nonlocal seen
            seen += rows
            job.keep(step, "lanjut", 0.5, _("{0}: {1} rows").format(step, seen))

        advance.part(doctype, job.settings, job.tally(step), after)

    return step_of


Step = tuple[str, Callable[[Job, str, str], None], Callable[[settings.Settings, Tally], None]]
STEPS: tuple[Step, ...] = (
    ("OPD", _units, preview.units_),
    ("Hari Libur", _holidays, preview.holidays_),
    ("Pegawai", _people, preview.people_),
    ("Atasan", _superiors, preview.nothing),
    ("Ketidakhadiran", _leave, preview.leave_),
    ("Absensi", _projection("Absensi"), preview.punches),
    ("Rekap Harian", _projection("Rekap Harian"), preview.days),
)
