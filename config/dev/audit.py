"""./dev audit: known weaknesses of what is used, secrets in the repository, and the bill of materials.

Every finding must have an answer in docs/security/temuan.md; one without fails. What could not be asked about fails as well: silence of
an advisory service is no clean bill.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from . import environments
from .console import DevError, say, step
from .paths import CONFIG, ENV, FRONTEND, NODE, PYTHON, ROOT, STATE
from .shell import run
from .store import digest, stamp, stamped

HERE = CONFIG / "audit"
LOCK, BASELINE = HERE / "requirements.txt", HERE / "secrets.baseline"
TOOLS = STATE / "audit-env"
BILLS = STATE / "sbom"
ANSWERS = ROOT / "docs" / "security" / "temuan.md"
PYTHON_LOCK = CONFIG / "framework" / "requirements.txt"
NODE_FOLDERS = (FRONTEND, NODE, ROOT / "tests" / "lighthouse")
IDENTIFIER = re.compile(r"\b(?:GHSA(?:-[0-9a-z]{4}){3}|PYSEC-\d+-\d+|CVE-\d+-\d+)\b")
# Sources of words and numbers, not of secrets; the tests' own passwords open throw-away sites.
# Any long number or word: test vectors, digests of locks.
GUESSING = ("Base64HighEntropyString", "HexHighEntropyString")
UNSEARCHED = r"(^|/)(tests|i18n|translations|vectors|node_modules)/|\.(lock|csv|png|svg|geojson)$|package-lock\.json$|requirements\.txt$|secrets\.baseline$|test_|\.test\."


def run_all(options: argparse.Namespace) -> int:
    make_tools()
    bills()
    if options.sbom:
        return 0
    problems = [*secrets(), *python_findings(), *node_findings()]
    for problem in problems:
        say(f"  ✗ {problem}")
    say(f"\n{len(problems)} to answer, bills of materials in {BILLS.relative_to(ROOT)}")
    return 1 if problems else 0


def make_tools() -> None:
    """Tools of their own versions, apart from the bench's."""
    mark = TOOLS / ".made"
    key = digest([LOCK, sys.version])
    if stamped(mark, key):
        return
    with step("Tools of the audit"):
        uv = ENV / "bin" / "uv"
        own = {**environments.tool_caches(), "VIRTUAL_ENV": str(TOOLS)}
        run(
            [uv, "venv", "-q", "--clear", "--python", sys.executable, TOOLS],
            log="audit-venv",
            what="Making an environment",
        )
        run(
            [uv, "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", LOCK],
            log="audit-tools",
            what="Installing",
            env=own,
        )
        stamp(mark, key)


def answered() -> set[str]:
    """Identifiers that docs/security/temuan.md answers."""
    return set(IDENTIFIER.findall(ANSWERS.read_text(encoding="utf-8")))


def bills() -> None:
    """CycloneDX: what is in the Python environment, and what each folder of Node packages holds."""
    BILLS.mkdir(parents=True, exist_ok=True)
    with step("Bills of materials"):
        command = [TOOLS / "bin" / "cyclonedx-py", "environment", "--output-reproducible", PYTHON]
        run([*command, "-o", BILLS / "python.cdx.json"], log="sbom-python", what="Listing Python packages")
        for folder in NODE_FOLDERS:
            listed = subprocess.run(
                ["npm", "sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--legacy-peer-deps"],
                cwd=folder,
                capture_output=True,
                text=True,
            )
            if listed.returncode:
                raise DevError(f"npm sbom in {folder.name}: {listed.stderr.strip()[:300]}")
            (BILLS / f"node-{folder.name}.cdx.json").write_text(listed.stdout)


def secrets() -> list[str]:
    """What looks like a password or a key in tracked files and is not in the baseline."""
    make_tools()
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    files = [
        name
        for name in listed.split("\0")
        if name and Path(ROOT, name).is_file() and not re.search(UNSEARCHED, name)
    ]
    command = [
        TOOLS / "bin" / "detect-secrets",
        "scan",
        *(f"--disable-plugin={name}" for name in GUESSING),
        *files,
    ]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if found.returncode:
        raise DevError(f"detect-secrets: {found.stderr.strip()[-300:]}")
    known = {mark_of(row) for row in rows_of(BASELINE.read_text(encoding="utf-8"))}
    return [
        f"{row['filename']}:{row['line_number']}: {row['type']}"
        for row in rows_of(found.stdout)
        if mark_of(row) not in known
    ]


def rows_of(report: str) -> list[dict[str, Any]]:
    return [row for rows in json.loads(report)["results"].values() for row in rows]


def mark_of(row: dict[str, Any]) -> tuple[str, str]:
    """Wherever in the file it stands."""
    return row["filename"], row["hashed_secret"]


def python_findings() -> list[str]:
    command = [TOOLS / "bin" / "pip-audit", "-r", PYTHON_LOCK, "--no-deps", "--disable-pip", "-f", "json"]
    found = subprocess.run(command, capture_output=True, text=True)
    try:
        packages = json.loads(found.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [f"pip-audit did not answer: {found.stderr.strip()[-200:]}"]
    unasked = [package["name"] for package in packages if "skip_reason" in package]
    problems = (
        [f"pip-audit was told nothing about {len(unasked)} of {len(packages)} packages"] if unasked else []
    )
    known = answered()
    for package in packages:
        for weakness in package.get("vulns", ()):
            if not {weakness["id"], *weakness["aliases"]} & known:
                problems.append(f"{package['name']} {package['version']}: {weakness['id']}")
    return problems


def node_findings() -> list[str]:
    problems, known = [], answered()
    for folder in NODE_FOLDERS:
        command = ["npm", "audit", "--package-lock-only", "--legacy-peer-deps", "--json"]
        found = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        told = json.loads(found.stdout or "{}")
        if "vulnerabilities" not in told:
            problems.append(
                f"npm audit of {folder.name} did not answer: {told.get('message', found.stderr.strip()[-200:])}"
            )
        for name, package in told.get("vulnerabilities", {}).items():
            reasons = [via for via in package["via"] if isinstance(via, dict)]
            unanswered = [via["url"] for via in reasons if not set(IDENTIFIER.findall(via["url"])) & known]
            problems += [f"{folder.name}: {name}: {url}" for url in unanswered]
    return problems


def main() -> int:
    """The secrets alone, for the static lane of ./dev test."""
    found = secrets()
    for problem in found:
        say(f"  ✗ {problem}: remove it, or if it is none, add it to {BASELINE.relative_to(ROOT)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
