from __future__ import annotations

from datetime import date
from itertools import pairwise

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Max, Min
from frappe.utils import flt, formatdate, getdate

from spbe_attendance.exceptions import AturanTidakSah
from spbe_attendance.kehadiran.rekapitulasi import affected, rules
from spbe_attendance.worktime import codes
from spbe_attendance.worktime.errors import BrokenRates

OPEN_END = date(9999, 12, 31)


class AturanPotongan(Document):
    """Rates of a regulation, dated; what no regulation confirms is marked so."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        from spbe_attendance.kehadiran.doctype.aturan_potongan_jenjang.aturan_potongan_jenjang import (
            AturanPotonganJenjang,
        )

        batas_bulanan: DF.Float
        batas_harian: DF.Float
        catatan: DF.SmallText | None
        dari: DF.Date
        dasar_hukum: DF.Data
        dasar_potongan: DF.Literal["Seluruh TPP", "Komponen Disiplin"]
        dikonfirmasi: DF.Check
        jenjang: DF.Table[AturanPotonganJenjang]
        nama_aturan: DF.Data
        sampai: DF.Date | None
        untuk_pns: DF.Check
        untuk_pppk: DF.Check
        untuk_pppk_paruh_waktu: DF.Check
    # end: auto-generated types

    def validate(self) -> None:
        self.validate_dates()
        self.validate_percentages()
        self.validate_ladder(codes.TL)
        self.validate_ladder(codes.PSW)
        self.validate_table()
        self.refuse_overlap()

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if before is None or weight(before) != weight(self):
            ranges = [self.span(), *([before.span()] if before else [])]
            self.mark(min(first for first, _last in ranges), max(last for _first, last in ranges))

    def on_trash(self) -> None:
        if frappe.db.exists("Rekap Harian", {"aturan": self.name}):
            frappe.throw(_("Days were computed by this rule: end it with a date instead."), AturanTidakSah)

    def span(self) -> tuple[date, date]:
        return getdate(self.dari), getdate(self.sampai) if self.sampai else OPEN_END

    def mark(self, first: date, last: date) -> None:
        """Only days that have been computed are computed again."""
        rekap = frappe.qb.DocType("Rekap Harian")
        known = frappe.qb.from_(rekap).select(Min(rekap.tanggal), Max(rekap.tanggal)).run()[0]
        if known[0]:
            begin, end = max(first, known[0]), min(last, known[1])
            affected.mark(
                None, None, begin, end, _("Deduction rule {0} was made or changed").format(self.name)
            )

    def validate_dates(self) -> None:
        first, last = self.span()
        if last < first:
            frappe.throw(_("The rule ends before it begins."), AturanTidakSah)

    def validate_percentages(self) -> None:
        seen: set[str] = set()
        for row in self.jenjang:
            if row.kode in seen:
                frappe.throw(
                    _("{0} stands twice in the ladder: keep one row of it.").format(row.kode), AturanTidakSah
                )
            seen.add(row.kode)
            if not 0 <= flt(row.persen) <= 100:
                frappe.throw(_("{0}: a deduction lies between 0 and 100 %.").format(row.kode), AturanTidakSah)

    def validate_ladder(self, names: tuple[str, ...]) -> None:
        """Each step begins in the minute after the one before; only the last is open upwards."""
        steps = [row for name in names for row in self.jenjang if row.kode == name]
        for below, above in pairwise(steps):
            if not below.menit_sampai or above.menit_dari != below.menit_sampai + 1:
                frappe.throw(
                    _(
                        "{0} ends at minute {1}, {2} begins at minute {3}: steps follow each other without gap or overlap."
                    ).format(below.kode, below.menit_sampai or "∞", above.kode, above.menit_dari),
                    AturanTidakSah,
                )
        if steps and steps[-1].menit_sampai:
            frappe.throw(
                _(
                    "{0} is the last step: leave its end empty, so that longer delays have a step, too."
                ).format(steps[-1].kode),
                AturanTidakSah,
            )

    def validate_table(self) -> None:
        """What the engine would refuse is refused here, in words."""
        row = frappe._dict(
            {field: self.get(field) for field in rules.FIELDS}, dari=self.span()[0], sampai=None
        )
        try:
            rules.rule(row, self.jenjang)
        except BrokenRates as error:
            frappe.throw(describe(error), AturanTidakSah)

    def refuse_overlap(self) -> None:
        """Two rules at once for the same people would make their deduction a matter of chance."""
        first, last = self.span()
        flags = [flag for flag in dict.fromkeys(rules.FLAGS.values()) if self.get(flag)]
        others = frappe.get_all(
            "Aturan Potongan",
            {"name": ["!=", self.name or ""]},
            ["name", "dari", "sampai", *dict.fromkeys(rules.FLAGS.values())],
        )
        for other in others:
            shared = any(other[flag] for flag in flags)
            if shared and other.dari <= last and (other.sampai or OPEN_END) >= first:
                frappe.throw(
                    _(
                        "{0} holds for the same employees from {1} to {2}: end one before the other begins."
                    ).format(
                        other.name, formatdate(other.dari), formatdate(other.sampai) if other.sampai else "∞"
                    ),
                    AturanTidakSah,
                )


def weight(doc: AturanPotongan) -> tuple[object, ...]:
    """All that a computed day depends on."""
    steps = sorted((row.kode, row.menit_dari or 0, flt(row.persen, 4)) for row in doc.jenjang)
    numbers = (
        flt(doc.batas_harian),
        *(int(doc.get(flag) or 0) for flag in dict.fromkeys(rules.FLAGS.values())),
    )
    return (doc.span(), doc.dasar_hukum, numbers, tuple(steps))


def describe(error: BrokenRates) -> str:
    reasons = {
        "bands_not_rising": _("Steps must rise: a later step begins later and costs no less."),
        "missing_below_bands": _(
            "A missing punch must not cost less than the highest step, or the very late would do better not to punch."
        ),
        "level_out_of_range": _("There are four steps at most."),
    }
    return reasons.get(error.code) or _("Percentages must not be negative.")
