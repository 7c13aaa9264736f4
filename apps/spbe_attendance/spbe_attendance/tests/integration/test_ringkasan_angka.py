"""Numbers kept in Redis are those of the table: after every kind of change, after a flush, and while many write at once."""

from datetime import datetime, timedelta

import frappe
from freezegun import freeze_time

from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.kehadiran.rekapitulasi import affected, closing
from spbe_attendance.pemantauan.ringkas import counters, keys, marks, publish
from spbe_attendance.tests.factories import make_absensi, make_gangguan, make_kegiatan, make_tinjauan
from spbe_attendance.tests.ringkas_world import DAY, MORNING, CommittedCase, punch_document
from spbe_attendance.tests.schedules import MONDAY_TO_FRIDAY, assign, day_row, make_jadwal, make_shift
from spbe_attendance.tests.worker_process import Worker

MASUK = datetime(2026, 11, 23, 7, 20)
NEXT = "2026-11-24 01:30:00"


def forget(doctype, name):
    frappe.db.delete(doctype, {"name": name})
    frappe.db.commit()


class TestWhatMakesNumbersStale(CommittedCase):
    def punch(self, number: int, moment=MASUK, **values):
        return punch_document(self.person(number), self.units[number % 2], moment, **values)

    def test_a_punch(self):
        self.expect_change(lambda: make_absensi(pegawai=self.person(0)))

    def test_a_decision_on_a_punch(self):
        waiting = self.punch(2, status="Menunggu Persetujuan")
        frappe.db.commit()

        def reject():
            doc = frappe.get_doc("Absensi", waiting.name)
            doc.flags.ignore_validate = True
            doc.status = "Ditolak"
            doc.save()

        self.expect_change(reject)

    def test_a_punch_that_is_declared_void(self):
        doc = self.punch(4)
        review = make_tinjauan(doc)
        frappe.db.commit()

        def void():
            row = frappe.get_doc("Tinjauan Absensi", review.name)
            before = row.status
            row.db_set("status", "Tidak Sah")
            affected.mark([row.pegawai], None, DAY, DAY, f"uji: {before}")

        self.expect_change(void)

    def test_a_permit_of_somebody_and_its_end(self):
        def permit():
            frappe.get_doc(
                {
                    "doctype": "Ketidakhadiran",
                    "name": "uji-ringkas",
                    "pegawai": self.person(1),
                    "opd": self.unit,
                    "jenis": "CT",
                    "dari": DAY,
                    "sampai": DAY,
                    "status": "Disetujui",
                }
            ).db_insert()
            known.forget(known.IZIN)
            affected.mark([self.person(1)], None, DAY, DAY, "uji")

        def withdraw():
            frappe.db.set_value("Ketidakhadiran", "uji-ringkas", "status", "Dibatalkan")
            known.forget(known.IZIN)
            affected.mark([self.person(1)], None, DAY, DAY, "uji")

        self.expect_change(permit)
        self.expect_change(withdraw)

    def test_a_holiday_of_the_office_reaches_the_units_below_it(self):
        holiday = frappe.get_doc(
            {
                "doctype": "Hari Libur",
                "tanggal": DAY,
                "jenis": "Libur OPD",
                "opd": self.office,
                "nama_libur": "Uji",
                "dasar": "SK Uji",
                "status": "Berlaku",
            }
        )
        self.expect_change(holiday.insert)
        self.assertEqual(self.cached()[self.unit]["belum"], 0)
        self.expect_change(holiday.delete)

    def test_an_assignment_of_other_hours(self):
        pattern = make_jadwal(hari=[day_row(day, mulai="10:00") for day in MONDAY_TO_FRIDAY])
        frappe.db.commit()
        self.addCleanup(forget, "Jadwal Kerja", pattern.name)
        self.expect_change(lambda: assign(pattern.name, "2026-11-01", opd=self.unit))

        def earlier():
            pattern.reload()
            pattern.hari[0].mulai = "06:30"
            pattern.save()

        self.expect_change(earlier)

    def test_a_roster_of_one_person(self):
        shift = make_shift(mulai="14:00", selesai="20:00")
        frappe.db.commit()
        self.addCleanup(forget, "Shift Kerja", shift.name)
        duty = frappe.get_doc(
            {
                "doctype": "Roster Dinas",
                "pegawai": self.person(3),
                "opd": self.unit,
                "tanggal": DAY,
                "shift": shift.name,
            }
        )
        self.expect_change(duty.insert)

    def test_a_person_who_moves_retires_or_is_new(self):
        person = frappe.get_doc("Pegawai", self.person(6))

        def moves():
            person.opd = self.unit
            person.save()

        def retires():
            person.reload()
            person.status = "Pensiun"
            person.save()

        self.expect_change(moves)
        self.expect_change(retires)
        fresh = {
            "doctype": "Pegawai",
            "nama": "Orang Baru",
            "status_kepegawaian": "Non ASN",
            "jenis_kelamin": "Perempuan",
            "opd": self.unit,
        }
        self.expect_change(frappe.get_doc(fresh).insert)

    def test_an_outage_that_is_only_proposed_and_its_rejection(self):
        self.punch(1)
        frappe.db.commit()
        found = []
        self.expect_change(
            lambda: found.append(make_gangguan(status="Usulan", opd=[{"opd": self.unit}]).name)
        )
        name = found[0]
        self.addCleanup(forget, "Gangguan Layanan", name)
        self.assertGreater(self.cached()[self.unit]["senyap"], 0)
        self.expect_change(
            lambda: frappe.delete_doc("Gangguan Layanan", name, ignore_permissions=True, force=True)
        )

    def test_settings(self):
        def threshold(value):
            settings = frappe.get_doc("Pengaturan Absensi")
            settings.senyap_pegawai = value
            settings.senyap_menit = 30
            settings.save()

        self.addCleanup(lambda: (threshold(3), frappe.db.commit()))
        threshold(1000)
        frappe.db.commit()
        self.expect_change(lambda: threshold(1))

    def test_the_clock(self):
        with freeze_time("2026-11-23 00:15:00"):
            before = self.cached()
            self.assertEqual(before[self.unit]["belum"], 0)
        with freeze_time("2026-11-23 00:31:00"):
            after = self.cached()
            self.assertEqual(after, self.truth())
            self.assertEqual(after[self.unit]["belum_waktunya"], 0)

    def test_the_recap_of_the_day_before(self):
        with freeze_time(NEXT):
            self.expect_change(lambda: closing.close(DAY, self.office))

    def test_a_roll_call(self):
        self.expect_change_of_marks(
            lambda: make_kegiatan(
                opd=self.office, tanggal=DAY, undangan=[{"opd": self.office}], lokasi=self.place
            )
        )

    def expect_change_of_marks(self, change):
        before = counters.read(DAY, self.units, datetime(2026, 11, 23, 8, 30)).marks
        change()
        frappe.db.commit()
        self.assertNotEqual(counters.read(DAY, self.units, datetime(2026, 11, 23, 8, 30)).marks, before)

    def test_nothing_is_stale_before_the_commit_or_after_a_rollback(self):
        before = self.cached()
        self.punch(5)
        self.assertEqual(
            counters.read(DAY, self.units, datetime(2026, 11, 23, 8, 30)).valid.keys(), set(self.units)
        )
        frappe.db.rollback()
        self.assertEqual(self.cached(), before)


