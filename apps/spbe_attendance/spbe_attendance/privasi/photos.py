"""Photos of punches whose time has come: bytes and thumbnails first, then the rows, so that a run that is killed leaves nothing behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe.query_builder.functions import Concat_ws, NullIf
from frappe.utils import now_datetime

from spbe_attendance.privasi.retention import Rule

KEPT, REMOVED = "Ada", "Dihapus"
BATCH = 200
FIELDS = ("name", "pegawai", "opd", "tanggal", "status", "waktu_tiba")


def candidates(rule: Rule, after: tuple[Any, ...] | None) -> list[Any]:
    """The oldest punches with a photo, after the one that the last batch ended with."""
    absensi = frappe.qb.DocType("Absensi")
    query = (
        frappe.qb.from_(absensi)
        .select(*(absensi[field] for field in FIELDS))
        .where((absensi.foto_status == KEPT) & (absensi.waktu_tiba < rule.before))
        .orderby(absensi.waktu_tiba)
        .orderby(absensi.name)
        .limit(BATCH)
    )
    if after:
        moment, name = after
        later = (absensi.waktu_tiba == moment) & (absensi.name > name)
        query = query.where((absensi.waktu_tiba >= moment) & ((absensi.waktu_tiba > moment) | later))
    return query.run(as_dict=True)


def position(row: Any) -> tuple[Any, ...]:
    return row.waktu_tiba, row.name


def remove(rows: Sequence[Any], rule: Rule) -> set[str]:
    """Names of the punches whose photos are gone; a file that is not there any more is gone, too."""
    gone = {row.name for row in rows} - _remove_files([row.name for row in rows])
    absensi = frappe.qb.DocType("Absensi")
    (
        frappe.qb.update(absensi)
        .set(absensi.foto, None)
        .set(absensi.foto_status, REMOVED)
        .set(absensi.foto_dihapus_pada, now_datetime())
        .set(absensi.aturan_hapus, Concat_ws("\n", NullIf(absensi.aturan_hapus, ""), rule.words))
        .where(absensi.name.isin(sorted(gone) or [""]))
        .run()
    )
    return gone


def _remove_files(names: Sequence[str]) -> set[str]:
    """Answers the punches whose file could not be removed: the disk refused it."""
    filters = {"attached_to_doctype": "Absensi", "attached_to_name": ["in", list(names)]}
    found = frappe.get_all("File", filters, ["name", "attached_to_name", "file_url"])
    shared = _addresses_of_others([row.file_url for row in found], [row.name for row in found])
    failed: set[str] = set()
    removed: dict[str, list[str]] = defaultdict(list)
    for row in found:
        try:
            # Through the framework: a site may keep its files elsewhere (hook delete_file_data_content).
            frappe.get_doc("File", row.name).delete_file_data_content(only_thumbnail=row.file_url in shared)
            removed[row.attached_to_name].append(row.name)
        except OSError:
            failed.add(row.attached_to_name)
            frappe.log_error(title="Penghapusan foto")
    rows = [name for punch, files in removed.items() if punch not in failed for name in files]
    if rows:
        frappe.db.delete("File", {"name": ["in", rows]})
    return failed


def _addresses_of_others(addresses: Iterable[str], own: Sequence[str]) -> set[str]:
    """Addresses that another document's row has, too: from before each document had a file of its own."""
    filters = {"file_url": ["in", sorted(set(addresses)) or [""]], "name": ["not in", list(own) or [""]]}
    return set(frappe.get_all("File", filters, pluck="file_url"))
