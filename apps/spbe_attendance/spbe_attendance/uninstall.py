"""Takes back what install added outside of the app's own DocTypes."""

from __future__ import annotations

from spbe_attendance.integrations.erpnext import lifecycle
from spbe_attendance.setup import roles, system, workflow


def before_uninstall() -> None:
    lifecycle.remove()
    workflow.remove()
    roles.remove()
    system.restore_framework_brake()
