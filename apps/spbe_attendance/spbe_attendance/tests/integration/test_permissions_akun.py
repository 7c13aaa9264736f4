"""Role x DocType x verb for what is kept about accounts and changes of people."""

import frappe

from spbe_attendance.kepegawaian import activation
from spbe_attendance.kepegawaian.mutasi import history
from spbe_attendance.kepegawaian.mutasi.timeline import Stretch
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.role_matrix import RoleMatrix, role_users

VERBS = {"r": "read", "w": "write", "c": "create", "d": "delete", "R": "report", "x": "export"}
# (role, DocType): verbs on a row of the own OPD, on a row of another OPD.
MATRIX = {
    ("Pegawai SPBE", "Kode Aktivasi"): ("", ""),
    ("Kepala OPD", "Kode Aktivasi"): ("rR", ""),
    ("Admin OPD", "Kode Aktivasi"): ("rR", ""),
    ("BKPSDM", "Kode Aktivasi"): ("rR", "rR"),
    ("Pimpinan", "Kode Aktivasi"): ("", ""),
    ("Wali Data", "Kode Aktivasi"): ("", ""),
    ("Pegawai SPBE", "Catatan Akun"): ("", ""),
    ("Kepala OPD", "Catatan Akun"): ("rR", ""),
    ("Admin OPD", "Catatan Akun"): ("rR", ""),
    ("BKPSDM", "Catatan Akun"): ("rRx", "rRx"),
    ("Pimpinan", "Catatan Akun"): ("", ""),
    ("Wali Data", "Catatan Akun"): ("", ""),
    # For whom one may be made is asked of the person when it is made: test_mutasi.
    ("Pegawai SPBE", "Mutasi Pegawai"): ("", ""),
    ("Kepala OPD", "Mutasi Pegawai"): ("rR", ""),
    ("Admin OPD", "Mutasi Pegawai"): ("rwcR", "c"),
    ("BKPSDM", "Mutasi Pegawai"): ("rwcRx", "rwcRx"),
    ("Pimpinan", "Mutasi Pegawai"): ("", ""),
    ("Wali Data", "Mutasi Pegawai"): ("", ""),
    ("Pegawai SPBE", "Riwayat Pegawai"): ("", ""),
    ("Kepala OPD", "Riwayat Pegawai"): ("rR", ""),
    ("Admin OPD", "Riwayat Pegawai"): ("rR", ""),
    ("BKPSDM", "Riwayat Pegawai"): ("rRx", "rRx"),
    ("Pimpinan", "Riwayat Pegawai"): ("", ""),
    ("Wali Data", "Riwayat Pegawai"): ("", ""),
}


class TestPermissionsOfAccounts(RoleMatrix, SiteTestCase):
    matrix = MATRIX
    verbs = VERBS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own, cls.other = cls.rows(), cls.rows()
        cls.users = role_users(cls.own["opd"])

    @staticmethod
    def rows():
        opd = make_opd().name
        person = make_pegawai(opd=opd)
        activation.issue([person.name])
        held = {**dict.fromkeys(history.FIELDS), "opd": opd, "status": "Aktif"}
        history.store(person.name, [Stretch(None, frappe.utils.getdate("2026-01-31"), held)])
        change = {"pegawai": person.name, "jenis": "Pensiun", "berlaku_mulai": "2027-03-01"}
        return {
            "opd": opd,
            "person": person,
            "Mutasi Pegawai": frappe.get_doc({"doctype": "Mutasi Pegawai", **change}).insert(),
            **{
                doctype: frappe.get_last_doc(doctype, {"pegawai": person.name})
                for doctype in ("Kode Aktivasi", "Catatan Akun", "Riwayat Pegawai")
            },
        }

    def test_a_person_reads_what_was_done_to_the_own_account_and_nobody_elses(self):
        frappe.set_user(self.own["person"].user)
        self.assertEqual(frappe.get_list("Catatan Akun", pluck="pegawai"), [self.own["person"].name])

    def test_the_fingerprint_of_a_code_is_read_by_nobody(self):
        for role in ("BKPSDM", "Admin OPD"):
            frappe.set_user(self.users[role])
            with self.subTest(role):
                (row,) = frappe.get_list(
                    "Kode Aktivasi", {"pegawai": self.own["person"].name}, ["name", "sidik"]
                )
                self.assertNotIn("sidik", row)
