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
)
from spbe_attendance.tests.role_matrix import RoleMatrix, role_users

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


class TestPermissionsApel(RoleMatrix, SiteTestCase):
    matrix = MATRIX

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
        cls.users = role_users(cls.opd.name)

    def documents(self, role, doctype):
        return self.rows[doctype]

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
