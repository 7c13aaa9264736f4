"""The only writer of what a check found: rows (Impor Data Baris) and problems (Impor Data Masalah) of an import."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import frappe
from frappe.utils import now

from spbe_attendance.kepegawaian.impor.kind import digest, plain
from spbe_attendance.kepegawaian.impor.masking import hide
from spbe_attendance.kepegawaian.impor.records import Problem, Record
from spbe_attendance.kepegawaian.impor.texts import sentences
from spbe_attendance.tabular.cells import column_name, ranges

ROW, PROBLEM = "Impor Data Baris", "Impor Data Masalah"
BELUM, SELESAI, GAGAL, DIBATALKAN, DIPERTAHANKAN = "Belum", "Selesai", "Gagal", "Dibatalkan", "Dipertahankan"
ROW_FIELDS = (
    "name", "creation", "modified", "owner", "modified_by", "impor", "urutan", "baris", "tindakan", "keadaan", "rujukan", "calon",
    "ringkas", "nilai", "sebelum", "sidik", "putusan", "keterangan",
)  # fmt: skip
PROBLEM_FIELDS = (
    "name", "creation", "modified", "owner", "modified_by", "impor", "urutan", "baris", "kolom", "isi", "keparahan", "masalah", "saran",
    "jumlah", "daftar_baris", "kode",
)  # fmt: skip
# More is read by nobody, and corrected by one cure anyway.
MOST_PROBLEMS = 50_000
CHUNK = 2000


def clear(impor: str) -> None:
    for doctype in (ROW, PROBLEM):
        frappe.db.delete(doctype, {"impor": impor})


def decisions(impor: str) -> dict[tuple[int, str], tuple[str, str]]:
    """What people decided on rows: (row, digest of its values) to (decision, candidate). They outlive another check of the same values."""
    rows = frappe.get_all(
        ROW, {"impor": impor, "putusan": ["is", "set"]}, ["baris", "sidik", "putusan", "calon"]
    )
    return {(row.baris, row.sidik): (row.putusan, row.calon or "") for row in rows}


def put_rows(impor: str, records: Sequence[Record], decided: Mapping[int, str]) -> None:
    """``decided``: decisions by row."""
    stamp, user = now(), frappe.session.user
    rows = []
    for order, record in enumerate(records, start=1):
        values = {key: plain(value) for key, value in record.values.items()}
        rows.append(
            (
                frappe.generate_hash(length=14),
                stamp,
                stamp,
                user,
                user,
                impor,
                order,
                record.row,
                record.action,
                BELUM,
                record.target,
                record.candidate,
                hide(record.label)[:140],
                json.dumps(values, ensure_ascii=False),
                json.dumps(record.before, ensure_ascii=False),
                digest(record.values),
                decided.get(record.row, ""),
                "",
            )
        )
    frappe.db.bulk_insert(ROW, list(ROW_FIELDS), rows, chunk_size=CHUNK)


def put_problems(impor: str, problems: Iterable[Problem], titles: Sequence[str], start: int = 0) -> int:
    """Those of one column that have one cure become one, with their rows; answers how many there are."""
    stamp, user = now(), frappe.session.user
    rows = []
    for order, (problem, places) in enumerate(gather(problems), start=start + 1):
        if order > MOST_PROBLEMS:
            break
        masalah, saran = sentences(problem.code, problem.args)
        rows.append(
            (
                frappe.generate_hash(length=14),
                stamp,
                stamp,
                user,
                user,
                impor,
                order,
                problem.row,
                column_label(problem.column, titles),
                problem.shown,
                problem.severity,
                hide(masalah),
                hide(saran),
                len(places),
                ranges(places) if len(places) > 1 else "",
                problem.code,
            )
        )
    frappe.db.bulk_insert(PROBLEM, list(PROBLEM_FIELDS), rows, chunk_size=CHUNK)
    return len(rows)


def gather(problems: Iterable[Problem]) -> list[tuple[Problem, list[int]]]:
    single: list[tuple[Problem, list[int]]] = []
    groups: dict[tuple[Any, ...], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.group:
            groups[(problem.column, problem.code, problem.args)].append(problem)
        else:
            single.append((problem, [problem.row]))
    grouped = [(many[0], [problem.row for problem in many]) for many in groups.values()]
    return sorted(grouped + single, key=lambda found: (found[0].row, found[0].column or 0))


def column_label(column: int | None, titles: Sequence[str]) -> str:
    if column is None:
        return ""
    title = titles[column] if column < len(titles) else ""
    return f"{column_name(column)} · {title}"[:140] if title else column_name(column)


def counts(impor: str) -> dict[str, int]:
    """Rows by action."""
    table = frappe.qb.DocType(ROW)
    query = frappe.qb.from_(table).select(table.tindakan, frappe.query_builder.functions.Count("*"))
    return dict(query.where(table.impor == impor).groupby(table.tindakan).run())


def by_state(impor: str, actions: Sequence[str]) -> dict[str, int]:
    """Rows of these actions by state."""
    table = frappe.qb.DocType(ROW)
    query = frappe.qb.from_(table).select(table.keadaan, frappe.query_builder.functions.Count("*"))
    return dict(
        query.where((table.impor == impor) & table.tindakan.isin(actions)).groupby(table.keadaan).run()
    )


def waiting(
    impor: str, actions: Sequence[str], states: Sequence[str], most: int, *, last_first: bool = False
) -> list[Any]:
    """The next rows of these actions and states, in their order."""
    rows = frappe.get_all(
        ROW,
        {"impor": impor, "tindakan": ["in", actions], "keadaan": ["in", states]},
        ["name", "urutan", "baris", "tindakan", "rujukan", "nilai", "sebelum", "ringkas"],
        order_by="urutan desc" if last_first else "urutan asc",
        limit=most,
    )
    for row in rows:
        row.nilai, row.sebelum = json.loads(row.nilai or "{}"), json.loads(row.sebelum or "{}")
    return rows


def written(impor: str, action: str) -> list[str]:
    """Documents that rows of this action have become."""
    filters = {"impor": impor, "tindakan": action, "keadaan": SELESAI, "rujukan": ["is", "set"]}
    return frappe.get_all(ROW, filters, pluck="rujukan", order_by="urutan")


def mark(names: Sequence[str], keadaan: str, keterangan: str = "") -> None:
    """All of these rows at once."""
    table = frappe.qb.DocType(ROW)
    query = frappe.qb.update(table).set(table.keadaan, keadaan).set(table.keterangan, hide(keterangan)[:140])
    if names:
        query.where(table.name.isin(names)).run()


def change(name: str, **values: Any) -> None:
    """Fields of one row."""
    table = frappe.qb.DocType(ROW)
    query = frappe.qb.update(table)
    for field, value in values.items():
        query = query.set(table[field], value)
    query.where(table.name == name).run()
