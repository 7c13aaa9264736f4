"""The dry run: every row read, matched and judged; nothing but the import's own side tables is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _

from spbe_attendance.kepegawaian.impor import fields, mapping, scope, store
from spbe_attendance.kepegawaian.impor.kind import Kind, digest
from spbe_attendance.kepegawaian.impor.kind_lokasi import KindLokasi
from spbe_attendance.kepegawaian.impor.kind_opd import KindOpd
from spbe_attendance.kepegawaian.impor.kind_pegawai import KindPegawai
from spbe_attendance.kepegawaian.impor.records import (
    BARU,
    BERUBAH,
    DILEWATI,
    DITOLAK,
    PERINGATAN,
    PUTUSAN,
    SAMA,
    Problem,
    Record,
    Row,
)
from spbe_attendance.kepegawaian.impor.units import Units
from spbe_attendance.lembar import files
from spbe_attendance.lembar.progress import tell, teller
from spbe_attendance.tabular import layout
from spbe_attendance.tabular.book import Page, open_book
from spbe_attendance.tabular.errors import BrokenTable
from spbe_attendance.tabular.titles import normal

KINDS: dict[str, type[Kind]] = {fields.OPD: KindOpd, fields.PEGAWAI: KindPegawai, fields.LOKASI: KindLokasi}
DIPERIKSA = "Diperiksa"
ORANG_BARU, ORANG_SAMA, LEWATI = "Baru", "Sama", "Lewati"


def kind_of(doc: Any, units: Units | None = None) -> Kind:
    """With the reach of whoever runs it."""
    reach = scope.of(doc)
    return KINDS[doc.jenis](reach, units or Units(reach.opds, chosen(doc)))


def chosen(doc: Any) -> dict[str, str]:
    """What texts mean: said here, or by the same user in an import before; what others say decides nothing here."""
    own = {"opd": ["is", "set"], "owner": frappe.session.user}
    before = frappe.get_all("Impor Data Padanan", own, ["tertulis", "opd"], order_by="creation", as_list=True)
    return {**dict(before), **{row.tertulis: row.opd for row in doc.padanan if row.opd}}


def check(doc: Any) -> int:
    """Answers how many rows there are. Raises ImporDitolak for a sheet that cannot be read."""
    scope.require(doc)
    tell(doc, 3, _("Reading the file"))
    try:
        content = files.content(doc)[0]
        page = open_book(content).page(doc.lembar)
        where = layout.at_row(page.rows, doc.baris_judul or 0, fields.of(doc.jenis))
        body = layout.body(page.rows, where)
        if not body.lines:
            raise BrokenTable("no_rows")
    except BrokenTable as error:
        mapping.refuse(error)
        raise
    doc.sidik_berkas = hashlib.sha256(content).hexdigest()
    kind = kind_of(doc)
    records, notes = read_rows(doc, kind, page, body)
    tell(doc, 45, _("Comparing with what is registered"))
    kind.match(records)
    if doc.jenis == fields.OPD:
        records.sort(key=lambda record: (record.facts.get("depth", 0), record.row))
    tell(doc, 65, _("Keeping what was found"))
    keep(doc, kind, records, [*notes, *skipped(body)], where.titles)
    doc.save()
    return len(records)


def read_rows(doc: Any, kind: Kind, page: Page, body: layout.Body) -> tuple[list[Record], list[Problem]]:
    columns = mapping.columns(doc)
    notes = []
    for field in fields.RESTRICTED if doc.jenis == fields.PEGAWAI and not kind.scope.restricted else ():
        if field in columns:
            notes.append(Problem(0, columns.pop(field), field, "restricted", severity=PERINGATAN))
    step = teller(doc, 10, 45, _("{0} of {1} rows checked"))
    records = []
    for done, line in enumerate(body.lines, start=1):
        records.append(kind.record(Row(line, columns, page.formulas)))
        step(done, len(body.lines))
    return records, notes


def skipped(body: layout.Body) -> list[Problem]:
    """Rows that are no records, told so that none is missed."""
    return [
        Problem(row, None, "", kind, severity=PERINGATAN, group=True)
        for kind, rows in body.skipped.items()
        for row in rows
    ]


def keep(
    doc: Any, kind: Kind, records: Sequence[Record], notes: Sequence[Problem], titles: Sequence[str]
) -> None:
    """Rows, problems and sums with the import; what people decided before holds on."""
    decided = apply_decisions(doc, kind, records)
    if not doc.perbarui:
        for record in records:
            if record.action == BERUBAH:
                record.action, record.before = DILEWATI, {}
    store.clear(doc.name)
    store.put_rows(doc.name, records, decided)
    problems = [problem for record in records for problem in record.problems]
    store.put_problems(doc.name, [*notes, *problems], titles)
    note_unknown(doc, kind.units)
    doc.status = DIPERIKSA
    summarise(doc, sum(problem.severity == PERINGATAN for problem in problems))


def apply_decisions(doc: Any, kind: Kind, records: Sequence[Record]) -> dict[int, str]:
    before = store.decisions(doc.name)
    found = {}
    for record in records:
        decision, candidate = before.get((record.row, digest(record.values)), ("", ""))
        if record.action == PUTUSAN and decision and candidate == record.candidate:
            settle(kind, record, decision)
            found[record.row] = decision
    return found


def settle(kind: Kind, record: Record, decision: str) -> None:
    """A doubtful row as people decided."""
    if decision == ORANG_BARU:
        record.action = BARU
    elif decision == LEWATI:
        record.action = DILEWATI
    else:
        stored = frappe.db.get_value(kind.doctype, record.candidate, ["name", *kind.compared], as_dict=True)
        kind.settle(record, stored)


def summarise(doc: Any, warnings: int | None = None) -> None:
    """The sums of the rows as they stand, in fields and in a sentence."""
    found = store.counts(doc.name)
    doc.jumlah_baru, doc.jumlah_berubah = found.get(BARU, 0), found.get(BERUBAH, 0)
    doc.jumlah_sama = found.get(SAMA, 0) + found.get(DILEWATI, 0)
    doc.jumlah_ditolak, doc.jumlah_putusan = found.get(DITOLAK, 0), found.get(PUTUSAN, 0)
    doc.jumlah_baris = sum(found.values())
    if warnings is not None:
        doc.jumlah_peringatan = warnings
    doc.ringkasan = _("{0} rows: {1} new, {2} changed, {3} unchanged, {4} refused, {5} to decide on.").format(
        doc.jumlah_baris,
        doc.jumlah_baru,
        doc.jumlah_berubah,
        doc.jumlah_sama,
        doc.jumlah_ditolak,
        doc.jumlah_putusan,
    )


def note_unknown(doc: Any, units: Units) -> None:
    """Names of OPD that nobody knows, for people to say what they mean."""
    said = {normal(row.tertulis): row.opd for row in doc.padanan if row.opd}
    kept = [(row.tertulis, row.jumlah, row.usulan, row.opd) for row in doc.padanan if row.opd]
    doc.set("padanan", [])
    for written, count, proposal, opd in kept:
        doc.append("padanan", {"tertulis": written, "jumlah": count, "usulan": proposal, "opd": opd})
    for written, found in units.unknown.items():
        if normal(written) in said:
            continue
        near = found["near"][0] if found["near"] else None
        row = {"tertulis": written[:140], "jumlah": found["count"] or 1, "usulan": near}
        doc.append("padanan", row)
