"""Sealing, roots and the audit on a real database, tampered with by SQL as somebody with its password would."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import frappe
from frappe.utils import getdate, now_datetime
from freezegun import freeze_time
from openpyxl import load_workbook

from spbe_attendance.evidence import chain, verify
from spbe_attendance.evidence.audit import Audit, Printed
from spbe_attendance.exceptions import LaporanDitolak, SegelTidakDapatDiubah
from spbe_attendance.kehadiran.rekapitulasi import closing
from spbe_attendance.kehadiran.report.periksa_rantai import periksa_rantai
from spbe_attendance.kehadiran.segel import desk, export, roots, sealing, store
from spbe_attendance.pemantauan.cetak import pdf, sheet, xlsx
from spbe_attendance.pemantauan.laporan import recap
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.rekap_world import bulk, bulk_staff, counted, punch_row

DAY = date(2026, 10, 5)
NOTE = "Rapat di luar kota"


class SealedWorld(SiteTestCase):
    """Four persons of one OPD with two days of punches, sealed; the first day is closed."""

    def setUp(self):
        super().setUp()
        self.opd = make_opd().name
        self.staff = sorted(bulk_staff(4, [self.opd]))
        for offset in range(2):
            day = DAY + timedelta(days=offset)
            self.record(day, [(name, hour) for name in self.staff for hour in (7, 16)])
        self.waiting = self.punches()[0]
        frappe.db.set_value(
            "Absensi", self.waiting, {"status": "Menunggu Persetujuan"}, update_modified=False
        )
        self.seal()
        self.close(DAY)

    def record(self, day, rows, **values):
        shared = {
            "opd": self.opd,
            "latitude": 1.0203799,
            "longitude": 102.7249593,
            "akurasi": 11.3,
            "jarak": -0.6,
        }
        shared |= {"putusan_lokasi": "Dalam", "alasan": None, "catatan_persetujuan": None, **values}
        made = [
            punch_row(
                name,
                "Masuk" if hour < 12 else "Pulang",
                datetime(day.year, day.month, day.day, hour, 5),
                **shared,
            )
            for name, hour in rows
        ]
        return bulk("Absensi", made)

    def punches(self):
        return frappe.get_all("Absensi", {"opd": self.opd}, order_by="waktu, pegawai", pluck="name")

    def seal(self):
        return sealing.seal_since(sealing.BEGINNING, commit=False)

    def close(self, day):
        return roots.make({(self.opd, day)})

    def found(self, *printed, notes=False):
        rows = verify.check(export.lines(export.Scope(self.opd)), printed)
        return [row for row in rows if not isinstance(row, Audit) and (notes or row.serious)]

    def named(self, *printed):
        return {(row.code, row.absensi) for row in self.found(*printed)}

    def tamper(self, name, **values):
        frappe.db.set_value("Absensi", name, values, update_modified=False)

    def root(self, day=DAY):
        return frappe.get_all("Akar Harian", {"opd": self.opd, "tanggal": day}, ["*"], order_by="versi desc")[
            0
        ]

    def month(self):
        return roots.of_month([self.opd], date(2026, 10, 1), date(2026, 10, 31)).root


class TestSealing(SealedWorld):
    def test_every_punch_has_a_seal_and_a_chain_without_gap(self):
        for name in self.staff:
            rows = frappe.get_all("Segel Absensi", {"pegawai": name}, ["*"], order_by="urutan")
            assert [row.urutan for row in rows] == [1, 2, 3, 4]
            assert [row.sebelum or "" for row in rows] == ["", *[row.hash for row in rows[:-1]]]
            assert all(store.seal_of(row).expected() == row.hash for row in rows)
        assert [(row.code, row.tanggal) for row in self.found(notes=True)] == [("tanpa_akar", "2026-10-06")]

    def test_sealing_again_makes_nothing(self):
        assert self.seal() == 0
        assert self.close(DAY) == 0

    def test_a_decision_is_sealed_once_with_who_and_when(self):
        head = make_pegawai(opd=self.opd, roles=("Kepala OPD",))
        frappe.set_user(head.user)
        doc = frappe.get_doc("Absensi", self.waiting)
        doc.status, doc.catatan_persetujuan = "Disetujui", NOTE
        doc.save(ignore_version=False)
        frappe.set_user("Administrator")
        # The photo comes afterwards, by somebody else.
        frappe.db.set_value("Absensi", self.waiting, "modified_by", "Guest", update_modified=False)
        assert (self.seal(), self.seal()) == (1, 0)
        seal = frappe.get_doc("Segel Absensi", {"absensi": self.waiting, "peristiwa": "Diputuskan"})
        assert (seal.status, seal.diputuskan_oleh, seal.urutan) == ("Disetujui", head.name, 5)
        assert seal.catatan_sha256 == chain.digest(NOTE)
        assert self.found() == []
        assert self.root().versi == 2
        assert self.root().alasan == "1 segel menyusul setelah hari ditutup"

    def test_a_correction_is_recorded_and_decided_at_once(self):
        [name] = self.record(
            DAY, [(self.staff[0], 15)], status="Disetujui", sumber="Koreksi", waktu_tiba=now_datetime()
        )
        assert self.seal() == 2
        events = frappe.get_all("Segel Absensi", {"absensi": name}, pluck="peristiwa", order_by="urutan")
        assert events == ["Tercatat", "Diputuskan"]
        assert self.found() == []

    def test_a_late_punch_of_a_closed_day_gives_another_version_with_a_reason(self):
        before = self.root()
        self.record(DAY, [(self.staff[1], 12)], waktu_tiba=now_datetime())
        self.seal()
        after = self.root()
        assert (after.versi, after.jumlah, after.sebelum) == (2, before.jumlah + 1, before.hash)
        assert "1 segel" in after.alasan
        assert self.found() == []

    def test_a_late_commit_with_an_early_stamp_is_found_within_the_hour(self):
        stamp = now_datetime() - timedelta(minutes=5)
        self.record(DAY, [(self.staff[0], 11)], modified=stamp)
        self.seal()
        [late] = self.record(DAY, [(self.staff[1], 12)], modified=stamp - timedelta(minutes=50))
        [older] = self.record(DAY, [(self.staff[1], 13)], modified=stamp - timedelta(minutes=70))
        assert sealing.seal_since(sealing.reached() - sealing.OVERLAP, commit=False) == 1
        assert frappe.db.exists("Segel Absensi", {"absensi": late})
        assert not frappe.db.exists("Segel Absensi", {"absensi": older})

    def test_a_backlog_that_was_broken_off_days_ago_is_gone_on_with(self):
        start = now_datetime() - timedelta(days=9)
        for hours in range(6):
            self.record(DAY, [(self.staff[0], hours)], modified=start + timedelta(hours=2 * hours))
        half = [name for name, _modified in store.unsealed(start, 3)]
        sealing.seal(half)
        assert sealing.seal_since(sealing.reached() - sealing.OVERLAP, commit=False) == 3

    def test_a_stamp_from_a_clock_that_went_ahead_hides_nothing(self):
        self.record(DAY, [(self.staff[0], 11)], modified=now_datetime() + timedelta(days=400))
        self.seal()
        self.record(DAY, [(self.staff[0], 12)], modified=now_datetime())
        assert sealing.seal_since(sealing.reached() - sealing.OVERLAP, commit=False) == 1

    def test_what_was_imported_with_old_stamps_is_found_by_its_day(self):
        self.record(DAY, [(self.staff[0], 11)], modified=now_datetime())
        self.seal()
        [name] = self.record(DAY, [(self.staff[1], 12)])
        assert sealing.seal_since(sealing.reached() - sealing.OVERLAP, commit=False) == 0
        assert name in store.unsealed_of_day(DAY, 10)

    def test_today_has_no_root_yet(self):
        today = getdate()
        self.record(today, [(self.staff[0], 7)])
        self.seal()
        assert roots.make({(self.opd, today)}) == 0

    def test_roots_of_an_opd_are_a_chain(self):
        self.close(DAY + timedelta(days=1))
        rows = frappe.get_all("Akar Harian", {"opd": self.opd}, ["*"], order_by="urutan")
        assert [row.urutan for row in rows] == [1, 2]
        assert rows[1].sebelum == rows[0].hash

    def test_the_seals_time_goes_forward_when_the_clock_goes_back(self):
        before = self.newest()
        with freeze_time("2026-01-01 00:00:00"):
            self.record(DAY, [(self.staff[0], 12)])
            assert self.seal() == 1
        assert self.newest() > before

    def newest(self):
        return frappe.get_all("Segel Absensi", fields="max(waktu_segel) as t")[0].t

    def test_the_nightly_sweep_sees_days_that_nobody_closed(self):
        assert (self.opd, DAY + timedelta(days=1)) in roots.incomplete()
        assert (self.opd, DAY) not in roots.incomplete()

    def test_the_number_of_statements_does_not_grow_with_the_punches(self):
        def cost(count):
            self.record(DAY + timedelta(days=1), [(self.staff[at % 4], at % 24) for at in range(count)])
            with counted() as sent:
                assert self.seal() == count
            return len(sent)

        assert cost(4) == cost(200)

    def test_closing_a_day_asks_for_its_seals_once(self):
        asked = []
        original, frappe.enqueue = frappe.enqueue, lambda method, **values: asked.append((method, values))
        try:
            closing.close(DAY, self.opd, commit=False)
        finally:
            frappe.enqueue = original
        jobs = [values for method, values in asked if method is sealing.close_day]
        assert [(job["tanggal"], job["deduplicate"]) for job in jobs] == [("2026-10-05", True)]

    def test_nobody_writes_seals_or_roots(self):
        for doctype in ("Segel Absensi", "Akar Harian"):
            name = frappe.get_all(doctype, {"opd": self.opd}, pluck="name", limit=1)[0]
            doc = frappe.get_doc(doctype, name)
            with self.subTest(doctype):
                self.assertRaises(SegelTidakDapatDiubah, doc.save)
                self.assertRaises(SegelTidakDapatDiubah, frappe.delete_doc, doctype, name, force=True)
                self.assertRaises(
                    SegelTidakDapatDiubah, frappe.get_doc({"doctype": doctype, "opd": self.opd}).insert
                )

    def test_an_export_holds_no_number_of_a_person_unless_asked(self):
        person = frappe.get_doc("Pegawai", self.staff[0])
        person.db_set("nip", "199001012022011999")
        frappe.db.set_value("Absensi", self.punches()[1], "alasan", "sakit gigi", update_modified=False)
        text = "".join(export.lines(export.Scope(self.opd)))
        assert "199001012022011999" not in text
        assert "sakit gigi" not in text
        assert "199001012022011999" in "".join(export.lines(export.Scope(self.opd), identities=True))

    def test_a_month_is_audited_alone(self):
        self.record(date(2026, 9, 7), [(name, 7) for name in self.staff])
        self.seal()
        self.tamper(self.punches()[0], jenis="Pulang")
        assert self.of_month("2026-10") == {"tanpa_akar"}
        assert self.of_month("2026-09") == {"isi_berubah", "tanpa_akar"}

    def of_month(self, month):
        rows = verify.check(export.lines(export.Scope(self.opd, month)))
        return {row.code for row in rows if not isinstance(row, Audit)}


class TestTampering(SealedWorld):
    def test_a_changed_time(self):
        name = self.punches()[3]
        self.tamper(name, waktu="2026-10-05 06:00:00")
        assert self.named() == {("isi_berubah", name)}

    def test_every_immutable_field(self):
        name = self.punches()[3]
        for field in chain.ALL_FIELDS:
            if field in ("name", "pegawai", "opd", "tanggal"):
                continue
            old = frappe.db.get_value("Absensi", name, field)
            other = "2026-10-05 05:00:00" if "waktu" in field else 2.5 if isinstance(old, float) else "lain"
            self.tamper(name, **{field: other})
            with self.subTest(field):
                assert ("isi_berubah", name) in self.named()
            self.tamper(name, **{field: old})
        assert self.found() == []

    def test_a_deleted_row(self):
        name = self.punches()[2]
        frappe.db.delete("Absensi", {"name": name})
        assert self.named() == {("absensi_hilang", name)}

    def test_a_deleted_row_with_its_seal(self):
        name = self.punches()[2]
        person = frappe.db.get_value("Absensi", name, "pegawai")
        frappe.db.delete("Absensi", {"name": name})
        frappe.db.delete("Segel Absensi", {"absensi": name})
        found = self.found()
        assert {row.code for row in found} == {"segel_hilang", "akar_kurang"}
        assert {row.pegawai for row in found} == {"", person}

    def test_an_inserted_row(self):
        [name] = self.record(DAY, [(self.staff[0], 6)])
        assert self.named() == {("absensi_tanpa_segel", name)}

    def test_an_inserted_row_after_the_job_has_sealed_it(self):
        [name] = self.record(DAY, [(self.staff[0], 6)])
        self.seal()
        assert self.named() == {("disisipkan", name)}

    def test_two_swapped_rows(self):
        one, other = self.punches()[:2]
        times = {name: frappe.db.get_value("Absensi", name, "pegawai") for name in (one, other)}
        self.tamper(one, waktu="2026-10-05 07:06:00", pegawai=times[other])
        self.tamper(other, waktu="2026-10-05 07:04:00", pegawai=times[one])
        named = self.named()
        assert {name for _code, name in named} == {one, other}

    def test_a_changed_decision(self):
        self.tamper(self.waiting, status="Disetujui", catatan_persetujuan=NOTE)
        self.seal()
        assert self.found() == []
        for values in ({"status": "Ditolak"}, {"catatan_persetujuan": "lain"}):
            old = frappe.db.get_value("Absensi", self.waiting, next(iter(values)))
            self.tamper(self.waiting, **values)
            self.seal()
            with self.subTest(values):
                assert self.named() == {("keputusan_berubah", self.waiting)}
            self.tamper(self.waiting, **{next(iter(values)): old})

    def test_a_valid_punch_is_not_turned_into_a_rejected_one(self):
        name = self.punches()[5]
        self.tamper(name, status="Ditolak")
        self.seal()
        assert self.named() == {("keputusan_berubah", name)}

    def test_a_changed_seal(self):
        name = self.punches()[3]
        self.tamper(name, waktu="2026-10-05 06:00:00")
        row = store.punches([name])[0]
        seal = {"absensi": name}
        posisi = frappe.db.get_value("Segel Absensi", seal, "posisi_sha256")
        content = chain.content(chain.facts(row), row["status"], posisi=posisi)
        frappe.db.set_value("Segel Absensi", seal, "isi_sha256", content)
        assert self.named() == {("segel_berubah", name)}
        made = store.seal_of(frappe.get_doc("Segel Absensi", seal).as_dict())
        frappe.db.set_value("Segel Absensi", seal, "hash", made.expected())
        assert {"rantai_putus", "akar_tidak_cocok"} == {row.code for row in self.found()}

    def test_a_deleted_root(self):
        self.close(DAY + timedelta(days=1))
        frappe.db.delete("Akar Harian", {"opd": self.opd, "tanggal": DAY})
        assert "akar_hilang" in {row.code for row in self.found()}

    def test_everything_rewritten_consistently_is_found_by_paper_alone(self):
        paper = Printed(self.opd, "2026-10-05", self.root().akar)
        month = Printed(self.opd, "2026-10", self.month())
        assert self.found(paper, month) == []
        self.tamper(self.punches()[3], waktu="2026-10-05 06:00:00")
        frappe.db.delete("Segel Absensi", {"opd": self.opd})
        frappe.db.delete("Akar Harian", {"opd": self.opd})
        self.seal()
        self.close(DAY)
        assert self.found() == []
        assert {row.code for row in self.found(paper, month)} == {"cetak_tidak_cocok"}

    def test_the_script_says_who_and_what(self):
        name = self.punches()[3]
        self.tamper(name, waktu="2026-10-05 06:00:00")
        source, out = io.StringIO("".join(export.lines(export.Scope(self.opd)))), io.StringIO()
        assert verify.run(source, [], out) == verify.CHANGED
        assert f"Isi absensi {name} berubah sejak disegel." in out.getvalue()
        assert frappe.db.get_value("Absensi", name, "pegawai") in out.getvalue()


class TestDesk(SealedWorld):
    def test_the_report_names_what_was_changed_and_counts(self):
        name = self.punches()[3]
        self.tamper(name, waktu="2026-10-05 06:00:00")
        found = periksa_rantai.execute({"opd": self.opd, "bulan": "2026-10"})
        assert [row["absensi"] for row in found[1] if row["keadaan"] == "Changed"] == [name]
        assert "16 punches and 16 seals of 4 persons" in found[2]
        assert "Changed since sealing: 1." in found[2]

    def test_every_finding_is_said_in_the_readers_language(self):
        assert set(desk.sentences()) == set(verify.WORDS)

    def test_a_month_that_there_is_not_is_refused(self):
        self.assertRaises(LaporanDitolak, desk.check, self.opd, "2026-13")
        self.assertRaises(LaporanDitolak, desk.check, "TIDAK-ADA", "2026-10")

    def test_the_printed_recap_carries_the_root_that_the_audit_finds(self):
        closing.close(DAY, self.opd, commit=False)
        table = recap.build({"bulan": "2026-10", "opd": self.opd})
        assert table.root.endswith(self.month())
        composed = sheet.compose(table, "Administrator")
        assert self.month() in pdf.page(composed)
        book = load_workbook(io.BytesIO(xlsx.write(composed)))
        texts = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
        assert any(self.month() in text for text in texts)
        printed = Printed(self.opd, "2026-10", table.root.rsplit(" ", 1)[1])
        assert self.found(printed) == []
