"""A change behind computed days recomputes exactly what it touches; closed months get adjustments instead."""

from datetime import date, datetime, timedelta

import frappe

from spbe_attendance import exceptions
from spbe_attendance.kehadiran.rekapitulasi import affected, closing, freeze, month, recompute
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.rekap_world import bulk, bulk_punches, bulk_staff, counted, day_rows, punch_row

MONDAY, TUESDAY = date(2026, 9, 7), date(2026, 9, 8)
SEPTEMBER, OCTOBER = "2026-09", "2026-10"


class RekapCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd().name
        cls.bkpsdm = make_role_user("BKPSDM")
        frappe.db.delete("Hitung Ulang")

    def person(self, **values):
        return make_pegawai(opd=self.opd, with_user=False, **values).name

    def punched(self, name, arrives, leaves, day=MONDAY, **values):
        moments = [datetime.fromisoformat(f"{day} {clock}") for clock in (arrives, leaves)]
        rows = [
            punch_row(name, kind, at, **values) for kind, at in zip(("Masuk", "Pulang"), moments, strict=True)
        ]
        return bulk("Absensi", rows)

    def close(self, day=MONDAY):
        return closing.close(day, self.opd, commit=False)

    def work(self):
        total = None
        while (done := recompute.step(commit=False)) is not None:
            total = done if total is None else total + done
        return total

    def one(self, name, day=MONDAY):
        return day_rows([name], day)[name, day]

    def freeze(self, bulan=SEPTEMBER, opd=None):
        doc = frappe.get_doc({"doctype": "Tutup Bulan", "opd": opd or self.opd, "bulan": bulan})
        doc.insert()
        frappe.set_user(self.bkpsdm)
        freeze.close(doc, "uji", commit=False)
        frappe.set_user("Administrator")
        return doc

    def adjustments(self, name):
        fields = ["tanggal", "bulan_berlaku", "kode_lama", "kode_baru", "selisih", "tutup_bulan"]
        return frappe.get_all("Penyesuaian Rekap", {"pegawai": name}, fields, order_by="creation")


