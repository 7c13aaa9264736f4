"""Role x DocType x verb for schedules, rosters, exchanges and the calendar."""

import frappe
from frappe.utils import add_days, getdate

from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.role_matrix import RoleMatrix, role_users
from spbe_attendance.tests.schedules import (
    assign,
    carry_out,
    make_import,
    make_jadwal,
    make_libur,
    make_periode,
    make_roster,
    make_shift,
    xlsx,
)

MASTER = ("Jadwal Kerja", "Shift Kerja", "Periode Jadwal", "Hari Libur")
OWNED = ("Penugasan Jadwal", "Roster Dinas", "Impor Roster", "Tukar Dinas")
# (role, DocType): verbs on a row of the own OPD, on a row of another OPD. r w c d
MATRIX = {
    **{
        (role, doctype): ("r", "r")
        for role in ("Pegawai SPBE", "Kepala OPD", "Admin OPD", "Pimpinan")
        for doctype in MASTER
    },
    **{("BKPSDM", doctype): ("rwcd", "rwcd") for doctype in (*MASTER, *OWNED)},
    ("BKPSDM", "Tukar Dinas"): ("rwc", "rwc"),
    **{("Wali Data", doctype): ("", "") for doctype in (*MASTER, *OWNED)},
    **{("Pimpinan", doctype): ("", "") for doctype in OWNED},
    ("Pegawai SPBE", "Penugasan Jadwal"): ("", ""),
    ("Pegawai SPBE", "Roster Dinas"): ("", ""),
    ("Pegawai SPBE", "Impor Roster"): ("", ""),
    ("Pegawai SPBE", "Tukar Dinas"): ("", ""),
    ("Kepala OPD", "Penugasan Jadwal"): ("r", ""),
    ("Kepala OPD", "Roster Dinas"): ("r", ""),
    ("Kepala OPD", "Impor Roster"): ("r", ""),
    ("Kepala OPD", "Tukar Dinas"): ("rwc", ""),
    ("Admin OPD", "Penugasan Jadwal"): ("r", ""),
    ("Admin OPD", "Roster Dinas"): ("rwcd", ""),
    ("Admin OPD", "Impor Roster"): ("rwcd", ""),
    ("Admin OPD", "Tukar Dinas"): ("rwc", ""),
}


class TestPermissionsOfSchedules(RoleMatrix, SiteTestCase):
    matrix = MATRIX

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shift = make_shift().name
        cls.own, cls.other = cls.rows("2026-01-01"), cls.rows("2026-02-01")
        opd = cls.own["opd"]
        cls.users = role_users(opd)

    @classmethod
    def rows(cls, day):
        opd = make_opd().name
        person, mate = make_pegawai(opd=opd), make_pegawai(opd=opd)
        dates = [add_days(getdate(), ahead) for ahead in (5, 6)]
        for who, shifts in ((person, (cls.shift, None)), (mate, (None, cls.shift))):
            for date, shift in zip(dates, shifts, strict=True):
                roster = make_roster(who.name, date, shift)
        jadwal = make_jadwal()
        values = {"pemohon": person.name, "tanggal": dates[0], "rekan": mate.name, "tanggal_rekan": dates[1]}
        return {
            "opd": opd,
            "person": person,
            "Jadwal Kerja": jadwal,
            "Shift Kerja": make_shift(),
            "Periode Jadwal": make_periode(day, day),
            "Hari Libur": make_libur(day),
            "Penugasan Jadwal": assign(jadwal.name, day, pegawai=person.name),
            "Roster Dinas": roster,
            "Impor Roster": make_import(opd, xlsx([["NIP", 1]])),
            "Tukar Dinas": frappe.get_doc({"doctype": "Tukar Dinas", "alasan": "Uji", **values}).insert(),
        }

    def test_one_sees_what_holds_for_oneself(self):
        everybody = assign(make_jadwal().name, "2026-01-01")
        unit = assign(make_jadwal().name, "2026-01-01", opd=self.own["opd"])
        foreign = assign(make_jadwal().name, "2026-01-01", opd=self.other["opd"])
        frappe.set_user(self.own["person"].user)
        seen = set(frappe.get_list("Penugasan Jadwal", pluck="name"))
        self.assertGreaterEqual(seen, {everybody.name, unit.name, self.own["Penugasan Jadwal"].name})
        self.assertFalse(seen & {foreign.name, self.other["Penugasan Jadwal"].name})
        rosters = frappe.get_list("Roster Dinas", pluck="pegawai")
        self.assertEqual(set(rosters), {self.own["person"].name})

    def test_an_admin_makes_no_roster_for_another_opd_by_naming_the_own_one(self):
        frappe.set_user(self.users["Admin OPD"])
        stranger = self.other["person"].name
        row = {"pegawai": stranger, "opd": self.own["opd"], "tanggal": "2026-05-04", "urutan": 1}
        with self.assertRaises(frappe.PermissionError):
            frappe.get_doc({"doctype": "Roster Dinas", **row}).insert()
        mine = frappe.get_doc("Roster Dinas", self.own["Roster Dinas"].name)
        mine.pegawai = stranger
        with self.assertRaises(frappe.PermissionError):
            mine.save()

    def test_an_admin_imports_for_the_own_opd_only(self):
        frappe.set_user(self.users["Admin OPD"])
        with self.assertRaises(frappe.PermissionError):
            self.other["Impor Roster"].periksa()
        with self.assertRaises(frappe.PermissionError):
            make_import(self.other["opd"], xlsx([["NIP", 1]]))
        carry_out(self.own["Impor Roster"], "periksa")
        self.assertEqual(self.own["Impor Roster"].status, "Gagal")

    def test_buttons_of_the_calendar_are_for_bkpsdm(self):
        from spbe_attendance.api import jadwal as api

        for role in ("Admin OPD", "Kepala OPD", "Pegawai SPBE", "Pimpinan", "Wali Data"):
            frappe.set_user(self.users[role])
            for call in (
                lambda: api.usulkan_libur(2026),
                lambda: api.konfirmasi_libur([self.own["Hari Libur"].name], "SKB"),
            ):
                with self.subTest(role), self.assertRaises(frappe.PermissionError):
                    call()

    def test_the_template_is_for_whoever_imports_there(self):
        from spbe_attendance.api import jadwal as api

        frappe.set_user(self.users["Admin OPD"])
        api.templat_roster(self.own["opd"], "2026-11")
        self.assertTrue(frappe.response.filecontent.startswith(b"PK"))
        with self.assertRaises(frappe.PermissionError):
            api.templat_roster(self.other["opd"], "2026-11")
