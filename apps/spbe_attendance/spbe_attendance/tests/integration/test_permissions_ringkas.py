"""Role x DocType x verb for what the Command Center stands on: rooms of OPD, and habits of late arrival."""

import frappe

from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.rekap_world import bulk
from spbe_attendance.tests.role_matrix import RoleMatrix, role_users

ROOM, HABIT = "Ringkasan OPD", "Kebiasaan Tiba"
ROLES = ("Pegawai SPBE", "Kepala OPD", "Admin OPD", "BKPSDM", "Pimpinan", "Wali Data")


class TestPermissionsRingkas(RoleMatrix, SiteTestCase):
    matrix = {
        ("Pegawai SPBE", HABIT): ("", ""),
        ("Kepala OPD", HABIT): ("", ""),
        ("Admin OPD", HABIT): ("", ""),
        ("Pimpinan", HABIT): ("", ""),
        ("Wali Data", HABIT): ("", ""),
        ("BKPSDM", HABIT): ("r", "r"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own_opd, cls.other_opd = make_opd().name, make_opd().name
        cls.users = role_users(cls.own_opd)
        people = [make_pegawai(opd=opd, with_user=False).name for opd in (cls.own_opd, cls.other_opd)]
        names = [bulk(HABIT, [{"name": one, "pegawai": one, "hari": 3, "menit": 60}])[0] for one in people]
        cls.own, cls.other = ({HABIT: frappe.get_doc(HABIT, name)} for name in names)

    def test_rooms_open_to_those_who_see_the_numbers(self):
        expected = {
            "Pegawai SPBE": ("", ""),
            "Kepala OPD": ("r", ""),
            "Admin OPD": ("r", ""),
            "BKPSDM": ("r", "r"),
            "Pimpinan": ("r", "r"),
            "Wali Data": ("r", "r"),
        }
        for role in ROLES:
            for opd, allowed in zip((self.own_opd, self.other_opd), expected[role], strict=True):
                doc = frappe.get_doc(ROOM, opd)
                found = "".join(
                    letter
                    for letter, verb in self.verbs.items()
                    if frappe.has_permission(ROOM, verb, doc=doc, user=self.users[role])
                )
                with self.subTest(role=role, opd=opd):
                    self.assertEqual(found, allowed)

    def test_the_list_holds_what_its_reader_sees_at_the_top(self):
        frappe.set_user(self.users["Kepala OPD"])
        self.assertEqual([row["name"] for row in frappe.get_list(ROOM)], [self.own_opd])
        frappe.set_user(self.users["Pegawai SPBE"])
        with self.assertRaises(frappe.PermissionError):
            frappe.get_list(ROOM)

    def test_numbers_are_written_by_nobody(self):
        frappe.set_user("Administrator")
        with self.assertRaises(frappe.PermissionError):
            frappe.get_doc({"doctype": ROOM, "opd": self.own_opd}).insert()
        with self.assertRaises(frappe.PermissionError):
            frappe.get_doc(ROOM, self.own_opd).delete()
