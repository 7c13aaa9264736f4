"""A table as Frappe's report view takes it."""

from __future__ import annotations

from typing import Any

from frappe import _

from spbe_attendance.pemantauan.laporan.table import CODE, DECIMAL, IDENTITY, NUMBER, TEXT, Column, Table

_TYPES = {TEXT: "Data", IDENTITY: "Data", CODE: "Data", NUMBER: "Float", DECIMAL: "Float"}
_ALIGN = {CODE: "center", NUMBER: "right", DECIMAL: "right"}
_WIDTHS = {TEXT: 170, IDENTITY: 180, CODE: 60, NUMBER: 70, DECIMAL: 90}


def show(
    table: Table,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str | None, None, list[dict[str, Any]] | None]:
    """Columns, rows of all parts (with the part's name when there are several), message, no chart, summary."""
    several = len(table.parts) > 1
    columns = [_column(column) for column in table.columns if column.screen]
    _part_names(columns)
    if several:
        columns.insert(0, {"fieldname": "bagian", "label": _("Sheet"), "fieldtype": "Data", "width": 120})
    rows = [row | {"bagian": part.title} if several else row for part in table.parts for row in part.rows]
    summary = [{"label": label, "value": value, "datatype": "Data"} for label, value in table.summary]
    return columns, rows, message(table), None, summary or None


def message(table: Table) -> str | None:
    if not table.count:
        return _(
            "Nothing has been computed for this choice. Days appear here after they are closed at night."
        )
    if table.seal:
        return _("CLOSED. SHA-256 of the recap: {0}").format(table.seal)
    return table.draft or None


def _column(column: Column) -> dict[str, Any]:
    # Thirty-one times "Day" before the number would leave room for nothing else.
    day = column.key[:1] == "d" and column.key[1:].isdigit()
    # "Late TL1" says nothing that TL1 does not.
    alone = day or not column.group or column.label.startswith(("TL", "PSW"))
    label = column.label if alone else f"{column.group} {column.label}"
    made = {
        "fieldname": column.key,
        "label": label,
        "fieldtype": _TYPES[column.kind],
        "width": 52 if day else _width(column, label),
        "align": _ALIGN.get(column.kind, "left"),
    }
    if column.kind == NUMBER:
        # Whole days without decimals, halves with one; the view formats what is there.
        made["precision"] = 0
    if column.kind == DECIMAL:
        made["precision"] = 2
    return made


def _width(column: Column, label: str) -> int:
    """Pixels: figures take as much as their heading needs."""
    least = _WIDTHS[column.kind]
    return min(170, max(least, 8 * len(label) + 24)) if column.kind in (NUMBER, DECIMAL) else least


def _part_names(columns: list[dict[str, Any]]) -> None:
    """Paper puts NIP under the name; the screen has a column of its own for it."""
    shown = {column["fieldname"]: column for column in columns}
    if "nip" in shown and "nama" in shown:
        shown["nama"]["label"] = _("Name")
