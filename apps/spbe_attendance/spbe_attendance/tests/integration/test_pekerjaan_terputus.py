"""Jobs whose worker was killed are told in the log of their own site, whichever site of the bench gives them up."""

from __future__ import annotations

import time
import uuid
from unittest.mock import patch

import frappe
from frappe.utils.background_jobs import get_queues, get_redis_conn
from rq.job import Job
from rq.registry import StartedJobRegistry

from spbe_attendance.overrides import abandoned_jobs
from spbe_attendance.tests.case import SiteTestCase

METHOD = "spbe_attendance.kehadiran.rekapitulasi.closing.run"
TITLE = "Pekerja latar berhenti di tengah pekerjaan"


class TestBrokenOff(SiteTestCase):
    def broken_off(self, site):
        """A job whose worker gave its last sign of life too long ago."""
        redis, queue = get_redis_conn(), get_queues()[0]
        values = {"site": site, "method": METHOD, "kwargs": {}}
        job = Job.create(
            "frappe.utils.background_jobs.execute_job", kwargs=values, origin=queue.name, connection=redis
        )
        job.save()
        redis.zadd(StartedJobRegistry(queue=queue).key, {job.id: time.time() - 1})
        self.addCleanup(job.delete)
        self.addCleanup(redis.delete, abandoned_jobs.noted_at(site))
        return job

    def test_a_job_of_this_site_is_given_up_and_told_once(self):
        job = self.broken_off(frappe.local.site)
        self.assertEqual(abandoned_jobs.give_up(), [METHOD])
        self.assertTrue(job.is_failed)
        told = frappe.get_last_doc("Error Log", {"method": TITLE}).error
        self.assertIn(METHOD, told)
        self.assertEqual(abandoned_jobs.give_up(), [])

    def test_a_job_that_another_site_gave_up_is_told_in_the_log_of_its_own(self):
        other = f"lain-{uuid.uuid4().hex[:6]}.localhost"
        job = self.broken_off(other)
        self.assertEqual(abandoned_jobs.give_up(), [])
        self.assertTrue(job.is_failed)
        with patch.object(frappe.local, "site", other):
            self.assertEqual(abandoned_jobs.give_up(), [METHOD])
            self.assertEqual(abandoned_jobs.give_up(), [])

    def test_a_job_that_is_gone_is_passed_over(self):
        job = self.broken_off(frappe.local.site)
        job.delete()
        self.assertEqual(abandoned_jobs.give_up(), [])
