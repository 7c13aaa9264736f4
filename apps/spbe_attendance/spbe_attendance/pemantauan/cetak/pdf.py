"""A table as PDF: F4 landscape, table heads repeated, pages counted. By WeasyPrint, which Frappe brings along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from jinja2 import Environment, FileSystemLoader

from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.pemantauan.cetak import words
from spbe_attendance.pemantauan.cetak.sheet import Sheet, headings
from spbe_attendance.pemantauan.laporan.table import Column, Part, Row

# Laying out costs some 50 ms a person; whole regencies are read on the screen or as XLSX.
MOST_ROWS = 1500
MARKS = {"TK": "red", "L": "grey", "CBer": "grey", "H": ""}
Progress = Callable[[int, int], None]


def write(sheet: Sheet, progress: Progress | None = None) -> bytes:
    """The PDF's bytes. Raises LaporanDitolak beyond MOST_ROWS rows."""
    if sheet.table.count > MOST_ROWS:
        frappe.throw(
            _("{0} rows are too many for a PDF: choose one OPD, or take the XLSX.").format(sheet.table.count),
            LaporanDitolak,
        )
    # Imported here: loading it costs a worker a second that no other job needs.
    from weasyprint import HTML

    return bytes(HTML(string=page(sheet, progress), url_fetcher=local_only).write_pdf())


def local_only(url: str) -> dict[str, Any]:
    """Pictures within the page only: no address in somebody's data makes the server fetch anything."""
    if not url.startswith("data:"):
        raise ValueError("only pictures within the page")
    from weasyprint import default_url_fetcher

    return dict(default_url_fetcher(url))


def page(sheet: Sheet, progress: Progress | None = None) -> str:
    """The HTML that is printed; every value escaped."""
    columns = [column for column in sheet.columns if not column.under]
    below = {column.under: column for column in sheet.columns if column.under}
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    environment.filters["css"] = words.css
    total = sum(column.width for column in columns)
    return environment.get_template("sheet.html").render(
        sheet=sheet,
        table=sheet.table,
        columns=columns,
        below=below,
        widths=[round(100 * column.width / total, 3) for column in columns],
        headings=list(headings(columns)),
        parts=[(part, _lines(part, columns, below)) for part in sheet.table.parts],
        words={
            "page": _("Page"),
            "of": _("of"),
            "legend": _("Legend"),
            "empty": _("No rows."),
        },
    )


def _lines(part: Part, columns: list[Column], below: dict[str, Column]) -> list[tuple[bool, list[Any]]]:
    """(is it the sum, [(class, text, second line)])."""
    rows = [(False, row) for row in part.rows] + ([(True, part.total)] if part.total else [])
    return [
        (is_sum, [_cell(column, row, below.get(column.key)) for column in columns]) for is_sum, row in rows
    ]


def _cell(column: Column, row: Row, second: Column | None) -> tuple[str, list[str], str]:
    value = row.get(column.key)
    text = words.cell(column, value)
    lines = text.split(" ") if column.key[:1] == "d" and column.key[1:].isdigit() else [text]
    beneath = words.cell(second, row.get(second.key)) if second else ""
    if beneath == words.NOTHING:
        beneath = ""
    return f"{column.kind} {_mark(column, lines[0])}{' bold' if column.bold else ''}", lines, beneath


def _mark(column: Column, code: str) -> str:
    if not (column.key[:1] == "d" and column.key[1:].isdigit()) or not code:
        return ""
    return MARKS.get(code, "amber" if code.startswith(("TL", "PSW")) else "green")
