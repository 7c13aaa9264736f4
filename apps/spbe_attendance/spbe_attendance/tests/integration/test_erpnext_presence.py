"""Permits, punches and days as HRMS has them: shown once, corrected, taken back, never the other way round."""

import json
from datetime import date, datetime

import frappe
from frappe.utils import add_to_date, now_datetime

from spbe_attendance.integrations import task
from spbe_attendance.integrations.erpnext import (
    advance,
    foreign,
    leave,
    notes,
    people,
    presence,
    queue,
    run,
    settings,
)
from spbe_attendance.integrations.erpnext.tally import Tally
from spbe_attendance.integrations.exceptions import IntegrasiTidakSiap, TugasIntegrasiDitolak
from spbe_attendance.tests import erpnext_world as world
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user, make_tinjauan
from spbe_attendance.tests.rekap_world import bulk, bulk_staff, counted, punch_row

MONDAY = date(2026, 10, 5)
DAY = {
    "hari_kerja": 1,
    "sementara": 0,
    "kode_utama": "H",
    "kode_kedua": None,
    "bagian_kedua": 0,
    "masuk": datetime(2026, 10, 5, 7, 51, 10),
    "pulang": datetime(2026, 10, 5, 16, 6, 10),
    "tingkat_terlambat": 1,
    "tingkat_pulang_cepat": 0,
    "ketidakhadiran": None,
}


def setUpModule():
    world.build()


def tearDownModule():
    frappe.db.rollback()
    world.drop()


class PresenceCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        world.make_company()
        cls.opd = make_opd()
        frappe.get_doc({"doctype": "Leave Type", "leave_type_name": "Cuti Uji"}).insert()
        cls.anna = make_pegawai(
            opd=cls.opd.name, nama="Anna Rekaan", nip="198502102010012003", with_user=False
        )
        cls.budi = make_pegawai(
            opd=cls.opd.name, nama="Budi Rekaan", nip="196303121991021005", with_user=False
        )
        world.switch_on(cuti=[{"jenis": "CT", "leave_type": "Cuti Uji"}])
        people.sync([cls.anna.name, cls.budi.name], settings.load(), Tally())

    def setUp(self):
        super().setUp()
        self.settings = settings.load()

    def employee(self, person):
        return frappe.db.get_value("Employee", {"spbe_pegawai": person.name})

    def punch(self, kind="Masuk", moment=datetime(2026, 10, 5, 7, 20, 0, 123456), person=None, **values):
        row = {
            "latitude": 1.0,
            "longitude": 102.7,
            **punch_row((person or self.anna).name, kind, moment, **values),
        }
        return bulk("Absensi", [row])[0]

    def day(self, person=None, day=MONDAY, **values):
        fresh = {
            "pegawai": (person or self.anna).name,
            "tanggal": day,
            "status_kepegawaian": "PNS",
            **DAY,
            **values,
        }
        return bulk("Rekap Harian", [fresh])[0]

    def change(self, doctype, name, **values):
        """As the app's own writers do: with a new stamp, seconds later, or the projection would not see it."""
        frappe.db.set_value(
            doctype, name, {**values, "modified": "2026-11-01 08:00:00.000000"}, update_modified=False
        )

    def advance(self):
        tally = Tally()
        for doctype in advance.CURSORS:
            advance.part(doctype, self.settings, tally, lambda _rows: None)
        return tally.counts

    def checkins(self):
        fields = ["employee", "log_type", "time", "skip_auto_attendance", "spbe_absensi", "latitude"]
        return frappe.get_all("Employee Checkin", fields=fields, order_by="time")

    def attendance(self, **filters):
        return frappe.get_all("Attendance", filters, ["*"], order_by="creation, name")


