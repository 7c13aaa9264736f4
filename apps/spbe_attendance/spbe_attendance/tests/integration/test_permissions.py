"""Role x DocType x verb, refusals included, for rows within and outside of one's own OPD."""

import frappe
from frappe.desk.search import search_link
from frappe.utils import getdate

from spbe_attendance.kehadiran.segel import roots, sealing
from spbe_attendance.overrides.database_query import wrap_queries
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_absensi,
    make_kunci,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_perangkat,
    make_role_user,
    make_tinjauan,
)
from spbe_attendance.tests.role_matrix import RoleMatrix, role_users

VERBS = {
    "r": "read", "w": "write", "c": "create", "d": "delete", "R": "report", "x": "export", "p": "print", "m": "email", "s": "share",
}  # fmt: skip
# Nothing here is ever submitted, and imports are made by nobody but the administrator.
NEVER = ("submit", "cancel", "amend", "import")
# (role, DocType): verbs allowed on a row of the own OPD, verbs allowed on a row of another OPD.
MATRIX = {
    ("Pegawai SPBE", "OPD"): ("r", ""),
    ("Pegawai SPBE", "Pegawai"): ("", ""),
    ("Pegawai SPBE", "OPD Lokasi"): ("r", ""),
    ("Pegawai SPBE", "Absensi"): ("c", "c"),
    ("Pegawai SPBE", "Perangkat"): ("", ""),
    ("Pegawai SPBE", "Kios Absensi"): ("", ""),
    ("Pegawai SPBE", "Kunci API"): ("", ""),
    ("Pegawai SPBE", "Tinjauan Absensi"): ("", ""),
    ("Pegawai SPBE", "Pengaturan Absensi"): ("", ""),
    ("Pegawai SPBE", "Segel Absensi"): ("", ""),
    ("Pegawai SPBE", "Akar Harian"): ("", ""),
    ("Kepala OPD", "OPD"): ("rR", ""),
    ("Kepala OPD", "Pegawai"): ("rRxp", ""),
    ("Kepala OPD", "OPD Lokasi"): ("rR", ""),
    ("Kepala OPD", "Absensi"): ("rwcRxp", "c"),
    ("Kepala OPD", "Perangkat"): ("rR", ""),
    ("Kepala OPD", "Kios Absensi"): ("rR", ""),
    ("Kepala OPD", "Kunci API"): ("", ""),
    ("Kepala OPD", "Tinjauan Absensi"): ("rwR", ""),
    ("Kepala OPD", "Pengaturan Absensi"): ("", ""),
    ("Kepala OPD", "Segel Absensi"): ("rRxp", ""),
    ("Kepala OPD", "Akar Harian"): ("rRxp", ""),
    ("Admin OPD", "OPD"): ("rR", ""),
    ("Admin OPD", "Pegawai"): ("rwcRxp", ""),
    ("Admin OPD", "OPD Lokasi"): ("rwcRx", ""),
    ("Admin OPD", "Absensi"): ("rcRx", "c"),
    ("Admin OPD", "Perangkat"): ("rR", ""),
    ("Admin OPD", "Kios Absensi"): ("rwcR", ""),
    ("Admin OPD", "Kunci API"): ("", ""),
    ("Admin OPD", "Tinjauan Absensi"): ("", ""),
    ("Admin OPD", "Pengaturan Absensi"): ("", ""),
    ("Admin OPD", "Segel Absensi"): ("rRxp", ""),
    ("Admin OPD", "Akar Harian"): ("rRxp", ""),
    ("BKPSDM", "OPD"): ("rwcdRxpms", "rwcdRxpms"),
    ("BKPSDM", "Pegawai"): ("rwcdRxpms", "rwcdRxpms"),
    ("BKPSDM", "OPD Lokasi"): ("rwcdRxpms", "rwcdRxpms"),
    ("BKPSDM", "Absensi"): ("rwcRxp", "rwcRxp"),
    ("BKPSDM", "Perangkat"): ("rRx", "rRx"),
    ("BKPSDM", "Kios Absensi"): ("rwcR", "rwcR"),
    ("BKPSDM", "Kunci API"): ("rR", "rR"),
    ("BKPSDM", "Tinjauan Absensi"): ("rwRx", "rwRx"),
    ("BKPSDM", "Pengaturan Absensi"): ("rw", "rw"),
    ("BKPSDM", "Segel Absensi"): ("rRxp", "rRxp"),
    ("BKPSDM", "Akar Harian"): ("rRxp", "rRxp"),
    ("Pimpinan", "OPD"): ("rR", "rR"),
    ("Pimpinan", "Pegawai"): ("rR", "rR"),
    ("Pimpinan", "OPD Lokasi"): ("rR", "rR"),
    ("Pimpinan", "Absensi"): ("rR", "rR"),
    ("Pimpinan", "Perangkat"): ("", ""),
    ("Pimpinan", "Kios Absensi"): ("", ""),
    ("Pimpinan", "Kunci API"): ("", ""),
    ("Pimpinan", "Tinjauan Absensi"): ("", ""),
    ("Pimpinan", "Pengaturan Absensi"): ("", ""),
    ("Pimpinan", "Segel Absensi"): ("", ""),
    ("Pimpinan", "Akar Harian"): ("", ""),
    ("Wali Data", "OPD"): ("rwcRx", "rwcRx"),
    ("Wali Data", "Pegawai"): ("", ""),
    ("Wali Data", "OPD Lokasi"): ("rwcRxpms", "rwcRxpms"),
    ("Wali Data", "Absensi"): ("", ""),
    ("Wali Data", "Perangkat"): ("rR", "rR"),
    ("Wali Data", "Kios Absensi"): ("rR", "rR"),
    ("Wali Data", "Kunci API"): ("rwcR", "rwcR"),
    ("Wali Data", "Tinjauan Absensi"): ("", ""),
    ("Wali Data", "Pengaturan Absensi"): ("r", "r"),
    ("Wali Data", "Segel Absensi"): ("rRxp", "rRxp"),
    ("Wali Data", "Akar Harian"): ("rRxp", "rRxp"),
}


