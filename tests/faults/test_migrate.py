"""``bench migrate`` is killed in its patches, in its DocTypes and in its seeders, while people punch; run again it comes to the same end."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

from tests.faults import ledger
from tests.faults.machine import Machine, until

# All patches and DocTypes of the app are to be done anew, as at an upgrade that changed each of them.
FORGET = (
    "delete from `tabPatch Log` where patch like 'spbe_attendance.%%'",
    "update `tabDocType` set migration_hash = null where module in (select name from `tabModule Def` where app_name = 'spbe_attendance')",
)
PATCHED = "select count(*) from `tabPatch Log` where patch like 'spbe_attendance.%%'"
SYNCED = """select count(*) from `tabDocType` where migration_hash is not null
    and module in (select name from `tabModule Def` where app_name = 'spbe_attendance')"""
ALL = "select count(*) from `tabDocType` where module in (select name from `tabModule Def` where app_name = 'spbe_attendance')"
# What migrate writes, whatever order it found it in.
WRITTEN = {
    "columns": """select table_name, column_name, column_type, is_nullable, column_default from information_schema.columns
        where table_schema = database() order by 1, 2""",
    "indexes": """select table_name, index_name, column_name, seq_in_index, non_unique from information_schema.statistics
        where table_schema = database() order by 1, 2, 4""",
    "permissions": """select parent, role, permlevel, `read`, `write`, `create`, `delete`, submit from `tabDocPerm`
        union all select parent, role, permlevel, `read`, `write`, `create`, `delete`, submit from `tabCustom DocPerm` order by 1, 2, 3, 4, 5, 6, 7""",
    "workflows": "select parent, state, action, next_state, allowed, `condition` from `tabWorkflow Transition` order by 1, 2, 3, 4, 5",
    "jobs": "select method, cron_format, frequency, stopped from `tabScheduled Job Type` order by 1, 2",
    "patches": "select patch, count(*) from `tabPatch Log` where patch like 'spbe_attendance.%%' group by patch order by 1",
    "roles": "select name, desk_access from `tabRole` order by 1",
    "staff": "select count(*), sum(crc32(concat_ws('|', name, nama, opd, status, user))) from `tabPegawai`",
}


def state(site: str) -> dict[str, list[tuple[Any, ...]]]:
    return {name: [tuple(row.values()) for row in ledger.rows(site, sql)] for name, sql in WRITTEN.items()}


def in_patches(site: str) -> bool:
    return ledger.value(site, PATCHED) >= 1


def in_doctypes(site: str) -> bool:
    return ledger.value(site, SYNCED) >= 15


def in_seeders(site: str) -> bool:
    return ledger.value(site, SYNCED) == ledger.value(site, ALL)


def test_a_migration_that_was_killed_at_any_step_is_completed_by_the_next_one(machine, crowd):
    machine.bench("migrate", "--skip-search-index")
    whole = state(machine.site)
    with crowd.punching(3):
        for reached in (in_patches, in_doctypes, in_seeders):
            for statement in FORGET:
                machine.python("frappe.db.sql(words[0])", statement)
            killed_when(machine, lambda reached=reached: reached(machine.site))
        machine.bench("migrate", "--skip-search-index")
        back = crowd.acknowledged()
        until(lambda: crowd.acknowledged() > back, 60, "no punch after the migration")
    after = state(machine.site)
    assert {name: after[name] for name in after if after[name] != whole[name]} == {}
    assert ledger.differences(machine.site, crowd.mark, crowd.punches) == []
    assert crowd.unkind() == []


def killed_when(machine: Machine, true: Callable[[], bool]) -> None:
    process = machine.begin("migrate", "--skip-search-index")
    until(lambda: process.poll() is not None or true(), 240, "the migration does not come so far", step=0.02)
    assert process.poll() is None, "the migration was over before it could be killed"
    process.send_signal(signal.SIGKILL)
    assert process.wait(10) == -signal.SIGKILL
