"""A table as a workbook: F4 landscape, a sheet per part, numbers as text where Excel would spoil them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frappe import _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from spbe_attendance.pemantauan.cetak.sheet import Sheet, headings
from spbe_attendance.pemantauan.laporan.table import CODE, DECIMAL, IDENTITY, NUMBER, TEXT, Column, Part

# Folio, 8½ × 13 inches: what F4 of 215 × 330 mm is called in the file format.
F4 = 14
ROWS_A_STEP = 200
FACE = "Arial"
_LINE = Side(style="thin", color="808080")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
SHADE = PatternFill("solid", fgColor="E4EDF5")
RED = PatternFill("solid", fgColor="F8D7D3")
AMBER = PatternFill("solid", fgColor="FDECCB")
GREY = PatternFill("solid", fgColor="EDEDED")
GREEN = PatternFill("solid", fgColor="DCEFE0")
WIDTHS = {NUMBER: 5.5, DECIMAL: 7.5, CODE: 5, IDENTITY: 20}
_SMALL = {
    "no": 4.2,
    "nama": 25,
    "golongan": 5.5,
    "jabatan": 19,
    "nip": 19.5,
    "persen_hadir": 7,
    "persen_potongan": 7,
    "ket": 13,
}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Look:
    font: Font
    align: Alignment
    fill: PatternFill | None = None
    number_format: str = "General"
    box: bool = True


PLAIN, BOLD, TITLE = (
    Font(name=FACE, size=9),
    Font(name=FACE, size=9, bold=True),
    Font(name=FACE, size=13, bold=True),
)
WARNING = Font(name=FACE, size=10, bold=True, color="B3261E")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")
FREE = Alignment(horizontal="left", vertical="center")
MIDDLE = Alignment(horizontal="center", vertical="center")


def write(sheet: Sheet, progress: Progress | None = None) -> bytes:
    """The workbook's bytes. ``progress`` is told (rows written, all)."""
    book = Workbook(write_only=True)
    parts = sheet.table.parts or [Part(_("Empty"), [])]
    used: set[str] = set()
    done = 0
    for part in parts:
        page = _Page(book, sheet, part, _tab(part.title, used))
        for number, row in enumerate(part.rows, 1):
            page.row(row)
            if progress and number % ROWS_A_STEP == 0:
                progress(done + number, sheet.table.count)
        done += len(part.rows)
        page.finish()
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _tab(title: str, used: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/\\, each once."""
    name = re.sub(r"[\[\]:*?/\\]", " ", title)[:28].strip() or "1"
    while name in used:
        name += "'"
    used.add(name)
    return name


class _Page:
    """One worksheet, from the top to the bottom: what is written cannot be changed any more."""

    def __init__(self, book: Workbook, sheet: Sheet, part: Part, tab: str) -> None:
        self.sheet, self.part, self.columns = sheet, part, sheet.columns
        self.page = book.create_sheet(tab)
        self.line = 0
        self.merged: list[str] = []
        self.looks = [_look(column) for column in self.columns]
        self._set_up()
        self._top()
        self._heads()

    def row(self, row: dict[str, Any]) -> None:
        cells = []
        for column, look in zip(self.columns, self.looks, strict=True):
            value = row.get(column.key)
            if column.kind == NUMBER and value == 0:
                value = None
            cells.append(self._cell(value, look, _fill(column, value)))
        self.page.row_dimensions[self.line + 1].height = _height(self.columns, row, self.sheet.table.small)
        self._append(cells)

    def finish(self) -> None:
        last = self.line
        if self.part.total:
            self.row(self.part.total)
        if not self.part.rows:
            self._text(_("No rows."), PLAIN)
        table = self.sheet.table
        self._append([])
        if table.legend:
            said = "; ".join(f"{code} = {meaning}" for code, meaning in table.legend)
            self._text(_("Legend: {0}").format(said), PLAIN)
        for note in table.notes:
            self._text(note, PLAIN)
        if self.sheet.state:
            self._text(self.sheet.state, WARNING if table.draft else PLAIN)
        if table.root:
            self._text(table.root, PLAIN)
        self._text(self.sheet.stamp, PLAIN)
        self._signatures()
        self.page.print_area = f"A1:{get_column_letter(len(self.columns))}{self.line}"
        for place in self.merged:
            # A write-only sheet has no merge of its own; its list of merged places is written at the end.
            self.page.merged_cells.add(place)
        if self.part.rows:
            self.page.auto_filter.ref = f"A{self.head + 1}:{get_column_letter(len(self.columns))}{last}"

    def _set_up(self) -> None:
        page = self.page
        page.page_setup.orientation = "portrait" if self.sheet.table.portrait else "landscape"
        page.page_setup.paperSize = F4
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_margins.left = page.page_margins.right = 0.3
        page.page_margins.top = page.page_margins.bottom = 0.45
        page.oddFooter.left.text, page.oddFooter.right.text = (
            self.sheet.stamp,
            _("Page {0} of {1}").format("&P", "&N"),
        )
        page.oddFooter.left.size = page.oddFooter.right.size = 7
        self.room = 0.0
        for number, column in enumerate(self.columns, 1):
            width = _width(column, self.sheet.table.small)
            page.column_dimensions[get_column_letter(number)].width = width
            self.room += width
        facts = len(self.sheet.table.facts)
        # Letterhead 3 lines, blank, title, period, facts, blank: then the heads.
        self.head = 8 + facts + bool(self.sheet.state)
        page.freeze_panes = f"{self._frozen()}{self.head + 2}"
        if self.sheet.table.small:
            # The whole month is seen at once on an office screen.
            page.sheet_view.zoomScale = 75
        page.print_title_rows = f"{self.head}:{self.head + 1}"

    def _frozen(self) -> str:
        """The first column that moves: number, name and NIP stay."""
        keys = [column.key for column in self.columns]
        fixed = keys.index("nip") + 1 if "nip" in keys else keys.index("nama") + 1 if "nama" in keys else 1
        return get_column_letter(fixed + 1)

    def _top(self) -> None:
        head, table = self.sheet.head, self.sheet.table
        self._line(head.government, BOLD)
        self._line(head.office, TITLE)
        self._line(head.address, PLAIN)
        self._append([])
        title = f"{table.title} – {self.part.title}" if len(table.parts) > 1 else table.title
        self._line(title.upper(), TITLE)
        self._line(table.period, BOLD)
        if self.sheet.state:
            self._line(self.sheet.state, WARNING if table.draft else PLAIN)
        for label, text in table.facts:
            self._text(f"{label}: {text}", PLAIN)
        self._append([])

    def _heads(self) -> None:
        look = Look(BOLD, CENTRE, SHADE)
        first, second = [], []
        number = 1
        for group, columns in headings(self.columns):
            start, end = get_column_letter(number), get_column_letter(number + len(columns) - 1)
            if group:
                first += [self._cell(group if index == 0 else None, look) for index in range(len(columns))]
                second += [self._cell(column.label, look) for column in columns]
                if len(columns) > 1:
                    self.merged.append(f"{start}{self.head}:{end}{self.head}")
            else:
                first.append(self._cell(columns[0].label, look))
                second.append(self._cell(None, look))
                self.merged.append(f"{start}{self.head}:{start}{self.head + 1}")
            number += len(columns)
        self._append(first)
        self._append(second)

    def _signatures(self) -> None:
        self._append([])
        count = len(self.columns)
        right = max(2, count - max(3, count // 4))
        left, other = self.sheet.left, self.sheet.right
        lines = [
            ("", self.sheet.place, PLAIN),
            *((*pair, PLAIN) for pair in zip(left.lines, other.lines, strict=True)),
            *[("", "", PLAIN)] * 3,
            (left.name, other.name, Font(name=FACE, size=9, bold=True, underline="single")),
        ]
        below = max(len(left.below), len(other.below))
        for index in range(below):
            lines.append((_at(left.below, index), _at(other.below, index), PLAIN))
        for start, end, font in lines:
            cells: list[Any] = [None] * right
            cells[1] = self._cell(start, Look(font, FREE, box=False))
            cells.append(self._cell(end, Look(font, FREE, box=False)))
            self._append(cells)

    def _line(self, text: str, font: Font) -> None:
        """A centred line over the whole width."""
        self._append([self._cell(text, Look(font, MIDDLE, box=False))])
        self.merged.append(f"A{self.line}:{get_column_letter(len(self.columns))}{self.line}")

    def _text(self, text: str, font: Font) -> None:
        wrapped = Alignment(horizontal="left", vertical="top", wrap_text=True)
        # Merged cells do not grow with their text.
        self.page.row_dimensions[self.line + 1].height = 13 * (1 + len(text) // int(self.room))
        self._append([self._cell(text, Look(font, wrapped, box=False))])
        self.merged.append(f"A{self.line}:{get_column_letter(len(self.columns))}{self.line}")

    def _append(self, cells: list[Any]) -> None:
        self.page.append(cells)
        self.line += 1

    def _cell(self, value: Any, look: Look, fill: PatternFill | None = None) -> WriteOnlyCell:
        cell = WriteOnlyCell(self.page)
        if isinstance(value, str):
            # Data, whatever it begins with: a name that starts with "=" is no formula.
            cell.data_type, cell._value = "s", value
        elif value is not None:
            cell.value = value
        cell.font, cell.alignment, cell.number_format = look.font, look.align, look.number_format
        if look.box:
            cell.border = BOX
        chosen = fill or look.fill
        if chosen is not None:
            cell.fill = chosen
        return cell


def _at(lines: tuple[str, ...], index: int) -> str:
    return lines[index] if index < len(lines) else ""


def _look(column: Column) -> Look:
    font = BOLD if column.bold else PLAIN
    if column.kind == DECIMAL:
        return Look(font, RIGHT, number_format="0.00")
    if column.kind == IDENTITY:
        # Eighteen digits as a number would lose the last three.
        return Look(font, FREE, number_format="@")
    return Look(font, CENTRE if column.kind in (CODE, NUMBER) else LEFT)


def _fill(column: Column, value: Any) -> PatternFill | None:
    """Days are coloured as on the screen, so that a month is read at a glance."""
    if column.kind != CODE or not isinstance(value, str) or not re.fullmatch(r"d\d+", column.key):
        return None
    if value == "TK":
        return RED
    if value.startswith(("TL", "PSW")):
        return AMBER
    if value in ("L", "CBer"):
        return GREY
    return None if value in ("H", "") else GREEN


def _width(column: Column, small: bool) -> float:
    """In characters. ``small``: seventy columns on one sheet, so that each takes what its codes need and no more."""
    if column.key in _SMALL and small:
        return _SMALL[column.key]
    if column.key == "nama":
        return 30
    if small and column.kind in (NUMBER, CODE):
        return 4.6 if column.kind == CODE or column.key.startswith("psw") else 3.9
    if column.kind in WIDTHS:
        return WIDTHS[column.kind] + (1.5 if len(column.label) > 6 else 0)
    return max(8, min(column.width * 1.7, 60))


def _height(columns: list[Column], row: dict[str, Any], small: bool) -> float:
    """Points: a row holds as many lines as its fullest cell; programs that only show the file do not work it out themselves."""
    lines = 1
    for column in columns:
        value = row.get(column.key)
        if isinstance(value, str) and value and column.kind in (TEXT, CODE):
            # Widths are in digits; most letters are narrower.
            room = max(1, int(_width(column, small) * 1.2))
            lines = max(lines, -(-len(value) // room))
    return 12.5 * lines + 1.5