class TestPunches(PresenceCase):
    def test_a_punch_becomes_a_checkin_once(self):
        name = self.punch()
        self.assertEqual(self.advance(), {"dibuat": 1})
        (row,) = self.checkins()
        self.assertEqual(
            (row.employee, row.log_type, row.spbe_absensi), (self.employee(self.anna), "IN", name)
        )
        self.assertEqual(
            (row.time, row.skip_auto_attendance, row.latitude), (datetime(2026, 10, 5, 7, 20), 1, 0)
        )
        self.assertEqual(self.advance(), {})
        advance.rewind(presence.PUNCH)
        self.assertEqual(self.advance(), {"tetap": 1})

    def test_waiting_rejected_and_roll_call_punches_are_not_shown(self):
        waiting = self.punch(status="Menunggu Persetujuan")
        self.punch(status="Ditolak")
        self.punch(kind="Apel")
        self.advance()
        self.assertEqual(self.checkins(), [])
        self.change("Absensi", waiting, status="Disetujui")
        self.advance()
        self.assertEqual([row.spbe_absensi for row in self.checkins()], [waiting])

    def test_a_void_punch_goes_from_there(self):
        name = self.punch()
        self.advance()
        review = make_tinjauan(frappe.get_doc("Absensi", name))
        frappe.db.set_value("Tinjauan Absensi", review.name, "status", "Tidak Sah")
        notes.wait(presence.PUNCH, name)
        queue.work_once(self.settings)
        self.assertEqual(self.checkins(), [])

    def test_days_before_the_beginning_are_not_sent(self):
        self.punch(moment=datetime(2025, 12, 31, 7, 20))
        self.assertEqual(self.advance(), {})

    def test_positions_are_sent_only_if_the_setting_says_so(self):
        world.switch_on(kirim_koordinat=1)
        self.settings = settings.load()
        self.punch()
        self.advance()
        self.assertEqual(self.checkins()[0].latitude, 1.0)

    def test_somebody_linked_later_gets_the_days_that_the_projection_has_passed(self):
        cici = make_pegawai(opd=self.opd.name, nip="197001012000031001", with_user=False)
        self.punch(person=cici)
        self.day(cici)
        self.assertEqual(self.advance(), {"dilewati": 2})
        while queue.work_once(self.settings):
            pass
        self.assertEqual((len(self.checkins()), len(self.attendance())), (1, 1))

    def test_many_are_taken_in_batches_and_a_killed_job_goes_on(self):
        for minute in range(5):
            self.punch(moment=datetime(2026, 10, 5, 7, minute))

        class Killed(Exception):
            pass

        def kill(_rows):
            raise Killed

        before, presence.BATCH = presence.BATCH, 2
        try:
            with self.assertRaises(Killed):
                advance.part(presence.PUNCH, self.settings, Tally(), kill)
            self.assertEqual(len(self.checkins()), 2)
            self.assertEqual(self.advance(), {"dibuat": 3})
        finally:
            presence.BATCH = before
        self.assertEqual(len({row.spbe_absensi for row in self.checkins()}), 5)


