"""The printed forms: what a spreadsheet must not spoil, and what every sheet must say."""

from __future__ import annotations

import io
from datetime import date

import frappe
from openpyxl import load_workbook

from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.pemantauan.cetak import job, pdf, sheet, words, xlsx
from spbe_attendance.pemantauan.laporan import recap, registry
from spbe_attendance.pemantauan.laporan.table import DECIMAL, NUMBER, Column
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.laporan_world import day, write
from spbe_attendance.tests.rekap_world import bulk

FIRST, MONTH = date(2026, 10, 1), "2026-10"


class TestCetak(SiteTestCase):
    def setUp(self):
        super().setUp()
        frappe.local.lang = "id"
        opd = make_opd(nama_opd="Dinas Uji Cetak", alamat_kop="Jl. Contoh No. 1, Selatpanjang 28753")
        self.opd = opd.name
        self.person = make_pegawai(
            opd=self.opd, with_user=False, nama="=1+1 <b>Orang</b>", gelar_belakang="S.Sos.", golongan="III/c"
        )
        opd.db_set("kepala", self.person.name)
        write(
            [
                day(self.person.name, self.opd, FIRST, "H,TL1", late=12),
                day(self.person.name, self.opd, date(2026, 10, 2), "TK"),
                day(self.person.name, self.opd, date(2026, 10, 3), "L"),
            ]
        )

    def tearDown(self):
        frappe.local.lang = "en"
        super().tearDown()

    def composed(self, name="Rekapitulasi Kehadiran"):
        filters = {
            "bulan": MONTH,
            "opd": self.opd,
            "tanggal": str(FIRST),
            "tahun": 2026,
            "pegawai": self.person.name,
        }
        return sheet.compose(registry.find(name).build(filters), "Administrator")

    def page(self):
        book = load_workbook(io.BytesIO(xlsx.write(self.composed())))
        return book[book.sheetnames[0]]

    def texts(self, page):
        return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]

    def test_nip_is_text_and_no_name_becomes_a_formula(self):
        page = self.page()
        nip = next(cell for row in page.iter_rows() for cell in row if cell.value == self.person.nip)
        assert (nip.data_type, nip.number_format) == ("s", "@")
        name = next(cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("=1+1"))
        assert name.data_type == "s"

    def test_paper_is_f4_landscape_with_heads_on_every_page(self):
        page = self.page()
        assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 14)
        assert page.page_setup.fitToHeight in (0, False)
        first, last = page.print_title_rows.replace("$", "").split(":")
        assert int(last) - int(first) == 1
        assert page[f"A{first}"].value == "No."
        assert page.freeze_panes == f"D{int(last) + 1}"
        assert page.print_area

    def test_every_sheet_has_letterhead_legend_warning_and_signatures(self):
        texts = "\n".join(self.texts(self.page()))
        for wanted in (
            "PEMERINTAH KABUPATEN KEPULAUAN MERANTI", "DINAS UJI CETAK", "Jl. Contoh No. 1", "REKAPITULASI KEHADIRAN",
            "Oktober 2026", "TK = tanpa keterangan", "BELUM DITUTUP", "Mengetahui,", "Kepala Dinas Uji Cetak",
            "Penata (III/c)", f"NIP {self.person.nip}", "Selatpanjang, ",
        ):  # fmt: skip
            assert wanted in texts, wanted

    def test_a_closed_month_prints_its_hash_and_no_warning(self):
        closing = {"opd": self.opd, "bulan": MONTH, "status": "Ditutup", "sidik": "ab" * 32}
        bulk("Tutup Bulan", [closing])
        texts = "\n".join(self.texts(self.page()))
        assert "ab" * 32 in texts
        assert "BELUM DITUTUP" not in texts

    def test_the_printed_page_escapes_what_people_wrote(self):
        html = pdf.page(self.composed())
        assert "&lt;b&gt;Orang&lt;/b&gt;" in html
        assert "<b>Orang" not in html

    def test_every_report_is_written_in_both_forms(self):
        for name in registry.REPORTS:
            composed = self.composed(name)
            assert xlsx.write(composed)[:2] == b"PK", name
            assert pdf.write(composed)[:5] == b"%PDF-", name

    def test_numbers_are_written_the_indonesian_way(self):
        percent, days = Column("p", "", DECIMAL), Column("n", "", NUMBER)
        assert [words.cell(percent, value) for value in (1.25, 0, 1250.5, None)] == [
            "1,25",
            "0,00",
            "1.250,50",
            "",
        ]
        assert [words.cell(days, value) for value in (0, 3, 2.5, 1200)] == ["–", "3", "2,5", "1.200"]

    def test_nothing_that_a_style_sheet_would_read_leaves_its_string(self):
        text = 'BELUM "; } </style><script>'
        assert not set('"<>') & set(words.css(text))

    def test_nothing_to_print_is_printed_too(self):
        table = recap.build({"bulan": "2026-09", "opd": self.opd})
        composed = sheet.compose(table, "Administrator")
        assert table.count == 0
        assert load_workbook(io.BytesIO(xlsx.write(composed))).sheetnames
        assert pdf.write(composed).startswith(b"%PDF-")

    def test_too_many_rows_are_no_pdf(self):
        composed = self.composed()
        part = composed.table.parts[0]
        part.rows = part.rows * (pdf.MOST_ROWS + 1)
        with self.assertRaises(LaporanDitolak):
            pdf.write(composed)

    def test_no_address_in_the_data_is_fetched(self):
        with self.assertRaises(ValueError):
            pdf.local_only("http://127.0.0.1/rahasia")

    def test_what_the_job_makes_is_a_private_file_with_the_reports_name(self):
        filters = {"bulan": MONTH, "opd": self.opd}
        url = job.make("k1", "Rekapitulasi Kehadiran", "xlsx", filters, "Administrator")
        file = frappe.get_doc("File", {"file_url": url})
        assert (file.is_private, file.attached_to_doctype) == (1, None)
        assert file.file_name.startswith("Rekapitulasi-Kehadiran-2026-10")
        assert load_workbook(io.BytesIO(file.get_content())).sheetnames == ["PNS"]
        assert job.state("k1", "Administrator")["persen"] == 30
