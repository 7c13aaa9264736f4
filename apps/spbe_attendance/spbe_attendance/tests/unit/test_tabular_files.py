"""Files as offices send them: what is taken, what is refused and why."""

import io
import struct
import zipfile

import pytest
from openpyxl import Workbook

from spbe_attendance.tabular import container, delimited
from spbe_attendance.tabular.book import MAX_ROWS, open_book
from spbe_attendance.tabular.cells import UNCACHED, column_name, ranges, text
from spbe_attendance.tabular.errors import BrokenTable
from spbe_attendance.tabular.safe import neutral


def workbook(*rows, **sheets):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for name, more in sheets.items():
        page = book.create_sheet(name)
        for row in more:
            page.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def archive(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as found:
        for name, content in parts.items():
            found.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def with_part(content, name, part):
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as found:
        found.writestr(name, part)
    return target.getvalue()


def refused(content):
    with pytest.raises(BrokenTable) as error:
        open_book(content).page()
    return error.value.code


def test_what_is_no_sheet_is_refused_by_name():
    assert refused(b"") == "empty"
    assert refused(b"  \n ") == "empty"
    assert refused(container.OLE + b"\0" * 600) == "old_xls"
    assert refused(container.OLE + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert refused(b"<html><table><tr><td>NIP</td></tr></table></html>") == "html"
    assert refused(b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>") == "html"
    assert refused(archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")) == "ods"
    assert refused(archive(hello="text")) == "unreadable"
    assert refused(b"PK\x03\x04 broken") == "unreadable"
    assert refused(bytes(range(256)) * 20) == "not_text"


def test_macros_are_refused_whatever_the_file_is_named():
    plain = workbook(["NIP", "Nama"])
    assert refused(with_part(plain, "xl/vbaProject.bin", b"macro")) == "macros"
    kinds = (
        zipfile.ZipFile(io.BytesIO(plain))
        .read("[Content_Types].xml")
        .replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    )
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(target, "w") as found:
        for name in source.namelist():
            found.writestr(name, kinds if name == "[Content_Types].xml" else source.read(name))
    assert refused(target.getvalue()) == "macros"


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = archive(
        **{"[Content_Types].xml": "spreadsheetml", "xl__sheet.xml": "0" * (container.MAX_UNPACKED + 1)}
    )
    assert len(bomb) < 1_000_000
    assert refused(bomb) == "too_large"


def test_a_part_that_needs_a_password_is_refused():
    content = bytearray(archive(**{"[Content_Types].xml": "spreadsheetml"}))
    at = content.index(b"PK\x01\x02")
    content[at + 8 : at + 10] = struct.pack("<H", 1)
    assert refused(bytes(content)) == "encrypted"


def test_more_rows_than_are_taken_are_refused_and_blank_ones_do_not_count():
    assert refused(b"a;b\n" * (MAX_ROWS + 1)) == "too_large"
    page = open_book(b"a;b\n" + b";\n" * (MAX_ROWS + 100)).page()
    assert page.rows == [["a", "b"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_of_every_encoding_and_separator_is_read(encoding, separator):
    source = f"NIP{separator}Nama\r\n1985{separator}Béa “Rekaan”\r\n"
    assert open_book(source.encode(encoding)).page().rows == [["NIP", "Nama"], ["1985", "Béa “Rekaan”"]]


def test_a_decimal_comma_is_no_separator():
    source = "Nama Lokasi;Lat;Long\nKantor A;1,0087;102,7131\nKantor B;1,0090;102,7140\n"
    assert open_book(source.encode()).page().rows[1] == ["Kantor A", "1,0087", "102,7131"]


def test_quoted_cells_keep_separators_and_line_ends():
    rows = open_book(b'Nama,Alamat\n"Rekaan, Budi","Jl. Satu\nNo 2"\n').page().rows
    assert rows[1] == ["Rekaan, Budi", "Jl. Satu\nNo 2"]
    assert text(rows[1][1]) == "Jl. Satu No 2"


def test_a_line_that_names_the_separator_is_obeyed_and_counted():
    assert delimited.rows(b"sep=|\na;1|b;2\n", 10) == [[], ["a;1", "b;2"]]


def test_sheets_are_named_and_hidden_ones_are_not():
    book = Workbook()
    book.active.title = "Data"
    book.create_sheet("Rahasia").sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    assert open_book(target.getvalue()).sheets == ("Data",)


def test_a_formula_gives_its_last_value_and_is_told():
    book = Workbook()
    book.active.append(["a", "=1+1", 3])
    target = io.BytesIO()
    book.save(target)
    page = open_book(target.getvalue()).page()
    # Written by a program that calculates nothing: there is no value.
    assert page.rows == [["a", UNCACHED, 3]]
    assert page.formulas == {(0, 1)}
    with zipfile.ZipFile(io.BytesIO(target.getvalue())) as source:
        sheet = (
            source.read("xl/worksheets/sheet1.xml")
            .replace(b"<v />", b"<v>2</v>")
            .replace(b"<v/>", b"<v>2</v>")
            .replace(b"<v></v>", b"<v>2</v>")
        )
        calculated = archive(
            **{
                name.replace("/", "__"): sheet if "sheet1" in name else source.read(name)
                for name in source.namelist()
            }
        )
    page = open_book(calculated).page()
    assert (page.rows, page.formulas) == ([["a", 2, 3]], {(0, 1)})


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "\n=1", "  =1"])
def test_text_that_a_spreadsheet_program_would_carry_out_is_quoted(start):
    assert neutral(start) == f"'{start}"


@pytest.mark.parametrize("harmless", ["Budi", "", "19960818", "a=b", 5, -5, None])
def test_other_cells_stay_as_they_are(harmless):
    assert neutral(harmless) == harmless


def test_places_are_named_as_people_see_them():
    assert [column_name(index) for index in (0, 25, 26, 51, 701, 702)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]
    assert ranges([5, 2, 3, 4, 9, 9]) == "2–5, 9"
    assert ranges(list(range(1, 60, 2)), most=3) == "1, 3, 5 …"