class TestDays(PresenceCase):
    def test_a_day_becomes_a_submitted_attendance_once(self):
        name = self.day()
        self.assertEqual(self.advance(), {"dibuat": 1})
        (row,) = self.attendance()
        self.assertEqual((row.docstatus, row.status, row.late_entry, row.early_exit), (1, "Present", 1, 0))
        self.assertEqual((row.spbe_rekap, row.working_hours, row.company), (name, 8.25, world.COMPANY))
        advance.rewind(presence.DAY)
        self.assertEqual(self.advance(), {"tetap": 1})

    def test_a_day_computed_anew_is_cancelled_and_amended(self):
        name = self.day(kode_utama="TK", masuk=None, pulang=None)
        self.advance()
        self.change("Rekap Harian", name, kode_utama="H", masuk="2026-10-05 07:20:00")
        self.assertEqual(self.advance(), {"diubah": 1})
        old, new = self.attendance()
        self.assertEqual((old.docstatus, old.status, new.docstatus, new.status), (2, "Absent", 1, "Present"))
        self.assertEqual(new.amended_from, old.name)

    def test_a_day_that_became_free_is_cancelled(self):
        name = self.day()
        self.advance()
        self.change("Rekap Harian", name, hari_kerja=0, kode_utama="L")
        self.advance()
        self.assertEqual([row.docstatus for row in self.attendance()], [2])

    def test_an_unfinished_day_waits_and_takes_nothing_back(self):
        name = self.day(sementara=1)
        self.assertEqual(self.advance(), {"dilewati": 1})
        self.change("Rekap Harian", name, sementara=0)
        self.advance()
        frappe.db.set_value(
            "Rekap Harian", name, {"sementara": 1, "modified": "2026-11-02 08:00:00"}, update_modified=False
        )
        self.advance()
        self.assertEqual([row.docstatus for row in self.attendance()], [1])

    def test_an_attendance_of_hrms_own_is_left_alone_and_told(self):
        own = {
            "employee": self.employee(self.anna),
            "attendance_date": MONDAY,
            "status": "Absent",
            "company": world.COMPANY,
        }
        theirs = frappe.get_doc({"doctype": "Attendance", **own})
        theirs.submit()
        name = self.day()
        self.assertEqual(self.advance(), {"konflik": 1})
        self.assertEqual([row.status for row in self.attendance()], ["Absent"])
        note = frappe.get_doc(notes.DOCTYPE, notes.key(presence.DAY, name, "konflik"))
        self.assertEqual((note.dokumen_erpnext, note.status), (theirs.name, "Konflik"))
        self.assertIn("Absent", note.pesan)

    def test_one_that_hrms_made_for_leave_is_taken_over(self):
        permit = leave_row(self.anna)
        leave.sync(permit, self.settings)
        application = frappe.db.get_value("Leave Application", {"employee": self.employee(self.anna)})
        own = {
            "employee": self.employee(self.anna),
            "attendance_date": MONDAY,
            "status": "On Leave",
            "company": world.COMPANY,
        }
        frappe.get_doc({"doctype": "Attendance", "leave_application": application, **own}).submit()
        name = self.day(kode_utama="CT", masuk=None, pulang=None, ketidakhadiran=permit)
        self.assertEqual(self.advance(), {"tetap": 1})
        (row,) = self.attendance()
        self.assertEqual((row.spbe_rekap, row.status), (name, "On Leave"))

    def test_half_days_and_leave_carry_their_leave_type(self):
        self.day(kode_kedua="CT", bagian_kedua=0.5, ketidakhadiran=leave_row(self.anna))
        self.advance()
        (row,) = self.attendance()
        self.assertEqual(
            (row.status, row.half_day_status, row.leave_type), ("Half Day", "Present", "Cuti Uji")
        )

    def test_a_day_before_the_date_of_joining_is_left_out(self):
        frappe.db.set_value("Employee", self.employee(self.anna), "date_of_joining", "2026-11-01")
        self.day()
        self.assertEqual(self.advance(), {"dilewati": 1})

    def test_a_refusal_is_noted_in_words_tried_again_and_forgotten(self):
        frappe.db.set_value("Employee", self.employee(self.anna), "company", None)
        name = self.day()
        self.day(self.budi)
        self.assertEqual(self.advance(), {"gagal": 1, "dibuat": 1})
        note = frappe.get_doc(notes.DOCTYPE, notes.key(presence.DAY, name))
        self.assertEqual((note.status, note.percobaan), ("Gagal", 1))
        self.assertIn("company", note.pesan)
        frappe.db.set_value("Employee", self.employee(self.anna), "company", world.COMPANY)
        note.coba_lagi()
        queue.work_once(self.settings)
        self.assertFalse(frappe.db.exists(notes.DOCTYPE, note.name))
        self.assertEqual(len(self.attendance(docstatus=1)), 2)

    def test_a_day_that_is_no_more_is_cancelled(self):
        name = self.day()
        self.advance()
        frappe.db.delete("Rekap Harian", {"name": name})
        presence.remove_orphans(self.settings, Tally())
        self.assertEqual([row.docstatus for row in self.attendance()], [2])


def leave_row(person, **values):
    fresh = {
        "pegawai": person.name,
        "jenis": "CT",
        "status": "Disetujui",
        "dari": MONDAY,
        "sampai": date(2026, 10, 7),
    }
    return bulk(
        "Ketidakhadiran",
        [{**fresh, "alasan": "rahasia", "setengah_hari": "", "nomor_surat": "800/1", **values}],
    )[0]


