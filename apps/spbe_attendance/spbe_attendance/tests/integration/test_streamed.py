"""Rows that are worked on while the database makes the next ones."""

import frappe
import pymysql
from pypika.functions import Count
from pypika.terms import Function

from spbe_attendance import compat
from spbe_attendance.pemantauan.ringkas import joined
from spbe_attendance.tests.case import SiteTestCase


def fields():
    table = frappe.qb.DocType("DocField")
    return frappe.qb.from_(table).select(table.name, table.parent).where(table.idx < 40).orderby(table.name)


class TestStreamed(SiteTestCase):
    def test_all_rows_come_as_they_come_together(self):
        rows = fields().run()
        self.assertGreater(len(rows), 1000)
        self.assertEqual(tuple(compat.streamed(fields())), tuple(rows))

    def test_who_leaves_in_the_middle_can_ask_on(self):
        rows = compat.streamed(fields())
        next(rows)
        rows.close()
        self.assertEqual(frappe.db.count("DocType", {"name": "OPD"}), 1)

    def test_a_failure_of_the_reader_in_the_middle_leaves_the_connection_whole(self):
        with self.assertRaises(ZeroDivisionError):
            for _row in compat.streamed(fields()):
                1 / 0  # noqa: B018
        self.assertEqual(frappe.db.count("DocType", {"name": "OPD"}), 1)

    def test_a_statement_that_takes_too_long_is_known_to_the_framework(self):
        frappe.db.set_execution_timeout(1)
        self.addCleanup(frappe.db.set_execution_timeout, 0)
        table = frappe.qb.DocType("DocType")
        long = frappe.qb.from_(table).select(Function("BENCHMARK", 10**11, Function("SHA2", table.name, 512)))
        with self.assertRaises(pymysql.err.OperationalError) as raised:
            list(compat.streamed(long))
        self.assertTrue(frappe.db.is_statement_timeout(raised.exception))
        self.assertEqual(frappe.db.count("DocType", {"name": "OPD"}), 1)

    def test_rows_of_a_group_come_with_their_empty_fields(self):
        table = frappe.qb.DocType("DocField")
        query = frappe.qb.from_(table).where(table.parent.isin(("OPD", "Pegawai")))
        found = dict(joined.groups(query, table.parent, table.fieldname, table.options))
        counted = frappe.qb.from_(table).select(table.parent, Count("*")).groupby(table.parent)
        counted = dict(counted.where(table.parent.isin(("OPD", "Pegawai"))).run())
        self.assertEqual({name: len(rows) for name, rows in found.items()}, counted)
        self.assertEqual({len(row) for rows in found.values() for row in rows}, {2})
        self.assertIn(["status_kepegawaian", self.options("status_kepegawaian")], found["Pegawai"])
        self.assertIn("", [options for _name, options in found["Pegawai"]])

    def options(self, field):
        return frappe.get_meta("Pegawai").get_field(field).options
