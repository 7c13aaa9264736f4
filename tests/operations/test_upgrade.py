"""An earlier version with data is brought to the present one, and back: what people recorded, computed and may see stays the same.

No version is tagged yet, so the earlier one is a commit. A clone without history has none: the tests are left out and say so.
"""

from __future__ import annotations

import os
import subprocess
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.dev.paths import PYTHON, ROOT, SITES

from . import backups, bench

# The state of 25 November: before accounts in bulk, open data, Command Center, and five of the data patches.
EARLIER = "d9d4043"
PASSWORD = {"SPBE_ADMIN_PASSWORD": "sementara-saja-1"}
# Tables whose rows are what people did or what was computed from it.
KEPT = (
    "OPD",
    "Pegawai",
    "OPD Lokasi",
    "Absensi",
    "Rekap Harian",
    "Ketidakhadiran",
    "Koreksi Absensi",
    "Hari Libur",
    "File",
    "Has Role",
)
# Prints how many rows of each kind each user sees, and a digest of their names.
SEEN = """
    import frappe, hashlib, json, sys
    frappe.init(site=sys.argv[1], sites_path=".")
    frappe.connect()
    found = {}
    for user in frappe.get_all("User", {"enabled": 1, "name": ["!=", "Guest"]}, pluck="name", order_by="name"):
        frappe.set_user(user)
        for doctype in ("Absensi", "Pegawai", "Rekap Harian", "OPD Lokasi"):
            try:
                names = frappe.get_list(doctype, pluck="name", order_by="name", limit=0)
            except frappe.PermissionError:
                names = None
            found[f"{user} {doctype}"] = names and [len(names), hashlib.sha256("".join(names).encode()).hexdigest()]
    print(json.dumps(found))
"""
SEAL = """
    import frappe, sys
    frappe.init(site=sys.argv[1], sites_path=".")
    frappe.connect()
    from spbe_attendance.kehadiran.segel import sealing
    sealing.sweep()
    frappe.db.commit()
"""
# A punch of somebody of the staff, judged by the code that is there now.
PUNCH = """
    import frappe, sys, uuid
    frappe.init(site=sys.argv[1], sites_path=".")
    frappe.connect()
    from spbe_attendance.kehadiran.pencatatan import day, intake, request
    from spbe_attendance.kepegawaian.accounts import require_pegawai
    from tests.client import inside, punch
    frappe.set_user(frappe.get_all("Pegawai", {"user": ["is", "set"]}, pluck="user", limit=1, order_by="name")[0])
    person = require_pegawai()
    print(intake.record(request.read_punch(punch(inside(day.today(person))), photo_required=False), person)["status"])
    frappe.db.commit()
"""


@dataclass(frozen=True)
class State:
    """What must not change: of each table the columns it had, and the content of these; who sees how much."""

    columns: dict[str, list[str]]
    content: dict[str, list[tuple[object, ...]]]
    seen: str
    files: dict[str, str]


@pytest.fixture(scope="module")
def earlier(tmp_path_factory) -> Iterator[dict[str, str]]:
    """The environment in which bench runs that version's code."""
    if subprocess.run(
        ["git", "cat-file", "-e", f"{EARLIER}^{{commit}}"], cwd=ROOT, capture_output=True
    ).returncode:
        pytest.skip(f"This clone has no history: commit {EARLIER} is not in it (git fetch --unshallow).")
    folder = tmp_path_factory.mktemp("dulu") / "kode"
    subprocess.run(["git", "worktree", "add", "--detach", "--quiet", folder, EARLIER], cwd=ROOT, check=True)
    try:
        yield {"PYTHONPATH": str(folder / "apps" / "spbe_attendance")}
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", folder], cwd=ROOT, check=True)


