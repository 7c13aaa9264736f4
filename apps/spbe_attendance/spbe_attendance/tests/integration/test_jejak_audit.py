"""Changes by hand leave a trace that nobody removes; punches of phones leave none. Views: tests/security/test_audit_trail.py."""

from __future__ import annotations

import json
from typing import Any

import frappe
import pytest
from frappe.model.base_document import get_controller
from frappe.model.workflow import apply_workflow
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from spbe_attendance.pemantauan.jejak import log, report, watched
from spbe_attendance.pemantauan.jejak.exceptions import JejakTidakDapatDiubah
from spbe_attendance.pemantauan.report.jejak_audit import jejak_audit
from spbe_attendance.tests.case import SiteTestCase, in_request
from spbe_attendance.tests.factories import make_absensi, make_lokasi, make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.role_matrix import RoleMatrix, role_users

# Written by jobs alone; System Manager may clear what waits in them.
QUEUES = {"Catatan ERPNext", "Langganan Push", "Push Tertunda", "Sinkronisasi ERPNext"}
CHANGING = ("create", "write", "delete", "submit", "cancel")


def traces(**filters: Any) -> list[Any]:
    fields = ["jenis", "hasil", "oleh", "rujukan_doctype", "rujukan", "tentang", "opd", "rincian"]
    return frappe.get_all(log.DOCTYPE, filters=filters, fields=fields, order_by="creation")


def details(**filters: Any) -> list[dict[str, Any]]:
    return [json.loads(row.rincian) for row in traces(**filters)]


def trace() -> frappe.model.document.Document:
    log.write([log.Entry("Ubah Data", "OPD", "x")])
    return frappe.get_last_doc(log.DOCTYPE)


class TestWatched(SiteTestCase):
    def test_every_document_that_a_role_may_change_is_watched(self):
        ours = frappe.get_all(
            "DocType",
            {"module": ["in", frappe.get_module_list("spbe_attendance")], "istable": 0},
            pluck="name",
        )
        changed = {
            name
            for name in ours
            for row in frappe.get_meta(name).permissions
            if not row.permlevel and any(row.get(verb) for verb in CHANGING)
        }
        assert len(changed) > 40
        assert changed - set(watched.KINDS) - QUEUES == set()

    def test_what_is_watched_exists_and_is_hooked(self):
        for doctype in watched.KINDS:
            assert frappe.db.exists("DocType", doctype), doctype
            handlers = frappe.get_doc_hooks()[doctype]
            for event, name in watched.EVENTS.items():
                assert watched.HANDLER + name in handlers[event], (doctype, event)