class TestPermissions(RoleMatrix, SiteTestCase):
    matrix = MATRIX
    verbs = VERBS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own, cls.other = cls.rows(), cls.rows()
        opd = cls.own["OPD"].name
        cls.users = role_users(opd)

    @staticmethod
    def rows():
        opd = make_opd()
        place = make_lokasi(opd=opd.name)
        person = make_pegawai(opd=opd.name)
        frappe.set_user(person.user)
        absensi = make_absensi()
        frappe.set_user("Administrator")
        device = make_perangkat(person)
        kios = frappe.get_doc({"doctype": "Kios Absensi", "nama_kios": "Loket", "opd": opd.name}).insert()
        sealing.seal([absensi.name])
        roots.make_one(opd.name, getdate(absensi.tanggal))
        settings = frappe.get_single("Pengaturan Absensi")
        return {
            "OPD": opd,
            "OPD Lokasi": place,
            "Pegawai": person,
            "Absensi": absensi,
            "Perangkat": device,
            "Tinjauan Absensi": make_tinjauan(absensi),
            "Kios Absensi": kios,
            "Kunci API": make_kunci(opd=opd.name),
            "Segel Absensi": frappe.get_doc("Segel Absensi", {"absensi": absensi.name}),
            "Akar Harian": frappe.get_doc("Akar Harian", {"opd": opd.name}),
            "Pengaturan Absensi": settings,
        }

    def test_nobody_submits_cancels_amends_or_imports(self):
        for role, doctype in MATRIX:
            for verb in NEVER:
                with self.subTest(role=role, doctype=doctype, verb=verb):
                    self.assertFalse(
                        frappe.has_permission(doctype, verb, doc=self.own[doctype], user=self.users[role])
                    )

    def test_guests_see_nothing(self):
        for doctype in ("OPD", "Pegawai", "OPD Lokasi", "Absensi", "Pengaturan Absensi"):
            with self.subTest(doctype):
                self.assertFalse(frappe.has_permission(doctype, "read", user="Guest"))

    def test_one_sees_ones_own_rows(self):
        person = self.own["Pegawai"]
        frappe.set_user(person.user)
        self.assertEqual(frappe.get_list("Absensi", pluck="name"), [self.own["Absensi"].name])
        self.assertEqual(frappe.get_list("Pegawai", pluck="name"), [person.name])
        self.assertEqual(frappe.get_list("Segel Absensi", pluck="name"), [self.own["Segel Absensi"].name])

    def test_the_nik_is_for_bkpsdm_only(self):
        self.own["Pegawai"].nik = "1410011808960001"
        self.own["Pegawai"].save()
        for role, seen in (
            ("BKPSDM", True),
            ("Admin OPD", False),
            ("Kepala OPD", False),
            ("Pimpinan", False),
        ):
            frappe.set_user(self.users[role])
            doc = frappe.get_doc("Pegawai", self.own["Pegawai"].name)
            doc.apply_fieldlevel_read_permissions()
            with self.subTest(role):
                self.assertEqual(bool(doc.get("nik")), seen)

    def test_personal_data_are_for_those_who_keep_them(self):
        person = frappe.get_doc("Pegawai", self.own["Pegawai"].name)
        person.update({"tanggal_lahir": "1990-01-01", "jenis_kelamin": "Perempuan", "golongan": "III/a"})
        person.save()
        for role, seen in (
            ("BKPSDM", True),
            ("Admin OPD", True),
            ("Kepala OPD", True),
            ("Pimpinan", False),
            ("Pegawai SPBE", False),
        ):
            frappe.set_user(self.users[role])
            doc = frappe.get_doc("Pegawai", person.name)
            doc.apply_fieldlevel_read_permissions()
            for field in ("nip", "tanggal_lahir", "jenis_kelamin", "golongan"):
                with self.subTest(role=role, field=field):
                    self.assertEqual(bool(doc.get(field)), seen)
            self.assertEqual(doc.nama, person.nama)

    def test_a_leader_finds_people_by_name_and_never_by_number(self):
        person = self.own["Pegawai"]
        wrap_queries()
        for role, by_number in (("Pimpinan", []), ("Admin OPD", [person.name])):
            frappe.set_user(self.users[role])
            with self.subTest(role):
                self.assertIn(person.name, self.search(person.nama))
                self.assertEqual(self.search(person.nip), by_number)
        frappe.set_user(self.users["Pimpinan"])
        with self.assertRaises(frappe.PermissionError):
            frappe.get_list("Pegawai", {"nip": person.nip})

    @staticmethod
    def search(text):
        """What a link field offers."""
        return [
            row["value"]
            for row in search_link("Pegawai", text, page_length=50) or frappe.response.get("results") or []
        ]

    def test_an_admin_makes_no_staff_for_another_opd(self):
        frappe.set_user(self.users["Admin OPD"])
        with self.assertRaises(frappe.PermissionError):
            make_pegawai(opd=self.other["OPD"].name, with_user=False)
        with self.assertRaises(frappe.PermissionError):
            make_lokasi(semua_opd=1)

    def test_a_head_works_below_every_opd_that_names_them(self):
        head = make_pegawai(opd=self.own["OPD"].name, roles=("Kepala OPD",))
        self.other["OPD"].reload()
        self.other["OPD"].kepala = head.name
        self.other["OPD"].save()
        self.assertTrue(frappe.has_permission("Absensi", "read", doc=self.other["Absensi"], user=head.user))

    def test_nobody_takes_over_a_foreign_row_by_writing_an_own_opd_into_it(self):
        frappe.set_user(self.users["Admin OPD"])
        for doctype in ("Pegawai", "OPD Lokasi"):
            doc = frappe.get_doc(doctype, self.other[doctype].name)
            doc.opd = self.own["OPD"].name
            with self.subTest(doctype), self.assertRaises(frappe.PermissionError):
                doc.save()

    def test_an_admin_hands_no_row_to_another_opd(self):
        frappe.set_user(self.users["Admin OPD"])
        for doctype in ("Pegawai", "OPD Lokasi"):
            doc = frappe.get_doc(doctype, self.own[doctype].name)
            doc.opd = self.other["OPD"].name
            with self.subTest(doctype), self.assertRaises(frappe.PermissionError):
                doc.save()

    def test_an_admin_links_no_account_to_a_person(self):
        frappe.set_user(self.users["Admin OPD"])
        doc = frappe.get_doc("Pegawai", self.own["Pegawai"].name)
        before = doc.user
        doc.user, doc.jabatan = make_role_user_as_administrator("Pegawai SPBE"), "Analis"
        doc.save()
        stored = frappe.db.get_value("Pegawai", doc.name, ["user", "jabatan"])
        self.assertEqual(stored, (before, "Analis"))

    def test_an_admin_of_the_own_opd_saves_without_losing_the_nik(self):
        person = frappe.get_doc("Pegawai", self.own["Pegawai"].name)
        person.nik = "1410015808960001"
        person.save()
        frappe.set_user(self.users["Admin OPD"])
        doc = frappe.get_doc("Pegawai", self.own["Pegawai"].name)
        doc.apply_fieldlevel_read_permissions()
        doc.jabatan = "Arsiparis"
        doc.save()
        self.assertEqual(frappe.db.get_value("Pegawai", doc.name, "nik"), "1410015808960001")

    def test_what_the_framework_writes_down_of_a_failure_holds_no_nik(self):
        nik, digits = "1410011808960001", "12345678901234567890"
        try:
            raise ValueError(f"{nik} at {digits}")
        except ValueError:
            log = frappe.log_error(title=f"Import of {nik}")
        stored = frappe.db.get_value("Error Log", log.name, ["method", "error"])
        self.assertFalse(any(nik in text for text in stored), stored)
        self.assertIn("1410********0001", stored[0])
        self.assertIn(digits, stored[1])

    def test_the_history_of_a_person_shows_a_masked_nik(self):
        person = frappe.get_doc("Pegawai", self.own["Pegawai"].name)
        person.nik = "1410011808960002"
        person.save(ignore_version=False)
        versions = frappe.get_all("Version", {"ref_doctype": "Pegawai", "docname": person.name}, pluck="data")
        self.assertIn("1410********0002", "".join(versions))
        self.assertNotIn("1410011808960002", "".join(versions))


def make_role_user_as_administrator(role: str) -> str:
    before = frappe.session.user
    frappe.set_user("Administrator")
    try:
        return make_role_user(role)
    finally:
        frappe.set_user(before)