class TestLeave(PresenceCase):
    def applications(self, **filters):
        return frappe.get_all("Leave Application", filters, ["*"], order_by="creation, name")

    def test_an_approved_permit_becomes_an_approved_application_without_its_reason(self):
        self.assertEqual(leave.sync(leave_row(self.anna), self.settings), "dibuat")
        (row,) = self.applications()
        self.assertEqual((row.docstatus, row.status, row.leave_type), (1, "Approved", "Cuti Uji"))
        self.assertEqual((row.from_date, row.to_date, row.half_day), (MONDAY, date(2026, 10, 7), 0))
        self.assertNotIn("rahasia", row.description)

    def test_a_second_time_changes_nothing_a_shortened_one_is_amended_a_withdrawn_one_cancelled(self):
        permit = leave_row(self.anna)
        leave.sync(permit, self.settings)
        self.assertEqual(leave.sync(permit, self.settings), "tetap")
        frappe.db.set_value("Ketidakhadiran", permit, "dipersingkat_sampai", "2026-10-06")
        self.assertEqual(leave.sync(permit, self.settings), "diubah")
        old, new = self.applications()
        self.assertEqual((old.docstatus, new.to_date, new.amended_from), (2, date(2026, 10, 6), old.name))
        frappe.db.set_value("Ketidakhadiran", permit, "status", "Dibatalkan")
        self.assertEqual(leave.sync(permit, self.settings), "diubah")
        self.assertEqual(self.applications(docstatus=1), [])

    def test_half_a_day_names_its_date(self):
        leave.sync(leave_row(self.anna, sampai=MONDAY, setengah_hari="Pagi"), self.settings)
        (row,) = self.applications()
        self.assertEqual((row.half_day, row.half_day_date), (1, MONDAY))

    def test_kinds_without_a_leave_type_and_undecided_ones_are_not_sent(self):
        for values in ({"jenis": "DL"}, {"status": "Menunggu Atasan"}, {"status": "Ditolak"}):
            self.assertEqual(leave.sync(leave_row(self.anna, **values), self.settings), "dilewati")
        self.assertEqual(self.applications(), [])

    def test_everybody_of_a_duty_order_gets_one(self):
        permit = leave_row(self.anna)
        bulk(
            "Ketidakhadiran Peserta",
            [
                {
                    "parent": permit,
                    "parenttype": "Ketidakhadiran",
                    "parentfield": "peserta",
                    "pegawai": self.budi.name,
                }
            ],
        )
        leave.sync(permit, self.settings)
        self.assertEqual(len(self.applications()), 2)

    def test_what_we_showed_of_these_days_makes_room_and_comes_back_as_it_then_is(self):
        day = self.day(kode_utama="TK", masuk=None, pulang=None)
        self.advance()
        permit = leave_row(self.anna)
        leave.sync(permit, self.settings)
        self.assertEqual(self.attendance(docstatus=1), [])
        self.change("Rekap Harian", day, kode_utama="CT", ketidakhadiran=permit)
        self.advance()
        (row,) = self.attendance(docstatus=1)
        self.assertEqual((row.status, row.leave_type), ("On Leave", "Cuti Uji"))


