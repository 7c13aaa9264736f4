"""The analytics of a month: counted right, and of the units that the reader may see."""

from datetime import date

import frappe
from freezegun import freeze_time

from spbe_attendance.api import analitik as api
from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.pemantauan.analitik import charts, months
from spbe_attendance.pemantauan.laporan import arrivals, overview
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_absensi,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_role_user,
    make_tinjauan,
)
from spbe_attendance.tests.rekap_world import add_day, bulk, counted, punch_row

# A month in which no other test has computed days; a Tuesday of it.
MONTH, DAY = "2024-05", date(2024, 5, 14)
ASKED = {"bulan": MONTH}
CHARTS = (
    api.tren_bulanan,
    api.ketepatan_opd,
    api.jam_datang,
    api.pengecualian,
    api.lama_keputusan,
    api.isyarat,
)
CARDS = (api.tepat_waktu, api.tanpa_keterangan, api.jam_keputusan, api.isyarat_menunggu)


class AnalyticsCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = make_opd().name
        cls.unit, cls.foreign = make_opd(induk=cls.office).name, make_opd().name
        cls.head = make_pegawai(opd=cls.office, roles=("Kepala OPD",))
        cls.here, cls.there = make_pegawai(opd=cls.office), make_pegawai(opd=cls.unit)
        cls.stranger = make_pegawai(opd=cls.foreign)
        cls.boss, cls.leader = make_role_user("BKPSDM"), make_role_user("Pimpinan")
        add_day(cls.here, DAY, "H", "H", masuk="2024-05-14 07:20:00")
        add_day(cls.there, DAY, "H,TL1", "H", masuk="2024-05-14 08:05:00")
        add_day(cls.head, DAY, "TK", "TK")
        add_day(cls.stranger, DAY, "H", "H", masuk="2024-05-14 07:25:00")
        # A Sunday counts nowhere.
        add_day(cls.here, date(2024, 5, 12), "L", "L")

    def series(self, chart, **asked):
        found = chart({**ASKED, **asked})
        return {
            row["name"]: dict(zip(found["labels"], row["values"], strict=True)) for row in found["datasets"]
        }


class TestMonths(AnalyticsCase):
    def test_the_trend_has_twelve_months_in_per_cent_of_the_days_due(self):
        frappe.set_user(self.head.user)
        found = api.tren_bulanan(ASKED)
        self.assertEqual(len(found["labels"]), 12)
        self.assertEqual([row["values"][-1] for row in found["datasets"]], [33.3, 33.3, 0, 33.3])
        self.assertEqual({value for row in found["datasets"] for value in row["values"][:-1]}, {0})

    def test_units_with_the_lowest_share_on_time_come_first(self):
        frappe.set_user(self.boss)
        (shares,) = self.series(api.ketepatan_opd).values()
        names = charts.unit_names([self.office, self.unit, self.foreign])
        self.assertEqual(list(shares.values()), sorted(shares.values()))
        self.assertEqual([shares[names[opd]] for opd in (self.unit, self.office, self.foreign)], [0, 50, 100])

    def test_the_chart_of_one_reader_is_never_that_of_the_next(self):
        frappe.set_user(self.boss)
        self.assertEqual(len(api.ketepatan_opd(ASKED)["labels"]), 3)
        frappe.set_user(self.head.user)
        self.assertEqual(len(api.ketepatan_opd(ASKED)["labels"]), 2)
        self.assertEqual(len(api.ketepatan_opd({**ASKED, "opd": self.unit})["labels"]), 1)

    def test_where_nothing_is_counted_there_is_no_chart(self):
        frappe.set_user(self.head.user)
        empty = {"bulan": "2023-01"}
        charts_of_a_month = [chart for chart in CHARTS if chart is not api.tren_bulanan]
        self.assertEqual([chart(empty) for chart in charts_of_a_month], [{}] * 5)

    def test_arrivals_stand_in_their_weekday_and_hour(self):
        frappe.set_user(self.head.user)
        (tuesday,) = self.series(api.jam_datang).values()
        self.assertEqual(tuesday, {"07.00": 1, "08.00": 1})
        rows = arrivals.build(ASKED).parts[0].rows
        self.assertEqual([row["jumlah"] for row in rows], [0, 2, 0, 0, 0, 0, 0])
        self.assertEqual((rows[1]["j7"], rows[1]["j8"], rows[1]["sebelum"]), (1, 1, 0))

    def test_counts_are_kept_for_a_while_and_made_anew_at_night(self):
        frappe.set_user(self.head.user)
        api.ketepatan_opd(ASKED)
        add_day(self.here, date(2024, 5, 15), "TK", "TK")
        before = overview.build(ASKED).parts[0].total["hari_kerja"]
        months.forget()
        self.assertEqual((before, overview.build(ASKED).parts[0].total["hari_kerja"]), (3, 4))

    def test_the_overview_says_the_month_of_each_unit_in_one_line(self):
        frappe.set_user(self.head.user)
        part = overview.build(ASKED).parts[0]
        self.assertEqual(
            [(row["opd"], row["tepat"], row["alpa"]) for row in part.rows],
            [(self.office, 50, 50), (self.unit, 0, 0)],
        )
        self.assertEqual((part.total["hari_kerja"], part.total["kurang"]), (3, 33.3))


