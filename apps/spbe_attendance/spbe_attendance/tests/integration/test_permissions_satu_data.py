"""Role x DocType x verb of open data: a version that waits, and one that everybody has seen."""

import frappe
from frappe.model.workflow import apply_workflow

from spbe_attendance.pemantauan.satu_data import settings, spec, versions
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.role_matrix import RoleMatrix, role_users
from spbe_attendance.tests.satu_data_world import ask, close, draft, staff_month

NOTHING = ("", "")
NOBODYS = ("Pegawai SPBE", "Kepala OPD", "Admin OPD")
# (role, DocType): verbs on what waits, verbs on what is published.
MATRIX = {
    **{
        (role, doctype): NOTHING
        for role in NOBODYS
        for doctype in (
            "Versi Dataset",
            "Isi Versi Dataset",
            "Penyusunan Dataset",
            "Dataset Satu Data",
            "Pengaturan Satu Data",
        )
    },
    ("BKPSDM", "Versi Dataset"): ("rw", "rw"),
    ("BKPSDM", "Isi Versi Dataset"): NOTHING,
    ("BKPSDM", "Penyusunan Dataset"): ("rwc", "rwc"),
    ("BKPSDM", "Dataset Satu Data"): ("rw", "rw"),
    ("BKPSDM", "Pengaturan Satu Data"): ("r", "r"),
    ("Pimpinan", "Versi Dataset"): ("", "r"),
    ("Pimpinan", "Isi Versi Dataset"): NOTHING,
    ("Pimpinan", "Penyusunan Dataset"): NOTHING,
    ("Pimpinan", "Dataset Satu Data"): NOTHING,
    ("Pimpinan", "Pengaturan Satu Data"): NOTHING,
    ("Wali Data", "Versi Dataset"): ("rw", "rw"),
    ("Wali Data", "Isi Versi Dataset"): NOTHING,
    ("Wali Data", "Penyusunan Dataset"): ("r", "r"),
    ("Wali Data", "Dataset Satu Data"): ("rw", "rw"),
    ("Wali Data", "Pengaturan Satu Data"): ("rw", "rw"),
}


class TestPermissionsSatuData(RoleMatrix, SiteTestCase):
    matrix = MATRIX

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        opd = make_opd().name
        staff_month(opd, "PNS", [{"S": 1}] * 8, close(opd))
        published = apply_workflow(draft(), "Terbitkan")
        waiting = draft(spec.UNITS, spec.REFERENCE)
        cls.users = role_users(opd)
        cls.own = cls.rows(waiting, published)
        cls.other = cls.rows(published, published)

    @staticmethod
    def rows(version, counted):
        return {
            "Versi Dataset": version,
            "Isi Versi Dataset": frappe.get_doc(versions.CONTENT, counted.name),
            "Penyusunan Dataset": ask(),
            "Dataset Satu Data": frappe.get_doc("Dataset Satu Data", version.dataset),
            "Pengaturan Satu Data": frappe.get_doc(settings.DOCTYPE),
        }

    def test_a_guest_reads_no_document_of_open_data(self):
        for doctype, row in self.other.items():
            with self.subTest(doctype):
                self.assertFalse(frappe.has_permission(doctype, "read", doc=row, user="Guest"))

    def test_nobody_makes_or_removes_a_version(self):
        for role, user in self.users.items():
            for verb in ("create", "delete", "submit", "cancel"):
                with self.subTest(role=role, verb=verb):
                    self.assertFalse(frappe.has_permission("Versi Dataset", verb, user=user))

    def test_the_metadata_sheet_is_printed_with_every_part(self):
        html = frappe.get_print("Versi Dataset", self.other["Versi Dataset"].name, "Lembar Metadata Dataset")
        for text in (
            "MS-Keg",
            "MS-Var",
            "MS-Ind",
            "Kepmendagri 300.2.2-2138/2025",
            "Persentase Kehadiran Pegawai",
        ):
            with self.subTest(text):
                self.assertIn(text, html)
