"""Questions that make no sense, put to the framework's general interfaces: answered 400 in words, where the framework fails with 500.

Lists, documents and searches take fields, filters and orders from whoever asks, and the framework runs into Python's or MariaDB's
error about them, which it answers with the statement's text. Only what fails within the framework itself is told so: an error that
comes through the code of this app, other than ``overrides``, stays a fault of the server.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from types import TracebackType

import frappe
import frappe.app
import pymysql
from frappe import _
from werkzeug.wrappers import Response

import spbe_attendance
from spbe_attendance.exceptions import PermintaanTidakSah

APP = str(Path(spbe_attendance.__file__).parent)
OWN = str(Path(__file__).parent)
GENERAL = (
    "/api/resource/",
    "/api/v1/resource/",
    "/api/v2/document/",
    "/api/method/frappe.",
    "/api/method/run_doc_method",
)
OVERRIDES = f"/api/method/{__package__}."
PYTHON = (
    TypeError, ValueError, LookupError, AttributeError, AssertionError, RecursionError, OverflowError, SyntaxError, UnboundLocalError,
)  # fmt: skip
# Unknown column, ambiguous, no such function, wrong argument, no such table, illegal mix of collations.
# The framework itself raises one with "DocType": a list of settings, which have no table.
MARIADB = {"DocType", 1052, 1054, 1064, 1056, 1111, 1146, 1210, 1241, 1247, 1267, 1292, 1305, 1366, 3024}
WRAPPED = "spbe_answers_bad_questions"
log = logging.getLogger(__name__)


def install() -> None:
    """Hooked to before_request, as server_faults. Does nothing the second time."""
    if not getattr(frappe.app, WRAPPED, False):
        frappe.app.handle_exception = answering(frappe.app.handle_exception)
        setattr(frappe.app, WRAPPED, True)


def answering(framework: Callable[[BaseException], Response]) -> Callable[[BaseException], Response]:
    @wraps(framework)
    def handle_exception(e: BaseException) -> Response:
        if not is_bad_question(e):
            return framework(e)
        last = list(places(e.__traceback__))[-1:]
        # Without values, which may be somebody's.
        log.warning("%s at %s, asked of %s", type(e).__name__, last, frappe.local.request.path)
        try:
            frappe.clear_messages()
            # Statements that the framework has printed into the answer.
            frappe.local.debug_log.clear()
            frappe.throw(
                _("The question cannot be understood: check fields, filters and values."), PermintaanTidakSah
            )
        except PermintaanTidakSah as refusal:
            return framework(refusal)

    return handle_exception


def is_bad_question(e: BaseException) -> bool:
    if getattr(e, "http_status_code", 500) != 500 or not getattr(frappe.local, "request", None):
        return False
    if isinstance(e, UnicodeEncodeError):
        # Half of a character, which JSON can say and no text can hold.
        return True
    path = frappe.local.request.path
    if not path.startswith((*GENERAL, OVERRIDES)) or not (isinstance(e, PYTHON) or from_statement(e)):
        return False
    return not any(
        file.startswith(APP) and not file.startswith(OWN) for file, _line in places(e.__traceback__)
    )


def from_statement(e: BaseException) -> bool:
    known = isinstance(e, pymysql.err.ProgrammingError | pymysql.err.OperationalError | pymysql.err.DataError)
    return known and bool(e.args) and e.args[0] in MARIADB


def places(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
