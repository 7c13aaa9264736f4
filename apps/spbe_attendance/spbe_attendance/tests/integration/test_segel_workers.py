"""Two workers at once, and one that is killed: real processes, real commits, cleaned up afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import frappe
from frappe.tests.utils import FrappeTestCase

from spbe_attendance.evidence import verify
from spbe_attendance.evidence.audit import Audit
from spbe_attendance.kehadiran.segel import export
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.rekap_world import bulk, bulk_staff, punch_row
from spbe_attendance.tests.worker_process import Worker

DAY = date(2026, 9, 1)
STAFF, EACH = 20, 60
PREPARE = """
from spbe_attendance.kehadiran.segel import sealing
sealing.BATCH = int(words[0])
"""
WORK = 'print("made", sealing.seal_since(sealing.BEGINNING, wait=120), flush=True)'


class TestWorkers(FrappeTestCase):
    def setUp(self):
        frappe.set_user("Administrator")
        self.opd = make_opd().name
        self.staff = bulk_staff(STAFF, [self.opd])
        start = datetime(DAY.year, DAY.month, DAY.day)
        bulk(
            "Absensi",
            [
                punch_row(name, "Masuk", start + timedelta(hours=number), opd=self.opd)
                for name in self.staff
                for number in range(EACH)
            ],
        )
        frappe.db.commit()

    def tearDown(self):
        frappe.db.rollback()
        for doctype in ("Absensi", "Segel Absensi", "Akar Harian", "Pegawai"):
            frappe.db.delete(doctype, {"opd": self.opd})
        frappe.db.delete("OPD", {"name": self.opd})
        frappe.db.commit()

    def worker(self, batch):
        return Worker(WORK, [batch], prepare=PREPARE)

    def sealed(self):
        frappe.db.rollback()  # see what others have committed
        return frappe.db.count("Segel Absensi", {"opd": self.opd})

    def assert_whole(self):
        assert self.sealed() == STAFF * EACH
        found = [
            row for row in verify.check(export.lines(export.Scope(self.opd))) if not isinstance(row, Audit)
        ]
        assert [row for row in found if row.serious] == []

    def test_two_workers_at_once_do_not_fork_a_chain(self):
        workers = [self.worker(25), self.worker(40)]
        for worker in workers:
            worker.go()
        made = [int(worker.told().split()[1]) for worker in workers]
        # Others' rows of this site may be sealed along; together they sealed each of ours once.
        assert sum(made) >= STAFF * EACH
        assert min(made) > 0
        self.assert_whole()

    def test_the_next_worker_goes_on_where_a_killed_one_was(self):
        self.worker(20).go().kill_once(self.sealed)
        half = self.sealed()
        assert 0 < half < STAFF * EACH
        assert self.worker(500).go().told().startswith("made ")
        self.assert_whole()
