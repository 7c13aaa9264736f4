"""The scan in real processes with real commits: one at a time, and one that is killed. Cleaned up afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import frappe
from frappe.tests.utils import FrappeTestCase

from spbe_attendance.kehadiran.tinjauan import scan
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.rekap_world import bulk, bulk_staff, punch_row
from spbe_attendance.tests.worker_process import Worker

# More than one transaction of the small batches below, all on one spot: every punch has a finding.
STAFF, EACH = 30, 10
START = datetime(2026, 9, 1, 7)
PLACE = {"latitude": 1.0087231, "longitude": 102.7131877, "akurasi": 8.37, "putusan_lokasi": "Dalam", "foto_status": "Tidak Diminta"}  # fmt: skip
PREPARE = """
from spbe_attendance.kehadiran.tinjauan import scan
scan.BATCH = int(words[0])
"""
WORK = 'print("looked", scan.run(), flush=True)'
# A punch as the web server would write it.
INSERT = """
frappe.db.sql("set session innodb_lock_wait_timeout = 1")
frappe.db.sql(
    "insert into tabAbsensi (name, pegawai, opd, foto_status, waktu_tiba) values ('uji-sela', %s, %s, 'Menunggu', now())", words
)
frappe.db.commit()
print("in", flush=True)
"""


class TestScanWorkers(FrappeTestCase):
    def setUp(self):
        frappe.set_user("Administrator")
        self.opd = make_opd().name
        self.staff = bulk_staff(STAFF, [self.opd])
        bulk(
            "Absensi",
            [
                punch_row(name, "Masuk", START + timedelta(days=day), opd=self.opd, **PLACE)
                for name in self.staff
                for day in range(EACH)
            ],
        )
        frappe.db.commit()

    def tearDown(self):
        frappe.db.rollback()
        reviews = frappe.get_all("Tinjauan Absensi", {"opd": self.opd}, pluck="name")
        frappe.db.delete("Isyarat Tinjauan", {"parent": ["in", reviews or [""]]})
        frappe.db.delete("Ciri Absensi", {"pegawai": ["in", self.staff]})
        for doctype in ("Tinjauan Absensi", "Absensi", "Pegawai"):
            frappe.db.delete(doctype, {"opd": self.opd})
        frappe.db.delete("OPD", {"name": self.opd})
        frappe.db.commit()

    def worker(self, batch):
        return Worker(WORK, [batch], prepare=PREPARE)

    def looked(self):
        frappe.db.rollback()  # see what others have committed
        return frappe.db.count("Absensi", {"opd": self.opd, "isyarat_pada": ["is", "set"]})

    def assert_whole(self):
        assert self.looked() == STAFF * EACH
        names = frappe.get_all("Tinjauan Absensi", {"opd": self.opd}, pluck="absensi")
        assert len(names) == len(set(names)) == STAFF * EACH
        signals = frappe.get_all("Isyarat Tinjauan", {"parent": ["in", names]}, ["parent", "kode"])
        assert len({(row.parent, row.kode) for row in signals}) == len(signals) >= STAFF * EACH

    def test_the_next_run_goes_on_where_a_killed_one_was(self):
        self.worker(20).go().kill_once(self.looked)
        half = self.looked()
        assert 0 < half < STAFF * EACH
        # All that was committed of a batch is whole: its punches are marked, and their rows are there.
        assert frappe.db.count("Tinjauan Absensi", {"opd": self.opd}) >= half
        assert self.worker(200).go().told().startswith("looked ")
        self.assert_whole()

    def test_while_one_scans_another_leaves_it_to_that_one(self):
        with scan.turn() as mine:
            assert mine
            assert self.worker(200).go().told() == "looked 0\n"
        assert self.looked() == 0

    def test_recording_a_punch_waits_for_no_scan(self):
        """In the middle of a batch, its transaction open: new rows go into the range that the scan reads."""
        frappe.db.sql("set session innodb_lock_wait_timeout = 1")
        scan.BATCH, before = 50, scan.BATCH
        try:
            assert scan.batch() == 50
            assert Worker(INSERT, [self.staff[0], self.opd]).go().told(60) == "in\n"
        finally:
            scan.BATCH = before
            frappe.db.rollback()
