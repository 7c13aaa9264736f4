"""Pegawai and Employee, OPD and Department, Hari Libur and Holiday List: against stand-ins with ERPNext's names and needs."""

import json
from datetime import date

import frappe
from freezegun import freeze_time

from spbe_attendance.integrations.erpnext import (
    holidays,
    lifecycle,
    notes,
    people,
    queue,
    settings,
    units,
)
from spbe_attendance.integrations.erpnext.tally import Tally
from spbe_attendance.integrations.exceptions import IntegrasiTidakSiap
from spbe_attendance.tests import erpnext_world as world
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user


def setUpModule():
    world.build()


def tearDownModule():
    frappe.db.rollback()
    world.drop()


class ErpnextCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        world.make_company()
        cls.opd = make_opd(nama_opd="Dinas Pendidikan Rekaan")
        cls.unit = make_opd(induk=cls.opd.name, nama_opd="Sekretariat")

    def setUp(self):
        super().setUp()
        world.switch_on()

    def person(self, **values):
        fresh = {
            "opd": self.unit.name,
            "with_user": False,
            "nip": "198502102010012003",
            "jenis_kelamin": "Perempuan",
        }
        return make_pegawai(**{**fresh, **values})

    def sync(self, *persons):
        tally = Tally()
        self.fresh = people.sync([person.name for person in persons], settings.load(), tally)
        return tally

    def employee(self, person):
        return frappe.get_doc("Employee", {"spbe_pegawai": person.name})

    def note(self, person, kind=people.KIND, matter=""):
        return frappe.db.get_value(
            notes.DOCTYPE, notes.key(kind, person.name, matter), ["status", "pesan"], as_dict=True
        )


