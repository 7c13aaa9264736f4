"""What the computing of days reads here: set-based, a constant number of statements for any number of persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.query_builder.functions import Coalesce

from spbe_attendance.kehadiran.pencatatan import known

APPROVED = "Disetujui"


@dataclass(frozen=True)
class Permit:
    """An approved permit of one person; ``kode``: what the day is called in the recap; ``sampai``: the shortened end;
    ``setengah_hari``: "", Pagi or Siang."""

    pegawai: str
    name: str
    jenis: str
    kode: str
    kelompok: str
    dari: date
    sampai: date
    setengah_hari: str
    nomor_surat: str


def permits(pegawai: Sequence[str] | None, first: date, last: date) -> list[Permit]:
    """Approved permits that touch the days, of these persons or (None) of everybody; one per person of a duty order."""
    if pegawai is not None and known.in_use():
        pegawai = list(
            known.value(known.IZIN, (first, last), lambda: _away(first, last)).intersection(pegawai)
        )
        if not pegawai:
            return []
    return [as_permit(row) for query in _queries(pegawai, first, last) for row in query.run(as_dict=True)]


def _away(first: date, last: date) -> frozenset[str]:
    """Who has one: few of all who open the app in the morning."""
    return frozenset(row.pegawai for query in _queries(None, first, last) for row in query.run(as_dict=True))


def _queries(pegawai: Sequence[str] | None, first: date, last: date) -> tuple[Any, Any]:
    """Permits for one person, and duty orders by their members."""
    permit, kind = frappe.qb.DocType("Ketidakhadiran"), frappe.qb.DocType("Jenis Ketidakhadiran")
    member = frappe.qb.DocType("Ketidakhadiran Peserta")
    end = Coalesce(permit.dipersingkat_sampai, permit.sampai)
    fields = (permit.name, permit.jenis, kind.kode_rekap.as_("kode"), kind.kelompok, permit.dari)
    fields += (end.as_("sampai"), permit.setengah_hari, permit.nomor_surat)
    touches = (permit.status == APPROVED) & (permit.dari <= last) & (end >= first)
    base = frappe.qb.from_(permit).join(kind).on(kind.name == permit.jenis).where(touches)
    own = base.select(permit.pegawai, *fields)
    ordered = (
        base.join(member)
        .on((member.parent == permit.name) & (member.parenttype == "Ketidakhadiran"))
        .select(member.pegawai, *fields)
    )
    if pegawai is not None:
        own = own.where(permit.pegawai.isin(list(pegawai) or [""]))
        ordered = ordered.where(member.pegawai.isin(list(pegawai) or [""]))
    return own, ordered


def as_permit(row: Any) -> Permit:
    return Permit(**{**row, **{field: row[field] or "" for field in ("setengah_hari", "nomor_surat")}})


def replaced_punches(pegawai: Sequence[str] | None, first: date, last: date) -> set[str]:
    """Punches of the wrong kind whose correction was approved: kept as evidence, not counted."""
    koreksi = frappe.qb.DocType("Koreksi Absensi")
    query = (
        frappe.qb.from_(koreksi)
        .select(koreksi.absensi_asal)
        .where((koreksi.status == APPROVED) & koreksi.absensi_asal.isnotnull() & koreksi.tanggal[first:last])
    )
    if pegawai is not None:
        query = query.where(koreksi.pegawai.isin(list(pegawai) or [""]))
    return {row[0] for row in query.run()}
