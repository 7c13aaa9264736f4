"""Open data as they are made and decided about: counts, what is withheld, versions, workflow."""

import csv
import io
import json
from datetime import date, datetime

import fastjsonschema
import frappe
from frappe.model.workflow import WorkflowPermissionError, apply_workflow, get_transitions
from openpyxl import load_workbook

from spbe_attendance.pemantauan.satu_data import (
    auto,
    build,
    facts,
    preview,
    reading,
    settings,
    spec,
    versions,
)
from spbe_attendance.pemantauan.satu_data.errors import SatuDataDitolak, VersiTetap
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_role_user
from spbe_attendance.tests.satu_data_world import (
    MONTH,
    ask,
    close,
    correct,
    draft,
    kept_transaction,
    staff_month,
)


class TestSatuData(SiteTestCase):
    """A big office, and a small one that has a single PPPK beside its PNS."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.big = make_opd(nama_opd="Dinas Besar", kode="A-BESAR").name
        cls.small = make_opd(nama_opd="=Dinas Kecil", kode="B-KECIL").name
        cls.closing = close(cls.big)
        cls.other_closing = close(cls.small)
        cls.pns = staff_month(
            cls.big, "PNS", [*[{"S": 1, "CT": 2, "H,TL1": 3}] * 8, *[{"DL": 2}] * 12], cls.closing
        )
        staff_month(cls.big, "PPPK", [{"I": 1, "TK": 1}] * 9, cls.closing)
        staff_month(cls.small, "PNS", [{"S": 2}] * 7, cls.other_closing)
        cls.lonely = staff_month(cls.small, "PPPK", [{"TK": 4, "S": 1}], cls.other_closing)[0]
        cls.users = {role: make_role_user(role) for role in ("BKPSDM", "Wali Data", "Pimpinan", "Kepala OPD")}

    def rows(self, version):
        return {
            (row["kode_opd"], row["status_kepegawaian"], row["kode_kehadiran"]): row
            for row in reading.data(version.name)
        }

    def published(self):
        version = draft()
        return apply_workflow(version, "Terbitkan")

    def six_fall_ill(self):
        later = close(self.big, "2026-11")
        for name in self.pns[:6]:
            correct(name, self.big, date(2026, 10, 9), "S", closing=later)

    def file(self, version, form):
        row = next(row for row in version.berkas if row.bentuk == form)
        return reading.content(version.name, row)

    def test_days_are_counted_once_each_and_add_up(self):
        version = draft()
        values = versions.release(version.name).table.values
        self.assertEqual(values["SEMUA", "SEMUA", "JUMLAH"], 370)
        own = {code: values[self.big, "PNS", code] for code in ("H", "T", "DL", "S", "C", "HADIR", "JUMLAH")}
        self.assertEqual(own, {"H": 128, "T": 24, "DL": 24, "S": 8, "C": 16, "HADIR": 176, "JUMLAH": 200})
        found = self.rows(version)
        self.assertEqual(found["A-BESAR", "PNS", "JUMLAH"]["orang_hari"], 200)
        self.assertEqual((facts.state(MONTH), version.hari_tanpa_kode), ((370, 0), 0))

    def test_rates_are_per_cent_of_the_working_days_of_the_same_group(self):
        found = self.rows(draft())
        shown = [place for place, row in found.items() if row["persen"] is not None]
        for place in shown:
            whole = found[(*place[:2], "JUMLAH")]["orang_hari"]
            self.assertAlmostEqual(
                found[place]["persen"], found[place]["orang_hari"] * 100 / whole, delta=0.0051
            )
        self.assertGreater(len(shown), 20)

    def test_what_a_single_person_did_is_withheld_zeros_included_and_marked(self):
        found = self.rows(draft())
        lonely = [
            row for (unit, status, _code), row in found.items() if (unit, status) == ("B-KECIL", "PPPK")
        ]
        told = {row["kode_kehadiran"]: row["orang_hari"] for row in lonely}
        self.assertEqual(told.pop("JUMLAH"), 10)
        self.assertEqual((len(told), set(told.values())), (10, {None}))

    def test_no_row_shows_a_count_below_the_limit(self):
        counts = [row["orang_hari"] for row in self.rows(draft()).values() if row["orang_hari"]]
        self.assertGreaterEqual(min(counts), settings.LEAST)

    def test_a_withheld_count_is_marked_in_every_format_and_never_empty(self):
        version = draft()
        text = self.file(version, "CSV").decode("utf-8")
        table = list(csv.DictReader(io.StringIO(text)))
        hidden = [row for row in table if row["penanda"] == "dirahasiakan"]
        self.assertEqual({row["orang_hari"] for row in hidden}, {"x"})
        self.assertEqual(len(hidden), version.sel_kecil + version.sel_pelengkap)
        self.assertFalse([row for row in table if "" in (row["orang_hari"], row["persen"])])
        sheet = load_workbook(io.BytesIO(self.file(version, "XLSX")))["Data"]
        values = [row[7].value for row in sheet.iter_rows(min_row=2)]
        self.assertEqual(values.count("x"), len(hidden))

    def test_names_begin_no_formula_in_sheets(self):
        version = draft()
        self.assertIn(",'=Dinas Kecil,", self.file(version, "CSV").decode())
        sheet = load_workbook(io.BytesIO(self.file(version, "XLSX")))["Data"]
        self.assertIn("'=Dinas Kecil", {row[3].value for row in sheet.iter_rows(min_row=2)})
        self.assertIn('"=Dinas Kecil"', self.file(version, "JSON").decode())

    def test_json_is_what_its_schema_says_and_carries_the_metadata_of_bps(self):
        for dataset, period in ((spec.ATTENDANCE, MONTH), (spec.UNITS, spec.REFERENCE)):
            version = draft(dataset, period)
            data = json.loads(self.file(version, "JSON"))
            fastjsonschema.compile(spec.schema(dataset, "https://uji.invalid/skema.json", "Uji"))(data)
            self.assertEqual(data["sidik"], version.sidik)
            about = data["metadata"]
            self.assertEqual(about["wilayah"]["kode"], "14.10")
            self.assertIn("Kepmendagri 300.2.2-2138/2025", about["wilayah"]["dasar"])
            self.assertEqual(
                set(about["standar_data"]), {"konsep", "definisi", "klasifikasi", "ukuran", "satuan"}
            )
            self.assertTrue(about["ms_keg"]["judul_kegiatan"] and about["ms_var"])
        self.assertEqual(data["metadata"]["ms_ind"], [])

    def test_the_reference_list_holds_no_counts(self):
        found = reading.data(draft(spec.UNITS, spec.REFERENCE).name)
        self.assertFalse([value for row in found for value in row.values() if not isinstance(value, str)])
        self.assertIn("A-BESAR", [row["kode_opd"] for row in found])

    def test_units_are_counted_with_their_perangkat_daerah(self):
        unit = make_opd(induk=self.big, kode="A-UPT").name
        staff_month(unit, "PNS", [{}] * 6, close(unit))
        found = self.rows(draft())
        self.assertEqual(found["A-BESAR", "PNS", "JUMLAH"]["orang_hari"], 260)
        self.assertNotIn("A-UPT", {place[0] for place in found})

    def test_an_open_month_is_refused_and_names_who_is_late(self):
        staff_month(make_opd(nama_opd="Dinas Lambat").name, "PNS", [{}], None)
        with self.assertRaisesRegex(SatuDataDitolak, "Dinas Lambat"):
            draft()
        with self.assertRaises(SatuDataDitolak):
            draft(period="2026-08")

    def test_a_correction_counts_when_a_later_closing_has_taken_it_in(self):
        first = self.published()
        correct(self.pns[0], self.big, date(2026, 10, 10), "TK", closing=None)
        self.assertEqual(draft().name, first.name)
        self.six_fall_ill()
        second = draft()
        self.assertEqual((second.nomor, second.dasar), (2, first.name))
        values = versions.release(second.name).table.values
        self.assertEqual(values[self.big, "PNS", "S"], 14)
        self.assertEqual(values[self.big, "PNS", "JUMLAH"], 200)

    def test_a_new_version_leaves_the_old_one_as_it_was(self):
        first = self.published()
        before = self.file(first, "CSV")
        self.six_fall_ill()
        apply_workflow(draft(), "Terbitkan")
        first.reload()
        self.assertEqual((first.status, self.file(first, "CSV")), ("Terbit", before))

    def test_the_same_days_make_no_second_version(self):
        first = draft()
        again = ask()
        self.assertIn("1", build.make(again))
        self.assertEqual(frappe.db.get_value(build.DOCTYPE, again.name, "versi"), first.name)
        self.assertEqual(frappe.db.count(versions.DOCTYPE, {"periode": MONTH}), 1)

    def test_a_newer_draft_refuses_the_one_before(self):
        first = draft()
        correct(self.pns[0], self.big, date(2026, 10, 9), "TK", closing=close(self.big, "2026-11"))
        second = draft()
        first.reload()
        self.assertEqual((first.status, second.status, second.nomor), ("Ditolak", "Diperiksa", 2))

    def test_a_draft_made_before_another_publication_is_not_published(self):
        version = draft()
        version.db_set("dasar", "kehadiran-pegawai-2026-10-v0")
        with self.assertRaises(SatuDataDitolak):
            apply_workflow(version, "Terbitkan")

    def test_wali_data_publishes_and_nobody_else(self):
        version = draft()
        for role in ("BKPSDM", "Pimpinan", "Kepala OPD"):
            frappe.set_user(self.users[role])
            with self.subTest(role), self.assertRaises((frappe.PermissionError, frappe.ValidationError)):
                apply_workflow(frappe.get_doc(versions.DOCTYPE, version.name), "Terbitkan")
        frappe.set_user(self.users["Wali Data"])
        self.assertCountEqual({row.action for row in get_transitions(version)}, {"Terbitkan", "Tolak"})
        published = apply_workflow(version, "Terbitkan")
        self.assertEqual((published.status, published.terbit_oleh), ("Terbit", self.users["Wali Data"]))

    def test_a_status_written_past_the_workflow_is_refused(self):
        version = draft()
        frappe.set_user(self.users["BKPSDM"])
        doc = frappe.get_doc(versions.DOCTYPE, version.name)
        doc.status = "Terbit"
        with self.assertRaises(WorkflowPermissionError):
            doc.save()

    def test_refusing_and_withdrawing_need_a_reason(self):
        version = draft()
        frappe.set_user(self.users["Wali Data"])
        with self.assertRaises(SatuDataDitolak):
            apply_workflow(version, "Tolak")
        published = apply_workflow(version, "Terbitkan")
        with self.assertRaises(SatuDataDitolak):
            apply_workflow(published, "Tarik")
        published.reload()
        published.alasan = "Salah hitung"
        published.save()
        self.assertIsNotNone(apply_workflow(published, "Tarik").ditarik_pada)

    def test_a_version_is_made_by_the_service_and_stays_as_it_was_made(self):
        version = draft()
        with self.assertRaises(VersiTetap):
            frappe.copy_doc(version).insert()
        for field, value in (
            ("sidik", "0" * 64),
            ("periode", "2026-09"),
            ("metadata", "{}"),
            ("sel_kecil", 0),
        ):
            doc = frappe.get_doc(versions.DOCTYPE, version.name)
            doc.set(field, value)
            with self.subTest(field), self.assertRaises(VersiTetap):
                doc.save()
        doc = frappe.get_doc(versions.DOCTYPE, version.name)
        doc.berkas[0].sidik = "0" * 64
        with self.assertRaises(VersiTetap):
            doc.save()
        with self.assertRaises(VersiTetap):
            frappe.delete_doc(versions.DOCTYPE, version.name)
        with self.assertRaises(VersiTetap):
            frappe.rename_doc(versions.DOCTYPE, version.name, "lain", force=True)

    def test_files_are_private_and_nobody_exchanges_them(self):
        version = self.published()
        file = frappe.get_doc("File", {"attached_to_name": version.name})
        self.assertEqual(file.is_private, 1)
        frappe.set_user(self.users["Wali Data"])
        for verb in ("write", "delete"):
            self.assertFalse(frappe.has_permission("File", verb, doc=file))
        self.assertTrue(frappe.has_permission("File", "read", doc=file))

    def test_a_file_that_was_exchanged_is_not_given_out_and_not_published(self):
        version = draft()
        row = version.berkas[0]
        frappe.db.set_value("Berkas Versi Dataset", row.name, "sidik", "0" * 64)
        version.reload()
        with self.assertRaises(VersiTetap):
            apply_workflow(version, "Terbitkan")

    def test_the_true_counts_are_for_no_role(self):
        version = draft()
        for role, user in self.users.items():
            frappe.set_user(user)
            with self.subTest(role):
                self.assertFalse(frappe.has_permission(versions.CONTENT, "read"))
        self.assertTrue(frappe.db.exists(versions.CONTENT, version.name))

    def test_a_form_shows_rows_and_what_differs_from_the_version_before(self):
        first = self.published()
        self.assertIsNone(preview.of(first)["banding"])
        self.six_fall_ill()
        told = preview.of(draft())
        self.assertEqual(told["banding"]["versi"], 1)
        self.assertGreater(told["banding"]["jumlah"], 0)
        self.assertEqual(len(told["baris"][0]), len(spec.COLUMNS[spec.ATTENDANCE]))

    def test_the_last_closing_makes_the_draft_and_an_earlier_one_does_not(self):
        late = make_opd().name
        staff_month(late, "PNS", [{}] * 6, None)
        self.assertEqual([month for month in auto.due() if month == MONTH], [])
        frappe.db.set_value("Rekap Harian", {"opd": late}, "tutup_bulan", close(late))
        with kept_transaction():
            auto.start_due()
        asked = frappe.get_all(build.DOCTYPE, fields=["dataset", "periode", "status"], order_by="dataset")
        self.assertEqual(
            [tuple(row.values()) for row in asked],
            [("kehadiran-pegawai", MONTH, "Antre"), ("perangkat-daerah", "acuan", "Antre")],
        )
        self.assertEqual(auto.due(), [])

    def test_a_later_closing_with_corrections_of_the_month_is_due_again(self):
        ask().db_set("creation", datetime(2026, 11, 4))
        self.assertEqual(auto.due(), [])
        correct(
            self.pns[0],
            self.big,
            date(2026, 10, 9),
            "S",
            closing=close(self.big, "2026-11", datetime(2026, 12, 2)),
        )
        self.assertIn(MONTH, auto.due())

    def test_nothing_is_published_by_itself_unless_the_setting_gives_days_for_objections(self):
        version = draft()
        version.db_set("diperiksa_pada", datetime(2026, 1, 1))
        with kept_transaction():
            auto.publish_unopposed()
            self.assertEqual(frappe.db.get_value(versions.DOCTYPE, version.name, "status"), "Diperiksa")
            frappe.db.set_single_value(settings.DOCTYPE, "hari_sanggah", 7)
            frappe.clear_document_cache(settings.DOCTYPE, settings.DOCTYPE)
            auto.publish_unopposed()
        self.assertEqual(frappe.db.get_value(versions.DOCTYPE, version.name, "status"), "Terbit")

    def test_settings_refuse_a_limit_below_five_and_codes_without_form(self):
        for field, value in (("ambang", 4), ("kode_wilayah", "1410"), ("lisensi", "javascript:alert(1)")):
            doc = frappe.get_doc(settings.DOCTYPE)
            doc.set(field, value)
            with self.subTest(field), self.assertRaises(SatuDataDitolak):
                doc.save()
