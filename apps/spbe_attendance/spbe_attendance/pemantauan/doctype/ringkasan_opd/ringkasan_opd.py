from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from spbe_attendance.pemantauan.ringkas import access, counters, tally
from spbe_attendance.pemantauan.ringkas.tree import Tree

FIELDS = ("pegawai", "hadir", "izin", "belum")


class RingkasanOPD(Document):
    """Today's numbers of an OPD with all below it. Nothing is stored: it is what rooms of the socket server are named after, so that
    only those who may read it join them (pemantauan.ringkas.access)."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        belum: DF.Int
        hadir: DF.Int
        izin: DF.Int
        opd: DF.Link | None
        pegawai: DF.Int
    # end: auto-generated types

    def load_from_db(self) -> None:
        """The name alone: whether it may be read is asked before numbers are counted."""
        if not frappe.db.exists("OPD", self.name):
            frappe.throw(_("There is no OPD {0}.").format(self.name), frappe.DoesNotExistError)
        super(Document, self).__init__({"doctype": self.doctype, "name": self.name, "opd": self.name})

    def onload(self) -> None:
        self.update(numbers(self.name, Tree.load(), now_datetime().date()))

    def insert(self, *args: Any, **kwargs: Any) -> None:
        refuse()

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse()

    def db_insert(self, *args: Any, **kwargs: Any) -> None:
        refuse()

    def db_update(self, *args: Any, **kwargs: Any) -> None:
        refuse()

    def delete(self, *args: Any, **kwargs: Any) -> None:
        refuse()

    @staticmethod
    def get_list(args: Any = None) -> list[dict[str, Any]]:
        """Of the OPD that the session's user sees at the top and those right below them."""
        tree, found = Tree.load(), access.scope()
        tops, day = found.tops(tree), now_datetime().date()
        names = [*tops, *(child for top in tops for child in tree.children.get(top, []))]
        return [{"name": name, "opd": name, **numbers(name, tree, day)} for name in names]

    @staticmethod
    def get_count(args: Any = None) -> int:
        return len(RingkasanOPD.get_list(args))

    @staticmethod
    def get_stats(args: Any = None) -> dict[str, Any]:
        return {}


def numbers(opd: str, tree: Tree, day: date) -> dict[str, int]:
    counted = tally.total(counters.of_day(day, tree.below(opd)).tallies.values()).counts()
    return {field: counted[field] for field in FIELDS}


def refuse() -> None:
    frappe.throw(_("These numbers are counted, not written."), frappe.PermissionError)
