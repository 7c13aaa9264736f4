"""Two of BKPSDM close the same month at the same moment: real processes, real commits, cleaned up afterwards."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.tests.utils import FrappeTestCase

from spbe_attendance.kehadiran.rekapitulasi import closing
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.rekap_world import bulk_staff
from spbe_attendance.tests.worker_process import Worker

DAY, MONTH = date(2026, 9, 1), "2026-09"
PREPARE = """
frappe.set_user("Administrator")
doc = frappe.get_doc("Tutup Bulan", words[0])
"""
WORK = """
try:
    doc.tutup("Diuji bersamaan")
    frappe.db.commit()
    print("closed", flush=True)
except Exception as refusal:
    frappe.db.rollback()
    print(type(refusal).__name__, flush=True)
"""


class TestClosingAtOnce(FrappeTestCase):
    def setUp(self):
        frappe.set_user("Administrator")
        self.opd = make_opd().name
        self.staff = bulk_staff(5, [self.opd])
        frappe.db.commit()
        closing.close(DAY, self.opd)
        self.row = frappe.get_doc({"doctype": "Tutup Bulan", "opd": self.opd, "bulan": MONTH}).insert().name
        frappe.db.commit()

    def tearDown(self):
        frappe.db.rollback()
        for doctype in ("Rekap Harian", "Hitung Ulang", "Tutup Bulan", "Akar Harian", "Pegawai"):
            frappe.db.delete(doctype, {"opd": self.opd})
        frappe.db.delete("OPD", {"name": self.opd})
        frappe.db.commit()

    def test_one_closes_and_the_other_is_told_so(self):
        closers = [Worker(WORK, [self.row], prepare=PREPARE) for _ in range(2)]
        for closer in closers:
            closer.go()
        told = sorted(closer.told(120).strip() for closer in closers)
        frappe.db.rollback()  # see what others have committed

        self.assertEqual(told, ["BulanSudahDitutup", "closed"])
        stored = frappe.get_doc("Tutup Bulan", self.row)
        self.assertEqual((stored.status, stored.jumlah_baris), ("Ditutup", 5))
        self.assertEqual(frappe.db.count("Comment", {"reference_name": self.row, "comment_type": "Info"}), 1)
