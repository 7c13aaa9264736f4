"""Who sees and downloads which report: own units, everything, or nothing; one's own card always."""

from __future__ import annotations

import json
from datetime import date

import frappe
from frappe.desk.query_report import run

from spbe_attendance.api import laporan as api
from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.pemantauan.cetak import job
from spbe_attendance.pemantauan.laporan import card, registry
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.laporan_world import day, write

FIRST, MONTH = date(2026, 10, 1), "2026-10"
UNITS = [name for name in registry.REPORTS if name != "Kartu Kehadiran"]
# Their rows are units and weekdays, not persons.
OF_NOBODY = {"Laporan Bulanan Unit", "Ikhtisar OPD", "Jam Datang"}


class TestHakLaporan(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own, cls.other = make_opd().name, make_opd().name
        cls.below = make_opd(induk=cls.own).name
        cls.head = make_pegawai(opd=cls.own, roles=("Kepala OPD",))
        cls.admin = make_pegawai(opd=cls.own, roles=("Admin OPD",))
        cls.staff = make_pegawai(opd=cls.own)
        cls.subordinate = make_pegawai(opd=cls.below, with_user=False)
        cls.stranger = make_pegawai(opd=cls.other)
        cls.bkpsdm, cls.leader = make_role_user("BKPSDM"), make_role_user("Pimpinan")
        cls.auditor = make_role_user("Wali Data")
        people = [(cls.staff, cls.own), (cls.subordinate, cls.below), (cls.stranger, cls.other)]
        write([day(person.name, opd, FIRST, "TK") for person, opd in people])

    def filters(self, **values):
        return {"bulan": MONTH, "tanggal": str(FIRST), "tahun": 2026, **values}

    def seen(self, name, user, **values):
        """Persons in the answer of Desk's own report call, or the refusal."""
        frappe.set_user(user)
        answer = run(name, filters=json.dumps(self.filters(**values)), are_default_filters=False)
        return {row.get("pegawai") for row in answer["result"]}

    def expect_refusal(self, name, user, **values):
        frappe.set_user(user)
        with self.assertRaises(frappe.PermissionError):
            run(name, filters=json.dumps(self.filters(**values)), are_default_filters=False)

    def test_heads_and_admins_see_their_units_and_those_below_and_no_others(self):
        mine = {self.staff.name, self.subordinate.name}
        for user in (self.head.user, self.admin.user):
            for name in set(UNITS) - OF_NOBODY:
                assert self.seen(name, user) == mine, name
                assert self.seen(name, user, opd=self.below) == {self.subordinate.name}, name
                self.expect_refusal(name, user, opd=self.other)

    def test_the_units_recap_names_own_units_only(self):
        frappe.set_user(self.head.user)
        answer = run("Laporan Bulanan Unit", filters=json.dumps(self.filters()), are_default_filters=False)
        assert {row["staf"] for row in answer["result"]} == {1}
        assert len(answer["result"]) == 2
        answer = run("Ikhtisar OPD", filters=json.dumps(self.filters()), are_default_filters=False)
        assert {row["opd"] for row in answer["result"]} == {self.own, self.below}
        for name in OF_NOBODY:
            self.expect_refusal(name, self.head.user, opd=self.other)

    def test_bkpsdm_and_leaders_see_everybody(self):
        everybody = {self.staff.name, self.subordinate.name, self.stranger.name}
        for user in (self.bkpsdm, self.leader):
            assert everybody <= self.seen("Rekapitulasi Kehadiran", user)
            assert self.seen("Rekapitulasi Kehadiran", user, opd=self.other) == {self.stranger.name}

    def test_staff_and_wali_data_open_no_report(self):
        for user in (self.staff.user, self.auditor, "Guest"):
            for name in registry.REPORTS:
                self.expect_refusal(name, user, pegawai=self.staff.name)

    def test_everybody_has_the_own_card_and_heads_those_of_their_units(self):
        frappe.set_user(self.staff.user)
        assert [row["kode"] for row in api.kartu_saya(bulan=MONTH)["hari"]] == ["TK"]
        for other in (self.subordinate.name, self.stranger.name, "tidak-ada"):
            with self.assertRaises(frappe.PermissionError):
                card.build({"bulan": MONTH, "pegawai": other})
        frappe.set_user(self.head.user)
        assert card.build({"bulan": MONTH, "pegawai": self.subordinate.name}).count == 1
        with self.assertRaises(frappe.PermissionError):
            card.build({"bulan": MONTH, "pegawai": self.stranger.name})

    def ask(self, user, name="Rekapitulasi Kehadiran", form="xlsx", **values):
        frappe.set_user(user)
        return api.unduh(laporan=name, bentuk=form, saringan=json.dumps(self.filters(**values)))["id"]

    def test_files_are_refused_before_anything_is_queued(self):
        for user in (self.staff.user, self.leader, self.auditor):
            with self.assertRaises(frappe.PermissionError):
                self.ask(user)
        with self.assertRaises(frappe.PermissionError):
            self.ask(self.head.user, opd=self.other)
        with self.assertRaises(frappe.PermissionError):
            self.ask(self.staff.user, "Kartu Kehadiran", pegawai=self.stranger.name)

    def test_broken_requests_are_refused_by_name(self):
        frappe.set_user(self.bkpsdm)
        for values in (
            {"laporan": "Gaji", "bentuk": "pdf", "saringan": "{}"},
            {"laporan": "Disiplin PP 94", "bentuk": "exe", "saringan": "{}"},
            {"laporan": "Disiplin PP 94", "bentuk": "pdf", "saringan": "[1]"},
            {"laporan": "Disiplin PP 94", "bentuk": "pdf", "saringan": "{"},
            {"laporan": "Rekapitulasi Kehadiran", "bentuk": "pdf", "saringan": '{"bulan": "2026-99"}'},
            {},
        ):
            with self.assertRaises(LaporanDitolak):
                api.unduh(**values)

    def test_how_a_file_stands_is_told_to_its_asker_only(self):
        key = self.ask(self.head.user)
        assert api.keadaan(id=key)["id"] == key
        frappe.set_user(self.bkpsdm)
        for wrong in (key, "x", None):
            with self.assertRaises(LaporanDitolak):
                api.keadaan(id=wrong)

    def test_a_file_is_read_by_its_asker_and_nobody_else(self):
        url = job.store("uji.xlsx", b"isi uji", self.head.user)
        file = frappe.get_doc("File", {"file_url": url})
        assert file.is_private
        assert frappe.has_permission("File", "read", doc=file, user=self.head.user)
        for user in (self.admin.user, self.staff.user, self.bkpsdm, self.leader):
            assert not frappe.has_permission("File", "read", doc=file, user=user)

    def test_files_go_after_two_days(self):
        old, fresh = (
            job.store("lama.xlsx", b"lama", self.bkpsdm),
            job.store("baru.xlsx", b"baru", self.bkpsdm),
        )
        frappe.db.set_value(
            "File", {"file_url": old}, "creation", "2026-01-01 00:00:00", update_modified=False
        )
        job.remove_old()
        assert not frappe.db.exists("File", {"file_url": old})
        assert frappe.db.exists("File", {"file_url": fresh})