class TestChanges(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        make_lokasi(opd=cls.opd.name)
        cls.person = make_pegawai(opd=cls.opd.name, nik="1410011808960001")
        cls.officer = make_role_user("BKPSDM")
        cls.manager = make_role_user("System Manager")

    def test_a_change_of_a_person_tells_who_what_and_about_whom_without_the_nik(self):
        frappe.set_user(self.officer)
        doc = frappe.get_doc("Pegawai", self.person.name)
        doc.update({"jabatan": "Analis", "nik": "1410011808960002"})
        doc.save()
        row = traces(rujukan=self.person.name)[-1]
        assert (row.jenis, row.hasil, row.oleh) == ("Ubah Data", "Berhasil", self.officer)
        assert (row.tentang, row.opd) == (self.person.name, self.opd.name)
        told = json.loads(row.rincian)
        assert told["isi"]["jabatan"][1] == "Analis"
        assert "141001180896" not in row.rincian
        assert "nik" in told["isi"]

    def test_a_change_of_rules_tells_the_old_and_the_new_value(self):
        frappe.set_user(self.officer)
        doc = frappe.get_doc("Pengaturan Absensi")
        old = doc.akurasi_maksimum
        doc.akurasi_maksimum = old + 11
        doc.save()
        row = traces(rujukan_doctype="Pengaturan Absensi")[-1]
        assert row.jenis == "Ubah Aturan"
        assert json.loads(row.rincian)["isi"] == {"akurasi_maksimum": [f"{old:g}", f"{old + 11:g}"]}

    def test_saving_without_a_change_leaves_no_trace(self):
        frappe.set_user(self.officer)
        frappe.get_doc("Pengaturan Absensi").save()
        assert traces(rujukan_doctype="Pengaturan Absensi") == []

    def test_roles_of_an_account_are_told_when_they_are_given_and_passwords_never(self):
        frappe.set_user(self.manager)
        user = frappe.get_doc("User", self.person.user)
        user.append("roles", {"role": "Kepala OPD"})
        user.new_password = "Sagu-merah-27-perahu"
        user.save()
        row = traces(rujukan=self.person.user)[-1]
        assert row.jenis == "Ubah Hak Akses"
        assert json.loads(row.rincian)["isi"]["roles"][1] == [{"role": "Kepala OPD"}]
        assert "Sagu-merah" not in row.rincian

    def test_a_secret_of_a_gateway_is_not_told(self):
        frappe.set_user(self.officer)
        doc = frappe.get_doc("Gerbang Pesan")
        secrets = [field.fieldname for field in doc.meta.fields if field.fieldtype == "Password"]
        assert secrets
        doc.update(dict.fromkeys(secrets, "kunci-rahasia-sekali"))
        doc.flags.ignore_mandatory = True
        doc.save()
        assert all("kunci-rahasia" not in row.rincian for row in traces(rujukan_doctype="Gerbang Pesan"))

    def test_removing_and_making_are_told(self):
        frappe.set_user(self.officer)
        doc = frappe.get_doc(
            {
                "doctype": "Shift Kerja",
                "kode": "UJI-J",
                "nama_shift": "Uji Jejak",
                "mulai": "07:00:00",
                "selesai": "14:00:00",
            }
        )
        # A job makes rows by the thousand; a request is somebody's hand.
        self.in_a_request(doc.insert)
        doc.delete()
        assert [each["tindakan"] for each in details(rujukan=doc.name)] == ["dibuat", "dihapus"]

    def in_a_request(self, deed):
        with in_request(Request(EnvironBuilder(path="/api/x").get_environ())):
            deed()

    def test_a_punch_of_a_phone_leaves_no_trace(self):
        frappe.set_user(self.person.user)
        self.in_a_request(lambda: make_absensi())
        frappe.set_user("Administrator")
        assert traces(rujukan_doctype="Absensi") == []

    def test_a_decision_on_a_punch_leaves_one(self):
        frappe.set_user(self.person.user)
        punch = make_absensi(latitude=1.4, alasan="Rapat di kecamatan")
        frappe.set_user(self.officer)
        doc = frappe.get_doc("Absensi", punch.name)
        assert doc.status == "Menunggu Persetujuan"
        apply_workflow(doc, "Setujui")
        told = details(rujukan=punch.name)
        assert told[-1]["isi"]["status"] == ["Menunggu Persetujuan", "Disetujui"]


class TestKept(RoleMatrix, SiteTestCase):
    matrix = {
        ("Pegawai SPBE", log.DOCTYPE): ("",),
        ("Kepala OPD", log.DOCTYPE): ("",),
        ("Admin OPD", log.DOCTYPE): ("",),
        ("BKPSDM", log.DOCTYPE): ("r",),
        ("Pimpinan", log.DOCTYPE): ("",),
        ("Wali Data", log.DOCTYPE): ("",),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = role_users(make_opd().name)
        cls.row = trace()

    def documents(self, role, doctype):
        return [self.row]

    def test_the_administrator_neither_removes_nor_changes_nor_makes_one(self):
        doc = trace()
        doc.hasil = "Ditolak"
        for deed in (
            doc.save,
            lambda: frappe.delete_doc(log.DOCTYPE, doc.name, force=True, ignore_permissions=True),
            lambda: frappe.rename_doc(log.DOCTYPE, doc.name, "lain", force=True),
            frappe.get_doc({"doctype": log.DOCTYPE, "jenis": "Ubah Data", "hasil": "Berhasil"}).insert,
        ):
            with pytest.raises((JejakTidakDapatDiubah, frappe.ValidationError)):
                deed()
        assert frappe.db.get_value(log.DOCTYPE, doc.name, "hasil") == "Berhasil"

    def test_the_framework_does_not_clear_it_by_age(self):
        # What Log Settings clears by age says so by this method.
        assert not hasattr(get_controller(log.DOCTYPE), "clear_old_logs")

    def test_whom_it_names_may_still_be_removed(self):
        person = make_pegawai()
        log.write([log.Entry("Lihat Berkas", "Pegawai", person.name, person.name)])
        frappe.db.delete("Catatan Akun", {"pegawai": person.name})
        user = person.user
        person.reload()
        person.db_set("user", None)
        frappe.delete_doc("User", user, force=False, ignore_permissions=True)
        assert not frappe.db.exists("User", user)
        assert frappe.db.exists(log.DOCTYPE, {"tentang": person.name})


class TestReport(SiteTestCase):
    def test_it_joins_views_changes_accounts_and_log_ins_newest_first(self):
        person = make_pegawai()
        log.write([log.Entry("Lihat Berkas", "Absensi", "x", person.name, person.opd, log.REFUSED)])
        frappe.get_doc(
            {
                "doctype": "Activity Log",
                "user": "Administrator",
                "operation": "Login",
                "status": "Failed",
                "subject": "uji",
            }
        ).insert(ignore_permissions=True)
        _columns, rows, note = report.build({})
        assert note is None
        assert [row["waktu"] for row in rows] == sorted((row["waktu"] for row in rows), reverse=True)
        views = [row for row in rows if row["jenis"] == "Lihat Berkas"]
        assert (views[0]["nama_tentang"], views[0]["hasil"]) == (person.nama, "Ditolak")
        assert "Masuk" in {row["jenis"] for row in rows}

    def test_its_filters_leave_out_the_rest(self):
        person = make_pegawai()
        log.write(
            [log.Entry("Lihat Berkas", "Absensi", "x", person.name), log.Entry("Ubah Data", "OPD", "y")]
        )
        only = report.build({"tentang": person.name, "jenis": "Lihat Berkas"})[1]
        assert [row["rujukan"] for row in only] == ["x"]
        assert report.build({"jenis": "Masuk", "tentang": person.name})[1] == []
        assert report.build({"dari": "2020-01-01", "sampai": "2020-01-02"})[1] == []

    def test_who_may_not_read_the_trace_may_not_run_it(self):
        frappe.set_user(make_role_user("Wali Data"))
        with pytest.raises(frappe.PermissionError):
            jejak_audit.execute({})
