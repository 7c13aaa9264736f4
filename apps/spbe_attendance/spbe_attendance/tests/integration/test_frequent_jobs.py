"""What runs all day, the busiest minutes of the morning included, costs next to nothing while there is nothing to do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import frappe
from frappe.tests.utils import FrappeTestCase

from spbe_attendance import preload

RHYTHMS = ("* * * * *", "*/5 * * * *", "*/10 * * * *")
PROGRAM = """
import json, sys
import frappe, frappe.utils.background_jobs
from spbe_attendance import preload
getattr(preload, sys.argv[1])()
before = set(sys.modules)
for module in json.loads(sys.argv[2]):
    __import__(module)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def loaded_later(beforehand: str, modules: list[str]) -> tuple[list[str], str]:
    """What a process loads for these modules after ``beforehand``, and what it says of trouble."""
    command = [sys.executable, "-c", PROGRAM, beforehand, json.dumps(modules)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(frappe.local.sites_path).resolve()
    )
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


class TestFrequentJobs(FrappeTestCase):
    def test_what_a_frequent_job_needs_was_loaded_before_its_process_was_made(self):
        rhythms = frappe.get_hooks("scheduler_events", app_name="spbe_attendance")["cron"]
        jobs = [job.rpartition(".")[0] for rhythm in RHYTHMS for job in rhythms[rhythm]]
        self.assertGreater(len(jobs), 10)
        later, said = loaded_later("for_jobs", jobs)
        self.assertEqual(later, [])
        self.assertNotIn("was not loaded beforehand", said)

    def test_what_a_punch_needs_was_loaded_before_the_web_processes_were_made(self):
        later, said = loaded_later(
            "for_requests",
            ["spbe_attendance.api.absensi", "spbe_attendance.kehadiran.doctype.absensi.absensi"],
        )
        self.assertEqual(later, [])
        self.assertNotIn("was not loaded beforehand", said)

    def test_what_runs_once_a_day_is_left_out(self):
        found = preload.scheduled(["frappe", "spbe_attendance"])
        self.assertIn("spbe_attendance.kehadiran.segel.sealing", found)
        self.assertNotIn("spbe_attendance.pemantauan.cetak.job", found)

    def test_a_module_that_is_not_there_is_told_and_keeps_nobody_from_working(self):
        with self.assertLogs("spbe_attendance.preload", "WARNING") as told:
            preload.load(["spbe_attendance.tidak_ada", "json"])
        self.assertIn("spbe_attendance.tidak_ada", told.output[0])

    def test_messages_are_sent_with_libraries_that_a_job_without_messages_never_loads(self):
        later, _said = loaded_later("for_jobs", ["spbe_attendance.kehadiran.push.carrier"])
        self.assertIn("pywebpush", later)
