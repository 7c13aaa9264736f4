"""Looks for signals on new punches in the background; nothing of it is in the way of a punch, and nothing of it blocks one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from spbe_attendance.kehadiran.tinjauan import rows, words
from spbe_attendance.signals.find import find
from spbe_attendance.signals.types import Finding, Limits

BATCH = 2000
MOST_BATCHES = 50
REVIEW = "Tinjauan Absensi"
MENUNGGU = "Menunggu"
AT_PUNCH, AT_PUNCH_WEIGHT = "saat_absen", 10


def run() -> int:
    """Every batch is one transaction, so that a killed run goes on where it stood. Answers the number of punches looked at."""
    looked = 0
    for _batch in range(MOST_BATCHES):
        size = batch()
        frappe.db.commit()  # each batch stands by itself
        looked += size
        if size < BATCH:
            break
    return looked


def batch() -> int:
    fresh = rows.waiting(BATCH)
    if not fresh:
        return 0
    hashed = rows.hashes(fresh)
    beside = rows.around(fresh)
    for row in beside:
        row["foto_dhash"] = hashed.get(row["name"], row["foto_dhash"])
    found = find([rows.seen(row) for row in fresh], [rows.seen(row) for row in beside], limits())
    by_punch: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_punch[finding.punch].append(finding)
    kept = reviews_of([row["name"] for row in fresh])
    for row in fresh:
        signals = told(row, by_punch.get(row["name"], []))
        if signals or row["name"] in kept:
            keep(row, signals, known=row["name"] in kept)
    done([row["name"] for row in fresh], hashed)
    return len(fresh)


def limits() -> Limits:
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    return Limits(
        speed=cint(settings.laju_maksimum_kmj) or 150,
        people_per_device=cint(settings.batas_pegawai_per_perangkat) or 3,
        alike=cint(settings.kemiripan_foto_bit),
    )


def told(row: dict[str, Any], findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Rows of the child table, the heaviest first; what the punch itself asked to be looked at among them."""
    signals = [
        {
            "jenis": words.title(finding.kind),
            "uraian": words.sentence(finding),
            "bobot": finding.weight,
            "absensi_lain": "\n".join(finding.others[:20]),
        }
        for finding in findings
    ]
    if row["perlu_tinjau"] and row["foto_status"] != "Tidak Datang":
        signals.append(
            {
                "jenis": _("Noted with the Punch"),
                "uraian": row["alasan_tinjau"] or "",
                "bobot": AT_PUNCH_WEIGHT,
            }
        )
    return sorted(signals, key=lambda signal: -signal["bobot"])


def reviews_of(names: list[str]) -> set[str]:
    return set(frappe.get_all(REVIEW, {"name": ["in", names]}, pluck="name"))


def keep(row: dict[str, Any], signals: list[dict[str, Any]], *, known: bool) -> None:
    """One row a punch. Looked at again, it says what is known now; a decision stands unless there is more than before."""
    doc = frappe.get_doc(REVIEW, row["name"]) if known else frappe.new_doc(REVIEW)
    more = {signal["jenis"] for signal in signals} - {signal.jenis for signal in doc.isyarat}
    if known and not signals and doc.status == MENUNGGU:
        doc.delete(ignore_permissions=True)
        return
    doc.update(
        {"absensi": row["name"], "pegawai": row["pegawai"], "opd": row["opd"], "tanggal": row["tanggal"]}
    )
    doc.set("isyarat", signals or doc.isyarat)
    doc.skor = sum(cint(signal.bobot) for signal in doc.isyarat)
    if more and doc.status == "Wajar":
        doc.status = MENUNGGU
    doc.flags.scanning = True
    doc.save(ignore_permissions=True)


def done(names: list[str], hashed: dict[str, str]) -> None:
    absensi = frappe.qb.DocType("Absensi")
    for name, value in hashed.items():
        frappe.qb.update(absensi).set(absensi.foto_dhash, value).where(absensi.name == name).run()
    frappe.qb.update(absensi).set(absensi.isyarat_pada, now_datetime()).where(absensi.name.isin(names)).run()
