"""An import in real processes with real commits: killed, gone on with, never two at once, stopped. Cleaned up afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.tests.utils import FrappeTestCase

from spbe_attendance.kepegawaian import accounts_removal
from spbe_attendance.kepegawaian.impor import job, store, write
from spbe_attendance.lembar.job import is_taken
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.impor_world import make_impor, nip, xlsx

STAFF = 40
PROGRAM = """
import sys
import frappe
frappe.init(site=sys.argv[1], sites_path=".")
frappe.connect()
from spbe_attendance.kepegawaian.impor import job, write
write.BATCH = int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
frappe.set_user("Administrator")
job.run(sys.argv[2], sys.argv[4], "id")
print(frappe.db.get_value("Impor Data", sys.argv[2], "status"), flush=True)
"""


class TestImportWorkers(FrappeTestCase):
    def setUp(self):
        frappe.set_user("Administrator")
        self.opd = make_opd().name
        people = [
            [nip(n), f"Orang Rekaan {chr(65 + n % 26)}{chr(65 + n // 26)}"] for n in range(1, STAFF + 1)
        ]
        self.doc = make_impor(xlsx([["NIP", "Nama"], *people]), opd=self.opd, buat_akun=1)
        frappe.db.commit()
        job.JOB.say(self.doc, "Antre", task="periksa")
        job.run(self.doc.name, "periksa", "id")
        assert frappe.db.get_value("Impor Data", self.doc.name, "jumlah_baru") == STAFF

    def tearDown(self):
        frappe.db.rollback()
        users = frappe.get_all("Pegawai", {"opd": self.opd, "user": ["is", "set"]}, pluck="user")
        accounts_removal.remove(users)
        frappe.db.delete("Pegawai", {"opd": self.opd})
        store.clear(self.doc.name)
        for file in frappe.get_all("File", {"attached_to_name": self.doc.name}, pluck="name"):
            frappe.delete_doc("File", file, force=True)
        for doctype, field in (
            ("Impor Data Kolom", "parent"),
            ("Comment", "reference_name"),
            ("Impor Data", "name"),
        ):
            frappe.db.delete(doctype, {field: self.doc.name})
        frappe.db.delete("OPD", {"name": self.opd})
        frappe.db.commit()

    def worker(self, batch, task="impor"):
        frappe.db.rollback()
        job.JOB.say(frappe.get_doc("Impor Data", self.doc.name), "Antre", task=task)
        frappe.db.commit()
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, frappe.local.site, self.doc.name, str(batch), task],
            cwd=Path.cwd(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ.copy(),
        )
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("\n")
        process.stdin.flush()
        return process

    def written(self):
        frappe.db.rollback()  # see what others have committed
        return store.by_state(self.doc.name, ("Baru",)).get("Selesai", 0)

    def wait_for(self, look):
        until = time.monotonic() + 60
        while not (found := look()) and time.monotonic() < until:
            time.sleep(0.01)
        return found

    def status(self):
        frappe.db.rollback()
        return job.JOB.progress(frappe.get_doc("Impor Data", self.doc.name))["status"]

    def here(self, task):
        """The same job in this process: what another one would take its time to start for."""
        job.run(self.doc.name, task, "id")
        return self.status()

    def test_a_killed_import_is_gone_on_with_where_it_was_and_never_runs_twice_at_once(self):
        process = self.worker(2)
        self.wait_for(self.written)
        self.assertEqual(self.here("impor"), "Berjalan")
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        half = self.written()
        self.assertTrue(0 < half < STAFF)
        # A row's state and its document are there together.
        self.assertEqual(frappe.db.count("Pegawai", {"opd": self.opd}), half)
        self.wait_for(lambda: not is_taken("Impor Data", self.doc.name))
        self.assertEqual(self.status(), "Terhenti")
        self.assertEqual(self.here("impor"), "Diimpor")
        people = frappe.get_all("Pegawai", {"opd": self.opd}, ["nip", "user"])
        self.assertEqual(sorted(person.nip for person in people), sorted(nip(n) for n in range(1, STAFF + 1)))
        self.assertEqual(len({person.user for person in people if person.user}), STAFF)

    def test_an_import_that_is_stopped_goes_on_or_back(self):
        frappe.db.set_value("Impor Data", self.doc.name, {"status": "Berjalan", "tugas": "impor"})
        with patch.object(write, "BATCH", 20), patch.object(write, "tell", side_effect=self.stop):
            self.assertEqual(self.here("impor"), "Terhenti")
        self.assertEqual(self.written(), 20)
        self.assertEqual(self.here("batalkan"), "Dibatalkan")
        self.assertEqual(frappe.db.count("Pegawai", {"opd": self.opd}), 0)

    def stop(self, doc, *_told):
        """Somebody presses the button while the first batch is told of."""
        frappe.db.set_value("Impor Data", doc.name, "henti", 1, update_modified=False)
