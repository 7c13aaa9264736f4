"""Role x DocType x verb for events and outages, within and outside of one's own OPD."""

import frappe

from spbe_attendance import exceptions
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_gangguan,
    make_kegiatan,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_role_user,
)

VERBS = ("read", "write", "create", "delete")
# (role, DocType): verbs on a row of the own OPD, on one of another OPD, on one for all. r w c d
MATRIX = {
    ("Pegawai SPBE", "Kegiatan Apel"): ("r", "", "r"),
    ("Kepala OPD", "Kegiatan Apel"): ("rwc", "", "r"),
    ("Admin OPD", "Kegiatan Apel"): ("rwcd", "", "r"),
    ("BKPSDM", "Kegiatan Apel"): ("rwcd", "rwcd", "rwcd"),
    ("Pimpinan", "Kegiatan Apel"): ("r", "r", "r"),
    ("Wali Data", "Kegiatan Apel"): ("", "", ""),
    ("Pegawai SPBE", "Gangguan Layanan"): ("", "", ""),
    ("Kepala OPD", "Gangguan Layanan"): ("r", "", "r"),
    ("Admin OPD", "Gangguan Layanan"): ("r", "", "r"),
    ("BKPSDM", "Gangguan Layanan"): ("rwcd", "rwcd", "rwcd"),
    ("Pimpinan", "Gangguan Layanan"): ("r", "r", "r"),
    ("Wali Data", "Gangguan Layanan"): ("", "", ""),
}


class TestPermissionsApel(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd, cls.other = make_opd(), make_opd()
        cls.unit = make_opd(induk=cls.opd.name)
        cls.place = make_lokasi(semua_opd=1)
        own, foreign = ({"opd": [{"opd": row.name}]} for row in (cls.opd, cls.other))
        cls.rows = {
            "Kegiatan Apel": (
                make_kegiatan(opd=cls.opd.name, lokasi=cls.place.name),
                make_kegiatan(opd=cls.other.name, lokasi=cls.place.name),
                make_kegiatan(semua_opd=1, jenis_kegiatan="Apel Gabungan", lokasi=cls.place.name),
            ),
            "Gangguan Layanan": (
                make_gangguan(**own),
                make_gangguan(**foreign),
                make_gangguan(semua_lokasi=1),
            ),
        }
        cls.users = {
            role: make_pegawai(opd=cls.opd.name, roles=(role,)).user
            for role in ("Pegawai SPBE", "Kepala OPD", "Admin OPD")
        }
        cls.users |= {role: make_role_user(role) for role in ("BKPSDM", "Pimpinan", "Wali Data")}

    def test_every_role_may_do_what_the_table_says_and_nothing_else(self):
        for (role, doctype), expected in MATRIX.items():
            for row, allowed in zip(self.rows[doctype], expected, strict=True):
                found = "".join(
                    verb[0]
                    for verb in VERBS
                    if frappe.has_permission(doctype, verb, doc=row, user=self.users[role])
                )
                with self.subTest(role=role, doctype=doctype, row=row.name):
                    self.assertEqual(found, allowed)

    def test_lists_show_exactly_what_forms_open(self):
        for (role, doctype), expected in MATRIX.items():
            frappe.set_user(self.users[role])
            names = [row.name for row in self.rows[doctype]]
            try:
                listed = frappe.get_list(doctype, {"name": ["in", names]}, pluck="name")
            except frappe.PermissionError:
                listed = []
            readable = [name for name, verbs in zip(names, expected, strict=True) if "r" in verbs]
            with self.subTest(role=role, doctype=doctype):
                self.assertCountEqual(listed, readable)

    def test_guests_see_nothing(self):
        for doctype in self.rows:
            self.assertFalse(frappe.has_permission(doctype, "read", user="Guest"))

    def test_staff_of_a_unit_see_the_events_of_the_opd_above(self):
        person = make_pegawai(opd=self.unit.name)
        self.assertTrue(
            frappe.has_permission(
                "Kegiatan Apel", "read", doc=self.rows["Kegiatan Apel"][0], user=person.user
            )
        )

    def test_an_opd_makes_events_within_its_own_units_only(self):
        frappe.set_user(self.users["Admin OPD"])
        event = make_kegiatan(opd=self.opd.name, lokasi=self.place.name, undangan=[{"opd": self.unit.name}])
        self.assertEqual([row.opd for row in event.undangan], [self.unit.name])
        with self.assertRaises(exceptions.UndanganDiLuarOPD):
            make_kegiatan(opd=self.opd.name, lokasi=self.place.name, undangan=[{"opd": self.other.name}])
        for values in ({"opd": self.other.name}, {"semua_opd": 1}, {"jenis_kegiatan": "Apel Gabungan"}):
            with self.subTest(values), self.assertRaises(frappe.PermissionError):
                make_kegiatan(**{"opd": self.opd.name, "lokasi": self.place.name, **values})
        event.semua_opd = 1
        with self.assertRaises(frappe.PermissionError):
            event.save()
