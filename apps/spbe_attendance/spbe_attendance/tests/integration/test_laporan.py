"""What the reports say about computed days, and that ten times the staff asks the database nothing more."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import frappe
from frappe.desk.query_report import run

from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.kehadiran.rekapitulasi import month as month_totals
from spbe_attendance.pemantauan.laporan import card, daily, deduction, discipline, recap, registry, unit
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.laporan_world import day, full_month, write
from spbe_attendance.tests.rekap_world import bulk, bulk_staff, counted

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
MONTH = "2026-10"


def rule(name: str, first: str, last: str | None = None, confirmed: int = 0, **percent: float) -> None:
    """A deduction rule as stored. Of one day only, it is a rule to compare with."""
    values = {"TL1": 0.5, "TL2": 1, "TL3": 1.25, "TL4": 1.5, "TK": 3} | percent
    minutes = {"1": 1, "2": 31, "3": 61, "4": 91}
    frappe.db.delete("Aturan Potongan", {"name": name})
    bulk(
        "Aturan Potongan",
        [
            {
                "name": name,
                "nama_aturan": name,
                "dari": first,
                "sampai": last,
                "dikonfirmasi": confirmed,
                "dasar_potongan": "Seluruh TPP",
                "untuk_pns": 1,
                "untuk_pppk": 1,
                "untuk_pppk_paruh_waktu": 1,
            }
        ],
    )
    steps = [(code, share) for code, share in values.items()]
    steps += [(code.replace("TL", "PSW"), share) for code, share in values.items() if code.startswith("TL")]
    bulk(
        "Aturan Potongan Jenjang",
        [
            {
                "parent": name,
                "parenttype": "Aturan Potongan",
                "parentfield": "jenjang",
                "idx": number,
                "kode": code,
                "menit_dari": minutes.get(code[-1], 0),
                "persen": share,
            }
            for number, (code, share) in enumerate(steps, 1)
        ],
    )


def only(table):
    """The one row of a table."""
    (row,) = [row for part in table.parts for row in part.rows]
    return row


class TestLaporan(SiteTestCase):
    def setUp(self):
        super().setUp()
        frappe.db.delete("Aturan Potongan")
        rule("Uji Berlaku", "2026-01-01")
        self.opd = make_opd().name

    def someone(self, **values):
        return make_pegawai(opd=self.opd, with_user=False, **values)

    def test_a_month_is_summed_day_by_day(self):
        person = self.someone(golongan="III/a")
        write(
            [
                day(person.name, self.opd, date(2026, 10, 1)),
                day(person.name, self.opd, date(2026, 10, 2), "H,TL2,PSW1", late=45, early=10),
                day(person.name, self.opd, date(2026, 10, 3), "L"),
                day(person.name, self.opd, date(2026, 10, 5), "TK"),
                day(person.name, self.opd, date(2026, 10, 6), "H,PSW4", early=None),
                day(person.name, self.opd, date(2026, 10, 7), "CT", koreksi=1),
                day(
                    person.name,
                    self.opd,
                    date(2026, 10, 8),
                    "H,DL",
                    kode_kedua="DL",
                    bagian_kedua=0.5,
                    apel_hadir=1,
                ),
            ]
        )
        row = only(recap.build({"bulan": MONTH, "opd": self.opd}))
        expected = {
            "hari_kerja": 6, "h": 3.5, "tk": 1, "ct": 1, "dl": 0.5, "tl2": 1, "tl2_menit": 45, "psw1": 1, "psw1_menit": 10,
            "psw4": 1, "psw4_menit": 0, "menit": 55, "koreksi": 1, "apel_hadir": 1, "persen_potongan": 6.0,
            "persen_hadir": 66.67, "d1": "H", "d2": "TL2 PSW1", "d3": "L", "d5": "TK", "d7": "CT", "d8": "DL",
        }  # fmt: skip
        assert {key: row.get(key) for key in expected} == expected
        assert row["nip"] == person.nip

    def test_sheets_are_parted_by_employment_and_nobody_loses_a_row(self):
        for status in ("PNS", "CPNS", "PPPK", "PPPK Paruh Waktu", "Alih Daya"):
            person = self.someone(status_kepegawaian="PNS")
            write([day(person.name, self.opd, FIRST, status_kepegawaian=status)])
        table = recap.build({"bulan": MONTH, "opd": self.opd})
        assert {part.title: len(part.rows) for part in table.parts} == {
            "PNS": 2,
            "PPPK": 1,
            "PPPK Paruh Waktu": 1,
            "Non-ASN": 1,
        }

    def test_whoever_changed_employment_within_the_month_has_the_days_of_each_on_its_sheet(self):
        new, hired = self.someone(), self.someone()
        days = [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 5)]
        statuses = {new.name: ("CPNS", "CPNS", "PNS"), hired.name: ("PPPK Paruh Waktu", "PPPK", "PPPK")}
        write(
            [
                day(name, self.opd, when, "TK", status_kepegawaian=status)
                for name, held in statuses.items()
                for when, status in zip(days, held, strict=True)
            ]
        )
        table = recap.build({"bulan": MONTH, "opd": self.opd})
        found = {
            (part.title, row["pegawai"]): (row["tk"], row["persen_potongan"])
            for part in table.parts
            for row in part.rows
        }
        assert found == {
            ("PNS", new.name): (3, 9.0),
            ("PPPK", hired.name): (2, 6.0),
            ("PPPK Paruh Waktu", hired.name): (1, 3.0),
        }

    def test_the_highest_grade_comes_first_and_then_the_alphabet(self):
        for name, grade in (
            ("Zul", "III/b"),
            ("Ani", "III/a"),
            ("Budi", "IV/a"),
            ("Cici", "III/b"),
            ("Dedi", None),
        ):
            write([day(self.someone(nama=name, golongan=grade).name, self.opd, FIRST)])
        (part,) = recap.build({"bulan": MONTH, "opd": self.opd}).parts
        assert [(row["no"], row["nama"]) for row in part.rows] == [
            (1, "Budi"),
            (2, "Cici"),
            (3, "Zul"),
            (4, "Ani"),
            (5, "Dedi"),
        ]

    def test_nik_is_in_no_report(self):
        person = self.someone(nip=None, status_kepegawaian="Non ASN", nik="1410011808960001")
        write([day(person.name, self.opd, FIRST, "TK", status_kepegawaian="Non ASN")])
        for name in registry.REPORTS:
            filters = {
                "bulan": MONTH,
                "opd": self.opd,
                "tanggal": str(FIRST),
                "tahun": 2026,
                "pegawai": person.name,
            }
            assert "1410011808960001" not in str(registry.find(name).build(filters))

    def test_units_below_are_part_of_a_units_report(self):
        below = make_opd(induk=self.opd).name
        person = make_pegawai(opd=below, with_user=False)
        write([day(person.name, below, FIRST)])
        assert only(recap.build({"bulan": MONTH, "opd": self.opd}))["pegawai"] == person.name

    def test_the_same_rule_as_what_if_gives_the_same_deduction(self):
        person = self.someone()
        write(
            [
                day(person.name, self.opd, date(2026, 10, 1), "H,TL1,PSW3", late=30, early=61),
                day(person.name, self.opd, date(2026, 10, 2), "H,TL4,PSW4", late=None, early=None),
                day(person.name, self.opd, date(2026, 10, 5), "TK"),
                day(person.name, self.opd, date(2026, 10, 6), "H,TL4", late=91),
            ]
        )
        row = only(deduction.build({"bulan": MONTH, "opd": self.opd, "aturan": "Uji Berlaku"}))
        assert (row["jumlah"], row["lain"], row["selisih"]) == (9.25, 9.25, 0.0)

    def test_recap_and_month_totals_say_the_same(self):
        names = bulk_staff(12, [self.opd])
        full_month(names, dict.fromkeys(names, self.opd), FIRST, LAST)
        sums = month_totals.totals(MONTH, self.opd)
        rows = {
            row["pegawai"]: row
            for part in recap.build({"bulan": MONTH, "opd": self.opd}).parts
            for row in part.rows
        }
        assert set(sums) == set(rows)
        for name, row in rows.items():
            totals = sums[name].totals
            assert row["menit"] == totals.total_minutes
            assert Decimal(str(row["persen_potongan"])) == totals.percent
            assert Decimal(str(row["persen_hadir"])) == totals.attendance
            assert {key: row[key] for key in ("tk", "tl2", "hari_kerja")} == {
                "tk": totals.sums.days.get("TK", 0),
                "tl2": totals.sums.events.get("TL2", 0),
                "hari_kerja": totals.sums.working_days,
            }

    def test_another_rule_shows_the_difference_and_changes_nothing(self):
        rule("Uji Lain", "2020-01-01", "2020-01-01", confirmed=1, TL2=2, TL3=2, TL4=2, TK=5)
        person = self.someone()
        write(
            [
                day(person.name, self.opd, date(2026, 10, 1), "H,TL2", late=45),
                day(person.name, self.opd, date(2026, 10, 2), "TK"),
            ]
        )
        table = deduction.build({"bulan": MONTH, "opd": self.opd, "aturan": "Uji Lain"})
        row = only(table)
        assert (row["jumlah"], row["lain"], row["selisih"]) == (4.0, 7.0, 3.0)
        assert any("belum dikonfirmasi" in note or "not confirmed" in note for note in table.notes)
        assert only(deduction.build({"bulan": MONTH, "opd": self.opd}))["jumlah"] == 4.0

    def test_what_changed_in_closed_months_is_a_column_of_its_own(self):
        person = self.someone()
        write([day(person.name, self.opd, FIRST, "H,TL1", late=5)])
        bulk(
            "Penyesuaian Rekap",
            [
                {
                    "pegawai": person.name,
                    "opd": self.opd,
                    "tanggal": "2026-09-01",
                    "bulan_berlaku": MONTH,
                    "selisih": 1.5,
                }
            ],
        )
        row = only(deduction.build({"bulan": MONTH, "opd": self.opd}))
        assert (row["jumlah"], row["lalu"], row["total"]) == (0.5, 1.5, 2.0)

    def test_daily_exceptions_leave_out_who_was_present_in_time(self):
        fine, late = self.someone(), self.someone()
        write([day(fine.name, self.opd, FIRST), day(late.name, self.opd, FIRST, "H,TL1", late=12)])
        filters = {"tanggal": str(FIRST), "opd": self.opd}
        assert daily.build_all(filters).count == 2
        row = only(daily.build_exceptions(filters))
        assert (row["pegawai"], row["masuk"], row["terlambat"]) == (late.name, "07.42", 12)

    def test_the_units_recap_adds_up_its_people(self):
        for kind in ("H", "TK"):
            write([day(self.someone().name, self.opd, FIRST, kind)])
        table = unit.build({"bulan": MONTH, "opd": self.opd})
        row = only(table)
        assert (row["staf"], row["hari_kerja"], row["tk"], row["persen_hadir"]) == (2, 2, 1, 50.0)
        assert table.parts[0].total["staf"] == 2

    def test_a_card_has_every_day_and_the_months_sums(self):
        person = self.someone()
        write([day(person.name, self.opd, FIRST), day(person.name, self.opd, date(2026, 10, 2), "TK")])
        table = card.build({"bulan": MONTH, "pegawai": person.name})
        assert [row["kode"] for row in table.parts[0].rows] == ["H", "TK"]
        assert "3" in dict(table.facts)[frappe._("Month")]

    def test_discipline_counts_days_of_the_year_and_the_longest_row(self):
        person = self.someone()
        rows = [day(person.name, self.opd, date(2026, 10, number), "TK") for number in (1, 2, 5)]
        rows += [day(person.name, self.opd, date(2026, 10, number), "L") for number in (3, 4)]
        rows += [
            day(person.name, self.opd, date(2026, 10, 6)),
            day(person.name, self.opd, date(2026, 10, 7), "TK"),
        ]
        rows += [
            day(person.name, self.opd, date(2025, 12, 30), "TK"),
            day(person.name, self.opd, date(2026, 9, 30)),
        ]
        write(rows)
        row = only(discipline.build({"tahun": 2026, "opd": self.opd}))
        assert (row["hari"], row["berturut"], row["tingkat"]) == (4, 3, "Ringan")
        assert row["ancaman"] == "Teguran tertulis"

    def test_half_a_day_without_reason_is_no_day_of_pp_94(self):
        person = self.someone()
        write([day(person.name, self.opd, FIRST, "TK,I", kode_kedua="I", bagian_kedua=0.5)])
        assert discipline.build({"tahun": 2026, "opd": self.opd}).count == 0

    def test_pppk_and_outsourced_staff_are_not_counted_by_pp_94(self):
        person = self.someone()
        write([day(person.name, self.opd, FIRST, "TK", status_kepegawaian="PPPK")])
        assert discipline.build({"tahun": 2026, "opd": self.opd}).count == 0

    def test_the_hour_counter_is_behind_a_switch_and_apart_from_the_days(self):
        person = self.someone()
        rows = [day(person.name, self.opd, date(2026, 10, number), "H,TL4", late=150) for number in (1, 2, 5)]
        write(rows)
        assert discipline.build({"tahun": 2026, "opd": self.opd}).count == 0
        frappe.db.set_single_value("Pengaturan Absensi", "tampilkan_hitungan_jam", 1)
        row = only(discipline.build({"tahun": 2026, "opd": self.opd}))
        assert (row["hari"], row["menit"], row["setara"]) == (0, 450, 1)

    def test_ten_times_the_staff_asks_the_database_nothing_more(self):
        counts = {}
        for many in (20, 200):
            opd = make_opd().name
            names = bulk_staff(many, [opd])
            full_month(names, dict.fromkeys(names, opd), FIRST, LAST)
            for name, report in registry.REPORTS.items():
                filters = {
                    "bulan": MONTH,
                    "opd": opd,
                    "tanggal": str(FIRST),
                    "tahun": 2026,
                    "pegawai": names[0],
                }
                report.build(filters)  # metadata and settings are in the cache afterwards
                with counted() as sent:
                    report.build(filters)
                counts.setdefault(name, []).append(len(sent))
        assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}
        assert max(pair[0] for pair in counts.values()) <= 15

    def test_filters_that_make_no_sense_are_refused_by_name(self):
        for filters in (
            {"bulan": "2026-13"},
            {"bulan": "Oktober"},
            {"status": "Bupati"},
            {"opd": ["a"]},
            {"opd": 5},
        ):
            with self.assertRaises(LaporanDitolak):
                recap.build(filters)
        with self.assertRaises(LaporanDitolak):
            daily.build_all({"tanggal": "kemarin"})
        with self.assertRaises(LaporanDitolak):
            discipline.build({"tahun": "20x6"})
        with self.assertRaises(LaporanDitolak):
            deduction.build({"bulan": MONTH, "aturan": "Tidak Ada"})

    def test_every_report_answers_in_desk(self):
        person = self.someone()
        write([day(person.name, self.opd, FIRST, "TK"), day(person.name, self.opd, date(2026, 10, 6), "H")])
        filters = {
            "bulan": MONTH,
            "opd": self.opd,
            "tanggal": str(FIRST),
            "tahun": 2026,
            "pegawai": person.name,
        }
        for name in registry.REPORTS:
            answer = run(name, filters=json.dumps(filters), are_default_filters=False)
            assert answer["result"], name
            assert {column["fieldname"] for column in answer["columns"]} & set(answer["result"][0]), name

    def test_percentages_are_limited_to_the_whole(self):
        rule("Uji Berlaku", "2026-01-01", TK=40)
        person = self.someone()
        rows = [
            day(person.name, self.opd, date(2026, 10, number), "TK", persen_potongan=40)
            for number in (1, 2, 5)
        ]
        write(rows)
        row = only(recap.build({"bulan": MONTH, "opd": self.opd}))
        assert Decimal(str(row["persen_potongan"])) == 100
        assert "120" in row["ket"]
