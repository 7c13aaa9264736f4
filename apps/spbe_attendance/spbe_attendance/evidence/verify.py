"""Checks an export of sealed punches offline: ``python3 verify.py ekspor.jsonl [--root OPD 2026-11-24 HEX]…``

Needs this file, chain.py and audit.py in one folder, and Python 3.9 or later; no other package, no network, no database.
Exit codes: 0 nothing was changed, 1 something was (each thing named), 2 the file cannot be read. Speaks Indonesian.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, TextIO

try:
    from . import chain
    from .audit import Audit, Finding, Printed, Punch, Review, Scope
except ImportError:  # run as a script, without the package
    import chain  # type: ignore[no-redef]
    from audit import Audit, Finding, Printed, Punch, Review, Scope  # type: ignore[no-redef]

FORMAT = 3
# Older exports that somebody kept: 1 without the review queue, 2 without removals.
READABLE = frozenset({1, 2, 3})
SAME, CHANGED, UNREADABLE = 0, 1, 2
# Lines of one kind that are shown: who lost a whole table is not helped by a million.
SHOWN = 100
WORDS = {
    "isi_berubah": "Isi absensi {absensi} berubah sejak disegel.",
    "absensi_hilang": "Absensi {absensi} disegel tetapi sekarang tidak ada: dihapus.",
    "absensi_tanpa_segel": "Absensi {absensi} tidak pernah disegel: disisipkan ke basis data.",
    "disisipkan": "Absensi {absensi} mengaku tiba {detail}, sebelum harinya ditutup, tetapi baru ada sesudahnya: disisipkan.",
    "keputusan_berubah": "Keputusan atas absensi {absensi} berubah sejak disegel ({detail}).",
    "tinjauan_berubah": "Putusan tinjauan atas absensi {absensi} berubah sejak disegel ({detail}).",
    "tinjauan_hilang": "Putusan tinjauan atas absensi {absensi} ({detail}) disegel tetapi sekarang tidak ada: dihapus.",
    "tinjauan_tanpa_segel": "Putusan tinjauan atas absensi {absensi} ({detail}) tidak pernah disegel: disisipkan ke basis data.",
    "segel_berubah": "Segel nomor {urutan} (absensi {absensi}) berubah: hash tidak sesuai isinya.",
    "segel_hilang": "Mulai nomor {urutan}, {detail} segel hilang dari rantai.",
    "segel_ganda": "Segel nomor {urutan} (absensi {absensi}) ada lebih dari sekali.",
    "rantai_putus": "Segel nomor {urutan} (absensi {absensi}) tidak menyambung ke segel sebelumnya: ditukar, dihapus, atau ditulis ulang.",
    "akar_kurang": "{detail} segel hari ini hilang dibandingkan dengan akar harian.",
    "akar_tidak_cocok": "Segel hari ini bukan lagi yang dihitung akar harian versi {detail}: ada yang diubah, ditukar, atau ditulis ulang.",
    "akar_hilang": "Sebelum akar nomor {urutan}, {detail} akar harian hilang.",
    "akar_putus": "Akar nomor {urutan} tidak menyambung ke akar sebelumnya.",
    "akar_berubah": "Akar nomor {urutan} berubah: hash tidak sesuai isinya.",
    "cetak_tidak_cocok": "Akar yang tercetak ({detail}) tidak ada dalam riwayat: isi basis data ditulis ulang setelah dicetak.",
    "belum_disegel": "Absensi {absensi} baru tiba dan belum disegel.",
    "keputusan_belum_disegel": "Keputusan atas absensi {absensi} baru dibuat dan belum disegel ({detail}).",
    "tinjauan_belum_disegel": "Putusan tinjauan atas absensi {absensi} baru dibuat dan belum disegel ({detail}).",
    "di_luar_akar": "{detail} segel menyusul dan belum masuk akar harian.",
    "tanpa_akar": "{detail} segel pada hari yang belum mempunyai akar harian.",
    "cetak_lama": "Akar yang tercetak cocok dengan keadaan {detail}; setelah itu ada yang menyusul secara tercatat.",
    "posisi_hilang": "Posisi absensi {absensi} hilang tanpa segel penghapusan.",
    "posisi_dihapus": "Posisi dihapus, {detail}. Sisanya sama dengan yang disegel.",
    "posisi_dihapus_lama": "Posisi dihapus, {detail}. Segelnya berbentuk lama: sisanya dijamin sejak segel penghapusan.",
    "cetak_cocok": "Akar yang tercetak cocok.",
}


class Unreadable(Exception):
    """The file is no export, or not a whole one; the sentence says where."""


def sentence(finding: Finding) -> str:
    """What happened, in Indonesian."""
    return WORDS[finding.code].format(
        **{name: getattr(finding, name) for name in finding.__dataclass_fields__}
    )


def line(finding: Finding, people: Mapping[str, str] | None = None) -> str:
    """The sentence with person, OPD and day. ``people``: their names, where the export has them."""
    who = (people or {}).get(finding.pegawai)
    person = f"{finding.pegawai} {who}" if who else finding.pegawai
    places = [("pegawai", person), ("OPD", finding.opd), ("tanggal", finding.tanggal)]
    told = ", ".join(f"{label} {value}" for label, value in places if value)
    kind = "BERUBAH" if finding.serious else "catatan"
    return f"{kind:<8} {told}: {sentence(finding)}"


def records(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, text in enumerate(lines, 1):
        try:
            record = json.loads(text)
        except ValueError as error:
            raise Unreadable(f"Baris {number} bukan JSON.") from error
        if not isinstance(record, dict) or not isinstance(record.get("jenis"), str):
            raise Unreadable(f"Baris {number} tidak menyebut jenisnya.")
        yield number, record


def _scope(record: dict[str, Any]) -> Scope:
    if record.get("jenis") != "kepala" or record.get("format") not in READABLE:
        raise Unreadable("Baris pertama bukan kepala ekspor yang dikenal.")
    units = record["unit"]
    whole = None if units is None else frozenset(units)
    return Scope(
        record["dibuat"], whole, record["dari"], record["sampai"], record["pohon"], record.get("orang", {})
    )


def _made(kind: Any, record: dict[str, Any]) -> Any:
    return kind(**{key: value for key, value in record.items() if key != "jenis"})


def _punch(record: dict[str, Any]) -> Punch:
    return Punch(record["isi"], record["status"], record["catatan"], record["diubah"])


def _review(record: dict[str, Any]) -> Review:
    said = {key: value for key, value in record.items() if key not in ("jenis", "putusan")}
    return Review(putusan=tuple(chain.Ruling(**row) for row in record["putusan"]), **said)


def _owner(entry: tuple[int, dict[str, Any]]) -> str:
    record = entry[1]
    if record["jenis"] == "absensi":
        return str(record["isi"]["pegawai"])
    return str(record["pegawai"]) if record["jenis"] in ("segel", "tinjauan") else ""


def _head(stream: Iterator[tuple[int, dict[str, Any]]]) -> tuple[Audit, tuple[int, dict[str, Any]]]:
    """The export's header and roots, and the first line after them."""
    first = next(stream, None)
    if first is None:
        raise Unreadable("Berkas kosong.")
    scope, roots = _scope(first[1]), []
    for number, record in stream:
        if record["jenis"] != "akar":
            return Audit(scope, roots), (number, record)
        roots.append(_made(chain.Root, record))
    raise Unreadable("Berkas terpotong: baris penutup tidak ada.")


