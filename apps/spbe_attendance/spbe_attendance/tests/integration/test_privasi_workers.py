"""A removal that is killed, two at once, and a hold that is set while one is at work: real processes, real commits, cleaned up afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import frappe
from frappe.tests.utils import FrappeTestCase

from spbe_attendance.evidence import verify
from spbe_attendance.evidence.audit import Audit
from spbe_attendance.kehadiran.pencatatan import photo
from spbe_attendance.kehadiran.segel import export, sealing, store
from spbe_attendance.privasi import holds, purge
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.factories import photo as picture
from spbe_attendance.tests.rekap_world import bulk, bulk_staff, punch_row
from spbe_attendance.tests.worker_process import Worker

DAY = date(2022, 9, 1)
STAFF, EACH, PHOTOS = 10, 60, 30
PREPARE = """
from spbe_attendance.privasi import photos, positions, purge
photos.BATCH, positions.BATCH = int(words[1]), int(words[1])
"""
# As the framework's worker does at the end of a job.
WORK = 'purge.run(words[0]); frappe.db.commit(); print("done", flush=True)'


class TestRemovalWorkers(FrappeTestCase):
    def setUp(self):
        frappe.set_user("Administrator")
        self.opd = make_opd().name
        self.staff = bulk_staff(STAFF, [self.opd])
        start = datetime(DAY.year, DAY.month, DAY.day)
        where = {"opd": self.opd, "latitude": 1.02, "longitude": 102.7}
        self.punches = bulk(
            "Absensi",
            [
                punch_row(name, "Masuk", start + timedelta(hours=number), **where)
                for name in self.staff
                for number in range(EACH)
            ],
        )
        for name in self.punches[:PHOTOS]:
            file = photo.private_file("Absensi", name, picture(), "jpg")
            values = {"foto": file.file_url, "foto_status": "Ada"}
            frappe.db.set_value("Absensi", name, values, update_modified=False)
        self.paths = [
            Path(frappe.get_site_path(url.lstrip("/")))
            for url in frappe.get_all("File", {"attached_to_name": ["in", self.punches]}, pluck="file_url")
        ]
        while unsealed := store.unsealed_of_day(DAY, 5000) or self.unsealed():
            sealing.seal(unsealed)
        frappe.db.commit()

    def unsealed(self):
        known = set(frappe.get_all("Segel Absensi", {"opd": self.opd}, pluck="absensi"))
        return [name for name in self.punches if name not in known]

    def tearDown(self):
        frappe.db.rollback()
        for path in self.paths:
            path.unlink(missing_ok=True)
        frappe.db.delete("File", {"attached_to_name": ["in", self.punches]})
        for doctype in ("Absensi", "Segel Absensi", "Akar Harian", "Pegawai"):
            frappe.db.delete(doctype, {"opd": self.opd})
        frappe.db.delete("OPD", {"name": self.opd})
        frappe.db.delete(holds.DOCTYPE)
        frappe.db.delete(purge.DOCTYPE)
        frappe.db.commit()

    def worker(self, batch):
        log = purge.begin(purge.REMOVAL, "Administrator").name
        frappe.db.commit()
        return log, Worker(WORK, [log, batch], prepare=PREPARE)

    def removed(self):
        frappe.db.rollback()  # see what others have committed
        return frappe.db.count("Absensi", {"opd": self.opd, "posisi_dihapus_pada": ["is", "set"]})

    def assert_whole(self, gone):
        assert self.removed() == gone
        assert frappe.db.count("Segel Absensi", {"opd": self.opd, "peristiwa": "Dihapus"}) == gone
        audit = verify.check(export.lines(export.Scope(self.opd)))
        assert [row for row in audit if not isinstance(row, Audit) and row.serious] == []

    def status(self, log):
        frappe.db.rollback()
        return frappe.db.get_value(purge.DOCTYPE, log, "status")

    def test_the_next_run_goes_on_where_a_killed_one_was(self):
        first, worker = self.worker(10)
        worker.go().kill_once(self.removed)
        half = self.removed()
        assert 0 < half < STAFF * EACH
        assert not any(path.exists() for path in self.paths)
        self.assert_whole(half)
        second, worker = self.worker(500)
        worker.go().told()
        self.assert_whole(STAFF * EACH)
        assert (self.status(first), self.status(second)) == ("Terputus", "Selesai")
        assert frappe.db.count("File", {"attached_to_name": ["in", self.punches]}) == 0

    def test_of_two_at_once_one_removes_and_a_hold_set_meanwhile_counts(self):
        (one, first), (other, second) = self.worker(10), self.worker(10)
        first.go(), second.go()
        while not self.removed():
            pass
        held = frappe.get_doc({"doctype": holds.DOCTYPE, "alasan": "Uji", "opd": self.opd}).insert()
        frappe.db.commit()
        at_the_hold = self.removed()
        # The job of the hold, which runs after its commit.
        holds.note_removed(held.name)
        frappe.db.commit()
        held.reload()
        assert held.sudah_dihapus.endswith(f"{at_the_hold} posisi.")
        first.told(), second.told()
        assert sorted((self.status(one), self.status(other))) == ["Selesai", "Terputus"]
        self.assert_whole(at_the_hold)
