"""Permits of one person that cover the same day, duty orders of others included. Two halves of a day do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Coalesce
from frappe.utils import getdate

from spbe_attendance.exceptions import PermohonanBertumpuk

ENDED = ("Ditolak", "Dibatalkan")


def check(doc: Document, people: Sequence[dict[str, Any]]) -> None:
    """Raises PermohonanBertumpuk, which names the other permit. Call with the persons locked."""
    names = {person["name"]: person["nama"] for person in people}
    for row in covering(list(names), getdate(doc.dari), getdate(doc.sampai)):
        if row.name == doc.name or (
            doc.setengah_hari and row.setengah_hari not in (None, "", doc.setengah_hari)
        ):
            continue
        frappe.throw(
            _("{0} already has {1} from {2} to {3} ({4}): cancel or shorten that first.").format(
                names[row.pegawai],
                frappe.get_cached_value("Jenis Ketidakhadiran", row.jenis, "nama_jenis"),
                row.dari.strftime("%d-%m-%Y"),
                row.akhir.strftime("%d-%m-%Y"),
                _(row.status),
            ),
            PermohonanBertumpuk,
            title=_("Days overlap"),
        )


def covering(names: Sequence[str], first: date, last: date) -> list[Any]:
    """Permits of these persons that have not ended and touch the days; read locked, to see what has just been committed."""
    permit, member = frappe.qb.DocType("Ketidakhadiran"), frappe.qb.DocType("Ketidakhadiran Peserta")
    end = Coalesce(permit.dipersingkat_sampai, permit.sampai)
    fields = (permit.name, permit.jenis, permit.dari, end.as_("akhir"), permit.setengah_hari, permit.status)
    touches = permit.status.notin(ENDED) & (permit.dari <= last) & (end >= first)
    own = (
        frappe.qb.from_(permit)
        .select(permit.pegawai, *fields)
        .where(permit.pegawai.isin(names) & touches)
        .for_update()
        .run(as_dict=True)
    )
    ordered = (
        frappe.qb.from_(member)
        .join(permit)
        .on(permit.name == member.parent)
        .select(member.pegawai, *fields)
        .where(member.pegawai.isin(names) & (member.parenttype == "Ketidakhadiran") & touches)
        .for_update()
        .run(as_dict=True)
    )
    return [*own, *ordered]
