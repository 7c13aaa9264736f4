"""A whole NIK reaches BKPSDM in the fields that hold it, and nobody and nothing else: every list, form, report, print, search, export,
endpoint and log of the site is walked with invented numbers in place."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections import defaultdict
from typing import ClassVar

import frappe
from frappe.core.doctype.data_import.exporter import Exporter
from frappe.desk import query_report, reportview
from frappe.desk.form.load import getdoc
from frappe.desk.search import search_link
from frappe.query_builder.functions import Concat_ws
from frappe.utils import global_search
from frappe.utils.response import json_handler
from pypika import Criterion

from spbe_attendance import api
from spbe_attendance.overrides.database_query import wrap_queries
from spbe_attendance.privasi import corrections, register
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_acuan,
    make_opd,
    make_pegawai,
    make_registrasi,
    make_role_user,
)

PERSON, CHANGED, APPLICANT, LISTED = (f"141001180896{serial}" for serial in ("9871", "9872", "9873", "9874"))
NUMBERS = (PERSON, CHANGED, APPLICANT, LISTED)
STAFF, OTHERS = ("Pegawai SPBE", "Kepala OPD", "Admin OPD"), ("Pimpinan", "Wali Data")
# What the framework refuses with, and what this app does: a refusal shows nothing.
REFUSALS = (
    frappe.ValidationError,
    frappe.PermissionError,
    frappe.DoesNotExistError,
    frappe.AuthenticationError,
)
OPTIONAL = inspect.Parameter.empty


def told(answer: object) -> list[str]:
    """The numbers that an answer holds."""
    text = answer if isinstance(answer, str) else json.dumps(answer, default=json_handler)
    return [number for number in NUMBERS if number in text]


def ours(kind: str, **filters: object) -> list[str]:
    modules = frappe.get_all("Module Def", {"app_name": "spbe_attendance"}, pluck="name")
    return frappe.get_all(kind, {"module": ["in", modules], **filters}, pluck="name")


def readers() -> list:
    """Whitelisted endpoints that read and need no argument."""
    found = []
    for module in pkgutil.iter_modules(api.__path__, f"{api.__name__}."):
        for _name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            reads = "GET" in frappe.allowed_http_methods_for_whitelisted_func.get(function, ())
            parameters = inspect.signature(function).parameters.values()
            needs = [one for one in parameters if one.default is OPTIONAL and one.kind != one.VAR_KEYWORD]
            if reads and not needs and function.__module__ == module.name:
                found.append(function)
    return found


class TestWherANikIsSeen(SiteTestCase):
    users: ClassVar[dict[str, str]]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        wrap_queries()
        cls.opd = make_opd()
        cls.users = {role: make_pegawai(opd=cls.opd.name, roles=(role,)).user for role in STAFF}
        cls.users |= {role: make_role_user(role) for role in OTHERS}
        cls.users |= {"Guest": "Guest"}
        cls.bkpsdm = make_role_user("BKPSDM")
        cls.person = make_pegawai(opd=cls.opd.name, nama="Orang Tersamar", nik=PERSON)
        frappe.db.set_single_value("Pengaturan Absensi", "pendaftaran_dibuka", 1)
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")
        cls.applicant = make_registrasi(opd=cls.opd.name, nik=APPLICANT)
        cls.listed = make_acuan(opd=cls.opd.name, nik=LISTED, tanggal_lahir="1996-08-18")

    def seen_by(self, show, *args, **kwargs):
        """Roles, BKPSDM apart, that ``show`` tells a number; what is refused shows nothing."""
        found = []
        for role, user in self.users.items():
            frappe.set_user(user)
            try:
                found += [(role, number) for number in told(show(*args, **kwargs) or "")]
            except REFUSALS as refusal:
                found += [(role, number) for number in told(str(refusal))]
            finally:
                frappe.clear_messages()
        frappe.set_user("Administrator")
        return found

    def test_no_list_shows_it(self):
        for doctype in ours("DocType", istable=0, issingle=0):
            with self.subTest(doctype=doctype):
                assert self.seen_by(frappe.get_list, doctype, fields=["*"], limit=0) == []

    def test_no_list_finds_by_it_or_shows_it_when_asked_for_by_name(self):
        for entry in register.entries().values():
            for field in entry.of_kind(register.NIK):
                for asked in (
                    {"fields": ["name", field]},
                    {"filters": {field: ["like", "1410011808969%"]}, "fields": ["name"]},
                    {"order_by": f"`{field}` desc", "fields": ["name"]},
                    {"fields": ["count(name) as jumlah"], "group_by": field},
                ):
                    with self.subTest(doctype=entry.doctype, field=field, asked=asked):
                        assert self.seen_by(frappe.get_list, entry.doctype, **asked) == []
        frappe.set_user(self.users["Admin OPD"])
        try:
            hits = frappe.get_list("Pegawai", filters={"nik": PERSON}, pluck="name")
        except REFUSALS:
            hits = []
        assert hits == []

    def test_no_form_shows_it(self):
        for doc in (self.person, self.applicant, self.listed):
            with self.subTest(doctype=doc.doctype):
                assert self.seen_by(self.form, doc) == []
        frappe.set_user(self.bkpsdm)
        assert [told(self.form(doc)) for doc in (self.person, self.applicant)] == [[PERSON], [APPLICANT]]

    @staticmethod
    def form(doc):
        frappe.local.response = frappe._dict(docs=[])
        getdoc(doc.doctype, doc.name)
        return [row.as_dict() if hasattr(row, "as_dict") else row for row in frappe.response.docs]

    def test_no_report_shows_it(self):
        for report in ours("Report"):
            with self.subTest(report=report):
                assert self.seen_by(query_report.run, report, filters=self.filters()) == []

    def filters(self):
        return {"bulan": "2026-11", "tanggal": "2026-11-24", "opd": self.opd.name}

    def test_no_print_shows_it(self):
        formats = frappe.get_all(
            "Print Format",
            {"module": ["in", ("Kepegawaian", "Pemantauan", "Kehadiran")]},
            ["name", "doc_type"],
        )
        for doc in (self.person, self.applicant):
            for form in (None, *(row.name for row in formats if row.doc_type == doc.doctype)):
                with self.subTest(doctype=doc.doctype, form=form):
                    assert self.seen_by(self.printed, doc, form) == []

    @staticmethod
    def printed(doc, form):
        # As the page does first; outside of a request it cannot show its refusal.
        frappe.get_doc(doc.doctype, doc.name).check_permission("print")
        return frappe.get_print(doc.doctype, doc.name, form)

    def test_no_export_or_report_view_shows_it(self):
        for entry in register.entries().values():
            fields = entry.of_kind(register.NIK)
            if not fields:
                continue
            with self.subTest(doctype=entry.doctype):
                assert self.seen_by(self.report_view, entry.doctype, fields) == []
                assert self.seen_by(self.exported, entry.doctype, fields) == []

    @staticmethod
    def report_view(doctype, fields):
        columns = ["name", *(f"`tab{doctype}`.`{field}`" for field in fields)]
        frappe.local.form_dict = frappe._dict(
            doctype=doctype, fields=json.dumps(columns), cmd="frappe.desk.reportview.get"
        )
        return reportview.get()

    @staticmethod
    def exported(doctype, fields):
        frappe.has_permission(doctype, "export", throw=True)
        made = Exporter(
            doctype, export_fields={doctype: ["name", *fields]}, export_data=True, file_type="CSV"
        )
        return made.get_csv_array()

    def test_no_search_finds_it(self):
        for doctype in ("Pegawai", "Registrasi Pegawai", "Acuan Registrasi"):
            for words in (PERSON, APPLICANT, LISTED, "141001"):
                with self.subTest(doctype=doctype, words=words):
                    assert self.seen_by(search_link, doctype, words) == []
                    assert self.seen_by(global_search.search, words) == []
        frappe.set_user(self.users["Admin OPD"])
        assert search_link("Pegawai", PERSON) == [] or not told(search_link("Pegawai", PERSON))

    def test_no_endpoint_tells_it(self):
        called = readers()
        assert len(called) > 20
        for endpoint in called:
            with self.subTest(endpoint=f"{endpoint.__module__}.{endpoint.__name__}"):
                assert self.seen_by(endpoint) == []

    def test_it_is_stored_in_its_own_fields_and_nowhere_else(self):
        """The whole database is read, logs, versions and search included, after changes, failures and removals."""
        self.leave_traces()
        allowed = {
            (f"tab{entry.doctype}", field)
            for entry in register.entries().values()
            for field in entry.of_kind(register.NIK)
        }
        columns = defaultdict(list)
        for table, column in self.columns_with_text():
            if (table, column) not in allowed:
                columns[table].append(column)
        found = {(table, name) for table, names in columns.items() for name in self.stored_in(table, names)}
        assert found == set()

    def leave_traces(self):
        self.person.reload()
        self.person.nik = CHANGED
        self.person.save()
        self.person.add_comment("Comment", f"NIK yang benar {CHANGED}")
        try:
            raise ValueError(f"gagal dengan {PERSON}")
        except ValueError:
            frappe.log_error(title=f"Galat {CHANGED}")
        frappe.delete_doc("Acuan Registrasi", self.listed.name)
        other = make_pegawai(opd=self.opd.name, nik=LISTED, with_user=False)
        frappe.delete_doc("Pegawai", other.name, force=True)
        frappe.set_user(make_pegawai(opd=self.opd.name).user)
        told = {"bidang": "gelar_depan", "nilai_baru": "Ir.", "alasan": f"KTP {PERSON}"}
        corrections.ask({"name": frappe.db.get_value("Pegawai", {"user": frappe.session.user})}, told)
        frappe.set_user("Administrator")
        global_search.sync_global_search()

    @staticmethod
    def columns_with_text():
        kinds = ("varchar", "text", "longtext", "mediumtext", "char", "json")
        return frappe.db.sql(
            """select table_name, column_name from information_schema.columns
            where table_schema = %s and data_type in %s""",
            (frappe.conf.db_name, kinds),
        )

    @staticmethod
    def stored_in(table, columns):
        """One look at each table; a second one for the column where there is a find."""
        place = frappe.qb.Table(table)

        def rows(names):
            text = Concat_ws(" ", *(place[name] for name in names))
            query = frappe.qb.from_(place).select(1).limit(1)
            return query.where(Criterion.any(text.like(f"%{number}%") for number in NUMBERS)).run()

        return [name for name in columns if rows([name])] if rows(columns) else []
