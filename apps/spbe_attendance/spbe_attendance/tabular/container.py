"""What a file is, whatever its name says; and why it is not taken."""

from __future__ import annotations

import io
import re
import zipfile

from spbe_attendance.tabular.errors import BrokenTable

MAX_BYTES = 10_000_000
# What opens to more than this is no register but a bomb.
MAX_UNPACKED = 150_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(rb"\s*(<\?xml|<!doctype|<html|<head|<table|<meta|<style|<!--|<div)", re.IGNORECASE)
XLSX, CSV = "xlsx", "csv"


def sniff(content: bytes, most: int = MAX_BYTES) -> str:
    """``xlsx`` or ``csv``. Raises BrokenTable."""
    if not content.strip():
        raise BrokenTable("empty")
    if len(content) > most:
        raise BrokenTable("too_large")
    if content.startswith(OLE):
        # A locked workbook is wrapped into the container of the old format.
        raise BrokenTable("encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "old_xls")
    if content.startswith(b"PK"):
        check_archive(content)
        return XLSX
    if MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:200]):
        raise BrokenTable("html")
    return CSV


def check_archive(content: bytes) -> None:
    """Raises BrokenTable for whatever is no plain workbook, before anything of it is unpacked but the list of contents."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise BrokenTable("too_large")
            if any(entry.flag_bits & 1 for entry in entries):
                raise BrokenTable("encrypted")
            if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
                raise BrokenTable("ods")
            if "[Content_Types].xml" not in names:
                raise BrokenTable("unreadable")
            kinds = archive.read("[Content_Types].xml")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, BrokenTable):
            raise
        raise BrokenTable("unreadable") from error
    if b"macroEnabled" in kinds or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BrokenTable("macros")
    if b"spreadsheetml" not in kinds:
        raise BrokenTable("unreadable")
