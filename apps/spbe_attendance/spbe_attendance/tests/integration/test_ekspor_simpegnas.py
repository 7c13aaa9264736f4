"""The exchange file of presence: what is in it, what is refused, who may."""

import csv
import io
import json
import zipfile
from datetime import date, datetime

import fastjsonschema
import frappe
from frappe.utils import getdate

from spbe_attendance.integrations.exceptions import EksporDitolak, TugasIntegrasiDitolak
from spbe_attendance.integrations.simpegnas import export, rows, spec
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.rekap_world import bulk

MONTH = "2026-10"
NIK = "1410011808960001"
MONDAY = date(2026, 10, 5)
DAY = {
    "status_kepegawaian": "PNS",
    "kode": "H",
    "kode_utama": "H",
    "kode_kedua": None,
    "bagian_kedua": 0,
    "hari_kerja": 1,
    "sementara": 0,
    "tutup_bulan": "uji-tutup",
    "jadwal": "Reguler",
    "masuk": datetime(2026, 10, 5, 7, 21, 0, 123456),
    "pulang": datetime(2026, 10, 5, 16, 5),
    "menit_terlambat": 0,
    "menit_pulang_cepat": 0,
    "tingkat_terlambat": 0,
    "tingkat_pulang_cepat": 0,
    "apel_hadir": 1,
    "apel_tidak_hadir": 0,
    "persen_potongan": 0,
    "persen_apel": 0,
}


def day(person, moment=MONDAY, **values):
    return {"pegawai": person.name, "opd": person.opd, "tanggal": moment, **DAY, **values}