class TestPeople(ErpnextCase):
    def test_a_person_becomes_an_employee_with_all_that_erpnext_needs(self):
        units.sync(settings.load(), Tally())
        anna = self.person(nama="Anna Rekaan", jabatan="Analis Rekaan")
        tally = self.sync(anna)
        self.assertEqual((tally.counts["dibuat"], self.fresh), (1, [anna.name]))
        employee = self.employee(anna)
        told = (
            employee.first_name,
            employee.gender,
            str(employee.date_of_birth),
            str(employee.date_of_joining),
        )
        self.assertEqual(told, ("Anna Rekaan", "Female", "1985-02-10", "2010-01-01"))
        self.assertEqual(
            (employee.employee_number, employee.status, employee.company), (anna.nip, "Active", world.COMPANY)
        )
        self.assertEqual((employee.department, employee.designation), ("Sekretariat - UJI", "Analis Rekaan"))
        self.assertEqual((employee.create_user_permission, employee.user_id), (0, None))

    def test_a_second_time_nothing_is_written(self):
        anna = self.person()
        self.sync(anna)
        modified = self.employee(anna).modified
        self.assertEqual(self.sync(anna).counts, {"tetap": 1})
        self.assertEqual((self.employee(anna).modified, self.fresh), (modified, []))

    def test_an_employee_with_the_same_number_is_linked_and_keeps_what_is_theirs(self):
        anna = self.person(nama="Anna Rekaan")
        theirs = world.make_employee(
            first_name="Anna",
            last_name="Rekaan",
            gender="Female",
            date_of_birth="1985-02-10",
            employee_number=anna.nip,
            bank_ac_no="0011",
        )
        anna.db_set("tanggal_lahir", "1985-02-10")
        self.sync(anna)
        employee = self.employee(anna)
        self.assertEqual(
            (employee.name, employee.bank_ac_no, employee.last_name), (theirs.name, "0011", "Rekaan")
        )
        self.assertEqual(frappe.db.count("Employee"), 1)

    def test_what_we_own_goes_there_and_what_they_own_comes_here(self):
        anna = self.person(nama="Anna Rekaan", nomor_hp="+6281100000001")
        self.sync(anna)
        frappe.db.set_value("Employee", self.employee(anna).name, "cell_number", "0812 0000 0002")
        anna.reload()
        anna.nama = "Anna Lestari"
        anna.save()
        self.assertEqual(self.sync(anna).counts, {"diubah": 1})
        anna.reload()
        self.assertEqual((anna.nomor_hp, self.employee(anna).first_name), ("+6281200000002", "Anna Lestari"))

    def test_a_change_there_of_what_is_ours_is_put_back_and_told_in_words(self):
        anna = self.person(nama="Anna Rekaan")
        self.sync(anna)
        frappe.db.set_value("Employee", self.employee(anna).name, "first_name", "Hana")
        self.assertEqual(self.sync(anna).counts["konflik"], 1)
        self.assertEqual(self.employee(anna).first_name, "Anna Rekaan")
        note = self.note(anna, matter="konflik")
        self.assertEqual(note.status, "Konflik")
        self.assertIn("Hana", note.pesan)

    def test_the_settings_name_another_owner(self):
        world.switch_on(pemilik_jabatan="ERPNext", pemilik_nomor_hp="Tidak Disinkronkan")
        anna = self.person(jabatan="Analis", nomor_hp="+6281100000001")
        self.sync(anna)
        frappe.get_doc({"doctype": "Designation", "designation_name": "Kepala Seksi"}).insert()
        frappe.db.set_value(
            "Employee", self.employee(anna).name, {"designation": "Kepala Seksi", "cell_number": "0"}
        )
        self.sync(anna)
        anna.reload()
        self.assertEqual((anna.jabatan, anna.nomor_hp), ("Kepala Seksi", "+6281100000001"))

    def test_one_way_takes_nothing_from_there(self):
        world.switch_on(arah="Hanya Ke ERPNext")
        anna = self.person(nomor_hp="+6281100000001")
        self.sync(anna)
        frappe.db.set_value("Employee", self.employee(anna).name, "cell_number", "+6281200000002")
        self.sync(anna)
        self.assertEqual(frappe.db.get_value("Pegawai", anna.name, "nomor_hp"), "+6281100000001")

    def test_what_is_missing_is_said_in_words_and_nobody_else_waits_for_it(self):
        honorer = self.person(nip=None, status_kepegawaian="Non ASN", jenis_kelamin="")
        anna = self.person()
        tally = self.sync(honorer, anna)
        self.assertEqual((tally.counts["gagal"], tally.counts["dibuat"]), (1, 1))
        self.assertIn("Birth", self.note(honorer).pesan)
        honorer.update(
            {"jenis_kelamin": "Laki-laki", "tanggal_lahir": "1999-01-01", "mulai_bertugas": "2024-01-01"}
        )
        honorer.save()
        self.sync(honorer)
        self.assertIsNone(self.note(honorer))
        self.assertEqual(self.employee(honorer).employee_number, honorer.nomor_pegawai)

    def test_a_date_of_joining_may_stand_in_for_what_is_unknown(self):
        world.switch_on(bergabung_bawaan="2022-01-03")
        budi = self.person(nip="199203152023211005")
        self.sync(budi)
        self.assertEqual(str(self.employee(budi).date_of_joining), "2022-01-03")

    def test_who_leaves_is_left_there_with_a_day_and_who_has_left_is_not_made(self):
        anna, old = self.person(), self.person(nip="196303121991021005", status="Pensiun")
        self.assertEqual(self.sync(anna, old).counts, {"dibuat": 1, "dilewati": 1})
        anna.reload()
        anna.update({"status": "Pensiun", "berlaku_sejak": "2026-10-01"})
        anna.save()
        self.sync(anna)
        employee = self.employee(anna)
        self.assertEqual((employee.status, str(employee.relieving_date)), ("Left", "2026-10-01"))

    def test_superiors_are_set_once_both_are_there(self):
        head = self.person(nip="196303121991021005")
        anna = self.person(atasan=head.name)
        self.sync(anna)
        self.assertIsNone(self.employee(anna).reports_to)
        self.sync(head)
        self.sync(anna)
        self.assertEqual(self.employee(anna).reports_to, self.employee(head).name)

    def test_a_change_that_came_from_the_other_side_is_not_sent_back(self):
        anna = self.person()
        queue.work_once(settings.load())
        self.assertEqual(notes.waiting(9), [])
        doc = self.employee(anna)
        doc.cell_number = "+6281200000002"
        doc.save()
        self.assertEqual([row.jenis for row in notes.waiting(9)], ["Employee"])
        queue.work_once(settings.load())
        self.assertEqual(frappe.db.get_value("Pegawai", anna.name, "nomor_hp"), "+6281200000002")
        self.assertEqual(notes.waiting(9), [])

    def test_a_change_without_a_saved_form_is_found_every_day(self):
        anna = self.person(nama="Anna Rekaan")
        self.sync(anna)
        anna.db_set("nama", "Anna Lestari")
        self.assertEqual(notes.waiting(9), [])
        queue.run_daily()
        queue.work_once(settings.load())
        self.assertEqual(self.employee(anna).first_name, "Anna Lestari")

    def test_with_the_new_year_everybody_gets_its_list(self):
        anna = self.person()
        self.sync(anna)
        notes.done(people.KIND, anna.name)
        with freeze_time("2027-01-02 05:00:00"):
            queue.run_daily()
            while queue.work_once(settings.load()):
                pass
        self.assertEqual(self.employee(anna).holiday_list, "SPBE 2027 Libur Sab-Min")

    def test_one_that_cannot_even_be_begun_is_noted_and_holds_nobody_up(self):
        anna = self.person(nama="Anna Rekaan")
        notes.wait("Rusak", "x")

        def broken(*_arguments):
            raise ValueError("rusak")

        queue.HANDLERS["Rusak"] = broken
        try:
            queue.work_once(settings.load())
        finally:
            del queue.HANDLERS["Rusak"]
        self.assertEqual(
            frappe.db.get_value(notes.DOCTYPE, notes.key("Rusak", "x"), ["status", "pesan"]),
            ("Gagal", "rusak"),
        )
        self.assertEqual(self.employee(anna).first_name, "Anna Rekaan")

    def test_an_employee_whom_nobody_is_stays_as_it_is(self):
        theirs = world.make_employee(employee_number="1")
        queue.work_once(settings.load())
        theirs.reload()
        self.assertEqual((theirs.spbe_pegawai, notes.waiting(9)), (None, []))

    def test_the_nik_is_nowhere_there(self):
        anna = self.person(nik="1410011808960001")
        self.sync(anna)
        self.assertNotIn("1410011808960001", json.dumps(self.employee(anna).as_dict(), default=str))


