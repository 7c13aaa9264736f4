"""What a transaction has written is worked off by a job that looks after it, however the jobs before it stand."""

import uuid

import frappe
from frappe.utils.background_jobs import create_job_id, get_job, get_queue
from redis.exceptions import ConnectionError as RedisConnectionError
from rq.job import JobStatus

from spbe_attendance import follow_up
from spbe_attendance.tests.case import SiteTestCase

METHOD = "frappe.ping"
# No worker serves these tests: what is ordered waits.
QUEUE = "long"


class TestFollowUp(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.id = f"uji-{uuid.uuid4().hex[:8]}"
        self.before = set(get_queue(QUEUE).job_ids)
        self.addCleanup(self.forget)

    def ordered(self):
        return set(get_queue(QUEUE).job_ids) - self.before

    def forget(self):
        for name in self.ordered():
            if job := get_queue(QUEUE).fetch_job(name):
                job.delete()

    def order(self):
        follow_up._order(METHOD, self.id, {"queue": QUEUE})

    def stands(self, name, status):
        get_job(name).set_status(status)
        get_queue(QUEUE).remove(create_job_id(name))

    def test_nothing_is_ordered_before_the_transaction_stands(self):
        follow_up.order(METHOD, self.id, queue=QUEUE)
        self.assertEqual(self.ordered(), set())
        frappe.db.after_commit.run()
        self.assertEqual(self.ordered(), {create_job_id(self.id)})

    def test_one_that_waits_is_enough_for_everybody(self):
        for _time in range(3):
            self.order()
        self.assertEqual(self.ordered(), {create_job_id(self.id)})

    def test_one_that_runs_may_have_had_its_last_look_and_is_followed_by_one_more(self):
        self.order()
        self.stands(self.id, JobStatus.STARTED)
        for _time in range(2):
            self.order()
        self.assertEqual(self.ordered(), {create_job_id(f"{self.id}-lagi")})

    def test_two_that_run_are_followed_by_a_third(self):
        self.order()
        self.stands(self.id, JobStatus.STARTED)
        self.order()
        self.stands(f"{self.id}-lagi", JobStatus.STARTED)
        self.order()
        self.assertEqual(len(self.ordered()), 1)

    def test_one_that_ended_is_ordered_again_under_its_name(self):
        self.order()
        self.stands(self.id, JobStatus.FINISHED)
        self.order()
        self.assertEqual(self.ordered(), {create_job_id(self.id)})

    def test_without_redis_the_transaction_is_done_and_the_scheduler_looks_later(self):
        def refuse(_job_id):
            raise RedisConnectionError("no Redis")

        real, follow_up.get_job = follow_up.get_job, refuse
        try:
            self.order()
        finally:
            follow_up.get_job = real
        self.assertEqual(self.ordered(), set())