class TestEksporSimpegnas(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd(nama_opd="=Dinas Rumus", unor_id="8ae4-UNOR-01")
        cls.unit = make_opd(induk=cls.opd.name)
        cls.anna = make_pegawai(
            opd=cls.opd.name, nama="Anna Rekaan", nik=NIK, siasn_id="A8AC-PNS-01", with_user=False
        )
        cls.budi = make_pegawai(opd=cls.unit.name, nama="@Budi", nip="199203152023211005", with_user=False)
        cls.honorer = make_pegawai(
            opd=cls.unit.name, nama="Cici", nip=None, status_kepegawaian="Non ASN", with_user=False
        )
        bulk(
            "Rekap Harian",
            [
                day(cls.anna),
                day(cls.anna, date(2026, 10, 6), kode="H,CT", kode_kedua="CT", bagian_kedua=0.5),
                day(
                    cls.anna,
                    date(2026, 10, 7),
                    kode="TL2",
                    menit_terlambat=40,
                    tingkat_terlambat=2,
                    persen_potongan=1,
                ),
                day(cls.anna, date(2026, 10, 10), kode="L", kode_utama="L", hari_kerja=0, masuk=None),
                day(cls.budi, status_kepegawaian="PPPK", kode="TK", kode_utama="TK", masuk=None, pulang=None),
                day(cls.honorer, status_kepegawaian="Non ASN"),
            ],
        )

    def ask(self, **values):
        fresh = {"doctype": export.DOCTYPE, "bulan": MONTH, "opd": self.opd.name, **values}
        return frappe.get_doc(fresh).insert()

    def made(self, **values):
        """(data as text, metadata) of an export that is made here and now."""
        doc = self.ask(**values)
        doc.db_set("ringkasan", export.make(doc))
        return self.opened(doc)

    def opened(self, doc):
        file = frappe.get_doc("File", {"attached_to_name": doc.name})
        with zipfile.ZipFile(io.BytesIO(file.get_content())) as package:
            about = json.loads(package.read("metadata.json"))
            self.assertIn(spec.SCHEMA.name, package.namelist())
            return package.read(about["berkas"]).decode("utf-8"), about

    def table(self, **values):
        text, _about = self.made(bentuk="CSV", **values)
        return list(csv.DictReader(io.StringIO(text)))

    def of(self, name, **values):
        return [row for row in self.table(**values) if row["nama"] == name]

    def test_json_of_days_and_months_is_what_its_schema_says(self):
        validate = fastjsonschema.compile(json.loads(spec.SCHEMA.read_text()))
        for kind, count in (("Harian", 5), ("Bulanan", 2)):
            text, about = self.made(bentuk="JSON", jenis=kind)
            data = validate(json.loads(text))
            self.assertEqual((len(data["data"]), about["jumlahBaris"]), (count, count))
            names = [field.name for field in spec.fields(kind)]
            self.assertEqual(list(data["data"][0]), names)
            schema = json.loads(spec.SCHEMA.read_text())["definitions"][kind]
            self.assertEqual((list(schema["properties"]), schema["required"]), (names, names))

    def test_csv_has_the_version_first_and_the_fields_in_the_documented_order(self):
        text, _about = self.made(bentuk="CSV")
        header = next(csv.reader(io.StringIO(text)))
        self.assertEqual(header, ["versi", *(field.name for field in spec.fields("Harian"))])
        self.assertFalse(text.startswith("﻿"))

    def test_a_day_is_told_with_siasn_names_and_numbers_as_text(self):
        text, _about = self.made(bentuk="CSV")
        self.assertIn(f'"{self.anna.nip}"', text)
        row = self.of("Anna Rekaan")[0]
        self.assertEqual((row["pnsId"], row["nipBaru"], row["nik"]), ("A8AC-PNS-01", self.anna.nip, ""))
        self.assertEqual((row["unorId"], row["tanggal"]), ("8ae4-UNOR-01", "2026-10-05"))
        self.assertEqual(row["jamMasuk"], "2026-10-05T07:21:00+07:00")
        self.assertEqual((row["versi"], row["keadaan"]), (spec.VERSION, "final"))

    def test_what_a_spreadsheet_would_take_for_a_formula_is_made_harmless_in_csv_only(self):
        self.assertEqual({row["unorNama"] for row in self.of("Anna Rekaan")}, {"'=Dinas Rumus"})
        self.assertIn("'@Budi", [row["nama"] for row in self.table()])
        text, _about = self.made(bentuk="JSON")
        self.assertIn('"nama": "@Budi"', text)

    def test_a_month_is_summed_with_half_days(self):
        (anna,), (budi,) = self.of("Anna Rekaan", jenis="Bulanan"), self.of("'@Budi", jenis="Bulanan")
        self.assertEqual((anna["hadir"], anna["cuti"], anna["hariKerja"]), ("2.5", "0.5", "3"))
        self.assertEqual(
            (anna["kaliTerlambat"], anna["menitTerlambat"], anna["persenPotongan"]), ("1", "40", "1.0")
        )
        self.assertEqual((budi["tanpaKeterangan"], budi["hadir"]), ("1.0", "0.0"))

    def test_what_is_carried_over_from_a_closed_month_stands_once(self):
        bulk(
            "Penyesuaian Rekap",
            [
                {"pegawai": self.anna.name, "opd": self.opd.name, "tanggal": date(2026, 9, 1), "bulan_berlaku": MONTH, "selisih": -1.5},
                {"pegawai": self.anna.name, "opd": self.opd.name, "tanggal": date(2026, 9, 2), "bulan_berlaku": MONTH, "selisih": 0.5},
            ],
        )  # fmt: skip
        bulk("Rekap Harian", [day(self.anna, date(2026, 10, 12), opd=self.unit.name)])
        carried = [row["persenPenyesuaian"] for row in self.of("Anna Rekaan", jenis="Bulanan")]
        self.assertEqual(carried, ["0.0", "-1.0"])

    def test_the_nik_is_there_only_if_the_setting_says_so(self):
        self.assertNotIn(NIK, self.made(bentuk="JSON")[0])
        frappe.db.set_single_value(export.SETTINGS, "ekspor_nik", 1)
        self.assertEqual({row["nik"] for row in self.of("Anna Rekaan")}, {NIK})

    def test_honorers_are_there_only_if_asked_for(self):
        self.assertNotIn("Cici", [row["nama"] for row in self.table()])
        row = self.of("Cici", hanya_asn=0)[0]
        self.assertEqual((row["nipBaru"], row["nomorPegawai"]), ("", self.honorer.nomor_pegawai))

    def test_an_open_month_is_refused_or_marked(self):
        bulk("Rekap Harian", [day(self.budi, date(2026, 10, 8), status_kepegawaian="PPPK", tutup_bulan=None)])
        doc = self.ask()
        with self.assertRaisesRegex(EksporDitolak, self.unit.nama_opd):
            doc.ekspor()
        self.assertEqual(frappe.db.get_value(export.DOCTYPE, doc.name, "status"), "Baru")
        _text, about = self.made(sementara=1)
        self.assertEqual(about["keadaan"], "sementara")
        states = [row["keadaan"] for row in self.table(sementara=1)]
        self.assertEqual((states.count("final"), states.count("sementara")), (5, 1))

    def test_a_month_without_recap_and_one_to_come_are_refused(self):
        with self.assertRaises(EksporDitolak):
            self.ask(bulan="2026-08").ekspor()
        for month in ("2099-01", "2026-13", "Oktober"):
            with self.assertRaises(EksporDitolak):
                self.ask(bulan=month)

    def test_only_bkpsdm_exports(self):
        others = [make_role_user(role) for role in ("Kepala OPD", "Admin OPD", "Pimpinan", "Wali Data")]
        bkpsdm = make_role_user("BKPSDM")
        for user in others:
            frappe.set_user(user)
            with self.assertRaises(frappe.PermissionError):
                self.ask()
        frappe.set_user(bkpsdm)
        doc = self.ask()
        self.assertEqual(doc.ekspor(), {"status": "Antre"})
        with self.assertRaises(TugasIntegrasiDitolak):
            frappe.get_doc(export.DOCTYPE, doc.name).save()

    def test_the_file_is_private_and_nobody_else_reads_it(self):
        doc = self.ask()
        export.make(doc)
        file = frappe.get_doc("File", {"attached_to_name": doc.name})
        self.assertEqual(
            (file.is_private, frappe.db.get_value(export.DOCTYPE, doc.name, "berkas")), (1, file.file_url)
        )
        stranger = make_role_user("Admin OPD")
        frappe.set_user(stranger)
        self.assertFalse(frappe.has_permission("File", doc=file))

    def test_results_come_from_the_export_alone_and_another_question_drops_the_file(self):
        doc = self.ask(status="Selesai", berkas="/private/files/x.zip", jumlah_baris=9)
        self.assertEqual((doc.status, doc.berkas, doc.jumlah_baris), ("Baru", None, 0))
        export.make(doc)
        doc.reload()
        doc.jenis = "Bulanan"
        doc.save()
        self.assertEqual((doc.berkas, frappe.db.count("File", {"attached_to_name": doc.name})), (None, 0))

    def test_files_go_after_the_days_that_the_setting_gives(self):
        doc = self.ask()
        export.make(doc)
        export.remove_old()
        self.assertEqual(frappe.db.count("File", {"attached_to_name": doc.name}), 1)
        doc.db_set("dibuat_pada", "2026-01-01 00:00:00")
        export.remove_old()
        self.assertEqual(frappe.db.count("File", {"attached_to_name": doc.name}), 0)

    def test_the_job_ends_in_words_when_it_is_refused(self):
        doc = self.ask(bulan="2026-08")
        # The job commits its states; here they stay in the test's transaction.
        commit, frappe.db.commit = frappe.db.commit, lambda: None
        rollback, frappe.db.rollback = frappe.db.rollback, lambda **_where: None
        try:
            export.run(doc.name)
        finally:
            frappe.db.commit, frappe.db.rollback = commit, rollback
        doc.reload()
        self.assertEqual(doc.status, "Gagal")
        self.assertIn("2026-08", doc.ringkasan)

    def test_persons_are_read_in_batches_and_none_is_lost(self):
        before, rows.BATCH = rows.BATCH, 1
        try:
            self.assertEqual(len(self.table(hanya_asn=0)), 6)
        finally:
            rows.BATCH = before
        self.assertEqual(getdate(self.of("Anna Rekaan")[0]["tanggal"]), MONDAY)
