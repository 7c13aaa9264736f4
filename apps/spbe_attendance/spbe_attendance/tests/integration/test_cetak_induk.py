"""Print formats of master data: in the letterhead's style, and no word more than their reader may see."""

import frappe

from spbe_attendance.kepegawaian.identity import mask
from spbe_attendance.pemantauan.cetak import master
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user

NIK = "1410010101900001"


class TestPrintFormats(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd(nama_opd="Dinas Cetak").name
        cls.head = make_pegawai(opd=cls.opd, roles=("Kepala OPD",))
        cls.person = make_pegawai(
            opd=cls.opd, nama="Siti <b>Uji</b>", gelar_belakang="S.E.", nik=NIK, with_user=False
        )
        make_pegawai(opd=cls.opd, nama="Sudah Pensiun", status="Pensiun", with_user=False)
        cls.stranger = make_pegawai()

    def printed(self, doctype, name, form):
        return frappe.get_print(doctype, name, form, doc=frappe.get_doc(doctype, name), no_letterhead=1)

    def sheet(self):
        return self.printed("Pegawai", self.person.name, "Lembar Data Pegawai")

    def test_bkpsdm_reads_the_whole_nik_and_a_head_its_mask(self):
        for user, shown, hidden in (
            (make_role_user("BKPSDM"), NIK, mask(NIK)),
            (self.head.user, mask(NIK), NIK),
        ):
            frappe.set_user(user)
            with self.subTest(user):
                text = self.sheet()
                self.assertIn(shown, text)
                self.assertNotIn(hidden, text)

    def test_the_sheet_has_letterhead_data_and_room_for_corrections(self):
        frappe.set_user(self.head.user)
        text = self.sheet()
        for part in (
            "DINAS CETAK",
            self.person.nip,
            "Siti &lt;b&gt;Uji&lt;/b&gt;, S.E.",
            'class="signature"',
        ):
            self.assertIn(part, text)

    def test_names_are_text_and_never_markup(self):
        frappe.set_user(self.head.user)
        self.assertNotIn("<b>Uji</b>", self.sheet())
        self.assertNotIn("<b>Uji</b>", self.printed("OPD", self.opd, "Daftar Pegawai OPD"))

    def test_a_stranger_gets_no_sheet(self):
        frappe.set_user(self.stranger.user)
        with self.assertRaises(frappe.PermissionError):
            master.lembar_pegawai(frappe.get_doc("Pegawai", self.person.name))

    def test_the_list_of_an_opd_has_its_active_people(self):
        frappe.set_user(self.head.user)
        names = [row["nama"] for row in master.daftar_pegawai(frappe.get_doc("OPD", self.opd))]
        self.assertCountEqual(names, [self.head.nama, self.person.nama])

    def test_leaders_get_names_without_nip(self):
        frappe.set_user(make_role_user("Pimpinan"))
        rows = master.daftar_pegawai(frappe.get_doc("OPD", self.opd))
        self.assertEqual({"nip", "nik"} & set().union(*rows), set())
        self.assertEqual(len(rows), 2)
