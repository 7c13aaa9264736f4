from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from spbe_attendance.exceptions import JadwalBertumpuk
from spbe_attendance.kehadiran.jadwal import hours, reach, roster, source, succession
from spbe_attendance.plain_values import PlainValues
from spbe_attendance.worktime.errors import BrokenSchedule
from spbe_attendance.worktime.hours import Hours
from spbe_attendance.worktime.schedule import roster_plan

ORDERS = (1, 2)


class RosterDinas(PlainValues):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        impor: DF.Link | None
        keterangan: DF.SmallText | None
        opd: DF.Link
        pegawai: DF.Link
        shift: DF.Link | None
        sumber: DF.Literal["Manual", "Impor", "Tukar"]
        tanggal: DF.Date
        urutan: DF.Int
    # end: auto-generated types

    def insert(self, *args: object, **kwargs: object) -> RosterDinas:
        self.take_opd()
        return super().insert(*args, **kwargs)

    def save(self, *args: object, **kwargs: object) -> RosterDinas:
        self.take_opd()
        return super().save(*args, **kwargs)

    def take_opd(self) -> None:
        """The unit comes from the person before permissions are checked: nobody reaches into another OPD by naming an own one."""
        if self.doctype == "Roster Dinas" and isinstance(self.pegawai, str):
            self.opd = frappe.db.get_value("Pegawai", self.pegawai, "opd")

    def validate(self) -> None:
        self.validate_order()
        self.validate_unique()
        self.validate_shifts()
        self.name_source()

    def validate_order(self) -> None:
        if self.urutan not in ORDERS:
            frappe.throw(_("A date has at most two shifts: the order is 1 or 2."))

    def validate_unique(self) -> None:
        same = {"pegawai": self.pegawai, "tanggal": self.tanggal, "urutan": self.urutan}
        if frappe.db.exists(self.doctype, {**same, "name": ["!=", self.name or ""]}):
            frappe.throw(
                _("This person has a roster for {0} already: change that row.").format(
                    formatdate(self.tanggal)
                ),
                JadwalBertumpuk,
            )

    def validate_shifts(self) -> None:
        others = frappe.get_all(
            self.doctype,
            {
                "pegawai": self.pegawai,
                "tanggal": self.tanggal,
                "name": ["!=", self.name or ""],
                "shift": ["is", "set"],
            },
            pluck="shift",
        )
        known = source.shifts()
        try:
            roster_plan(
                getdate(self.tanggal),
                [known[code] for code in (*others, self.shift) if code and code in known],
            )
        except BrokenSchedule as error:
            hours.refuse(error)
        self.validate_neighbours(known)

    def validate_neighbours(self, known: dict[str, Hours]) -> None:
        """A night shift that is not over when the next date's shift begins: refused with the row it is about."""
        day = getdate(self.tanggal)
        others = succession.around(self.pegawai, day, without=self.name)
        days: dict[date, list[str]] = {day: [self.shift] if self.shift else []}
        for row in others:
            if row["shift"]:
                days.setdefault(row["tanggal"], []).append(row["shift"])
        for clash in succession.of_codes(days, known):
            if day in (clash.first_day, clash.second_day):
                other = clash.second_day if clash.first_day == day else clash.first_day
                names = [row["name"] for row in others if row["tanggal"] == other]
                frappe.throw(
                    _("{0} Change one of the two: the other row is {1}.").format(
                        succession.describe(clash), ", ".join(names)
                    ),
                    JadwalBertumpuk,
                )

    def name_source(self) -> None:
        """Only import and exchange say so; whatever a person saves is by hand."""
        if not self.flags.written_by:
            self.sumber, self.impor = roster.MANUAL, None

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        if before and roster.effect(before) == roster.effect(self):
            return
        days = {(doc.pegawai, getdate(doc.tanggal)) for doc in (before, self) if doc}
        reach.mark_days(days, _("Roster changed"))

    def on_trash(self) -> None:
        reach.mark_days([(self.pegawai, getdate(self.tanggal))], _("Roster changed"))


def on_doctype_update() -> None:
    frappe.db.add_unique("Roster Dinas", ["pegawai", "tanggal", "urutan"], constraint_name="satu_dinas")
    frappe.db.add_index("Roster Dinas", ["tanggal", "pegawai"])
    frappe.db.add_index("Roster Dinas", ["opd", "tanggal"])
