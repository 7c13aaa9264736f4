"""What the phone and the form show of a day, and who may see which."""

from datetime import date, datetime

import frappe
from freezegun import freeze_time

from spbe_attendance.api import absensi as api
from spbe_attendance.kehadiran.rekapitulasi import closing, shown
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.rekap_world import bulk, punch_row

MONDAY = date(2026, 9, 7)
# 08:00, 12:00 and 23:00 of the site, seven hours ahead of UTC.
MORNING, NOON, NIGHT = "2026-09-07 01:00:00", "2026-09-07 05:00:00", "2026-09-07 16:00:00"


class TestShown(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd().name
        cls.staf, cls.kepala = make_pegawai(opd=cls.opd), make_pegawai(opd=cls.opd, roles=["Kepala OPD"])
        cls.lain, cls.pimpinan = make_pegawai(), make_role_user("Pimpinan")

    def arrive(self, clock):
        bulk("Absensi", [punch_row(self.staf.name, "Masuk", datetime.fromisoformat(f"2026-09-07 {clock}"))])

    def test_before_the_day_is_over_nothing_is_missing_yet(self):
        with freeze_time(MORNING):
            day = shown.today(self.staf.name)
            self.assertEqual((day["kode"], day["persen_potongan"], day["sementara"]), ("", 0, True))
            self.assertIn("07.30", day["penjelasan"][-1]["teks"])
        self.arrive("07:50")
        with freeze_time(NOON):
            day = shown.today(self.staf.name)
            self.assertEqual(
                (day["kode"], day["menit_terlambat"], day["persen_potongan"]), ("H,TL1", 20, 0.5)
            )
            self.assertTrue(day["sementara"])

    def test_after_it_what_is_missing_counts(self):
        self.arrive("07:20")
        with freeze_time(NIGHT):
            day = shown.today(self.staf.name)
        self.assertEqual((day["kode"], day["sementara"], day["persen_potongan"]), ("H,PSW4", False, 1.5))

    def test_the_history_tells_each_day_and_why(self):
        self.arrive("08:05")
        closing.close(MONDAY, self.opd, commit=False)
        frappe.set_user(self.staf.user)
        (day,) = api.riwayat(bulan="2026-09")["hari"]
        self.assertEqual(day["rekap"]["kode"], "H,TL2,PSW4")
        said = day["rekap"]["penjelasan"]
        self.assertEqual(
            said[0]["teks"],
            frappe._("First in {0}, due {1}: {2} minutes late, {3}.").format("08.05", "07.30", 35, "TL2"),
        )
        self.assertEqual(said[0]["dasar"], "Perbup Kepulauan Meranti 10/2022")

    def test_a_day_without_punches_is_in_the_history_too(self):
        closing.close(MONDAY, self.opd, commit=False)
        frappe.set_user(self.staf.user)
        days = api.riwayat(bulan="2026-09")["hari"]
        self.assertEqual(
            [(day["tanggal"], day["absensi"], day["rekap"]["kode"]) for day in days], [(MONDAY, [], "TK")]
        )

    def test_the_form_gets_the_reasons_in_words(self):
        closing.close(MONDAY, self.opd, commit=False)
        doc = frappe.get_doc("Rekap Harian", {"pegawai": self.staf.name, "tanggal": MONDAY})
        doc.run_method("onload")
        self.assertTrue(all(row["teks"] for row in doc.get_onload("penjelasan")))

    def test_each_sees_the_days_that_are_theirs_and_nobody_writes_one(self):
        closing.close(MONDAY, None, commit=False)
        own, other = ({"pegawai": person.name, "tanggal": MONDAY} for person in (self.staf, self.lain))
        cases = (
            (self.staf.user, True, False),
            (self.kepala.user, True, False),
            (self.lain.user, False, True),
            (self.pimpinan, True, True),
            (make_role_user("BKPSDM"), True, True),
            (make_role_user("Wali Data"), False, False),
        )
        for user, sees_own, sees_other in cases:
            for filters, seen in ((own, sees_own), (other, sees_other)):
                frappe.set_user("Administrator")
                doc = frappe.get_doc("Rekap Harian", filters)
                frappe.set_user(user)
                with self.subTest(user=user, seen=seen):
                    self.assertEqual(doc.has_permission("read"), seen)
                    listed = (
                        frappe.get_list("Rekap Harian", filters)
                        if frappe.has_permission("Rekap Harian")
                        else []
                    )
                    self.assertEqual(bool(listed), seen)
                    self.assertFalse(any(doc.has_permission(verb) for verb in ("write", "create", "delete")))
