"""Role x DocType x verb for what a month is closed with."""

import frappe

from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.rekap_world import bulk
from spbe_attendance.tests.role_matrix import RoleMatrix, role_users

VERBS = {"r": "read", "w": "write", "c": "create", "d": "delete", "R": "report", "x": "export", "p": "print"}
ALL, READS, LOOKS = "rwcRxp", "rRxp", "rR"
# (role, DocType): verbs on a row of the own OPD, on a row of another OPD.
MATRIX = {
    ("Pegawai SPBE", "Tutup Bulan"): ("", ""),
    ("Kepala OPD", "Tutup Bulan"): (READS, ""),
    # Opens the row and reads the checklist; closing itself is refused to all but BKPSDM.
    ("Admin OPD", "Tutup Bulan"): (ALL, ""),
    ("BKPSDM", "Tutup Bulan"): (ALL, ALL),
    ("Pimpinan", "Tutup Bulan"): (LOOKS, LOOKS),
    ("Wali Data", "Tutup Bulan"): ("", ""),
    ("Pegawai SPBE", "Penyesuaian Rekap"): ("", ""),
    ("Kepala OPD", "Penyesuaian Rekap"): (READS, ""),
    ("Admin OPD", "Penyesuaian Rekap"): (READS, ""),
    ("BKPSDM", "Penyesuaian Rekap"): (READS, READS),
    ("Pimpinan", "Penyesuaian Rekap"): ("", ""),
    ("Wali Data", "Penyesuaian Rekap"): ("", ""),
    ("Pegawai SPBE", "Aturan Potongan"): ("", ""),
    ("Kepala OPD", "Aturan Potongan"): ("r", "r"),
    ("Admin OPD", "Aturan Potongan"): ("r", "r"),
    ("BKPSDM", "Aturan Potongan"): ("rwcdRxp", "rwcdRxp"),
    ("Pimpinan", "Aturan Potongan"): ("", ""),
    ("Wali Data", "Aturan Potongan"): ("r", "r"),
}


class TestPermissionsOfTheRecap(RoleMatrix, SiteTestCase):
    matrix = MATRIX
    verbs = VERBS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own, cls.other = cls.rows(), cls.rows()
        opd = cls.own["opd"]
        cls.users = role_users(opd)

    @staticmethod
    def rows():
        opd = make_opd().name
        person = make_pegawai(opd=opd)
        changed = {
            "pegawai": person.name,
            "opd": opd,
            "tanggal": "2026-09-01",
            "bulan_berlaku": "2026-10",
            "selisih": 1.5,
        }
        [adjustment] = bulk("Penyesuaian Rekap", [changed])
        rule = frappe.get_all("Aturan Potongan", pluck="name", limit=1)[0]
        return {
            "opd": opd,
            "person": person,
            "Tutup Bulan": frappe.get_doc(
                {"doctype": "Tutup Bulan", "opd": opd, "bulan": "2026-09"}
            ).insert(),
            "Penyesuaian Rekap": frappe.get_doc("Penyesuaian Rekap", adjustment),
            "Aturan Potongan": frappe.get_doc("Aturan Potongan", rule),
        }

    def test_the_person_reads_the_own_adjustment(self):
        user = self.own["person"].user
        self.assertTrue(
            frappe.has_permission("Penyesuaian Rekap", "read", self.own["Penyesuaian Rekap"], user=user)
        )
        self.assertFalse(
            frappe.has_permission("Penyesuaian Rekap", "read", self.other["Penyesuaian Rekap"], user=user)
        )

    def test_nobody_but_bkpsdm_closes_or_opens_again(self):
        for role in ("Kepala OPD", "Admin OPD", "Pimpinan"):
            frappe.set_user(self.users[role])
            doc = frappe.get_doc("Tutup Bulan", self.own["Tutup Bulan"].name)
            for act in (
                lambda row=doc: row.tutup("Semua beres"),
                lambda row=doc: row.buka_kembali("Salah tutup"),
            ):
                with self.subTest(role), self.assertRaises(frappe.PermissionError):
                    act()

    def test_nobody_writes_an_adjustment_by_hand(self):
        for role, user in self.users.items():
            frappe.set_user(user)
            doc = frappe.get_doc("Penyesuaian Rekap", self.own["Penyesuaian Rekap"].name)
            doc.selisih = 0
            with self.subTest(role), self.assertRaises(frappe.PermissionError):
                doc.save()