class TestRedis(CommittedCase):
    def test_after_a_flush_the_same_numbers_are_counted_again(self):
        before = self.cached()
        frappe.cache.flushall()
        self.assertEqual(self.cached(), before)

    def test_what_was_counted_before_a_flush_is_not_taken_for_counted_after_it(self):
        """A reader that is slow: it has read marks and table, then comes a punch, then the flush, then it keeps what it has."""
        now = datetime(2026, 11, 23, 8, 30)
        kept = counters.read(DAY, self.units, now)
        frappe.db.rollback()
        rows = counters.count(DAY, self.units, now, None, True)
        rows = {unit: [kept.marks[unit], *row[1:]] for unit, row in rows.items()}
        punch_document(self.person(0), self.office, MASUK)
        frappe.db.commit()
        frappe.cache.flushall()
        counters.keep(DAY, rows)
        self.assertEqual(self.cached(), self.truth())

    def test_without_redis_numbers_are_counted_from_the_table(self):
        original = counters.read

        def broken(*_args):
            raise counters.RedisError

        counters.read = broken
        try:
            self.assertEqual(self.cached(), self.truth())
        finally:
            counters.read = original

    def test_one_order_for_many_changes_and_none_while_one_is_out(self):
        frappe.cache.delete(keys.turn())
        self.assertTrue(marks.write({(DAY.isoformat(), self.unit), (DAY.isoformat(), self.office)}))
        self.assertFalse(marks.write({(DAY.isoformat(), self.unit)}))
        self.assertLessEqual(set(self.units), publish.take())
        self.assertEqual(publish.take(), set())

    def test_a_day_gone_by_is_told_to_nobody(self):
        frappe.cache.delete(keys.turn())
        self.assertFalse(marks.write({((DAY - timedelta(days=1)).isoformat(), self.unit)}))