class TestRecompute(RekapCase):
    def test_a_punch_that_arrives_late_is_counted(self):
        name = self.person()
        self.close()
        self.assertEqual(self.one(name).kode, "TK")
        self.punched(name, "07:20", "16:30")
        affected.mark([name], None, MONDAY, MONDAY, "luring")
        self.assertEqual(self.work().written, 1)
        self.assertEqual(self.one(name).kode, "H")
        self.assertEqual(frappe.db.count("Hitung Ulang"), 0)

    def test_deciding_on_a_punch_marks_its_day(self):
        name = self.person()
        punch = self.punched(name, "07:20", "16:30", status="Menunggu Persetujuan")[0]
        doc = frappe.get_doc("Absensi", punch)
        doc.status = "Ditolak"
        doc.flags.ignore_permissions = True
        doc.save()
        rows = frappe.get_all("Hitung Ulang", {"pegawai": name}, ["dari", "sampai"])
        self.assertEqual([(row.dari, row.sampai) for row in rows], [(MONDAY - timedelta(days=1), MONDAY)])

    def test_only_the_persons_and_days_that_are_named_change(self):
        first, second = self.person(), self.person()
        for day in (MONDAY, TUESDAY):
            self.close(day)
            self.punched(first, "07:20", "16:30", day)
            self.punched(second, "07:20", "16:30", day)
        affected.mark([first], None, TUESDAY, TUESDAY, "uji")
        self.assertEqual(self.work().days, 1)
        kinds = {key: row.kode for key, row in day_rows([first, second], MONDAY, TUESDAY).items()}
        self.assertEqual(
            kinds,
            {(first, MONDAY): "TK", (first, TUESDAY): "H", (second, MONDAY): "TK", (second, TUESDAY): "TK"},
        )

    def test_overlapping_ranges_are_computed_once(self):
        name = self.person()
        affected.mark([name], None, MONDAY, MONDAY + timedelta(days=4), "satu")
        affected.mark([name], None, TUESDAY, MONDAY + timedelta(days=9), "dua")
        affected.mark(None, [self.opd], TUESDAY, TUESDAY, "tiga")
        self.assertGreaterEqual(self.work().days, 10)
        self.assertEqual(len(day_rows([name], MONDAY, MONDAY + timedelta(days=20))), 10)

    def test_days_to_come_are_left_to_their_own_closing(self):
        name = self.person()
        ahead = date.fromisoformat(frappe.utils.add_days(frappe.utils.nowdate(), 5))
        affected.mark([name], None, ahead, ahead, "cuti")
        self.work()
        self.assertEqual((day_rows([name], ahead), frappe.db.count("Hitung Ulang")), ({}, 0))

    def test_what_is_too_much_for_one_transaction_is_done_in_several(self):
        names = bulk_staff(10, [self.opd])
        original = recompute.BUDGET
        recompute.BUDGET = 25
        try:
            affected.mark(names, None, MONDAY, MONDAY + timedelta(days=6), "uji")
            first = recompute.step(commit=False)
            self.assertEqual(first.days, 20)
            left = frappe.get_all("Hitung Ulang", {"sebab": "uji"}, pluck="dari")
            self.assertEqual(set(left), {MONDAY + timedelta(days=2)})
            self.work()
        finally:
            recompute.BUDGET = original
        self.assertEqual(len(day_rows(names, MONDAY, MONDAY + timedelta(days=6))), 70)

    def test_a_holiday_in_the_past_recomputes_its_day_and_no_other(self):
        name = self.person()
        for day in (MONDAY, TUESDAY):
            self.close(day)
        before = self.one(name, TUESDAY)
        frappe.get_doc(
            {
                "doctype": "Hari Libur",
                "tanggal": MONDAY,
                "nama_libur": "Hari Rekaan",
                "jenis": "Libur OPD",
                "opd": self.opd,
                "dasar": "SE 1/2026",
                "status": "Berlaku",
            }
        ).insert()
        self.work()
        row = self.one(name)
        self.assertEqual((row.kode, row.hari_kerja), ("L", 0))
        self.assertIn("SE 1/2026", row.penjelasan)
        self.assertEqual(self.one(name, TUESDAY), before)


