"""Closing a month for an OPD with its subtree, and opening it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.exceptions import BulanBelumDitutup, BulanSudahDitutup, RekapBelumLengkap
from spbe_attendance.kehadiran.rekapitulasi import affected, checklist, closing, turn
from spbe_attendance.kehadiran.rekapitulasi.closed import CLOSED, bounds

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.tutup_bulan.tutup_bulan import TutupBulan

REOPENED = "Dibuka Kembali"
DECIDES = {"BKPSDM", "System Manager", "Administrator"}
# The canonical form of a day and of an adjustment: see docs/decisions/0005-rekap.md before changing anything here.
DAY = (
    "pegawai", "tanggal", "opd", "status_kepegawaian", "kode", "kode_utama", "kode_kedua", "bagian_kedua", "hari_kerja",
    "menit_terlambat", "menit_pulang_cepat", "koreksi", "persen_potongan", "aturan", "apel_hadir", "apel_tidak_hadir",
    "persen_apel", "ketidakhadiran", "gangguan",
)  # fmt: skip
ADJUSTMENT = (
    "pegawai",
    "tanggal",
    "opd",
    "bulan_berlaku",
    "kode_lama",
    "kode_baru",
    "persen_lama",
    "persen_baru",
    "selisih",
)


def close(doc: TutupBulan, reason: str | None, *, commit: bool = True) -> None:
    """Freeze the month. Raises BulanSudahDitutup when somebody was first, RekapBelumLengkap when something is open and no
    ``reason`` is given, PermissionError for whoever is not BKPSDM."""
    refuse_others()
    with turn.taken(commit=commit):
        # A form sends the whole row along; what counts is the stored one.
        doc.reload()
        refuse_closed(doc)
        open_items = checklist.blocking(checklist.items(doc.opd, doc.bulan))
        reason = (reason or "").strip()
        if open_items and not reason:
            listed = "; ".join(f"{item['teks']}: {item['jumlah']}" for item in open_items)
            frappe.throw(
                _("Not everything is settled. {0}. Settle it, or close with a reason.").format(listed),
                RekapBelumLengkap,
            )
        freeze(doc)
        doc.sidik, doc.jumlah_baris = fingerprint(doc.name)
        if not doc.jumlah_baris:
            frappe.throw(_("No day of this month is computed: there is nothing to close."), RekapBelumLengkap)
        doc.status, doc.alasan_tutup = CLOSED, reason or None
        doc.ditutup_oleh, doc.ditutup_pada = frappe.session.user, now_datetime()
        save(doc, _("Closed: {0} rows, SHA-256 {1}. {2}").format(doc.jumlah_baris, doc.sidik, reason))


def reopen(doc: TutupBulan, reason: str | None, *, commit: bool = True) -> None:
    """Days may change again and are computed anew. Raises BulanBelumDitutup, RekapBelumLengkap without a reason."""
    refuse_others()
    reason = (reason or "").strip()
    if not reason:
        frappe.throw(_("Say why the month is opened again."), RekapBelumLengkap)
    with turn.taken(commit=commit):
        doc.reload()
        if current(doc) != CLOSED:
            frappe.throw(_("This month is not closed."), BulanBelumDitutup)
        told = _("Opened again: {0} (was {1} rows, SHA-256 {2})").format(reason, doc.jumlah_baris, doc.sidik)
        for doctype in ("Rekap Harian", "Penyesuaian Rekap"):
            table = frappe.qb.DocType(doctype)
            frappe.qb.update(table).set(table.tutup_bulan, None).where(table.tutup_bulan == doc.name).run()
        doc.status, doc.alasan_buka = REOPENED, reason
        save(doc, told)
        affected.mark(None, [doc.opd], *bounds(doc.bulan), told[:140])


def refuse_others() -> None:
    if not DECIDES & set(frappe.get_roles()):
        frappe.throw(_("Only BKPSDM closes a month or opens it again."), frappe.PermissionError)


def refuse_closed(doc: TutupBulan) -> None:
    """Closed already, by this row or by one of an OPD above or below."""
    if current(doc) == CLOSED:
        frappe.throw(_("This month is closed already."), BulanSudahDitutup)
    edges = frappe.db.get_value("OPD", doc.opd, ["lft", "rgt"])
    other, unit = frappe.qb.DocType("Tutup Bulan"), frappe.qb.DocType("OPD")
    around = ((unit.lft >= edges[0]) & (unit.rgt <= edges[1])) | (
        (unit.lft <= edges[0]) & (unit.rgt >= edges[1])
    )
    found = (
        frappe.qb.from_(other)
        .join(unit)
        .on(unit.name == other.opd)
        .select(unit.nama_opd)
        .where((other.bulan == doc.bulan) & (other.status == CLOSED) & (other.name != doc.name) & around)
        .run()
    )
    if found:
        frappe.throw(
            _("{0} has closed this month for the same staff: open that one first.").format(found[0][0]),
            BulanSudahDitutup,
        )


def current(doc: TutupBulan) -> str:
    """The status as it is stored now, held until the end of the transaction."""
    return frappe.db.get_value("Tutup Bulan", doc.name, "status", for_update=True)


def freeze(doc: TutupBulan) -> None:
    units, (first, last) = closing.subtree(doc.opd), bounds(doc.bulan)
    rekap, adjustment = frappe.qb.DocType("Rekap Harian"), frappe.qb.DocType("Penyesuaian Rekap")
    (
        frappe.qb.update(rekap)
        .set(rekap.tutup_bulan, doc.name)
        .where(rekap.opd.isin(units) & rekap.tanggal[first:last] & rekap.tutup_bulan.isnull())
        .run()
    )
    (
        frappe.qb.update(adjustment)
        .set(adjustment.tutup_bulan, doc.name)
        .where(
            adjustment.opd.isin(units)
            & (adjustment.bulan_berlaku == doc.bulan)
            & adjustment.tutup_bulan.isnull()
        )
        .run()
    )


def fingerprint(name: str) -> tuple[str, int]:
    """SHA-256 over the canonical lines of what a closing froze, and how many days there are."""
    digest, count = hashlib.sha256(), 0
    for kind, line in lines(name):
        digest.update(line.encode() + b"\n")
        count += kind == "Rekap Harian"
    return digest.hexdigest(), count


def lines(name: str) -> Iterator[tuple[str, str]]:
    """Days, then adjustments, each sorted by person and date as text; one JSON array a line."""
    for doctype, fields in (("Rekap Harian", DAY), ("Penyesuaian Rekap", ADJUSTMENT)):
        rows = frappe.get_all(doctype, {"tutup_bulan": name}, list(fields), as_list=True)
        for row in sorted([canonical(value) for value in row] for row in rows):
            yield doctype, json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> str:
    """Text: nothing is "", numbers with a fraction have four decimals, dates are ISO."""
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def save(doc: TutupBulan, told: str) -> None:
    doc.flags.by_service = True
    doc.save(ignore_permissions=True)
    doc.add_comment("Info", told)
