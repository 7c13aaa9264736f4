"""Making a draft in the background: the days of the month, what is withheld, the files."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from spbe_attendance.disclosure.audit import published
from spbe_attendance.disclosure.protect import protect
from spbe_attendance.disclosure.tables import DisclosureError, Release, Table
from spbe_attendance.integrations import task
from spbe_attendance.pemantauan.satu_data import cube, facts, rows, settings, spec, units, versions
from spbe_attendance.pemantauan.satu_data.errors import SatuDataDitolak, TidakAmanTerbit

DOCTYPE = "Penyusunan Dataset"
RUNNER = "spbe_attendance.pemantauan.satu_data.build.run"
NAMED = 5


def check(doc: Any) -> None:
    """Raises SatuDataDitolak: no such month, days of it are not closed, or no draft is made of this dataset."""
    if doc.dataset not in spec.COLUMNS:
        frappe.throw(_("No data are collected for {0}.").format(doc.dataset), SatuDataDitolak)
    if doc.dataset != spec.ATTENDANCE:
        return
    every, unclosed = facts.state(doc.periode)
    if not every:
        frappe.throw(
            _("There is no recap of {0}: choose another month.").format(doc.periode), SatuDataDitolak
        )
    if unclosed:
        names = facts.open_units(doc.periode)
        named = [*names[:NAMED], *([_("and {0} more").format(len(names) - NAMED)] if names[NAMED:] else [])]
        frappe.throw(
            _("{0} is not closed for {1}: close the month first.").format(doc.periode, ", ".join(named)),
            SatuDataDitolak,
        )


def start(doc: Any) -> dict[str, str]:
    """Queue the making of the locked document's draft: {status}. Raises SatuDataDitolak, TugasIntegrasiDitolak."""
    check(doc)
    return task.start(doc, RUNNER)


def run(nama: str) -> None:
    """The background job."""
    task.perform(DOCTYPE, nama, make)


def make(doc: Any) -> str:
    """Make the next version unless nothing has changed; answers the closing sentence."""
    check(doc)
    content = attendance(doc) if doc.dataset == spec.ATTENDANCE else reference(doc)
    same = versions.latest(content.dataset, content.period, *versions.WAITING, *versions.SEEN)
    if same and same.sidik == rows.fingerprint(content.rows) and same.status != versions.DITARIK:
        doc.db_set("versi", same.name)
        return _("Nothing has changed since version {0}: no new one is needed.").format(same.nomor)
    task.tell(doc, 92, _("Writing the files"))
    version = versions.create(content)
    doc.db_set("versi", version.name)
    withheld = version.sel_kecil + version.sel_pelengkap
    return _("Version {0}: {1} rows, {2} counts withheld.").format(
        version.nomor, version.jumlah_baris, withheld
    )


def reference(doc: Any) -> versions.Content:
    found = rows.reference(settings.value("kode_wilayah"), units.read())
    return versions.Content(doc.dataset, doc.periode, found)


def attendance(doc: Any) -> versions.Content:
    task.tell(doc, 3, _("Reading the closed days"))
    month = facts.read(doc.periode)
    counted = cube.build(month.days)
    if not counted.values:
        frappe.throw(_("There is no working day in {0}.").format(doc.periode), SatuDataDitolak)
    release = protected(doc, counted.table(settings.least()))
    found = rows.attendance(
        doc.periode,
        settings.value("kode_wilayah"),
        release.table.values,
        release.withheld,
        units.read(),
    )
    return versions.Content(doc.dataset, doc.periode, found, release, month.closings, month.unsettled)


def protected(doc: Any, table: Table) -> Release:
    """With all versions that the public has seen. Raises TidakAmanTerbit."""
    earlier = versions.seen(doc.dataset, doc.periode)
    known = published(earlier)
    # What is out already cannot be hidden any more, and hides nothing.
    small = frozenset(cell for cell in table.sensitive if (cell, table.values[cell]) not in known)
    last = earlier[-1] if earlier else None
    # What stays the same stays hidden: a cell that served as cover before would tell more if it were shown now.
    kept = (
        {cell for cell in last.withheld if table.values.get(cell) == last.table.values[cell]} if last else ()
    )
    sentence = _("{0} of {1} small counts protected")

    def tell(done: int, every: int) -> None:
        if done == every or done % max(1, every // 20) == 0:
            task.tell(doc, 5 + 85 * done // every, sentence.format(done, every))

    try:
        return protect(
            Table(table.values, table.sums, small, table.known),
            earlier,
            width=settings.least(),
            withhold=kept,
            progress=tell,
        )
    except DisclosureError:
        frappe.throw(
            _(
                "The difference to the versions before would reveal what single persons did, whatever is withheld. Wait until "
                "more corrections of {0} have come together, then make the draft again."
            ).format(doc.periode),
            TidakAmanTerbit,
        )
