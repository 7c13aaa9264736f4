"""What gunicorn serves: Frappe's application, with an answer also where it has none (overrides/server_faults.py).

gunicorn spbe_attendance.wsgi:application
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from frappe.app import application as framework

from spbe_attendance.overrides import asked_together, bad_questions, fault_kinds, kept_account, server_faults

server_faults.install()
bad_questions.install()
kept_account.install()
asked_together.install()
log = logging.getLogger(__name__)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """What comes through all nets of the framework is told apart here: a part that is away is no fault of the program."""
    try:
        return framework(environ, start_response)
    except Exception as error:
        kind = fault_kinds.of(error)
        if not kind:
            raise
        log.exception("Past the framework")
        return server_faults.refusal(kind, error)(environ, start_response)
