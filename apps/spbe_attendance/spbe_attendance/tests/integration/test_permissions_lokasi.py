"""Role x DocType x verb for imports, surveys and measurements of places, on rows of the own OPD and of another."""

import frappe

from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_lokasi, make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.lokasi_world import walk

VERBS = {
    "r": "read", "w": "write", "c": "create", "d": "delete", "R": "report", "x": "export", "p": "print", "m": "email", "s": "share",
}  # fmt: skip
# (role, DocType): verbs allowed on a row of the own OPD, or of oneself; verbs allowed on a row of another.
MATRIX = {
    ("Pegawai SPBE", "Impor Lokasi"): ("", ""),
    ("Pegawai SPBE", "Survei Lokasi"): ("", ""),
    ("Pegawai SPBE", "Ukuran Lokasi"): ("", ""),
    ("Kepala OPD", "Impor Lokasi"): ("", ""),
    ("Kepala OPD", "Survei Lokasi"): ("rcR", ""),
    ("Kepala OPD", "Ukuran Lokasi"): ("rR", ""),
    ("Admin OPD", "Impor Lokasi"): ("rwcdR", ""),
    ("Admin OPD", "Survei Lokasi"): ("rwcRx", ""),
    ("Admin OPD", "Ukuran Lokasi"): ("rR", ""),
    ("BKPSDM", "Impor Lokasi"): ("rwcdRxpm", "rwcdRxpm"),
    ("BKPSDM", "Survei Lokasi"): ("rwcdRxpm", "rwcdRxpm"),
    ("BKPSDM", "Ukuran Lokasi"): ("rRx", "rRx"),
    ("Pimpinan", "Impor Lokasi"): ("", ""),
    ("Pimpinan", "Survei Lokasi"): ("", ""),
    ("Pimpinan", "Ukuran Lokasi"): ("", ""),
    ("Wali Data", "Impor Lokasi"): ("rwcdRx", "rwcdRx"),
    ("Wali Data", "Survei Lokasi"): ("rwcRx", "rwcRx"),
    ("Wali Data", "Ukuran Lokasi"): ("rRx", "rRx"),
}


class TestPermissionsLokasi(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own, other = make_opd(), make_opd()
        cls.users = {
            role: make_pegawai(opd=own.name, roles=(role,)).user
            for role in ("Pegawai SPBE", "Kepala OPD", "Admin OPD")
        }
        cls.users |= {role: make_role_user(role) for role in ("BKPSDM", "Pimpinan", "Wali Data")}
        cls.own = cls.rows(own, cls.users["Admin OPD"])
        cls.other = cls.rows(other, "Administrator")

    @staticmethod
    def rows(opd, owner):
        place = make_lokasi(opd=opd.name)
        source = frappe.get_doc({"doctype": "Impor Lokasi", "radius_bawaan": 50}).insert()
        source.db_set("owner", owner)
        stations = [{"sampel": frappe.as_json(walk(x, 0)["sampel"])} for x in (-30, 30)]
        survey = {"doctype": "Survei Lokasi", "nama_lokasi": "Pos", "opd": opd.name, "titik": stations}
        measured = {"doctype": "Ukuran Lokasi", "lokasi": place.name, "opd": opd.name}
        return {
            "Impor Lokasi": frappe.get_doc("Impor Lokasi", source.name),
            "Survei Lokasi": frappe.get_doc(survey).insert(),
            "Ukuran Lokasi": frappe.get_doc(measured).insert(),
        }

    def test_every_role_may_do_what_the_table_says_and_nothing_else(self):
        for (role, doctype), expected in MATRIX.items():
            for rows, allowed in zip((self.own, self.other), expected, strict=True):
                found = "".join(
                    letter
                    for letter, verb in VERBS.items()
                    if frappe.has_permission(doctype, verb, doc=rows[doctype], user=self.users[role])
                )
                with self.subTest(role=role, doctype=doctype, own=rows is self.own):
                    self.assertEqual(found, allowed)

    def test_lists_show_exactly_what_forms_open(self):
        for role, doctype in MATRIX:
            frappe.set_user(self.users[role])
            readable = frappe.has_permission(doctype, "read")
            shown = set(frappe.get_list(doctype, pluck="name")) if readable else set()
            for rows in (self.own, self.other):
                opens = bool(frappe.has_permission(doctype, "read", doc=rows[doctype]))
                with self.subTest(role=role, doctype=doctype, own=rows is self.own):
                    self.assertEqual(rows[doctype].name in shown, opens)
