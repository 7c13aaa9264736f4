"""A person's own data as ZIP files: tables as JSON, HTML and CSV in the first one, photos in as many as the size allows."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any

from frappe import _

from spbe_attendance.privasi.own_data import OwnFile, Table

# On 400 kbit/s three minutes; below what the framework takes as a file.
LARGEST = 8_000_000
LONG = 300
FORMULA = ("=", "+", "-", "@", "\t", "\r")
PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:16px/1.5 system-ui,sans-serif;margin:1rem;max-width:70rem}}
table{{border-collapse:collapse;display:block;overflow-x:auto}}td,th{{border:1px solid #999;padding:.25rem .5rem;text-align:left;
vertical-align:top}}h2{{margin-top:2rem}}</style><h1>{title}</h1><p>{intro}</p>{body}</html>"""


def parts(
    tables: Sequence[Table], files: Iterable[OwnFile], content: Callable[[OwnFile], bytes], intro: str
) -> Iterator[bytes]:
    """One ZIP after the other. ``content``: bytes of a file, empty when it is gone."""
    parcel = _Parcel()
    parcel.add("data.json", _json(tables))
    parcel.add("baca-saya.html", _page(tables, intro))
    for table in tables:
        if table.rows:
            parcel.add(f"tabel/{table.doctype.lower().replace(' ', '-')}.csv", _csv(table))
    for file in files:
        data = content(file)
        if not data:
            continue
        if parcel.size and parcel.size + len(data) > LARGEST:
            yield parcel.closed()
            parcel = _Parcel()
        parcel.add(file.name, data)
    yield parcel.closed()


class _Parcel:
    """A ZIP in memory."""

    def __init__(self) -> None:
        self._target = io.BytesIO()
        self._zip = zipfile.ZipFile(self._target, "w", zipfile.ZIP_DEFLATED)

    @property
    def size(self) -> int:
        return self._target.tell()

    def add(self, name: str, data: bytes) -> None:
        self._zip.writestr(name, data)

    def closed(self) -> bytes:
        self._zip.close()
        return self._target.getvalue()


def _json(tables: Sequence[Table]) -> bytes:
    told = {table.doctype: {"tujuan": table.purpose, "baris": table.rows} for table in tables}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _csv(table: Table) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([label for _field, label in table.columns])
    for row in table.rows:
        writer.writerow([_cell(row[field]) for field, _label in table.columns])
    # Spreadsheets take a file without the mark for another encoding.
    return target.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    """Text, never a formula; long digits stay text by the sheet's own rules, data.json has them whole."""
    said = "" if value is None else str(value)
    return f"'{said}" if said.startswith(FORMULA) and not _is_number(said) else said


def _is_number(said: str) -> bool:
    try:
        float(said)
    except ValueError:
        return False
    return True


def _page(tables: Sequence[Table], intro: str) -> bytes:
    body = "".join(_section(table) for table in tables)
    return PAGE.format(title=escape(_("My personal data")), intro=escape(intro), body=body).encode()


def _section(table: Table) -> str:
    head = f"<h2>{escape(table.title)} ({len(table.rows)})</h2><p>{escape(table.purpose)}</p>"
    if not table.rows:
        return head
    filled = [pair for pair in table.columns if any(row[pair[0]] not in (None, "", 0) for row in table.rows)]
    top = "".join(f"<th>{escape(label)}</th>" for _field, label in filled)
    lines = "".join(
        f"<tr>{''.join(f'<td>{escape(_short(row[field]))}</td>' for field, _label in filled)}</tr>"
        for row in table.rows
    )
    return f"{head}<table><tr>{top}</tr>{lines}</table>"


def _short(value: Any) -> str:
    said = "" if value is None else str(value)
    return said if len(said) <= LONG else f"{said[:LONG]}…"
