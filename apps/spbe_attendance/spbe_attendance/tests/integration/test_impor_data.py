"""Registers of staff, OPD and places out of the sheets that offices have: checked first, written in batches, taken back."""

import frappe

from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.impor_world import (
    NAMES,
    PEGAWAI_TITLES,
    imported,
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
