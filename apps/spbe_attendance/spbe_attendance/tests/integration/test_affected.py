"""Changes behind computed days are noted once for each target, with the change itself."""

from datetime import date

import frappe

from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.tests.case import SiteTestCase

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 6)


class TestAffected(SiteTestCase):
    def noted(self):
        fields = ["pegawai", "opd", "dari", "sampai"]
        rows = frappe.get_all(affected.QUEUE, {"sebab": "uji"}, fields)
        return sorted(tuple(str(row[field]) for field in fields) for row in rows)

    def test_persons_and_units_are_noted_each(self):
        affected.mark(["a", "b"], ["x"], FIRST, LAST, "uji")
        days = ("2026-11-02", "2026-11-06")
        self.assertEqual(self.noted(), [("None", "x", *days), ("a", "None", *days), ("b", "None", *days)])

    def test_nobody_named_means_everybody(self):
        affected.mark(None, None, FIRST, LAST, "uji")
        self.assertEqual(self.noted(), [("None", "None", "2026-11-02", "2026-11-06")])

    def test_an_empty_list_or_range_notes_nothing(self):
        affected.mark([], None, FIRST, LAST, "uji")
        affected.mark(None, None, LAST, FIRST, "uji")
        self.assertEqual(self.noted(), [])
