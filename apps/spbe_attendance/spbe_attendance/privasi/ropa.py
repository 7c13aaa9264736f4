"""The tables of docs/privasi/ropa.md out of the register: ``python -m spbe_attendance.privasi.ropa`` writes them anew."""

from __future__ import annotations

import sys
from pathlib import Path

from spbe_attendance.privasi import register

BEGIN, END = "<!-- mulai: dari personal_data.json -->", "<!-- selesai -->"


def tables() -> str:
    """Everything between the marks, as Markdown."""
    parts = [_kinds(), _documents(), _framework(), _without()]
    return "\n\n".join(parts)


def renewed(document: str) -> str:
    """The document with its tables made anew. Raises ValueError where the marks are missing."""
    before, rest = document.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n{tables()}\n{END}{after}"


def _table(title: str, head: list[str], rows: list[list[str]]) -> str:
    lines = [f"## {title}", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])


def _kinds() -> str:
    rows = [[kind, str(words)] for kind, words in register.raw()["jenis"].items()]
    return _table("Jenis data", ["jenis", "isinya"], rows)


def _documents() -> str:
    rows = []
    for entry in register.entries().values():
        fields = "; ".join(
            f"**{kind}**: {', '.join(names)}"
            for kind, names in entry.fields.items()
            if kind != register.OTHER
        )
        mine = "ya" if entry.owner else f"tidak: {entry.withheld}"
        rows.append([entry.doctype, entry.purpose, entry.basis, fields, entry.kept, mine])
    head = ["DocType", "tujuan", "dasar", "data pribadi", "masa simpan", "dalam ekspor data sendiri"]
    return _table("Pemrosesan per DocType", head, rows)


def _framework() -> str:
    rows = [
        [name, str(row["isi"]), str(row["simpan"]), str(row["nik"])]
        for name, row in register.raw()["kerangka_kerja"].items()
    ]
    return _table("Catatan kerangka kerja Frappe", ["DocType", "isi", "masa simpan", "NIK"], rows)


def _without() -> str:
    rows = [[name, str(why)] for name, why in register.raw()["tanpa_data_pribadi"].items()]
    return _table("Tanpa data pribadi", ["DocType", "karena"], rows)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(renewed(target.read_text(encoding="utf-8")), encoding="utf-8")
