"""Role x DocType x verb for permits, corrections, appeals and what belongs to them, refusals included."""

import frappe
from freezegun import freeze_time

from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_permohonan, make_role_user
from spbe_attendance.tests.role_matrix import OTHERS, STAFF, RoleMatrix

REQUESTS = ("Ketidakhadiran", "Koreksi Absensi", "Sanggah")
# (role, DocType): verbs on a row of the own OPD, of the person itself, of another OPD. r w c d
MATRIX = {
    **{("Pegawai SPBE", doctype): ("c", "rwc", "c") for doctype in REQUESTS},
    **{("Kepala OPD", doctype): ("rwc", "rwc", "c") for doctype in REQUESTS},
    **{("Admin OPD", doctype): ("rc", "rwc", "c") for doctype in REQUESTS},
    **{("BKPSDM", doctype): ("rwc", None, "rwc") for doctype in REQUESTS},
    **{("Pimpinan", doctype): ("", None, "") for doctype in REQUESTS},
    **{("Wali Data", doctype): ("", None, "") for doctype in REQUESTS},
    ("Pegawai SPBE", "Catatan Cuti Tahunan"): ("", "r", ""),
    ("Kepala OPD", "Catatan Cuti Tahunan"): ("r", "r", ""),
    ("Admin OPD", "Catatan Cuti Tahunan"): ("r", "r", ""),
    ("BKPSDM", "Catatan Cuti Tahunan"): ("rwcd", None, "rwcd"),
    ("Pimpinan", "Catatan Cuti Tahunan"): ("", None, ""),
    ("Pegawai SPBE", "Jenis Ketidakhadiran"): ("r", None, "r"),
    ("Kepala OPD", "Jenis Ketidakhadiran"): ("r", None, "r"),
    ("Admin OPD", "Jenis Ketidakhadiran"): ("r", None, "r"),
    ("BKPSDM", "Jenis Ketidakhadiran"): ("rwc", None, "rwc"),
    ("Wali Data", "Jenis Ketidakhadiran"): ("r", None, "r"),
}


class TestPermissionsOfRequests(RoleMatrix, SiteTestCase):
    matrix = MATRIX

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time("2026-11-04 02:00:00")
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.opd = make_opd().name
        cls.people = {role: make_pegawai(opd=cls.opd, roles=(role,)) for role in STAFF}
        cls.users = {role: person.user for role, person in cls.people.items()}
        cls.users |= {role: make_role_user(role) for role in OTHERS}
        colleague = make_pegawai(opd=cls.opd)
        cls.rows = {
            "opd": cls.rows_of(colleague, make_pegawai(opd=cls.opd)),
            "other": cls.rows_of(*(make_pegawai(opd=make_opd().name) for _ in range(1))),
        }
        cls.own = {role: cls.rows_of(person, colleague) for role, person in cls.people.items()}

    @staticmethod
    def rows_of(person, witness=None):
        witness = witness or make_pegawai(opd=person.opd)
        frappe.set_user(person.user)
        made = {
            "Ketidakhadiran": make_permohonan(
                "Ketidakhadiran", jenis="CT", dari="2026-11-09", sampai="2026-11-09"
            ),
            "Koreksi Absensi": make_permohonan(
                "Koreksi Absensi",
                tanggal="2026-11-03",
                jenis="Masuk",
                waktu="2026-11-03 07:25:00",
                sebab="Lupa Absen",
                saksi=witness.name,
            ),
            "Sanggah": make_permohonan("Sanggah", tanggal="2026-11-03"),
        }
        frappe.set_user("Administrator")
        note = {"pegawai": person.name, "tahun": 2025, "terpakai": 1, "keterangan": "Kartu cuti"}
        made["Catatan Cuti Tahunan"] = frappe.get_doc({"doctype": "Catatan Cuti Tahunan", **note}).insert()
        made["Jenis Ketidakhadiran"] = frappe.get_doc("Jenis Ketidakhadiran", "CT")
        return made

    def documents(self, role, doctype):
        own = self.own[role][doctype] if role in self.own else None
        return [self.rows["opd"][doctype], own, self.rows["other"][doctype]]

    def test_a_superior_sees_and_decides_the_rows_that_name_them(self):
        superior = make_pegawai(opd=make_opd().name)
        person = make_pegawai(opd=self.opd, atasan=superior.name)
        rows = self.rows_of(person, self.people["Admin OPD"])
        for doctype, allowed in (("Ketidakhadiran", True), ("Koreksi Absensi", True), ("Sanggah", False)):
            with self.subTest(doctype):
                found = frappe.has_permission(doctype, "write", doc=rows[doctype], user=superior.user)
                self.assertEqual(found, allowed)

    def test_an_admin_files_but_changes_no_row_of_others(self):
        frappe.set_user(self.users["Admin OPD"])
        doc = frappe.get_doc("Ketidakhadiran", self.rows["opd"]["Ketidakhadiran"].name)
        doc.nomor_surat = "1"
        with self.assertRaises(frappe.PermissionError):
            doc.save()

    def test_guests_see_nothing(self):
        for doctype in (*REQUESTS, "Catatan Cuti Tahunan", "Jenis Ketidakhadiran"):
            with self.subTest(doctype):
                self.assertFalse(frappe.has_permission(doctype, "read", user="Guest"))
