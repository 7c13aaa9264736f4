"""The auditor's script as an auditor runs it: three files in a folder, plain Python, nothing of this app around."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from spbe_attendance.evidence import audit, chain, verify
from spbe_attendance.tests.chain_world import world

HERE = Path(verify.__file__).parent
WORLD = world()


@pytest.fixture
def folder(tmp_path):
    for name in ("verify.py", "chain.py", "audit.py"):
        shutil.copy(HERE / name, tmp_path / name)
    return tmp_path


def run(folder, lines, *options):
    (folder / "ekspor.jsonl").write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-S", "-E", "-B", "verify.py", "ekspor.jsonl", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"})
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_whole_export_passes_and_is_counted(folder):
    root = WORLD.roots[-1]
    code, out = run(folder, WORLD.lines(), "--root", root.opd, root.tanggal, root.akar)
    assert code == 0
    assert "3 pegawai, 18 absensi, 19 segel, 6 akar" in out
    assert "Akar yang tercetak cocok." in out
    assert "HASIL: utuh" in out


def test_what_was_changed_is_named_with_its_person(folder):
    made = world()
    old = made.punches[4]
    made.punches[4] = replace(old, facts={**old.facts, "waktu": "2026-11-02T06:00:00.000000"})
    code, out = run(folder, made.lines())
    assert code == 1
    assert f"Isi absensi {old.facts['name']} berubah" in out
    assert f"pegawai {old.facts['pegawai']}, OPD {old.facts['opd']}, tanggal 2026-11-02" in out


def test_a_lost_table_is_told_in_a_few_lines(folder):
    made = world(people=20, days=4)
    made.seals.clear()
    code, out = run(folder, made_lines(made))
    assert code == 1
    assert out.count("tidak pernah disegel") == verify.SHOWN + 1
    assert "… dan 60 lagi" in out
    assert "Tidak ada segel satu pun" in out
    assert run(folder, made_lines(made), "--semua")[1].count("tidak pernah disegel") == 160


def made_lines(made):
    """Of a world whose persons have punches and no seals."""
    first, *roots_ = made.lines()[: 1 + len(made.roots)]
    rows = sorted(made.punches, key=lambda row: row.facts["pegawai"])
    punches = [
        {"jenis": "absensi", "isi": row.facts, "status": row.status, "catatan": row.catatan, "diubah": ""}
        for row in rows
    ]
    end = {"jenis": "akhir", "absensi": len(rows), "segel": 0}
    return [first, *roots_, *[json.dumps(row) + "\n" for row in [*punches, end]]]


def test_a_wrong_printed_root_is_told(folder):
    code, out = run(folder, WORLD.lines(), "--root", "RSUD", "2026-11", "ab" * 32)
    assert code == 1
    assert "Akar yang tercetak" in out


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [],
        lambda lines: ["bukan json\n"],
        lambda lines: ["[]\n"],
        lambda lines: lines[1:],
        lambda lines: lines[:-1],
        lambda lines: lines[:8],
        lambda lines: [*lines[:7], *lines[8:]],
        lambda lines: [lines[0], *lines[1:7], *reversed(lines[7:-1]), lines[-1]],
        lambda lines: [*lines[:7], json.dumps({"jenis": "segel", "pegawai": "p0"}) + "\n", *lines[7:]],
        lambda lines: [*lines[:7], json.dumps({"jenis": "lain"}) + "\n", *lines[7:]],
    ],
)
def test_what_is_no_whole_export_is_unreadable(folder, damage):
    code, out = run(folder, damage(WORLD.lines()))
    assert code == 2, out
    assert "TIDAK TERBACA" in out


def test_a_missing_file_is_unreadable(folder):
    done = subprocess.run(
        [sys.executable, "-S", "-E", "verify.py", "tidak-ada.jsonl"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2


def test_every_finding_has_a_sentence():
    for code, template in verify.WORDS.items():
        finding = audit.Finding(code, "p", "a", 1, "o", "t", "d")
        assert "{" not in verify.sentence(finding), template
    used = "".join((HERE / "audit.py").read_text(encoding="utf-8"))
    assert [code for code in verify.WORDS if f'"{code}"' not in used] == []


def test_the_format_of_an_export_is_what_the_engine_has():
    rows = [json.loads(text) for text in WORLD.lines()]
    assert set(rows[-2]) == {"jenis", *chain.Seal.__dataclass_fields__}
