"""Two of BKPSDM close the same month at the same moment: real processes, real commits, cleaned up afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import frappe
from frappe.tests.utils import FrappeTestCase

from spbe_attendance.kehadiran.rekapitulasi import closing
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.rekap_world import bulk_staff

DAY, MONTH = date(2026, 9, 1), "2026-09"
PROGRAM = """
import sys
import frappe
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()
frappe.set_user("Administrator")
doc = frappe.get_doc("Tutup Bulan", sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
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

    def closer(self):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, frappe.local.site, self.row],
            cwd=Path.cwd(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ.copy(),
        )
        assert process.stdout.readline() == "ready\n"
        return process

    def test_one_closes_and_the_other_is_told_so(self):
        closers = [self.closer(), self.closer()]
        for process in closers:
            process.stdin.write("\n")
            process.stdin.flush()
        told = sorted(process.communicate(timeout=120)[0].strip() for process in closers)
        frappe.db.rollback()  # see what others have committed

        self.assertEqual(told, ["BulanSudahDitutup", "closed"])
        stored = frappe.get_doc("Tutup Bulan", self.row)
        self.assertEqual((stored.status, stored.jumlah_baris), ("Ditutup", 5))
        self.assertEqual(frappe.db.count("Comment", {"reference_name": self.row, "comment_type": "Info"}), 1)
