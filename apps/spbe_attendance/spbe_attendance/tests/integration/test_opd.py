"""The tree of OPD: built, walked and guarded."""

import frappe

from spbe_attendance.kepegawaian.doctype.opd.opd import add_node, get_children
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai


class TestOPD(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dinas = make_opd(nama_opd="Dinas Kelautan Uji")
        cls.bidang = make_opd(nama_opd="Bidang Tangkap Uji", induk=cls.dinas.name, is_group=0)
        cls.lain = make_opd()

    def test_the_tree_shows_roots_first_and_units_below(self):
        roots = {row["value"]: row for row in get_children(parent="OPD", is_root="true")}
        self.assertIn(self.dinas.name, roots)
        self.assertNotIn(self.bidang.name, roots)
        below = get_children(parent=self.dinas.name, is_root="false")
        self.assertEqual(
            [(row["value"], row["title"]) for row in below], [(self.bidang.name, "Bidang Tangkap Uji")]
        )

    def test_people_see_the_branch_they_belong_to(self):
        frappe.set_user(make_pegawai(opd=self.bidang.name).user)
        self.assertEqual([row["value"] for row in get_children(is_root=True)], [self.dinas.name])

    def test_a_unit_added_in_the_tree_stands_below_its_parent(self):
        name = add_node(kode="UJI-SEKSI", nama_opd="Seksi Uji", parent=self.dinas.name)
        parent, child = (frappe.db.get_value("OPD", n, ["lft", "rgt"]) for n in (self.dinas.name, name))
        self.assertTrue(parent[0] < child[0] < child[1] < parent[1])

    def test_only_those_who_keep_the_register_add_units(self):
        frappe.set_user(make_pegawai(opd=self.dinas.name, roles=("Kepala OPD",)).user)
        with self.assertRaises(frappe.PermissionError):
            add_node(kode="UJI-LIAR", nama_opd="Seksi Liar", parent=self.dinas.name)

    def test_a_unit_that_has_no_units_takes_none(self):
        with self.assertRaises(frappe.ValidationError) as refused:
            make_opd(induk=self.bidang.name)
        self.assertIn(self.bidang.name, str(refused.exception))

    def test_no_opd_stands_below_itself(self):
        self.dinas.reload()
        self.dinas.induk = self.dinas.name
        with self.assertRaises(frappe.ValidationError):
            self.dinas.save()

    def test_an_opd_with_units_cannot_be_deleted(self):
        with self.assertRaises(frappe.ValidationError):
            frappe.delete_doc("OPD", self.dinas.name)