class TestRuns(PresenceCase):
    def do(self, kind):
        doc = frappe.get_doc({"doctype": run.DOCTYPE, "tugas": kind}).insert()
        commit, frappe.db.commit = frappe.db.commit, lambda: None
        try:
            return doc, run.work(doc)
        finally:
            frappe.db.commit = commit

    def test_a_preview_says_what_would_be_done_and_writes_nothing(self):
        facts = ("Ketidakhadiran", "Absensi", "Rekap Harian")
        earlier = json.loads(self.do(run.PRATINJAU)[0].hasil)
        make_pegawai(opd=self.opd.name, nip="197001012000031001", with_user=False)
        make_pegawai(opd=self.opd.name, nip=None, status_kepegawaian="Non ASN", with_user=False)
        leave_row(self.anna)
        self.punch()
        self.day()
        before = {name: frappe.db.count(name) for name in world.FACTS}
        doc, sentence = self.do(run.PRATINJAU)
        self.assertEqual({name: frappe.db.count(name) for name in world.FACTS}, before)
        told = json.loads(doc.hasil)
        self.assertEqual(told["Pegawai"]["jumlah"]["dibuat"], 1)
        self.assertEqual(list(told["Pegawai"]["sebab"].values()), [1])
        more = [told[step]["jumlah"]["dibuat"] - earlier[step]["jumlah"].get("dibuat", 0) for step in facts]
        self.assertEqual(more, [1, 1, 1])
        self.assertTrue(sentence)

    def test_a_synchronisation_does_all_steps_and_a_second_one_changes_nothing(self):
        names = bulk_staff(3, [self.opd.name])
        frappe.db.set_value(
            "Pegawai",
            {"name": ["in", names]},
            {"jenis_kelamin": "Perempuan", "tanggal_lahir": "1990-01-01", "mulai_bertugas": "2020-01-01"},
        )
        leave_row(self.budi, dari=date(2026, 10, 12), sampai=date(2026, 10, 12))
        self.punch()
        self.day()
        self.do(run.SINKRONKAN)
        counts = {name: frappe.db.count(name) for name in world.FACTS}
        self.assertEqual(
            (
                counts["Employee"],
                counts["Employee Checkin"],
                counts["Attendance"],
                counts["Leave Application"],
            ),
            (5, 1, 1, 1),
        )
        doc, _sentence = self.do(run.SINKRONKAN)
        self.assertEqual({name: frappe.db.count(name) for name in world.FACTS}, counts)
        told = json.loads(doc.hasil)
        self.assertEqual(
            {key for step in told.values() for key in step["jumlah"]} - {"tetap", "dilewati"}, set()
        )

    def test_a_task_that_broke_off_goes_on_where_it_stood(self):
        doc = frappe.get_doc({"doctype": run.DOCTYPE, "tugas": run.SINKRONKAN}).insert()
        told = {"OPD": {"jumlah": {"dibuat": 7}, "sebab": {}}}
        doc.db_set({"status": task.GAGAL, "tahap": "Absensi", "kursor": "lanjut", "hasil": json.dumps(told)})
        self.punch()
        self.assertEqual(doc.lanjutkan(), {"status": "Antre"})
        commit, frappe.db.commit = frappe.db.commit, lambda: None
        try:
            run.work(doc)
        finally:
            frappe.db.commit = commit
        found = json.loads(doc.hasil)
        self.assertEqual((found["OPD"]["jumlah"], found["Absensi"]["jumlah"]), ({"dibuat": 7}, {"dibuat": 1}))
        self.assertNotIn("Pegawai", found)

    def test_two_at_once_and_others_than_bkpsdm_are_refused(self):
        stranger, bkpsdm = make_role_user("Admin OPD"), make_role_user("BKPSDM")
        frappe.set_user(stranger)
        with self.assertRaises(frappe.PermissionError):
            run.start(run.SINKRONKAN)
        frappe.set_user(bkpsdm)
        name = run.start(run.SINKRONKAN)
        alive, task.alive = task.alive, lambda _doc: True
        try:
            with self.assertRaises(TugasIntegrasiDitolak):
                run.start(run.PRATINJAU)
        finally:
            task.alive = alive
        self.assertEqual(frappe.db.get_value(run.DOCTYPE, name, "status"), "Antre")


class TestSwitchedOff(PresenceCase):
    def setUp(self):
        super().setUp()
        doc = frappe.get_doc(settings.DOCTYPE)
        doc.aktif = 0
        doc.save()

    def test_nothing_is_told_to_the_queue_or_done(self):
        self.anna.reload()
        self.anna.jabatan = "Lain"
        self.anna.save()
        self.assertEqual(notes.waiting(9), [])
        self.punch()
        queue.project()
        queue.work()
        queue.run_regularly()
        self.assertEqual(self.checkins(), [])
        with self.assertRaises(IntegrasiTidakSiap):
            run.start(run.SINKRONKAN)

    def test_looking_whether_it_is_on_costs_no_statement(self):
        settings.on()
        with counted() as sent:
            self.assertFalse(settings.on())
        self.assertEqual(sent, [])

    def test_what_is_there_stays(self):
        foreign.take_down()
        self.assertEqual(frappe.db.count("Employee"), 2)


class TestLag(PresenceCase):
    def test_rows_of_the_last_moments_wait_for_those_that_are_still_being_written(self):
        name = self.punch()
        just_now = add_to_date(now_datetime(), seconds=-30)
        frappe.db.set_value("Absensi", name, "modified", just_now, update_modified=False)
        self.assertEqual(self.advance(), {})