class TestUnitsAndHolidays(ErpnextCase):
    def test_the_tree_becomes_departments_below_each_other_and_equal_names_are_told_apart(self):
        other = make_opd(induk=self.opd.name, nama_opd="Sekretariat")
        units.sync(settings.load(), Tally())
        found = units.mapping(settings.load())
        self.assertEqual(found[self.opd.name], (world.COMPANY, "Dinas Pendidikan Rekaan - UJI"))
        self.assertEqual(found[other.name][1], f"Sekretariat ({other.name}) - UJI")
        parent = frappe.db.get_value("Department", found[other.name][1], "parent_department")
        self.assertEqual(parent, "Dinas Pendidikan Rekaan - UJI")
        again = Tally()
        units.sync(settings.load(), again)
        self.assertEqual(set(again.counts), {"tetap"})

    def test_a_unit_mapped_by_hand_keeps_its_department_and_company(self):
        world.make_company(company_name="Rumah Sakit Uji", abbr="RS")
        frappe.get_doc(
            {"doctype": "Department", "department_name": "Poli", "company": "Rumah Sakit Uji"}
        ).insert()
        row = {"opd": self.unit.name, "company": "Rumah Sakit Uji", "department": "Poli - UJI"}
        frappe.get_doc({"doctype": "Pemetaan OPD ERPNext", **row}).insert()
        units.sync(settings.load(), Tally())
        anna = self.person()
        self.sync(anna)
        self.assertEqual(
            (self.employee(anna).company, self.employee(anna).department), ("Rumah Sakit Uji", "Poli - UJI")
        )

    def test_a_name_that_is_not_there_is_refused(self):
        with self.assertRaises(IntegrasiTidakSiap):
            frappe.get_doc(
                {"doctype": "Pemetaan OPD ERPNext", "opd": self.unit.name, "department": "Tidak Ada"}
            ).insert()
        with self.assertRaises(IntegrasiTidakSiap):
            world.switch_on(company="Tidak Ada")

    def test_holidays_become_a_list_for_each_pattern_and_each_opd_with_days_of_its_own(self):
        for values in (
            {"tanggal": "2026-08-17", "nama_libur": "Kemerdekaan", "jenis": "Libur Nasional"},
            {"tanggal": "2026-12-19", "nama_libur": "Hari Jadi", "jenis": "Libur OPD", "opd": self.opd.name},
        ):
            frappe.get_doc({"doctype": "Hari Libur", "status": "Berlaku", "dasar": "Uji", **values}).insert()
        anna = self.person()
        found = holidays.patterns([(anna.name, self.unit.name)], 2026)[anna.name]
        self.assertEqual((found.offs, found.opds), (frozenset((5, 6)), frozenset((self.opd.name,))))
        holidays.sync({2026: {found}}, Tally())
        doc = frappe.get_doc("Holiday List", found.name(2026))
        days = {str(row.holiday_date): (row.description, row.weekly_off) for row in doc.holidays}
        self.assertEqual(days["2026-08-17"], ("Kemerdekaan", 0))
        # A Saturday, which is the OPD's own day.
        self.assertEqual(days["2026-12-19"], ("Hari Jadi", 0))
        self.assertEqual(days["2026-12-20"], ("Minggu", 1))
        self.assertEqual(len(days), len(doc.holidays))
        self.sync(anna)
        with freeze_time("2026-09-01"):
            self.sync(anna)
        self.assertEqual(self.employee(anna).holiday_list, found.name(2026))

    def test_a_list_is_corrected_and_left_alone_when_it_is_right(self):
        pattern = holidays.Pattern(frozenset((6,)))
        for expected in ("dibuat", "tetap"):
            tally = Tally()
            holidays.sync({2026: {pattern}}, tally)
            self.assertEqual(tally.counts, {expected: 1})
        frappe.get_doc(
            {
                "doctype": "Hari Libur",
                "status": "Berlaku",
                "dasar": "Uji",
                "tanggal": date(2026, 8, 17),
                "nama_libur": "Kemerdekaan",
                "jenis": "Libur Nasional",
            }
        ).insert()
        tally = Tally()
        holidays.sync({2026: {pattern}}, tally)
        self.assertEqual(tally.counts, {"diubah": 1})


