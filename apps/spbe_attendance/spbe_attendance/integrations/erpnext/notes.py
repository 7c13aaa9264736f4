"""What waits, what failed and why, what was changed on both sides: rows of Catatan ERPNext, one for each record and matter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import now

from spbe_attendance import follow_up
from spbe_attendance.integrations.erpnext.settings import require_right
from spbe_attendance.integrations.exceptions import TugasIntegrasiDitolak

DOCTYPE = "Catatan ERPNext"
MENUNGGU, GAGAL, KONFLIK, SELESAI = "Menunggu", "Gagal", "Konflik", "Selesai"
MOST = 500
WORKER = "spbe_attendance.integrations.erpnext.queue.work"


def key(kind: str, record: str, matter: str = "") -> str:
    """A row's name: the same for the same record, telling nothing of it."""
    return hashlib.sha256(f"{kind}|{record}|{matter}".encode()).hexdigest()[:20]


def wait(kind: str, record: str, title: str = "") -> None:
    """The record is to be synchronised. Written with the change itself, so that both stand or neither; the work is done later."""
    wait_all(kind, [(record, title)])


def wait_all(kind: str, records: Iterable[tuple[str, str]]) -> None:
    """The same for (record, title) of many."""
    for record, title in records:
        values = {"jenis": kind, "acuan": record, "judul": title or record, "status": MENUNGGU, "pesan": None}
        _write(key(kind, record), values)
    enqueue()


def enqueue() -> None:
    """Have the waiting worked off once this transaction stands."""
    follow_up.order(WORKER, "erpnext-antrean", queue="long", timeout=1500)


def done(kind: str, record: str) -> None:
    """It succeeded: nothing is left to tell."""
    frappe.db.delete(DOCTYPE, {"name": key(kind, record)})


def failed(kind: str, record: str, title: str, why: str) -> None:
    name = key(kind, record)
    attempts = frappe.db.get_value(DOCTYPE, name, "percobaan") or 0
    values = {"jenis": kind, "acuan": record, "judul": title or record, "status": GAGAL, "pesan": why}
    _write(name, {**values, "percobaan": attempts + 1, "terakhir": now()})


def conflict(kind: str, record: str, title: str, what: str, there: tuple[str, str]) -> None:
    """Something was changed on the side that does not own it. ``there``: DocType and record in ERPNext."""
    values = {"jenis": kind, "acuan": record, "judul": title or record, "status": KONFLIK, "pesan": what}
    places = {"jenis_erpnext": there[0], "dokumen_erpnext": there[1], "terakhir": now()}
    _write(key(kind, record, "konflik"), {**values, **places})


def clear_conflict(kind: str, record: str) -> None:
    frappe.db.delete(DOCTYPE, {"name": key(kind, record, "konflik")})


def waiting(limit: int) -> list[Any]:
    return frappe.get_all(
        DOCTYPE,
        {"status": MENUNGGU},
        ["name", "jenis", "acuan", "judul"],
        order_by="creation, jenis",
        limit=limit,
    )


def counts() -> dict[str, int]:
    row = frappe.qb.DocType(DOCTYPE)
    return dict(frappe.qb.from_(row).select(row.status, Count("*")).groupby(row.status).run())


def retry(names: Sequence[str]) -> int:
    """Put failed rows back into the queue; answers how many. Raises PermissionError."""
    require_right()
    rows = frappe.get_all(DOCTYPE, {"name": ["in", list(names)], "status": GAGAL}, pluck="name")
    for name in rows:
        frappe.db.set_value(DOCTYPE, name, "status", MENUNGGU)
    if rows:
        enqueue()
    return len(rows)


def chosen(names: Any) -> list[str]:
    """Names as a browser sends them. Raises TugasIntegrasiDitolak."""
    try:
        found = frappe.parse_json(names) if isinstance(names, str) else names
    except ValueError:
        found = None
    if not isinstance(found, list) or len(found) > MOST or not all(isinstance(name, str) for name in found):
        frappe.throw(_("Choose between 1 and {0} rows.").format(MOST), TugasIntegrasiDitolak)
    return found


def retry_all() -> int:
    return retry(frappe.get_all(DOCTYPE, {"status": GAGAL}, pluck="name"))


def settle(name: str) -> None:
    """A conflict was looked at. Raises PermissionError, TugasIntegrasiDitolak."""
    require_right()
    if frappe.db.get_value(DOCTYPE, name, "status", for_update=True) != KONFLIK:
        frappe.throw(
            _("Only a conflict is settled by hand: try the record again instead."), TugasIntegrasiDitolak
        )
    frappe.db.set_value(DOCTYPE, name, "status", SELESAI)


def remove_settled() -> None:
    frappe.db.delete(DOCTYPE, {"status": SELESAI})


def _write(name: str, values: dict[str, Any]) -> None:
    """Insert, or change what is there: two who tell of the same record at once do not meet."""
    stamp, user = now(), frappe.session.user
    frappe.db.bulk_insert(
        DOCTYPE,
        ["name", "creation", "modified", "owner", "modified_by"],
        [(name, stamp, stamp, user, user)],
        ignore_duplicates=True,
    )
    frappe.db.set_value(DOCTYPE, name, values)
