"""A roster sheet: all rows checked, each problem with its line, nothing half imported, repeatable, to be taken back."""

from datetime import date

import frappe
from freezegun import freeze_time

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kehadiran.jadwal import import_job, template
from spbe_attendance.lembar.job import ON_ITS_WAY
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.schedules import carry_out, make_import, make_roster, make_shift, noted, xlsx

DAYS = list(range(1, 31))


class TestImporRoster(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        unit = make_opd(induk=cls.opd.name)
        cls.anna = make_pegawai(opd=cls.opd.name, nama="Anna Rekaan", with_user=False)
        cls.budi = make_pegawai(
            opd=unit.name, nama="Budi Rekaan", nip=None, status_kepegawaian="Non ASN", with_user=False
        )
        cls.pagi, cls.malam = make_shift("PG"), make_shift("ML", "20:00", "07:30")
        cls.siang = make_shift("SG", "14:00", "20:00")

    def sheet(self, *rows, header=None):
        return xlsx([["Roster uji"], header or ["NIP", "Nama", *DAYS], *rows])

    def good(self, anna=None, budi=None):
        return self.sheet(
            [self.anna.nip, "Anna Rekaan, S.Kep.", *(anna or ["PG", "ml", "L", None])],
            [self.budi.nomor_pegawai, "Budi", *(budi or ["PG+SG"])],
        )

    def rows(self, person=None):
        filters = (
            {"pegawai": person.name} if person else {"pegawai": ["in", [self.anna.name, self.budi.name]]}
        )
        fields = ["pegawai", "tanggal", "urutan", "shift", "sumber"]
        return frappe.get_all(
            "Roster Dinas", filters, fields, order_by="pegawai, tanggal, urutan", as_list=True
        )

    def test_a_sheet_becomes_rosters_with_off_days_and_second_shifts(self):
        doc = make_import(self.opd.name, self.good())
        self.assertEqual((len(carry_out(doc, "periksa").problems), doc.status), (0, "Diperiksa"))
        self.assertEqual(self.rows(), ())
        self.assertEqual((carry_out(doc, "impor"), doc.status), (60, "Diimpor"))
        anna = self.rows(self.anna)
        self.assertEqual([row[3] for row in anna[:4]], ["PG", "ML", None, None])
        self.assertEqual(len(anna), 30)
        budi = self.rows(self.budi)
        self.assertEqual([(row[2], row[3]) for row in budi[:3]], [(1, "PG"), (2, "SG"), (1, None)])
        self.assertEqual({row[4] for row in anna}, {"Impor"})

    def test_every_broken_row_is_named_with_its_line_and_nothing_is_written(self):
        content = self.sheet(
            [self.anna.nip, "Anna", "XX", "PG", "PG+ML+SG"],
            ["199001012015011999", "Orang Asing", "PG"],
            [None, "Tanpa Nomor", "PG"],
            [self.budi.nomor_pegawai, "Budi", "PG"],
            [self.anna.nip, "Anna lagi", "PG"],
        )
        doc = make_import(self.opd.name, content)
        carry_out(doc, "impor")
        self.assertEqual(doc.status, "Gagal")
        doc.reload()
        self.assertEqual([row.baris for row in doc.galat], [3, 3, 4, 5, 7])
        self.assertEqual(doc.galat[0].kolom, "C (1)")
        self.assertIn("XX", doc.galat[0].masalah)
        self.assertIn("ML, PG, SG", doc.galat[0].saran)
        self.assertIn("3", doc.galat[4].masalah)
        self.assertEqual(self.rows(), ())

    def test_a_second_import_changes_nothing(self):
        carry_out(make_import(self.opd.name, self.good()), "impor")
        before = self.rows()
        frappe.db.delete("Hitung Ulang")
        again = make_import(self.opd.name, self.good())
        self.assertEqual((carry_out(again, "impor"), again.status), (0, "Diimpor"))
        self.assertEqual(self.rows(), before)
        self.assertEqual(noted(), [])

    def test_the_same_document_is_not_imported_twice(self):
        doc = make_import(self.opd.name, self.good())
        carry_out(doc, "impor")
        with self.assertRaises(ImporDitolak):
            carry_out(doc, "impor")

    def test_undo_puts_back_what_stood_before(self):
        make_roster(self.anna.name, "2026-11-01", "SG", keterangan="jaga")
        before = self.rows()
        doc = make_import(self.opd.name, self.good())
        carry_out(doc, "impor")
        self.assertEqual((carry_out(doc, "batalkan"), doc.status), (60, "Dibatalkan"))
        self.assertEqual(self.rows(), before)
        note = frappe.db.get_value("Roster Dinas", {"pegawai": self.anna.name}, "keterangan")
        self.assertEqual(note, "jaga")
        with self.assertRaises(ImporDitolak):
            carry_out(doc, "batalkan")

    def test_undo_is_refused_when_a_day_was_changed_since(self):
        doc = make_import(self.opd.name, self.good())
        carry_out(doc, "impor")
        row = frappe.get_doc("Roster Dinas", {"pegawai": self.anna.name, "tanggal": "2026-11-03"})
        row.shift = "SG"
        row.save()
        count = len(self.rows())
        with self.assertRaisesRegex(ImporDitolak, "Anna Rekaan"):
            carry_out(doc, "batalkan")
        self.assertEqual(len(self.rows()), count)

    def test_exactly_the_changed_days_are_computed_again(self):
        days = [date(2026, 10, day) for day in (5, 6, 9)]
        october = make_import(self.opd.name, self.good(), bulan="2026-10")
        carry_out(october, "impor")
        frappe.db.delete("Hitung Ulang")
        anna = [
            "PG",
            "ml",
            "L",
            None,
            *("PG" if date(2026, 10, day) in days else None for day in range(5, 31)),
        ]
        carry_out(make_import(self.opd.name, self.good(anna), bulan="2026-10"), "impor")
        who = self.anna.name
        self.assertEqual(
            noted(), [(who, None, "2026-10-05", "2026-10-06"), (who, None, "2026-10-09", "2026-10-09")]
        )

    def test_a_nip_that_excel_took_for_a_number_is_known_by_its_first_digits_and_the_name(self):
        damaged = float(int(self.anna.nip[:15] + "000"))
        for number in (damaged, f"{self.anna.nip[0]},{self.anna.nip[1:6]}E+17", f"{self.anna.nip[:15]}000"):
            with self.subTest(number=number):
                doc = make_import(self.opd.name, self.sheet([number, "Anna Rekaan", "PG"]))
                self.assertEqual(len(carry_out(doc, "periksa").problems), 0)

    def test_a_damaged_nip_without_the_name_is_asked_for(self):
        damaged = float(int(self.anna.nip[:15] + "000"))
        doc = make_import(self.opd.name, self.sheet([damaged, "", "PG"]))
        self.assertEqual(len(carry_out(doc, "periksa").problems), 1)
        doc.reload()
        self.assertIn(self.anna.nip, doc.galat[0].saran)

    def test_a_nip_as_text_is_taken_however_it_is_spaced(self):
        nip = self.anna.nip
        for text in (f"'{nip}", f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}", f"{nip}\xa0"):
            with self.subTest(text):
                doc = make_import(self.opd.name, self.sheet([text, "", "PG"]))
                self.assertEqual(len(carry_out(doc, "periksa").problems), 0)

    def test_csv_of_an_indonesian_excel_is_read_too(self):
        content = f"NIP;Nama;1;2\n{self.anna.nip};Anna;PG;L\n".encode("cp1252")
        doc = make_import(self.opd.name, content, name="roster.csv")
        # Only the columns of the sheet are written.
        self.assertEqual((carry_out(doc, "impor"), doc.status), (2, "Diimpor"))

    def test_a_column_beyond_the_month_is_a_problem_only_when_filled(self):
        header = ["NIP", "Nama", 30, 31]
        for filled, problems in (("PG", 1), (None, 0)):
            content = self.sheet([self.anna.nip, "Anna", "PG", filled], header=header)
            with self.subTest(filled=filled):
                self.assertEqual(
                    len(carry_out(make_import(self.opd.name, content), "periksa").problems), problems
                )

    def test_a_night_shift_before_an_early_shift_is_named_with_both_rows(self):
        make_shift("SB", "05:00", "12:00")
        make_roster(self.budi.name, "2026-10-31", "ML")
        make_roster(self.budi.name, "2026-12-01", "SB")
        anna = ["ML", "SB", *["L"] * 28]
        budi = ["SB", *["L"] * 28, "ML"]
        doc = make_import(self.opd.name, self.good(anna, budi))
        self.assertEqual((len(carry_out(doc, "periksa").problems), doc.status), (3, "Gagal"))
        doc.reload()
        self.assertEqual(
            [(row.baris, row.kolom, row.isi) for row in doc.galat],
            [(3, "D (2)", "SB"), (4, "C (1)", "SB"), (4, "AF (30)", "ML")],
        )
        self.assertIn("ML", doc.galat[0].masalah)
        self.assertIn("05:00", doc.galat[0].masalah)
        self.assertTrue(doc.galat[0].saran)
        self.assertEqual(len(self.rows()), 2)

    def test_what_is_no_sheet_is_told(self):
        empty = self.sheet()
        for content in (b"bukan lembar", xlsx([["a", "b"]]), empty):
            doc = make_import(self.opd.name, content)
            with self.subTest(content[:10]):
                carry_out(doc, "impor")
                self.assertEqual(doc.status, "Gagal")
                self.assertEqual(self.rows(), ())

    def test_persons_of_other_opd_are_not_reached(self):
        stranger = make_pegawai(with_user=False)
        doc = make_import(self.opd.name, self.sheet([stranger.nip, stranger.nama, "PG"]))
        carry_out(doc, "impor")
        self.assertEqual(doc.status, "Gagal")
        self.assertFalse(frappe.db.exists("Roster Dinas", {"pegawai": stranger.name}))

    def test_only_the_own_attachment_is_read(self):
        source = make_import(self.opd.name, self.good())
        count = frappe.db.count("File")
        with self.assertRaises(ImporDitolak):
            frappe.get_doc(
                {
                    "doctype": "Impor Roster",
                    "opd": make_opd().name,
                    "bulan": "2026-11",
                    "berkas": source.berkas,
                }
            ).insert()
        # The framework would have made a copy that everybody may read.
        self.assertEqual(frappe.db.count("File"), count)

    def test_results_are_not_written_by_hand(self):
        doc = make_import(self.opd.name, self.good())
        doc.status, doc.sebelumnya = "Diimpor", "[]"
        doc.save()
        self.assertEqual(frappe.db.get_value("Impor Roster", doc.name, "status"), "Baru")

    def test_the_template_comes_back_as_a_sheet_without_problems(self):
        make_roster(self.anna.name, "2026-11-02", "ML")
        name, content = template.build(self.opd.name, "2026-11")
        self.assertTrue(name.endswith("2026-11.xlsx"))
        doc = make_import(self.opd.name, content)
        carry_out(doc, "impor")
        self.assertEqual([row[3] for row in self.rows(self.anna)[:3]], [None, "ML", None])

    def test_statements_do_not_grow_with_the_rows(self):
        people = [make_pegawai(opd=self.opd.name, with_user=False) for _number in range(12)]
        counts = []
        for some in (people[:2], people):
            doc = make_import(
                self.opd.name, self.sheet(*[[p.nip, p.nama, "PG"] for p in some]), bulan="2026-12"
            )
            before = frappe.db.sql("show session status like 'Questions'")[0][1]
            carry_out(doc, "impor")
            counts.append(int(frappe.db.sql("show session status like 'Questions'")[0][1]) - int(before))
        self.assertLess(counts[1] - counts[0], 10)

    def test_a_look_between_the_commit_and_the_queueing_of_the_job_ends_nothing(self):
        doc = make_import(self.opd.name, self.good())
        with freeze_time("2026-11-24 08:00:00") as clock:
            import_job.say(doc, "Antre", task="periksa")
            # The job is in no queue yet: that happens after the commit.
            self.assertEqual(import_job.progress(doc)["status"], "Antre")
            with self.assertRaises(ImporDitolak):
                import_job.start(doc, "impor")
            clock.tick(ON_ITS_WAY + 1)
            self.assertEqual(import_job.progress(doc)["status"], "Gagal")

    def test_a_task_whose_worker_died_is_noted_at_the_next_look(self):
        doc = make_import(self.opd.name, self.good())
        import_job.say(doc, "Berjalan", task="periksa")
        self.assertEqual(import_job.progress(doc)["status"], "Gagal")
        doc.reload()
        self.assertEqual(doc.ringkasan, import_job.broken_off())