def inside(site: str, code: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [str(PYTHON), "-c", textwrap.dedent(code), site],
        cwd=SITES,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def state(site: str, env: dict[str, str], columns: dict[str, list[str]] | None = None) -> State:
    columns = columns or {name: columns_of(site, name) for name in KEPT}
    content = {name: content_of(site, name, columns[name]) for name in KEPT}
    return State(columns, content, inside(site, SEEN, env), backups.files(site))


def columns_of(site: str, doctype: str) -> list[str]:
    statement = "select column_name from information_schema.columns where table_schema = database() and table_name = %s"
    return sorted(
        name for (name,) in bench.rows(site, statement, [f"tab{doctype}"]) if not name.startswith("_")
    )


def content_of(site: str, doctype: str, columns: list[str]) -> list[tuple[object, ...]]:
    chosen = ", ".join(f"`{name}`" for name in columns)
    # Roles of people; those of reports and workspaces come with the code.
    only = " where parenttype = 'User'" if doctype == "Has Role" else ""
    return bench.rows(site, f"select {chosen} from `tab{doctype}`{only} order by name")  # noqa: S608


@dataclass(frozen=True)
class Upgraded:
    site: str
    before: State
    after: State
    kept: backups.Backup
    folder: Path


@pytest.fixture(scope="module")
def upgraded(earlier, tmp_path_factory) -> Iterator[Upgraded]:
    with backups.fresh_site() as name:
        bench.frappe("--site", name, "install-app", "spbe_attendance", env=earlier)
        bench.frappe("--site", name, "spbe-prepare-site", env={**earlier, **PASSWORD})
        logins = tmp_path_factory.mktemp("dulu-masuk") / "logins.json"
        bench.frappe(
            *(
                "--site",
                name,
                "spbe-demo",
                "--pegawai",
                "60",
                "--hari",
                "10",
                "--seed",
                "1",
                "--logins",
                str(logins),
            ),
            env={**earlier, **PASSWORD},
        )
        inside(name, SEAL, earlier)
        before = state(name, earlier)
        kept = backups.make(name)
        began = time.monotonic()
        bench.frappe("--site", name, "migrate")
        print(f"\nmigrate {time.monotonic() - began:.1f} s, load {os.getloadavg()[0]:.1f}")
        yield Upgraded(name, before, state(name, {}, before.columns), kept, tmp_path_factory.mktemp("naik"))


@pytest.mark.parametrize("doctype", KEPT)
def test_what_was_recorded_and_computed_is_as_it_was(upgraded, doctype):
    assert upgraded.after.content[doctype] == upgraded.before.content[doctype]


def test_there_was_something_to_lose(upgraded):
    filled = {name for name, rows in upgraded.before.content.items() if rows}
    assert {"OPD", "Pegawai", "OPD Lokasi", "Absensi", "Rekap Harian", "Has Role"} <= filled


def test_everybody_sees_what_they_saw(upgraded):
    assert upgraded.after.seen == upgraded.before.seen


def test_files_are_where_they_were(upgraded):
    assert upgraded.after.files == upgraded.before.files


def test_seals_of_the_earlier_version_are_whole(upgraded):
    assert bench.rows(upgraded.site, "select count(*) from `tabSegel Absensi`")[0][0] > 500
    assert backups.verdict(backups.exported(upgraded.site, upgraded.folder / "rantai.jsonl")) == 0


def test_every_patch_has_run_once_and_migrating_again_changes_nothing(upgraded):
    listed = [
        line.split()[0]
        for line in (ROOT / "spbe_attendance" / "patches.txt").read_text().splitlines()
        if line.startswith("spbe")
    ]
    ran = [
        name.split()[0]
        for (name,) in bench.rows(upgraded.site, "select patch from `tabPatch Log` where patch like 'spbe%'")
    ]
    assert sorted(set(listed) - set(ran)) == []
    before = state(upgraded.site, {}, upgraded.before.columns)
    bench.frappe("--site", upgraded.site, "migrate")
    assert state(upgraded.site, {}, upgraded.before.columns) == before


def test_people_punch_on(upgraded):
    assert inside(upgraded.site, PUNCH, {}).strip() == "Sah"


def test_the_way_back_is_the_backup_with_the_earlier_code(upgraded, earlier):
    began = time.monotonic()
    backups.restore(upgraded.kept, upgraded.site, env=earlier)
    print(f"\nrollback {time.monotonic() - began:.1f} s, load {os.getloadavg()[0]:.1f}")
    assert state(upgraded.site, earlier) == upgraded.before
