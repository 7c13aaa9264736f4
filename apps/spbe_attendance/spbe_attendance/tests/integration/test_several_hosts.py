"""What several hosts rely on, as far as one machine shows it; tests/hosts shows the rest on real ones."""

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_to_date, now_datetime

from spbe_attendance.overrides import replica
from spbe_attendance.overrides.scheduled_job import PenjadwalBergilir, turn
from spbe_attendance.tests.case import SiteTestCase

METHOD = "spbe_attendance.kehadiran.rekapitulasi.closing.close_recent"


class TestScheduler(FrappeTestCase):
    """With commits: another scheduler's job has made one, too."""

    def job(self, **values):
        return frappe.get_doc(
            {**frappe.get_doc("Scheduled Job Type", {"method": METHOD}).as_dict(), **values}
        )

    def test_jobs_are_ordered_by_schedulers_that_take_turns(self):
        self.assertIsInstance(self.job(), PenjadwalBergilir)

    def test_a_job_that_another_scheduler_is_ordering_is_left_to_it(self):
        due = self.job(last_execution="2026-01-01 00:00:00")
        with turn(METHOD) as mine:
            self.assertTrue(mine)
            self.assertFalse(due.enqueue())

    def test_a_job_that_ran_since_the_list_was_read_is_not_ordered_again(self):
        due = self.job(last_execution=add_to_date(now_datetime(), days=-2))
        self.assertTrue(due.is_event_due())
        frappe.db.set_value("Scheduled Job Type", due.name, "last_execution", now_datetime())
        frappe.db.commit()
        self.assertFalse(due.enqueue())


class TestReplica(SiteTestCase):
    def test_a_primary_without_binary_log_can_say_of_no_replica_that_it_is_up_to_date(self):
        replica.install()
        conf, primary = frappe.local.conf, frappe.db
        before = {key: conf.get(key) for key in ("read_from_replica", "replica_host", "replica_db_port")}
        conf.update({"read_from_replica": 1, "replica_host": "127.0.0.1", "replica_db_port": 1})
        try:
            used = frappe.read_only()(lambda: frappe.db)()
        finally:
            conf.update(before)
        self.assertEqual(frappe.db.sql("select @@global.gtid_binlog_pos")[0][0], "")
        self.assertIs(used, primary)
