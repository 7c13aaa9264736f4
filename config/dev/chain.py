"""Exports the sealed punches of a site and verifies them as an auditor does: by the plain script, apart from Frappe."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

from . import site
from .console import DevError, step
from .paths import APP, PYTHON

SCRIPT = APP / "spbe_attendance" / "evidence" / "verify.py"


def verify(name: str, options: argparse.Namespace) -> int:
    """The script's exit code: 0 whole, 1 something was changed, 2 unreadable."""
    if not site.exists(name):
        raise DevError(f"There is no site {name} yet: run ./dev start first.", 2)
    with tempfile.TemporaryDirectory() as folder:
        target = options.keep.resolve() if options.keep else Path(folder) / "ekspor.jsonl"
        command = ["--site", name, "spbe-export-chain", "--berkas", str(target)]
        for option, value in (("--opd", options.opd), ("--bulan", options.month)):
            command += [option, value] if value else []
        with step(f"Export of {name}"):
            site.frappe(command, log="export-chain", what="Exporting the chain")
        roots = [part for root in options.root for part in ("--root", *root)]
        return subprocess.run([str(PYTHON), "-S", "-E", "-B", str(SCRIPT), str(target), *roots]).returncode
