"""Registers of staff out of the sheets that offices have: checked first, written in batches, taken back."""

import csv
import io

import frappe
from openpyxl import load_workbook

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.kepegawaian.impor import job, sheets, view
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.impor_world import (
    NAMES,
    PEGAWAI_TITLES,
    carry_out,
    checked,
    imported,
    make_impor,
    nik,
    nip,
    problems,
    rows,
    xlsx,
)


class TestImporPegawai(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dinas = make_opd(nama_opd="Dinas Rekaan Kesehatan", singkatan="DRK")
        cls.unit = make_opd(nama_opd="UPT Puskesmas Rekaan Selat", induk=cls.dinas.name)

    def person(self, number=1, **changes):
        row = {
            "No": number,
            "NIP": nip(number),
            "NIK": nik(number),
            "Nama Lengkap": f"Dr. {NAMES[number]}, S.Kom",
            "Status Kepegawaian": "PNS",
            "L/P": "L",
            "Tgl. Lahir": "10-02-1985",
            "Unit Kerja": "DRK",
            "Jabatan": "Penata Uji",
            "Gol/Ruang": "III/a",
            **changes,
        }
        return [row[title] for title in PEGAWAI_TITLES]

    def sheet(self, *people):
        return xlsx(
            [["DAFTAR PEGAWAI"], ["Keadaan November 2026"], [], PEGAWAI_TITLES, list(range(1, 11)), *people]
        )

    def test_an_ugly_sheet_becomes_people(self):
        doc = imported(
            self.sheet(
                self.person(1),
                [],
                self.person(
                    2,
                    **{
                        "NIP": "'19850210 201001 1 002",
                        "Tgl. Lahir": "10 Februari 1985",
                        "Unit Kerja": "Dinas Rekaan Kesehatan Kab. Kep. Meranti",
                    },
                ),
                PEGAWAI_TITLES,
                self.person(
                    3,
                    **{
                        "NIP": None,
                        "Status Kepegawaian": "honorer",
                        "Tgl. Lahir": 31088,
                        "L/P": "Laki-laki",
                        "Gol/Ruang": "-",
                    },
                ),
                ["JUMLAH", 3],
            )
        )
        self.assertEqual(
            (doc.status, doc.jumlah_baris, doc.jumlah_baru, doc.jumlah_ditolak), ("Diimpor", 3, 3, 0)
        )
        found = [frappe.get_doc("Pegawai", row.rujukan) for row in rows(doc)]
        self.assertEqual([person.nip for person in found], [nip(1), nip(2), None])
        self.assertEqual({str(person.tanggal_lahir) for person in found}, {"1985-02-10"})
        self.assertEqual({person.opd for person in found}, {self.dinas.name})
        self.assertEqual(
            (found[0].gelar_depan, found[0].nama, found[0].gelar_belakang), ("Dr.", NAMES[1], "S.Kom")
        )
        self.assertEqual((found[2].status_kepegawaian, found[2].golongan), ("Non ASN", None))
        self.assertEqual(
            {row.kode for row in problems(doc)}, {"numbering", "repeated_header", "total", "opd_taken"}
        )

    def test_a_second_run_of_the_same_sheet_changes_nothing_and_says_so(self):
        content = self.sheet(
            self.person(1), self.person(2, **{"NIP": None, "NIK": None, "Status Kepegawaian": "THL"})
        )
        imported(content)
        count = frappe.db.count("Pegawai")
        again = imported(content)
        self.assertEqual((again.jumlah_baru, again.jumlah_berubah, again.jumlah_sama), (0, 0, 2))
        self.assertIn("Nothing had to change", again.ringkasan)
        self.assertEqual(frappe.db.count("Pegawai"), count)

    def test_a_damaged_number_is_told_once_with_its_rows_and_the_cure(self):
        people = [self.person(at, NIP=float(nip(at))) for at in range(1, 6)]
        doc = checked(self.sheet(*people))
        (found,) = problems(doc, kode="damaged")
        self.assertEqual((found.jumlah, found.daftar_baris, found.keparahan), (5, "6–10", "Galat"))
        self.assertIn("text", found.saran)
        self.assertEqual((doc.jumlah_ditolak, doc.jumlah_baru), (5, 0))

    def test_every_problem_has_its_row_its_column_and_a_cure(self):
        doc = checked(
            self.sheet(
                self.person(1, NIP="196303121991021000"[:-1]),
                self.person(2, **{"Tgl. Lahir": "31-02-1985"}),
                self.person(3, **{"L/P": "X"}),
                self.person(4, **{"Unit Kerja": "Dinas Rekaan Kesehtan"}),
                self.person(5, **{"Nama Lengkap": None}),
                self.person(6, **{"Gol/Ruang": "IX/z"}),
                self.person(7, **{"Status Kepegawaian": "Wakil Menteri"}),
            )
        )
        found = problems(doc)
        self.assertEqual(
            [
                (row.baris, row.kolom.split(" ")[0], row.kode, row.keparahan)
                for row in found
                if row.kode != "numbering"
            ],
            [
                (6, "B", "identity_length", "Galat"),
                (7, "G", "date", "Galat"),
                (8, "F", "sex", "Galat"),
                (9, "H", "opd_unknown", "Galat"),
                (10, "D", "name_missing", "Galat"),
                (11, "J", "grade", "Peringatan"),
                (12, "E", "employment", "Galat"),
            ],
        )
        self.assertTrue(all(row.masalah and row.saran for row in found))
        self.assertIn("Dinas Rekaan Kesehatan", next(row.saran for row in found if row.kode == "opd_unknown"))
        self.assertEqual((doc.jumlah_ditolak, doc.jumlah_baru), (6, 1))

    def test_what_people_say_an_unknown_name_means_holds_and_is_remembered(self):
        content = self.sheet(self.person(1, **{"Unit Kerja": "Kantor Sehat Bersama"}))
        doc = checked(content)
        (row,) = doc.padanan
        self.assertEqual((row.tertulis, row.jumlah), ("Kantor Sehat Bersama", 1))
        row.opd = self.unit.name
        doc.save()
        self.assertEqual(doc.status, "Baru")
        carry_out(doc, "periksa")
        self.assertEqual(doc.jumlah_baru, 1)
        self.assertEqual(checked(content).jumlah_baru, 1)

    def test_a_nik_is_masked_wherever_it_is_told(self):
        number = nik(1)
        wrong = number[:6] + "32" + number[8:]
        doc = checked(
            self.sheet(
                self.person(1, NIK=wrong),
                self.person(2, NIP=nik(2), NIK=None),
                self.person(3, **{"Nama Lengkap": f"Budi {nik(3)}", "NIK": None}),
                self.person(4, NIK=nik(5)),
                self.person(5),
            )
        )
        shown = frappe.as_json(
            [
                problems(doc),
                [row.ringkas for row in rows(doc)],
                [row.contoh for row in doc.kolom],
                doc.ringkasan,
            ]
        )
        for secret in (wrong, nik(2), nik(3), nik(5)):
            self.assertNotIn(secret, shown)
        self.assertIn("1410********0001", shown)
        for content in (
            sheets.problems(doc, "csv")[1].decode("utf-8-sig"),
            frappe.as_json(view.rows(doc.name)),
        ):
            for secret in (wrong, nik(2), nik(3), nik(5)):
                self.assertNotIn(secret, content)

    def test_changed_rows_say_what_changes_and_an_empty_cell_changes_nothing(self):
        imported(self.sheet(self.person(1), self.person(2)))
        doc = checked(
            self.sheet(self.person(1, Jabatan="Kepala Uji", NIK=None), self.person(2, Jabatan=None))
        )
        self.assertEqual((doc.jumlah_berubah, doc.jumlah_sama), (1, 1))
        (row,) = view.rows(doc.name, "Berubah")["baris"]
        self.assertEqual(
            [tuple(change.values())[1:] for change in row["perubahan"]], [("Penata Uji", "Kepala Uji")]
        )
        carry_out(doc, "impor")
        person = frappe.get_doc("Pegawai", {"nip": nip(1)})
        self.assertEqual((person.jabatan, person.nik), ("Kepala Uji", nik(1)))

    def test_another_opd_is_a_correction_and_the_check_says_so(self):
        imported(self.sheet(self.person(1), self.person(2)))
        doc = checked(
            self.sheet(self.person(1, **{"Unit Kerja": self.unit.kode}), self.person(2, Jabatan="Kepala Uji"))
        )
        self.assertEqual([row.baris for row in problems(doc, kode="undated")], [6])

    def test_what_the_sheet_does_not_say_is_guessed_for_new_people_only(self):
        person = make_pegawai(nip=nip(1, appointed="202521"), nama=NAMES[1], status_kepegawaian="PPPK Paruh Waktu", opd=self.dinas.name,
                              tanggal_lahir="1985-03-10", jenis_kelamin="Perempuan", with_user=False)  # fmt: skip
        doc = checked(
            xlsx([["NIP", "Nama", "OPD"], [person.nip, NAMES[1], "DRK"], [nip(2), NAMES[2], "DRK"]])
        )
        self.assertEqual((doc.jumlah_sama, doc.jumlah_baru), (1, 1))
        (guess,) = problems(doc, kode="employment_guessed")
        self.assertEqual(guess.baris, 3)

    def test_with_changing_switched_off_only_new_people_are_written(self):
        imported(self.sheet(self.person(1)))
        doc = imported(self.sheet(self.person(1, Jabatan="Kepala Uji"), self.person(2)), perbarui=0)
        self.assertEqual((doc.jumlah_baru, doc.jumlah_berubah, doc.jumlah_sama), (1, 0, 1))
        self.assertEqual(frappe.db.get_value("Pegawai", {"nip": nip(1)}, "jabatan"), "Penata Uji")

    def test_people_who_may_be_registered_already_wait_for_a_decision(self):
        old = make_pegawai(
            nama="Halimah Sari",
            nip=None,
            status_kepegawaian="Non ASN",
            tanggal_lahir="1985-02-10",
            opd=self.dinas.name,
            with_user=False,
        )
        content = self.sheet(
            self.person(1, **{"Nama Lengkap": "Halimah Sary"}),
            self.person(2, **{"Nama Lengkap": "Halimah Sari Dewi", "NIP": None, "Status Kepegawaian": "THL"}),
        )
        doc = checked(content)
        self.assertEqual((doc.jumlah_putusan, doc.jumlah_baru), (2, 0))
        first, second = rows(doc, tindakan="Putusan")
        shown = view.rows(doc.name, "Putusan")["baris"][0]
        self.assertIn("Halimah Sari", shown["alasan"])
        self.assertEqual(shown["calon"], f"Halimah Sari · {self.dinas.nama_opd}")
        self.assertEqual(view.decide(doc, [first.name], "Sama"), {"diputuskan": 1})
        self.assertEqual(view.decide(doc, [second.name], "Lewati"), {"diputuskan": 1})
        carry_out(doc, "impor")
        old.reload()
        self.assertEqual((old.nip, old.nama), (nip(1), "Halimah Sary"))
        self.assertEqual(frappe.db.count("Pegawai", {"nama": ["like", "Halimah%"]}), 1)

    def test_a_decision_outlives_another_check_of_the_same_row(self):
        make_pegawai(
            nama="Halimah Sari",
            nip=None,
            status_kepegawaian="Non ASN",
            tanggal_lahir="1985-02-10",
            opd=self.dinas.name,
            with_user=False,
        )
        doc = checked(self.sheet(self.person(1, **{"Nama Lengkap": "Halimah Sari"})))
        (row,) = rows(doc, tindakan="Putusan")
        view.decide(doc, [row.name], "Baru")
        carry_out(doc, "periksa")
        self.assertEqual((doc.jumlah_baru, doc.jumlah_putusan), (1, 0))

    def test_people_with_numbers_of_their_own_are_no_doubt(self):
        doc = checked(
            self.sheet(
                self.person(1, **{"Nama Lengkap": "Siti Rekaan"}),
                self.person(2, **{"Nama Lengkap": "Siti Rekaan"}),
            )
        )
        self.assertEqual((doc.jumlah_baru, doc.jumlah_putusan), (2, 0))

    def test_repeated_numbers_and_numbers_of_two_people_are_refused(self):
        imported(self.sheet(self.person(1), self.person(2)))
        doc = checked(
            self.sheet(
                self.person(3),
                self.person(3, NIK=nik(4)),
                self.person(1, NIK=nik(2)),
                self.person(4, NIK=nik(3)),
            )
        )
        self.assertEqual(
            [row.kode for row in problems(doc, keparahan="Galat")],
            ["nip_twice", "numbers_of_two", "nik_twice"],
        )

    def test_of_several_sheets_the_one_with_the_people_is_taken_and_another_can_be_chosen(self):
        titles = [PEGAWAI_TITLES, self.person(1)]
        content = xlsx(
            [["Petunjuk pengisian"]],
            {"Isian": [PEGAWAI_TITLES], "Data": [*titles, self.person(2)], "Lama": titles},
        )
        doc = make_impor(content)
        self.assertEqual((doc.lembar, doc.baris_judul), ("Data", 1))
        doc.lembar = "Lama"
        doc.save()
        carry_out(doc, "periksa")
        self.assertEqual(doc.jumlah_baris, 1)

    def test_a_mapping_that_people_corrected_is_remembered_for_the_same_header(self):
        titles = [*PEGAWAI_TITLES[:-1], "Catatan Khusus"]
        doc = make_impor(xlsx([titles, self.person(1)]))
        next(row for row in doc.kolom if row.judul == "Catatan Khusus").bidang = "golongan"
        doc.save()
        carry_out(doc, "periksa")
        again = make_impor(xlsx([["Judul lain"], titles, self.person(2)]))
        self.assertEqual(again.kolom[-1].bidang, "golongan")

    def test_a_field_may_be_named_once_and_the_name_must_be_there(self):
        doc = make_impor(self.sheet(self.person(1)))
        for column, field in ((8, "nip"), (3, "")):
            fresh = frappe.get_doc("Impor Data", doc.name)
            fresh.kolom[column].bidang = field
            fresh.save()
            fresh.periksa()
            with self.assertRaises(ImporDitolak):
                job.JOB.work(fresh.name, "periksa")
            fresh.db_set("status", "Baru")

    def test_formulas_give_their_values_with_a_warning_and_without_one_are_refused(self):
        doc = checked(self.sheet(self.person(1, Jabatan='=CONCATENATE("Penata"," Uji")')))
        (found,) = problems(doc, kode="uncached")
        self.assertEqual((found.keparahan, found.baris, found.kolom[0]), ("Galat", 6, "I"))

    def test_files_that_are_no_sheets_are_refused_at_once_and_nothing_is_kept(self):
        count = frappe.db.count("Impor Data")
        for content, word in (
            (b"<html><table></table></html>", "web page"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "XLS"),
            (xlsx([["a", "b"]]), "header"),
        ):
            with self.subTest(word), self.assertRaisesRegex(ImporDitolak, word):
                make_impor(content)
        self.assertEqual(frappe.db.count("Impor Data"), count)

    def test_csv_of_siasn_is_understood(self):
        self.dinas.db_set("unor_id", "A8ACA7397AEB3912E040640A040269BB")
        lines = [
            "id;nipBaru;nipLama;nama;gelarDepan;gelarBelakang;nik;kedudukanPnsNama;statusPegawai;unorId;unorNama;golRuangAkhirId",
            f"C1D2;{nip(1)};130;ANWAR REKAAN;Dr.;S.H;{nik(1)};Aktif;PNS;a8aca7397aeb3912e040640a040269bb;apa saja;31",
            f"C1D3;{nip(2)};;DEWI KENCANA;;;{nik(2)};CLTN;PNS;A8ACA7397AEB3912E040640A040269BB;;IV/e",
        ]
        doc = imported("\n".join(lines).encode("utf-16"), name="data-utama.csv")
        found = [frappe.get_doc("Pegawai", row.rujukan) for row in rows(doc)]
        self.assertEqual(
            [(p.siasn_id, p.nip, p.status, p.golongan, p.opd, p.gelar_depan) for p in found],
            [
                ("C1D2", nip(1), "Aktif", "III/a", self.dinas.name, "Dr."),
                ("C1D3", nip(2), "Nonaktif", "IV/e", self.dinas.name, None),
            ],
        )

    def test_results_and_states_are_not_written_by_hand(self):
        doc = make_impor(self.sheet(self.person(1)))
        doc.status, doc.jumlah_baru, doc.tugas = "Diimpor", 99, "impor"
        doc.save()
        self.assertEqual(frappe.db.get_value("Impor Data", doc.name, ["status", "jumlah_baru"]), ("Baru", 0))

    def test_each_step_has_its_time(self):
        doc = make_impor(self.sheet(self.person(1)))
        for task in ("impor", "batalkan", "hentikan"):
            with self.subTest(task), self.assertRaises(ImporDitolak):
                getattr(doc, task)()
        carry_out(doc, "periksa")
        carry_out(doc, "impor")
        for task in ("periksa", "impor"):
            with self.subTest(task), self.assertRaises(ImporDitolak):
                getattr(doc, task)()

    def test_only_the_own_attachment_is_read(self):
        source = make_impor(self.sheet(self.person(1)))
        with self.assertRaisesRegex(ImporDitolak, "no file"):
            frappe.get_doc({"doctype": "Impor Data", "jenis": "Pegawai", "berkas": source.berkas}).insert()

    def test_a_sheet_that_was_uploaded_for_all_to_see_becomes_private(self):
        file = frappe.get_doc(
            {
                "doctype": "File",
                "file_name": "terbuka.xlsx",
                "content": self.sheet(self.person(1)),
                "is_private": 0,
                "attached_to_doctype": "Impor Data",
                "attached_to_name": "new-impor-data-9",
            }
        ).insert()
        doc = frappe.get_doc({"doctype": "Impor Data", "jenis": "Pegawai", "berkas": file.file_url}).insert()
        self.assertTrue(doc.berkas.startswith("/private/"))
        self.assertEqual(
            frappe.db.get_value("File", file.name, ["is_private", "attached_to_name"]), (1, doc.name)
        )

    def test_the_framework_makes_no_copy_that_everybody_may_read(self):
        doc = make_impor(self.sheet(self.person(1)))
        doc.save()
        self.assertEqual(
            frappe.get_all("File", {"attached_to_name": doc.name}, ["is_private"], as_list=True), ((1,),)
        )

    def test_what_is_downloaded_is_carried_out_by_no_spreadsheet_program(self):
        doc = checked(
            self.sheet(
                self.person(1, **{"Unit Kerja": "=cmd|' /C calc'!A0"}),
                self.person(2, Jabatan="@SUM(1)"),
                self.person(3, **{"L/P": "+1"}),
            )
        )
        book = load_workbook(io.BytesIO(sheets.problems(doc, "xlsx")[1]))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        self.assertEqual([cell.data_type for cell in cells if cell.data_type == "f"], [])
        written = [
            row
            for row in csv.reader(
                io.StringIO(sheets.problems(doc, "csv")[1].decode("utf-8-sig")), delimiter=";"
            )
        ]
        self.assertEqual(
            [cell for row in written for cell in row if cell.startswith(("=", "+", "-", "@"))], []
        )
        corrected = load_workbook(io.BytesIO(sheets.corrected(doc)[1])).active
        self.assertIn("'@SUM(1)", [cell.value for row in corrected.iter_rows() for cell in row])

    def test_the_sheet_as_it_was_understood_can_be_imported_again(self):
        doc = checked(self.sheet(self.person(1), self.person(2, **{"Tgl. Lahir": "31-02-1985"})))
        again = checked(sheets.corrected(doc)[1])
        self.assertEqual((again.jumlah_baris, again.jumlah_baru), (2, 2))
        self.assertEqual({row.kode for row in problems(again)}, set())

    def test_templates_come_back_without_a_guess(self):
        for jenis in ("Pegawai", "OPD", "OPD Lokasi"):
            name, content = sheets.template(jenis)
            with self.subTest(jenis):
                self.assertTrue(name.endswith(".xlsx"))
                doc = make_impor(content, jenis)
                self.assertEqual([row.bidang for row in doc.kolom], list(sheets.TEMPLATE[jenis]))
