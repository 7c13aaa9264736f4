"""What is answered while MariaDB, Redis or the disk is away: 503, a sentence, and a time to come back.

The framework looks into the database to find out how to word an error, so that a database that is away ends in gunicorn's bare
page "Internal Server Error"; so does a COMMIT that fails, and a step that fails after one that did not.
There is no hook at these places, so three functions of frappe.app are wrapped, once per process: by ``spbe_attendance.wsgi`` before
the first request, or, where a bench serves ``frappe.app`` itself, by before_request. Docs: faults.md, decision 0019.
"""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import cache, wraps
from html import escape
from pathlib import Path
from typing import Any

import frappe
import frappe.app
from frappe import _
from werkzeug.wrappers import Request, Response

from spbe_attendance.overrides import fault_kinds, fault_log
from spbe_attendance.overrides.errors import LayananTidakTersedia
from spbe_attendance.overrides.fault_kinds import DATABASE, REDIS, STORAGE

UNCOMMITTED = "uncommitted"
# Seconds until a client should try again: a restart is over by then; making room takes a person.
RETRY_AFTER = {DATABASE: 5, REDIS: 5, UNCOMMITTED: 5, STORAGE: 30}
WRAPPED = "spbe_attendance_answers_faults"
UNKEPT = "spbe_commit_failed"
# The framework's own: methods after which it commits.
WRITING = ("POST", "PUT", "DELETE", "PATCH")
PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="{seconds}"><title>503</title>
<body style="font:1.1rem sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem"><p>{sentence}</p></body></html>"""
Answer = Callable[[BaseException], Response]
log = logging.getLogger(__name__)


def install() -> None:
    """Hooked to before_request, too. Does nothing the second time."""
    if getattr(frappe.app, WRAPPED, False):
        return
    frappe.app.handle_exception = answering(frappe.app.handle_exception)
    frappe.app.sync_database = keeping(frappe.app.sync_database)
    frappe.app.run_after_request_hooks = telling(frappe.app.run_after_request_hooks)
    setattr(frappe.app, WRAPPED, True)


def answering(framework: Answer) -> Answer:
    @wraps(framework)
    def handle_exception(e: BaseException) -> Response:
        kind = fault_kinds.of(e)
        if kind:
            return refusal(kind, e)
        try:
            return framework(e)
        except Exception as second:
            kind = fault_kinds.of(second)
            if not kind:
                raise
            return refusal(kind, second)

    return handle_exception


def keeping(framework: Callable[[bool], bool]) -> Callable[[bool], bool]:
    @wraps(framework)
    def sync_database(rollback: bool) -> bool:
        database = frappe.local.db
        if not database:
            return framework(rollback)
        writes = bool(database.transaction_writes) and (
            frappe.local.flags.commit or frappe.local.request.method in WRITING
        )
        following = database.after_commit = Following(database.after_commit)
        try:
            return framework(rollback)
        except Exception as error:
            if writes and not following.reached:
                frappe.local.flags[UNKEPT] = error
            else:
                # The answer stands: nothing was to be kept, or it is kept.
                log.exception("After the end of a request's transaction")
            release()
            return False

    return sync_database


class Following:
    """Callbacks that follow a commit. One that fails keeps neither the others nor the answer from what is committed by then."""

    def __init__(self, callbacks: Any) -> None:
        self.callbacks, self.reached = callbacks, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.callbacks, name)

    def run(self) -> None:
        self.reached = True
        while True:
            try:
                return self.callbacks.run()
            except Exception:
                log.exception("A step that follows a commit")


def telling(framework: Callable[[Request, Response | None], None]) -> Callable[..., None]:
    @wraps(framework)
    def run_after_request_hooks(request: Request, response: Response | None) -> None:
        error = frappe.local.flags.pop(UNKEPT, None) if hasattr(frappe.local, "flags") else None
        if error is not None and response is not None:
            say(response, UNCOMMITTED, error)
        framework(request, response)

    return run_after_request_hooks


def refusal(kind: str, error: BaseException) -> Response:
    if kind == DATABASE:
        release()
    return say(Response(), kind, error)


def say(response: Response, kind: str, error: BaseException) -> Response:
    """Puts the refusal in the place of whatever the response was."""
    fault_log.note(kind, error)
    seconds, sentence = RETRY_AFTER[kind], words(kind)
    response.status_code = LayananTidakTersedia.http_status_code
    # Also for the hook that gives every 503 a time.
    frappe.local.flags.retry_after = seconds
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    if wants_page():
        response.mimetype = "text/html"
        response.set_data(PAGE.format(seconds=seconds * 2, sentence=escape(sentence)))
        return response
    response.mimetype = "application/json"
    message = json.dumps({"message": sentence, "indicator": "red"})
    body = {"exc_type": LayananTidakTersedia.__name__, "_server_messages": json.dumps([message])}
    response.set_data(json.dumps(body))
    return response


def wants_page() -> bool:
    request = frappe.local.request
    return not request.path.startswith("/api/") and "text/html" in request.headers.get("Accept", "")


def release() -> None:
    """Rolls back, or lets go of a connection that broke, which nobody may ask any more.

    What waits for a rollback (files to remove) is left out then: a COMMIT may have been obeyed whose answer was lost, and a photo
    that its row names must stay. Files that no row names go later (``pencatatan.stray_photos``).
    """
    database = frappe.local.db
    if not database:
        return
    try:
        database.rollback()
    except Exception:
        with suppress(Exception):
            database.close()
        frappe.local.db = None


def words(kind: str) -> str:
    """A site's translations are in its database and in Redis; without them the app's own table speaks, in the sites' language."""
    try:
        return sentences(_)[kind]
    except Exception:
        return sentences(table().__getitem__)[kind]


def sentences(_: Callable[[str], str]) -> dict[str, str]:
    return {
        DATABASE: _(
            "The server does not reach its database just now, nothing was recorded: wait a few seconds and send it again."
        ),
        REDIS: _(
            "A part of the server is starting again, nothing was recorded: wait a few seconds and send it again."
        ),
        STORAGE: _("The server has no room for files just now, the file was not kept: send it again later."),
        UNCOMMITTED: _(
            "The server lost its database before it could confirm this: wait a few seconds and send it again; a punch is never counted twice."
        ),
    }


@cache
def table() -> dict[str, str]:
    path = Path(__file__).parents[1] / "translations" / "id.csv"
    with path.open(encoding="utf-8", newline="") as source:
        return {row[0]: row[1] for row in csv.reader(source) if len(row) > 1}
