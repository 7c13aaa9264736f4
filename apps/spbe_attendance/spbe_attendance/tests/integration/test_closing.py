"""Closing the day: every person in service gets one row a calendar day, the same however often it runs."""

from datetime import date, datetime, timedelta

import frappe

from spbe_attendance.kehadiran.rekapitulasi import closing, compute
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.rekap_world import bulk, bulk_punches, bulk_staff, counted, day_rows, punch_row

MONDAY, SUNDAY = date(2026, 11, 9), date(2026, 11, 8)


class TestClosing(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd().name
        cls.unit = make_opd(induk=cls.opd).name

    def one(self, name, day=MONDAY):
        return day_rows([name], day)[name, day]

    def close(self, day=MONDAY, opd=None):
        return closing.close(day, opd or self.opd, commit=False)

    def person(self, **values):
        return make_pegawai(opd=self.opd, with_user=False, **values).name

    def punched(self, name, *times, day=MONDAY):
        kinds = ("Masuk", "Pulang")
        bulk(
            "Absensi",
            [
                punch_row(name, kinds[i % 2], datetime.fromisoformat(f"{day} {t}"))
                for i, t in enumerate(times)
            ],
        )

    def test_a_full_day_is_present(self):
        name = self.person()
        self.punched(name, "07:20", "16:05")
        self.close()
        row = self.one(name)
        self.assertEqual((row.kode, row.kode_utama, row.hari_kerja, row.sementara), ("H", "H", 1, 0))
        self.assertEqual((str(row.masuk), str(row.pulang)), ("2026-11-09 07:20:00", "2026-11-09 16:05:00"))
        self.assertEqual(row.opd, self.opd)

    def test_minutes_late_and_early_have_their_levels(self):
        name = self.person()
        self.punched(name, "08:05", "15:00")
        self.close()
        row = self.one(name)
        self.assertEqual(row.kode, "H,TL2,PSW2")
        self.assertEqual((row.menit_terlambat, row.menit_pulang_cepat), (35, 60))
        self.assertEqual((row.tingkat_terlambat, row.tingkat_pulang_cepat), (2, 2))

    def test_nobody_who_did_not_punch_is_forgotten(self):
        name = self.person()
        self.close()
        self.assertEqual((self.one(name).kode, self.one(name).hari_kerja), ("TK", 1))

    def test_a_free_day_has_a_row_that_does_not_count(self):
        name = self.person()
        self.close(SUNDAY)
        row = self.one(name, SUNDAY)
        self.assertEqual((row.kode, row.hari_kerja, row.persen_potongan), ("L", 0, 0))

    def test_an_opd_is_closed_with_its_units_and_without_others(self):
        mine = make_pegawai(opd=self.unit, with_user=False).name
        other = make_pegawai(with_user=False).name
        self.close()
        self.assertEqual(list(day_rows([mine, other], MONDAY)), [(mine, MONDAY)])

    def test_who_is_not_in_service_has_no_row(self):
        gone = self.person(status="Pensiun")
        later = self.person(mulai_bertugas=MONDAY + timedelta(days=1))
        retiring = self.person(status="Pensiun", berlaku_sejak=MONDAY + timedelta(days=1))
        self.close()
        self.assertEqual(list(day_rows([gone, later, retiring], MONDAY)), [(retiring, MONDAY)])

    def test_a_row_goes_when_the_person_turns_out_not_to_have_been_in_service(self):
        name = self.person()
        self.close()
        frappe.db.set_value("Pegawai", name, {"status": "Pensiun", "berlaku_sejak": MONDAY})
        self.assertEqual(self.close().removed, 1)
        self.assertEqual(day_rows([name], MONDAY), {})

    def test_days_before_a_transfer_stay_with_the_old_opd(self):
        name = self.person()
        self.close()
        other = make_opd().name
        frappe.db.set_value("Pegawai", name, {"opd": other, "berlaku_sejak": MONDAY + timedelta(days=1)})
        self.punched(name, "07:20", "16:05")
        self.close()
        self.assertEqual((self.one(name).opd, self.one(name).kode), (self.opd, "H"))

    def test_nothing_is_computed_before_the_office_began_to_record(self):
        name = self.person()
        frappe.db.set_single_value("Pengaturan Absensi", "rekap_sejak", MONDAY + timedelta(days=1))
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")
        self.close()
        self.assertEqual(day_rows([name], MONDAY), {})

    def test_rejected_punches_do_not_count_and_waiting_ones_make_it_provisional(self):
        rejected, waiting = self.person(), self.person()
        for name, status in ((rejected, "Ditolak"), (waiting, "Menunggu Persetujuan")):
            bulk("Absensi", [punch_row(name, "Masuk", datetime(2026, 11, 9, 7, 20), status=status)])
        self.close()
        self.assertEqual((self.one(rejected).kode, self.one(rejected).sementara), ("TK", 0))
        self.assertEqual((self.one(waiting).kode, self.one(waiting).sementara), ("H,PSW4", 1))

    def test_run_again_it_writes_nothing(self):
        names = bulk_staff(5, [self.opd])
        bulk_punches(names, MONDAY)
        first = self.close()
        before = day_rows(names, MONDAY)
        again = self.close()
        self.assertGreaterEqual(first.written, 5)
        self.assertEqual((again.written, again.removed, again.adjusted), (0, 0, 0))
        self.assertEqual(day_rows(names, MONDAY), before)

    def test_only_what_changed_is_written(self):
        names = bulk_staff(5, [self.opd])
        self.close()
        self.punched(names[2], "07:20", "16:05")
        self.assertEqual(self.close().written, 1)

    def test_the_number_of_statements_does_not_grow_with_the_staff(self):
        counts = []
        for size in (20, 200):
            opd = make_opd().name
            names = bulk_staff(size, [opd])
            bulk_punches(names, MONDAY)
            # Metadata is read once by whoever needs it first.
            self.close(SUNDAY, opd)
            with counted() as sent:
                self.close(opd=opd)
            self.assertEqual(len(day_rows(names, MONDAY)), size)
            counts.append(len(sent))
        self.assertEqual(counts[0], counts[1])

    def test_batches_hold_neither_too_many_persons_nor_too_many_days(self):
        year = (date(2026, 1, 1), date(2026, 12, 31))
        for persons in (1, 40, 2500):
            found = list(compute.batches([str(n) for n in range(persons)], *year))
            self.assertEqual(
                sum(len(some) * ((last - first).days + 1) for some, first, last in found), persons * 365
            )
            self.assertTrue(all(len(some) <= compute.PERSONS for some, _first, _last in found))


class TestCrash(SiteTestCase):
    """Real commits: its rows are taken away at the end."""

    def test_broken_off_in_the_second_batch_and_run_again_it_leaves_the_same_rows(self):
        opd = make_opd().name
        names = bulk_staff(25, [opd])
        bulk_punches(names, MONDAY)
        frappe.db.commit()
        original, size = compute.batch, compute.PERSONS
        calls = []

        def breaking(*args, **kwargs):
            calls.append(1)
            outcome = original(*args, **kwargs)
            if len(calls) == 2:
                raise RuntimeError("power cut")
            return outcome

        try:
            compute.PERSONS, compute.batch = 10, breaking
            with self.assertRaises(RuntimeError):
                closing.close(MONDAY, opd)
            self.assertEqual(len(day_rows(names, MONDAY)), 10)
            compute.batch = original
            self.assertEqual(closing.close(MONDAY, opd).written, 15)
            rows = day_rows(names, MONDAY)
            self.assertEqual(len(rows), 25)
            compute.PERSONS = size
            self.assertEqual(closing.close(MONDAY, opd).written, 0)
            self.assertEqual(day_rows(names, MONDAY), rows)
        finally:
            compute.PERSONS, compute.batch = size, original
            frappe.db.rollback()
            for doctype, field in (("Rekap Harian", "pegawai"), ("Absensi", "pegawai"), ("Pegawai", "name")):
                frappe.db.delete(doctype, {field: ["in", names]})
            frappe.db.delete("OPD", {"name": opd})
            frappe.db.commit()
            frappe.db.savepoint("each_test")