WORK = """
import random
from datetime import datetime, timedelta
from freezegun import freeze_time
freeze_time(words[0]).start()
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.pemantauan.ringkas import counters, marks
from spbe_attendance.tests.ringkas_world import DAY, punch_document
affected.enqueue = marks.order = lambda: None
frappe.set_user("Administrator")
seed, units, people = int(words[1]), words[2].split(","), words[3].split(",")
luck, mine = random.Random(seed), []
for step in range(25):
    person = luck.choice(people)
    opd = frappe.db.get_value("Pegawai", person, "opd")
    kind = luck.choice(("punch", "punch", "wait", "decide", "permit", "move", "read"))
    if kind in ("punch", "wait"):
        moment = datetime(2026, 11, 23, 7, luck.randrange(10, 59))
        mine.append(punch_document(person, opd, moment, status="Sah" if kind == "punch" else "Menunggu Persetujuan").name)
    elif kind == "decide" and mine:
        doc = frappe.get_doc("Absensi", luck.choice(mine))
        if doc.status == "Menunggu Persetujuan":
            doc.flags.ignore_validate = True
            doc.status = luck.choice(("Disetujui", "Ditolak"))
            doc.save()
    elif kind == "permit":
        frappe.get_doc({"doctype": "Ketidakhadiran", "name": f"uji-{seed}-{step}", "pegawai": person, "opd": opd, "jenis": "CT", "dari": DAY, "sampai": DAY, "status": "Disetujui"}).db_insert()
        known.forget(known.IZIN)
        affected.mark([person], None, DAY, DAY, "uji")
    elif kind == "move":
        doc = frappe.get_doc("Pegawai", person)
        doc.opd = luck.choice(units)
        doc.save()
    frappe.db.commit()
    counters.of_day(DAY, units, anew=True)
print("done")
"""


class TestManyAtOnce(CommittedCase):
    def test_whoever_writes_and_reads_at_once_and_whatever_redis_loses_meanwhile_the_end_is_the_table(self):
        groups = [self.staff[number::3] for number in range(3)]
        workers = [
            Worker(WORK, [MORNING, number, ",".join(self.units), ",".join(people)])
            for number, people in enumerate(groups)
        ]
        for worker in workers:
            worker.go()
        rounds = 0
        while any(worker.process.poll() is None for worker in workers) and rounds < 2000:
            frappe.db.rollback()
            counters.of_day(DAY, self.units, anew=True)
            rounds += 1
            if rounds % 40 == 7:
                frappe.cache.flushall()
        self.assertEqual([worker.told().strip() for worker in workers], ["done"] * 3)
        frappe.db.rollback()
        self.assertGreater(rounds, 1)
        self.assertEqual(self.cached(), self.truth())
        self.assertGreater(sum(unit["hadir"] + unit["izin"] for unit in self.cached().values()), 0)
