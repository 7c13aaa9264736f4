"""What is personal data in this app: one list (setup/data/personal_data.json) for removal, export, masking, docs and tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "setup" / "data" / "personal_data.json"
NIK, OTHER = "nik", "lain"
# What a person does not get of the own rows: hashes and keys of no meaning to anybody, and who of the office did what.
NOT_HANDED_OUT = frozenset({"petugas", OTHER})


@dataclass(frozen=True, slots=True)
class Entry:
    """A DocType with personal data. ``owner``: the field that says whose row it is, None where it is nobody's alone;
    ``withheld``: why people do not get it as a file; ``fields``: kind -> field names."""

    doctype: str
    purpose: str
    basis: str
    kept: str
    owner: str | None
    withheld: str | None
    fields: Mapping[str, tuple[str, ...]]

    def handed_out(self) -> list[str]:
        """Fields that a person gets of the own rows."""
        return [name for kind, names in self.fields.items() if kind not in NOT_HANDED_OUT for name in names]

    def of_kind(self, kind: str) -> tuple[str, ...]:
        return self.fields.get(kind, ())


@cache
def raw() -> dict[str, dict[str, object]]:
    return json.loads(DATA.read_text(encoding="utf-8"))


@cache
def entries() -> dict[str, Entry]:
    """By DocType."""
    return {
        name: Entry(
            name,
            row["tujuan"],
            row["dasar"],
            row["simpan"],
            row.get("orang"),
            row.get("tidak_diekspor"),
            {kind: tuple(fields) for kind, fields in row["bidang"].items()},
        )
        for name, row in raw()["dokumen"].items()
    }


def exported() -> list[Entry]:
    """What is handed out to the person it is about."""
    return [entry for entry in entries().values() if entry.owner]