class TestRequests(AnalyticsCase):
    def exception(self, person, **values):
        moment = frappe.utils.get_datetime("2024-05-14 07:20:00")
        row = punch_row(
            person.name, "Masuk", moment, **{"opd": person.opd, "status": "Menunggu Persetujuan", **values}
        )
        return bulk("Absensi", [row])[0]

    def step(self, name, at, by):
        values = {
            "comment_type": "Workflow",
            "reference_doctype": "Absensi",
            "reference_name": name,
            "content": "Disetujui",
        }
        comment = frappe.get_doc({"doctype": "Comment", "comment_email": by, **values}).insert(
            ignore_permissions=True
        )
        comment.db_set("creation", at, update_modified=False)

    def test_exceptions_are_told_by_their_reason(self):
        self.exception(self.here)
        self.exception(self.here, sebab_saksi="Ponsel Mati", saksi=self.head.name, status="Sah")
        self.exception(self.stranger)
        values = {
            "opd": self.unit,
            "tanggal": DAY,
            "jenis": "Masuk",
            "sebab": "Lupa Absen",
            "status": "Disetujui",
        }
        bulk("Koreksi Absensi", [{"pegawai": self.there.name, **values}])
        frappe.set_user(self.head.user)
        (found,) = self.series(api.pengecualian).values()
        self.assertEqual(sorted(found.values()), [1, 1, 1])
        frappe.set_user(self.leader)
        (found,) = self.series(api.pengecualian).values()
        self.assertEqual(max(found.values()), 2)

    def test_the_time_to_decide_runs_from_filing_to_the_first_step_of_somebody_else(self):
        first, second = self.exception(self.here), self.exception(self.there)
        for name in (first, second):
            frappe.db.set_value(
                "Absensi",
                name,
                {"creation": "2024-05-14 08:00:00", "owner": self.here.user},
                update_modified=False,
            )
        # What the applicant does is no decision.
        self.step(first, "2024-05-14 08:30:00", self.here.user)
        self.step(first, "2024-05-14 10:00:00", self.head.user)
        self.step(first, "2024-05-15 10:00:00", self.boss)
        self.step(second, "2024-05-14 14:00:00", self.head.user)
        frappe.set_user(self.head.user)
        (hours,) = self.series(api.lama_keputusan).values()
        self.assertEqual(list(hours.values()), [6, 2])
        self.assertEqual(overview.build(ASKED).parts[0].total["jam"], 4)

    def test_signals_are_summed_by_kind_and_outcome_and_nobody_counts_the_own_ones(self):
        make_lokasi(opd=self.office)
        with freeze_time("2024-05-14 00:20:00"):
            for person, status in ((self.here, "Menunggu"), (self.there, "Wajar"), (self.head, "Menunggu")):
                frappe.set_user(person.user)
                punch = make_absensi()
                frappe.set_user("Administrator")
                make_tinjauan(punch).db_set("status", status)
        frappe.set_user(self.head.user)
        waiting, fine, void = self.series(api.isyarat).values()
        self.assertEqual([sum(row.values()) for row in (waiting, fine, void)], [1, 1, 0])
        frappe.set_user(self.leader)
        self.assertEqual(sum(next(iter(self.series(api.isyarat).values())).values()), 2)


class TestWhoSeesThem(AnalyticsCase):
    def test_who_leads_no_unit_gets_no_figure_at_all(self):
        for user in (self.here.user, make_role_user("Wali Data")):
            frappe.set_user(user)
            for figure in (*CHARTS, *CARDS):
                with (
                    self.subTest(user=user, figure=figure.__name__),
                    self.assertRaises(frappe.PermissionError),
                ):
                    figure()

    def test_a_head_asks_for_no_unit_of_others(self):
        frappe.set_user(self.head.user)
        for chart in CHARTS:
            with self.subTest(chart.__name__), self.assertRaises(frappe.PermissionError):
                chart({"opd": self.foreign})

    def test_filters_that_nobody_could_choose_are_refused_by_name(self):
        frappe.set_user(self.boss)
        for asked in ({"bulan": "2024-13"}, {"opd": ["x"]}, "{"):
            for chart in CHARTS:
                with self.subTest(asked=str(asked)), self.assertRaises(LaporanDitolak):
                    chart(asked)

    def test_cards_show_the_running_month_and_before_its_first_day_the_last_one(self):
        frappe.set_user(self.head.user)
        with freeze_time("2024-05-31 03:00:00"):
            self.assertEqual(api.tepat_waktu()["value"], 33.3)
        with freeze_time("2024-06-01 03:00:00"):
            self.assertEqual(api.tanpa_keterangan()["value"], 33.3)
            self.assertEqual((api.jam_keputusan(), api.isyarat_menunggu()), ("–", 0))

    def test_charts_that_are_asked_for_no_month_show_that_of_the_cards(self):
        frappe.set_user(self.head.user)
        for moment in ("2024-05-31 03:00:00", "2024-06-01 03:00:00"):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(api.ketepatan_opd()["datasets"][0]["values"], [0, 50])
                self.assertEqual(api.jam_datang()["labels"], ["07.00", "08.00"])
        with freeze_time("2024-06-01 03:00:00"):
            self.assertEqual(api.ketepatan_opd({"bulan": "2024-06"}), {})

    def test_statements_do_not_grow_with_units_and_days(self):
        frappe.set_user(self.boss)
        few = self.statements()
        frappe.set_user("Administrator")
        for number in range(3):
            person = make_pegawai(opd=make_opd(induk=self.office).name, with_user=False)
            add_day(person, date(2024, 5, 15 + number), "H", "H")
        frappe.set_user(self.boss)
        self.assertEqual(self.statements(), few)

    def statements(self):
        for chart in CHARTS:
            chart(ASKED)  # settings and metadata are in the cache, as in any worker
        months.forget()
        with counted() as found:
            for chart in CHARTS:
                chart(ASKED)
            overview.build(ASKED)
        return len(found)