class TestClosedMonths(RekapCase):
    def test_a_row_of_a_closed_month_stays_and_the_difference_counts_in_the_next(self):
        name = self.person()
        self.close()
        self.freeze()
        before = self.one(name)
        self.punched(name, "07:20", "16:30")
        for _again in range(2):
            affected.mark([name], None, MONDAY, MONDAY, "sanggah diterima")
            self.work()
        self.assertEqual(self.one(name), before)
        rows = self.adjustments(name)
        self.assertEqual(len(rows), 1)
        self.assertEqual((rows[0].kode_lama, rows[0].kode_baru, rows[0].selisih), ("TK", "H", -3.0))
        self.assertEqual((rows[0].bulan_berlaku, rows[0].tutup_bulan), (OCTOBER, None))

    def test_it_follows_the_next_change_and_goes_with_the_difference(self):
        name = self.person()
        self.close()
        self.freeze()
        punches = self.punched(name, "07:50", "16:30")
        affected.mark([name], None, MONDAY, MONDAY, "uji")
        self.work()
        self.assertEqual([row.kode_baru for row in self.adjustments(name)], ["H,TL1"])
        frappe.db.set_value("Absensi", {"name": ["in", punches]}, "status", "Ditolak")
        affected.mark([name], None, MONDAY, MONDAY, "uji")
        self.work()
        self.assertEqual(self.adjustments(name), [])

    def test_what_was_counted_stays_and_later_changes_stand_beside_it(self):
        name = self.person()
        self.close()
        self.freeze()
        self.punched(name, "07:50", "16:30")
        affected.mark([name], None, MONDAY, MONDAY, "uji")
        self.work()
        self.close(date(2026, 10, 5))
        october = self.freeze(OCTOBER)
        self.punched(name, "07:20", "16:30")
        affected.mark([name], None, MONDAY, MONDAY, "uji")
        self.work()
        rows = self.adjustments(name)
        self.assertEqual([(row.kode_baru, row.selisih, row.bulan_berlaku) for row in rows],
                         [("H,TL1", -2.5, OCTOBER), ("H", -0.5, "2026-11")])  # fmt: skip
        self.assertEqual([row.tutup_bulan for row in rows], [october.name, None])

    def test_somebody_without_a_row_in_a_closed_month_is_adjusted_too(self):
        self.person()
        self.close()
        self.freeze()
        name = self.person()
        affected.mark([name], None, MONDAY, MONDAY, "pegawai terlambat didaftarkan")
        self.work()
        self.assertEqual(day_rows([name], MONDAY), {})
        self.assertEqual([(row.kode_lama or "", row.selisih) for row in self.adjustments(name)], [("", 3.0)])

    def test_opened_again_the_row_tells_the_truth_and_no_adjustment_is_left(self):
        name = self.person()
        self.close()
        doc = self.freeze()
        self.punched(name, "07:20", "16:30")
        affected.mark([name], None, MONDAY, MONDAY, "uji")
        self.work()
        frappe.set_user(self.bkpsdm)
        freeze.reopen(doc, "salah tutup", commit=False)
        frappe.set_user("Administrator")
        self.work()
        self.assertEqual((self.one(name).kode, self.one(name).tutup_bulan), ("H", None))
        self.assertEqual(self.adjustments(name), [])

    def test_the_hash_can_be_made_again_from_the_rows_and_tells_changes(self):
        names = bulk_staff(3, [self.opd])
        bulk_punches(names, MONDAY)
        self.close()
        doc = self.freeze()
        self.assertEqual(freeze.fingerprint(doc.name), (doc.sidik, doc.jumlah_baris))
        self.assertEqual(doc.jumlah_baris, len(day_rows(names, MONDAY)))
        frappe.db.set_value("Rekap Harian", {"pegawai": names[0]}, "menit_terlambat", 1)
        self.assertNotEqual(freeze.fingerprint(doc.name)[0], doc.sidik)

    def test_open_matters_need_a_reason_and_are_listed_with_their_lists(self):
        name = self.person()
        self.punched(name, "07:20", "16:30", status="Menunggu Persetujuan", opd=self.opd)
        doc = frappe.get_doc({"doctype": "Tutup Bulan", "opd": self.opd, "bulan": SEPTEMBER}).insert()
        frappe.set_user(self.bkpsdm)
        with self.assertRaises(exceptions.RekapBelumLengkap) as refused:
            freeze.close(doc, None, commit=False)
        self.assertIn(": 2", str(refused.exception))
        doc.onload()
        listed = {item["doctype"]: item for item in doc.get_onload("daftar_periksa") if item["jumlah"]}
        self.assertEqual(listed["Absensi"]["saring"]["status"], "Menunggu Persetujuan")
        self.assertGreaterEqual(listed["Rekap Harian"]["jumlah"], 30)

    def test_a_month_of_which_nothing_is_computed_cannot_be_closed(self):
        with self.assertRaises(exceptions.RekapBelumLengkap):
            self.freeze(opd=make_opd().name)

    def test_only_one_closing_wins_and_units_are_not_closed_twice(self):
        self.person()
        self.close()
        unit = make_opd(induk=self.opd).name
        doc = self.freeze()
        second = frappe.get_doc("Tutup Bulan", doc.name)
        with self.assertRaises(exceptions.BulanSudahDitutup):
            freeze.close(second, "uji", commit=False)
        with self.assertRaises(exceptions.BulanSudahDitutup):
            self.freeze(opd=unit)
        with self.assertRaises(exceptions.BulanSudahDitutup):
            frappe.get_doc({"doctype": "Tutup Bulan", "opd": self.opd, "bulan": SEPTEMBER}).insert()

    def test_nobody_else_closes_or_opens_and_a_form_sends_no_state(self):
        doc = frappe.get_doc(
            {"doctype": "Tutup Bulan", "opd": self.opd, "bulan": SEPTEMBER, "status": "Ditutup"}
        ).insert()
        self.assertEqual(doc.status, "Terbuka")
        for role in ("Admin OPD", "Kepala OPD", "Pimpinan"):
            frappe.set_user(make_role_user_as_admin(role))
            with self.subTest(role), self.assertRaises(frappe.PermissionError):
                freeze.close(doc, "uji", commit=False)
            frappe.set_user("Administrator")
        doc.status, doc.sidik = "Ditutup", "x"
        doc.save()
        self.assertEqual((doc.status, doc.sidik), ("Terbuka", None))
        with self.assertRaises(exceptions.BulanBelumDitutup):
            freeze.reopen(doc, "uji", commit=False)

    def test_a_computed_day_is_not_written_by_hand(self):
        name = self.person()
        self.close()
        doc = frappe.get_doc("Rekap Harian", self.one(name).name)
        doc.kode = "H"
        for change in (doc.save, doc.delete):
            with self.assertRaises(exceptions.RekapTidakDapatDiubah):
                change()


