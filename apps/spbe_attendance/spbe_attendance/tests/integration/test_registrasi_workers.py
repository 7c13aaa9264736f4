"""Two phones with one NIK and two workers: real processes, real commits, cleaned up afterwards."""

from __future__ import annotations

from unittest.mock import patch

import frappe
from frappe.tests.utils import FrappeTestCase

from spbe_attendance.kepegawaian.registrasi import consent, intake, limits, settle
from spbe_attendance.tests.factories import make_opd, photo, registration
from spbe_attendance.tests.worker_process import Worker

DOCTYPE, NIK = "Registrasi Pegawai", "1410011808960041"
# Filed, and the job has begun: what was committed after its first look it sees only with a lock.
FILED = """
from spbe_attendance.kepegawaian.registrasi import intake, settle
from spbe_attendance.tests.factories import photo, registration
settle.later = lambda name: None
frappe.set_user("Guest")
answer = intake.file(registration(opd=words[0], nik=words[1]), photo())
frappe.db.commit()
name = frappe.db.get_value("Registrasi Pegawai", {"nomor": answer["nomor"]})
"""
WORK = """
settle.run(name)
frappe.db.commit()
print(name, flush=True)
"""


class TestTwoPhones(FrappeTestCase):
    def setUp(self):
        frappe.set_user("Administrator")
        self.was_open = frappe.db.get_single_value("Pengaturan Absensi", "pendaftaran_dibuka")
        self.opened(1)
        for key in frappe.cache.get_keys(limits.COUNTERS):
            frappe.cache.delete(key)
        self.opd = make_opd().name
        frappe.db.commit()

    def opened(self, value):
        frappe.db.set_single_value("Pengaturan Absensi", "pendaftaran_dibuka", value)
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")

    def tearDown(self):
        frappe.db.rollback()
        frappe.set_user("Administrator")
        names = frappe.get_all(DOCTYPE, {"opd": self.opd}, pluck="name")
        for file in frappe.get_all("File", {"attached_to_name": ["in", names or [""]]}, pluck="name"):
            frappe.delete_doc("File", file, force=True)
        frappe.db.delete(consent.RECORD, {"registrasi": ["in", names or [""]]})
        frappe.db.delete("Notification Log", {"document_type": DOCTYPE})
        frappe.db.delete(DOCTYPE, {"opd": self.opd})
        frappe.db.delete("OPD", {"name": self.opd})
        self.opened(self.was_open)
        frappe.db.commit()

    def status(self, name):
        return frappe.db.get_value(DOCTYPE, name, "status")

    def test_one_that_was_filed_earlier_and_stored_later_is_replaced(self):
        with patch.object(settle, "later"):
            answer = intake.file(registration(opd=self.opd, nik=NIK), photo())
        worker = Worker(WORK, [self.opd, NIK], prepare=FILED)
        frappe.db.commit()
        later = worker.go().told().strip()
        frappe.db.rollback()
        earlier = frappe.db.get_value(DOCTYPE, {"nomor": answer["nomor"]})
        assert (self.status(earlier), self.status(later)) == ("Digantikan", "Diajukan")
        assert frappe.db.get_value(DOCTYPE, later, "menggantikan") == earlier
        settle.run(earlier)
        assert (self.status(earlier), self.status(later)) == ("Digantikan", "Diajukan")