def check(lines: Iterable[str], printed: Iterable[Printed] = ()) -> Iterator[Finding | Audit]:
    """The Audit, then findings as they are met; its counts are whole at the end. Raises Unreadable."""
    number = 0
    try:
        stream = records(lines)
        judged, entry = _head(stream)
        yield judged
        for owner, entries in groupby(_with(entry, stream), key=_owner):
            rows: dict[str, list[Any]] = {"absensi": [], "segel": [], "tinjauan": [], "akhir": []}
            for at, record in entries:
                number = at
                rows[record["jenis"]].append(record)
            if rows["akhir"]:
                end = rows["akhir"][0]
                break
            seals = [_made(chain.Seal, record) for record in rows["segel"]]
            reviews = map(_review, rows["tinjauan"])
            yield from judged.person(owner, map(_punch, rows["absensi"]), seals, reviews)
        else:
            raise Unreadable("Berkas terpotong: baris penutup tidak ada.")
        told = (end["absensi"], end["segel"], end.get("tinjauan", 0))
        if told != (judged.punches, judged.seals, judged.reviews):
            raise Unreadable("Berkas terpotong: jumlah baris tidak sesuai baris penutup.")
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Unreadable(
            f"Baris {number + 1} atau sesudahnya tidak lengkap atau tidak berurutan ({error!r})."
        ) from error
    yield from judged.finish(printed)


def _with(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify.py", description="Memeriksa ekspor absensi tersegel tanpa jaringan dan tanpa basis data."
    )
    parser.add_argument("berkas", help="ekspor .jsonl; tanda - untuk masukan baku")
    parser.add_argument(
        "--root", nargs=3, action="append", default=[], metavar=("OPD", "PERIODE", "HEX"),
        help="akar yang tercetak, periode YYYY-MM-DD atau YYYY-MM",
    )  # fmt: skip
    parser.add_argument("--semua", action="store_true", help=f"tampilkan lebih dari {SHOWN} temuan sejenis")
    return parser.parse_args(given)


def run(source: TextIO, printed: list[Printed], out: TextIO, *, everything: bool = False) -> int:
    """Check an opened export and write what was found, one line each. Answers the exit code."""
    changed, judged = 0, None
    met: dict[str, int] = {}
    try:
        for found in check(source, printed):
            if isinstance(found, Audit):
                judged = found
                continue
            changed += found.serious
            met[found.code] = met.get(found.code, 0) + 1
            if everything or met[found.code] <= SHOWN:
                out.write(line(found, judged.scope.people if judged else None) + "\n")
    except (Unreadable, UnicodeDecodeError) as error:
        out.write(f"TIDAK TERBACA: {error}\n")
        return UNREADABLE
    for code, count in met.items():
        if count > SHOWN and not everything:
            out.write(
                f"… dan {count - SHOWN} lagi sejenis dengan: {WORDS[code]} (--semua menampilkan semuanya)\n"
            )
    if judged and not judged.seals:
        out.write("Tidak ada segel satu pun: penyegel belum pernah berjalan, atau semua segel dihapus.\n")
    if judged:
        counts = f"{judged.people} pegawai, {judged.punches} absensi, {judged.seals} segel, {len(judged.roots)} akar"
        out.write(f"Diperiksa: {counts}.\n")
    out.write(f"HASIL: {changed} hal berubah.\n" if changed else "HASIL: utuh, tidak ada yang berubah.\n")
    return CHANGED if changed else SAME


def main(given: list[str]) -> int:
    options = arguments(given)
    printed = [Printed(*root) for root in options.root]
    if options.berkas == "-":
        return run(sys.stdin, printed, sys.stdout, everything=options.semua)
    try:
        with open(options.berkas, encoding="utf-8") as source:  # noqa: PTH123 – engines know no paths
            return run(source, printed, sys.stdout, everything=options.semua)
    except OSError as error:
        sys.stdout.write(f"TIDAK TERBACA: {error}\n")
        return UNREADABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
