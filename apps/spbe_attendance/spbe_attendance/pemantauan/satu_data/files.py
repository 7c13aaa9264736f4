"""Published rows as CSV, JSON and XLSX."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill

from spbe_attendance.pemantauan.satu_data import spec
from spbe_attendance.pemantauan.satu_data.rows import Row
from spbe_attendance.tabular.safe import neutral

GREY = PatternFill("solid", start_color="D9D9D9")
WIDTH = 22


def write(head: Mapping[str, Any], rows: Sequence[Row], form: str, moment: datetime) -> bytes:
    """``head``: dataset, periode, versi, versi_format, sidik, metadata."""
    columns = spec.COLUMNS[head["dataset"]]
    if form == "CSV":
        return _csv(columns, rows)
    if form == "JSON":
        return _json(head, rows)
    return _xlsx(head, columns, rows, moment)


def plain(column: spec.Column, row: Row) -> Any:
    """A value as it stands in a sheet: what is withheld is marked, never empty, and nothing begins a formula."""
    value = row[column.name]
    if value is None:
        return spec.WITHHELD
    return neutral(value)


def _csv(columns: Sequence[spec.Column], rows: Sequence[Row]) -> bytes:
    """UTF-8 without a mark, comma, CRLF as in RFC 4180."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([plain(column, row) for column in columns] for row in rows)
    return target.getvalue().encode()


def _json(head: Mapping[str, Any], rows: Sequence[Row]) -> bytes:
    return json.dumps({**head, "data": list(rows)}, ensure_ascii=False, indent=1).encode()


def _xlsx(
    head: Mapping[str, Any], columns: Sequence[spec.Column], rows: Sequence[Row], moment: datetime
) -> bytes:
    book = Workbook(write_only=True)
    book.properties.creator = str(head["metadata"].get("walidata") or "")
    book.properties.created = book.properties.modified = moment
    sheet = book.create_sheet("Data")
    sheet.freeze_panes = "A2"
    for place, _column in enumerate(columns, 1):
        sheet.column_dimensions[chr(64 + place)].width = WIDTH
    sheet.append([_cell(sheet, column.name, bold=True) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, plain(column, row)) for column in columns])
    about = book.create_sheet("Metadata")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 46, 100
    for name, value in flat(head):
        about.append([_cell(about, name, bold=True), _cell(about, neutral(value))])
    described = book.create_sheet("Kolom")
    for column in columns:
        described.append([column.name, column.title, column.description, column.type])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # Text, whatever it begins with.
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    if value == spec.WITHHELD:
        cell.fill = GREY
    return cell


def flat(value: Any, name: str = "") -> list[tuple[str, Any]]:
    """Nested metadata as (path, value), for a sheet of two columns."""
    if isinstance(value, Mapping):
        return [pair for key, item in value.items() for pair in flat(item, f"{name}.{key}" if name else key)]
    if isinstance(value, list):
        return [pair for number, item in enumerate(value, 1) for pair in flat(item, f"{name}.{number}")]
    return [(name, "" if value is None else value)]