def make_role_user_as_admin(role):
    frappe.set_user("Administrator")
    return make_role_user(role)


class TestMonth(RekapCase):
    def test_a_month_is_the_sum_of_its_days(self):
        name = self.person()
        self.punched(name, "07:50", "16:30", MONDAY)
        self.punched(name, "07:20", "15:10", TUESDAY)
        for offset in range(3):
            self.close(MONDAY + timedelta(days=offset))
        found = month.totals(SEPTEMBER, self.opd)[name]
        sums = found.totals.sums
        self.assertEqual((sums.working_days, dict(sums.days)), (3, {"H": 2, "TK": 1}))
        self.assertEqual(
            (dict(sums.events), found.totals.late, found.totals.early), ({"TL1": 1, "PSW2": 1}, 20, 50)
        )
        self.assertEqual((str(found.percent), str(found.totals.attendance)), ("4.5", "66.67"))
        self.assertEqual((found.opd, found.status, found.rows, found.frozen), (self.opd, "PNS", 3, 0))

    def test_adjustments_count_in_the_month_that_is_open(self):
        name = self.person()
        self.close()
        self.freeze()
        self.punched(name, "07:50", "16:30")
        affected.mark([name], None, MONDAY, MONDAY, "uji")
        self.work()
        self.close(date(2026, 10, 5))
        self.assertEqual(float(month.totals(SEPTEMBER, pegawai=[name])[name].percent), 3.0)
        october = month.totals(OCTOBER, pegawai=[name])[name]
        self.assertEqual((float(october.carried), float(october.percent)), (-2.5, 0.5))

    def test_those_without_tpp_have_minutes_but_no_percentages(self):
        name = self.person(status_kepegawaian="Alih Daya", nip=None)
        self.punched(name, "07:50", "16:30")
        self.close()
        found = month.totals(SEPTEMBER, pegawai=[name])[name]
        self.assertEqual((found.totals.late, found.percent, found.rule.applies), (20, 0, False))
        self.assertEqual((self.one(name).kode, self.one(name).aturan), ("H,TL1", None))

    def test_who_left_before_the_last_day_is_summed_too(self):
        name, other = self.person(), self.person()
        self.close()
        frappe.db.set_value("Pegawai", name, {"status": "Pensiun", "berlaku_sejak": TUESDAY})
        self.close(TUESDAY)
        found = month.totals(SEPTEMBER, self.opd)
        self.assertEqual((found[name].rows, found[other].rows), (1, 2))
        self.assertEqual(found[name].status, "PNS")

    def test_the_number_of_statements_does_not_grow_with_the_staff(self):
        counts = []
        for size in (20, 200):
            opd = make_opd().name
            bulk_punches(bulk_staff(size, [opd]), MONDAY)
            closing.close(MONDAY, opd, commit=False)
            month.totals(SEPTEMBER, opd)
            with counted() as sent:
                self.assertEqual(len(month.totals(SEPTEMBER, opd)), size)
            counts.append(len(sent))
        self.assertEqual(counts[0], counts[1])
