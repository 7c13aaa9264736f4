"""Rows into a ZIP, one after the other: data as CSV or JSON, metadata and JSON Schema beside them. Pure but for the file given."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from types import TracebackType
from typing import IO, Any

from spbe_attendance.integrations.simpegnas import spec
from spbe_attendance.tabular.safe import neutral

CSV, JSON = "CSV", "JSON"


class Hashed(io.RawIOBase):
    """Passes bytes on and remembers their SHA-256."""

    def __init__(self, target: IO[bytes]):
        self.target, self.digest = target, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.digest.update(data)
        return self.target.write(data)


class Package:
    """A ZIP being written. ``head``: what the whole file says (versi, jenis, bulan, keadaan, dibuatPada, …)."""

    def __init__(self, target: IO[bytes], form: str, kind: str, head: dict[str, Any]):
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self.form, self.kind, self.head, self.rows = form, kind, head, 0
        self.names = [field.name for field in spec.fields(kind)]
        self.data_name = f"presensi-{kind.lower()}-{head['bulan']}.{form.lower()}"

    def __enter__(self) -> Package:
        self.entry = self.zip.open(self.data_name, "w", force_zip64=True)
        self.hashed = Hashed(self.entry)
        self.text = io.TextIOWrapper(
            io.BufferedWriter(self.hashed, 1 << 16), encoding="utf-8", newline="", write_through=False
        )
        if self.form == CSV:
            self.csv = csv.writer(self.text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
            self.csv.writerow(["versi", *self.names])
        else:
            self.text.write(json.dumps(self.head, ensure_ascii=False)[:-1] + ', "data": [')
        return self

    def write(self, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            if self.form == CSV:
                self.csv.writerow([self.head["versi"], *(neutral(value) for value in row)])
            else:
                item = json.dumps(dict(zip(self.names, row, strict=True)), ensure_ascii=False)
                self.text.write(("," if self.rows else "") + "\n" + item)
            self.rows += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.form == JSON:
            self.text.write("\n]}\n")
        self.text.flush()
        self.entry.close()
        self.sha256 = self.hashed.digest.hexdigest()
        about = {**self.head, "berkas": self.data_name, "jumlahBaris": self.rows, "sha256": self.sha256}
        self.zip.writestr("metadata.json", json.dumps(about, ensure_ascii=False, indent=1))
        self.zip.writestr(spec.SCHEMA.name, spec.SCHEMA.read_bytes())
        self.zip.close()
