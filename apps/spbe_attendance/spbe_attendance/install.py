"""What a site needs beside its DocTypes. Every seeder may run again and again."""

from __future__ import annotations

from spbe_attendance.integrations.erpnext import lifecycle
from spbe_attendance.kehadiran.push import keys
from spbe_attendance.setup import (
    absences,
    consents,
    deductions,
    files,
    open_data,
    roles,
    schedules,
    system,
    workflow,
)


def after_install() -> None:
    seed()
    system.store_defaults(fresh=True)


def after_migrate() -> None:
    seed()


def seed() -> None:
    roles.seed()
    system.seed()
    files.seed()
    absences.seed()
    schedules.seed()
    deductions.seed()
    workflow.seed()
    consents.seed()
    open_data.seed()
    keys.seed()
    lifecycle.seed()