class TestComingAndGoing(ErpnextCase):
    def test_installed_later_it_marks_their_doctypes_and_proposes_kinds_of_equal_names_and_switches_nothing_on(
        self,
    ):
        doc = frappe.get_doc(settings.DOCTYPE)
        doc.update({"aktif": 0, "cuti": []})
        doc.save()
        frappe.get_doc({"doctype": "Leave Type", "leave_type_name": "Cuti Tahunan"}).insert()
        lifecycle.after_app_install("hrms")
        lifecycle.after_app_install("hrms")
        doc.reload()
        self.assertEqual([(row.jenis, row.leave_type) for row in doc.cuti], [("CT", "Cuti Tahunan")])
        self.assertEqual(doc.aktif, 0)
        self.assertTrue(frappe.get_meta("Employee").has_field("spbe_pegawai"))

    def test_when_erpnext_goes_we_forget_it_and_stay(self):
        anna = self.person()
        self.sync(anna)
        units.sync(settings.load(), Tally())
        lifecycle.before_app_uninstall("erpnext")
        self.assertFalse(settings.on())
        self.assertEqual((frappe.db.count(settings.UNITS), frappe.db.count(notes.DOCTYPE)), (0, 0))
        self.assertTrue(frappe.db.exists("Pegawai", anna.name))

    def test_another_app_concerns_nobody(self):
        lifecycle.before_app_uninstall("insights")
        self.assertTrue(settings.on())

    def test_only_bkpsdm_sees_and_changes_it(self):
        users = {
            role: make_role_user(role)
            for role in ("BKPSDM", "Admin OPD", "Kepala OPD", "Wali Data", "Pimpinan")
        }
        for role, user in users.items():
            frappe.set_user(user)
            for doctype in (settings.DOCTYPE, settings.UNITS, notes.DOCTYPE, "Sinkronisasi ERPNext"):
                self.assertEqual(
                    bool(frappe.has_permission(doctype, "read")), role == "BKPSDM", (role, doctype)
                )
