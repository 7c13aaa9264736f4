from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from spbe_attendance.exceptions import HariLiburGanda
from spbe_attendance.kehadiran.jadwal import reach
from spbe_attendance.plain_values import PlainValues

LIBUR_OPD = "Libur OPD"
BERLAKU = "Berlaku"
EFFECT = ("tanggal", "jenis", "opd", "nama_libur", "dasar")


class HariLibur(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        dasar: DF.Data | None
        jenis: DF.Literal["Libur Nasional", "Cuti Bersama", "Libur Daerah", "Libur OPD"]
        kunci: DF.Data | None
        nama_libur: DF.Data
        opd: DF.Link | None
        status: DF.Literal["Usulan", "Berlaku"]
        sumber: DF.Data | None
        tanggal: DF.Date
    # end: auto-generated types

    def validate(self) -> None:
        self.validate_scope()
        self.validate_basis()
        self.validate_unique()

    def validate_scope(self) -> None:
        if self.jenis != LIBUR_OPD:
            self.opd = None
        elif not self.opd:
            frappe.throw(_("Choose the OPD that has this day off."))

    def validate_basis(self) -> None:
        self.dasar = (self.dasar or "").strip()
        if self.status == BERLAKU and not self.dasar:
            frappe.throw(
                _("A day off in force needs its legal basis: the number of the SKB, Keppres or circular.")
            )

    def validate_unique(self) -> None:
        """The key in the database decides; this tells it in words."""
        self.kunci = key(self.tanggal, self.jenis, self.opd)
        other = frappe.db.get_value(
            self.doctype,
            {"kunci": self.kunci, "name": ["!=", self.name or ""]},
            ["name", "nama_libur"],
            as_dict=True,
        )
        if other:
            link = frappe.utils.get_link_to_form(self.doctype, other.name, other.nama_libur)
            frappe.throw(
                _("{0} has a row of this kind already: {1}. Change that one.").format(
                    formatdate(self.tanggal), link
                ),
                HariLiburGanda,
            )

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if effect(before) != effect(self):
            mark(before, self)

    def on_trash(self) -> None:
        mark(self)


def key(tanggal: object, jenis: str, opd: str | None) -> str:
    return f"{getdate(tanggal)}|{jenis}|{opd or ''}"


def effect(doc: HariLibur | None) -> tuple[str, ...] | None:
    """What days are computed from; None while the row does not count."""
    if doc is None or doc.status != BERLAKU:
        return None
    return tuple(str(doc.get(field) or "") for field in EFFECT)


def mark(*versions: HariLibur | None) -> None:
    """The day before and after the change, each once, and a word about them."""
    days = {
        (getdate(doc.tanggal), doc.opd if doc.jenis == LIBUR_OPD else None)
        for doc in versions
        if doc is not None and effect(doc)
    }
    for day, opd in sorted(days, key=str):
        why = _("Day off {0} changed").format(formatdate(day))
        told = reach.mark(None, [opd] if opd else None, day, day, why)
        # Many at once are told of in one sentence by whoever saves them.
        if told and not frappe.flags.many_days_off:
            who = frappe.get_cached_value("OPD", opd, "nama_opd") if opd else _("all OPD")
            frappe.msgprint(_("{0} will be computed again for {1}.").format(formatdate(day), who), alert=True)
