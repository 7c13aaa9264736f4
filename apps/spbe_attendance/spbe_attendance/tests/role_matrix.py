"""Role x DocType x verb as a table: the two tests that hold every such table, for the classes that bring one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import frappe

from spbe_attendance.tests.factories import make_pegawai, make_role_user

STAFF, OTHERS = ("Pegawai SPBE", "Kepala OPD", "Admin OPD"), ("BKPSDM", "Pimpinan", "Wali Data")


def role_users(opd: str) -> dict[str, str]:
    """Role -> account: three of this OPD, three without a person."""
    found = {role: make_pegawai(opd=opd, roles=(role,)).user for role in STAFF}
    return found | {role: make_role_user(role) for role in OTHERS}


class RoleMatrix:
    """``matrix``: (role, DocType) -> the letters of the verbs that are allowed, one text per row of ``documents``; None where there
    is no such row. ``users``: role -> account."""

    matrix: ClassVar[Mapping[tuple[str, str], tuple[str | None, ...]]]
    verbs: ClassVar[Mapping[str, str]] = {"r": "read", "w": "write", "c": "create", "d": "delete"}
    users: ClassVar[dict[str, str]]
    own: ClassVar[dict[str, Any]]
    other: ClassVar[dict[str, Any]]

    def documents(self, role: str, doctype: str) -> list[Any]:
        """A row of the own OPD and one of another OPD; classes with more rows override it."""
        return [self.own[doctype], self.other[doctype]]

    def test_every_role_may_do_what_the_table_says_and_nothing_else(self):
        for (role, doctype), expected in self.matrix.items():
            rows = self.documents(role, doctype)
            for place, (row, allowed) in enumerate(zip(rows, expected, strict=True)):
                if allowed is None:
                    continue
                found = "".join(
                    letter
                    for letter, verb in self.verbs.items()
                    if frappe.has_permission(doctype, verb, doc=row, user=self.users[role])
                )
                with self.subTest(role=role, doctype=doctype, place=place):
                    self.assertEqual(found, allowed)

    def test_lists_show_exactly_what_forms_open(self):
        for role, doctype in self.matrix:
            if frappe.get_meta(doctype).issingle:
                continue
            frappe.set_user(self.users[role])
            names = sorted({row.name for row in self.documents(role, doctype) if row})
            try:
                listed = frappe.get_list(doctype, {"name": ["in", names]}, pluck="name")
            except frappe.PermissionError:
                listed = []
            opened = [
                name
                for name in names
                if frappe.has_permission(doctype, "read", doc=frappe.get_doc(doctype, name))
            ]
            with self.subTest(role=role, doctype=doctype):
                self.assertCountEqual(listed, opened)
