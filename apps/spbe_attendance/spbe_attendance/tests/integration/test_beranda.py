"""What workspaces, number cards, charts and forms of Desk count: what the reader may see, and nothing else."""

import json
from datetime import date, timedelta

import frappe
from freezegun import freeze_time

from spbe_attendance.api import beranda
from spbe_attendance.overrides import framework_methods
from spbe_attendance.pemantauan.beranda import charts, onboarding, presence, year
from spbe_attendance.setup.roles import ROLES
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_absensi,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_role_user,
)
from spbe_attendance.tests.rekap_world import add_day

# A Monday morning in Selatpanjang, half past eight.
MONDAY = "2026-11-23 01:30:00"
DAY = date(2026, 11, 23)
ROOMS = {
    "BKPSDM": "Ruang BKPSDM",
    "Admin OPD": "Ruang Admin OPD",
    "Kepala OPD": "Ruang Kepala OPD",
    "Wali Data": "Ruang Wali Data",
    "Pimpinan": "Ruang Pimpinan",
}
LEADERS = ("BKPSDM", "Kepala OPD", "Pimpinan")


class TestPresence(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = make_opd().name
        cls.unit = make_opd(induk=cls.office).name
        cls.foreign = make_opd().name
        make_lokasi(opd=cls.office)
        make_lokasi(opd=cls.foreign)
        cls.head = make_pegawai(opd=cls.office, roles=("Kepala OPD",))
        cls.here, cls.late = make_pegawai(opd=cls.office), make_pegawai(opd=cls.unit)
        cls.stranger = make_pegawai(opd=cls.foreign)
        make_pegawai(opd=cls.office, with_user=False, status="Pensiun")

    def punch(self, person):
        frappe.set_user(person.user)
        return make_absensi()

    def counted(self, opd=None):
        found = presence.of_day(presence.today(), opd)
        return found.staff, found.present, found.away, found.missing

    def test_a_head_counts_the_own_subtree_and_nobody_else(self):
        with freeze_time(MONDAY):
            self.punch(self.here)
            self.punch(self.stranger)
            frappe.set_user(self.head.user)
            self.assertEqual(self.counted(), (3, 1, 0, 2))
            self.assertEqual((beranda.hadir_hari_ini(), beranda.belum_absen()), (1, 2))

    def test_a_rejected_punch_is_no_presence(self):
        with freeze_time(MONDAY):
            self.punch(self.here).db_set("status", "Ditolak")
            frappe.set_user(self.head.user)
            self.assertEqual(self.counted(), (3, 0, 0, 3))

    def test_on_a_free_day_nobody_is_missing(self):
        with freeze_time("2026-11-22 01:30:00"):
            frappe.set_user(self.head.user)
            self.assertEqual(self.counted(), (3, 0, 0, 0))

    def test_who_is_away_by_permit_is_not_missing(self):
        kind = frappe.db.get_value("Jenis Ketidakhadiran", {"kode_rekap": "CT"})
        permit = frappe.get_doc(
            {"doctype": "Ketidakhadiran", "pegawai": self.here.name, "opd": self.office, "jenis": kind}
        )
        permit.update({"dari": DAY, "sampai": DAY, "status": "Disetujui", "name": "uji-izin"}).db_insert()
        with freeze_time(MONDAY):
            frappe.set_user(self.head.user)
            self.assertEqual(self.counted(), (3, 0, 1, 2))

    def test_an_opd_counts_all_below_it(self):
        with freeze_time(MONDAY):
            self.punch(self.late)
            frappe.set_user(self.head.user)
            self.assertEqual(
                beranda.opd_hari_ini(self.office), {"pegawai": 3, "hadir": 1, "izin": 0, "belum": 2}
            )
            self.assertEqual(
                beranda.opd_hari_ini(self.unit), {"pegawai": 1, "hadir": 1, "izin": 0, "belum": 0}
            )

    def test_the_figures_of_another_opd_are_refused(self):
        frappe.set_user(self.head.user)
        with self.assertRaises(frappe.PermissionError):
            beranda.opd_hari_ini(self.foreign)

    def test_wali_data_who_reads_no_staff_gets_no_figures_of_staff(self):
        frappe.set_user(make_role_user("Wali Data"))
        for figure in (beranda.hadir_hari_ini, beranda.kehadiran_per_opd, beranda.kehadiran_14_hari):
            with self.subTest(figure.__name__), self.assertRaises(frappe.PermissionError):
                figure()

    def test_the_number_of_statements_does_not_grow_with_the_staff(self):
        with freeze_time(MONDAY):
            frappe.set_user(self.head.user)
            presence.of_day(DAY)
            few = self.statements()
            frappe.set_user("Administrator")
            for _number in range(4):
                make_pegawai(opd=self.unit, with_user=False)
            frappe.set_user(self.head.user)
            self.assertEqual(self.statements(), few)

    def statements(self) -> int:
        before = frappe.db.sql
        count = [0]

        def counting(*args, **kwargs):
            count[0] += 1
            return before(*args, **kwargs)

        frappe.db.sql = counting
        try:
            presence.of_day(DAY)
        finally:
            frappe.db.sql = before
        return count[0]

    def test_units_with_most_missing_come_first_in_the_chart(self):
        with freeze_time(MONDAY):
            self.punch(self.late)
            frappe.set_user(self.head.user)
            found = charts.units(DAY)
        present, _away, missing = (row["values"] for row in found["datasets"])
        self.assertEqual((sum(present), sum(missing)), (1, 2))
        self.assertEqual(missing, sorted(missing, reverse=True))


class TestCharts(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd().name
        cls.head = make_pegawai(opd=cls.opd, roles=("Kepala OPD",))
        cls.person, cls.stranger = make_pegawai(opd=cls.opd), make_pegawai()
        times = {"masuk": "2026-11-20 07:20:00", "pulang": "2026-11-20 16:20:00"}
        add_day(cls.person, date(2026, 11, 20), "H", "H", **times)
        add_day(cls.head, date(2026, 11, 20), "H,TL1", "H")
        add_day(cls.person, date(2026, 11, 19), "TK", "TK")
        add_day(cls.person, date(2026, 11, 22), "L", "L")
        add_day(cls.stranger, date(2026, 11, 20), "CT", "CT")

    def test_the_last_days_are_told_by_how_they_ended_free_days_left_out(self):
        frappe.set_user(self.head.user)
        found = charts.days(DAY)
        self.assertEqual(len(found["labels"]), 2)
        self.assertEqual([row["values"] for row in found["datasets"]], [[0, 1], [0, 1], [0, 0], [1, 0]])

    def test_every_code_of_a_day_has_its_group(self):
        shown = {
            code: charts.kind(code, code.split(",")[0]) for code in ("H", "H,PSW2", "WFA", "DL", "TK", "CBer")
        }
        self.assertEqual(
            list(shown.values()),
            [charts.ON_TIME, charts.PARTLY, charts.ON_TIME, charts.AWAY, charts.ABSENT, charts.FREE],
        )

    def test_a_persons_year_has_the_hours_of_the_days_present(self):
        with freeze_time(MONDAY):
            frappe.set_user(self.head.user)
            self.assertEqual(list(year.hours(self.person.name).values()), [9.0])
            frappe.set_user(self.stranger.user)
            self.assertEqual(year.hours(self.person.name), {})

    def test_connections_of_a_form_are_counted_as_their_reader_may_see_them(self):
        frappe.set_user(self.person.user)
        found = framework_methods.get_open_count(
            "Pegawai", self.person.name, json.dumps(["Rekap Harian", "Catatan Akun"])
        )
        self.assertEqual({row["name"]: row["count"] for row in found["count"]}["Rekap Harian"], 3)
        with self.assertRaises(frappe.PermissionError):
            framework_methods.get_open_count("Pegawai", self.stranger.name)

    def test_no_form_counts_what_the_reader_may_not_read(self):
        frappe.set_user(make_role_user("Wali Data"))
        found = framework_methods.get_open_count("OPD", self.opd)
        self.assertNotIn("Pegawai", {row["name"] for row in found["count"]})

    def test_places_are_grouped_by_the_accuracy_of_their_punches(self):
        place = make_lokasi(opd=self.opd).name
        frappe.get_doc(
            {"doctype": "Ukuran Lokasi", "lokasi": place, "opd": self.opd, "jumlah": 9, "akurasi_median": 12}
        ).insert()
        frappe.set_user(make_role_user("Wali Data"))
        before = charts.accuracy()["datasets"][0]["values"]
        self.assertGreaterEqual(before[1], 1)


class TestRooms(SiteTestCase):
    def page(self, name):
        return framework_methods.get_desktop_page(json.dumps({"name": name, "title": name, "public": 1}))

    def test_each_role_has_the_own_room_first_and_finds_all_in_it_that_it_names(self):
        for role, room in ROOMS.items():
            frappe.set_user("Administrator")
            page = frappe.get_doc("Workspace", room)
            frappe.set_user(make_role_user(role))
            with self.subTest(role):
                pages = [row["name"] for row in framework_methods.get_workspace_sidebar_items()["pages"]]
                shared = ["Analitik"] if role in LEADERS else []
                self.assertEqual(pages, [room, *shared, "SPBE Absensi"])
                self.shows_everything(page, self.page(room))

    def test_the_analytics_show_a_leader_everything_in_them(self):
        page = frappe.get_doc("Workspace", "Analitik")
        self.assertEqual((len(page.charts), len(page.number_cards)), (6, 4))
        for role in LEADERS:
            frappe.set_user(make_role_user(role))
            with self.subTest(role):
                self.shows_everything(page, self.page("Analitik"))

    def shows_everything(self, page, shown):
        links = [row.label for row in page.links if row.type == "Link"]
        self.assertEqual([link["label"] for card in shown["cards"]["items"] for link in card["links"]], links)
        for kind, field in (("number_cards", "number_card_name"), ("charts", "chart_name")):
            self.assertEqual(
                [row.get(field) for row in shown[kind]["items"]], [row.get(field) for row in page.get(kind)]
            )
        self.assertEqual(len(shown["shortcuts"]["items"]), len(page.shortcuts))

    def test_what_a_room_shows_is_what_it_holds(self):
        for room in (*ROOMS.values(), "Analitik"):
            page = frappe.get_doc("Workspace", room)
            named = {
                "number_card": "number_card_name",
                "chart": "chart_name",
                "shortcut": "shortcut_name",
                "card": "card_name",
            }
            shown = {kind: [] for kind in named}
            for block in json.loads(page.content):
                if block["type"] in named:
                    shown[block["type"]].append(block["data"][named[block["type"]]])
            with self.subTest(room):
                self.assertEqual(shown["number_card"], [row.number_card_name for row in page.number_cards])
                self.assertEqual(shown["chart"], [row.chart_name for row in page.charts])
                self.assertEqual(shown["shortcut"], [row.label for row in page.shortcuts])
                self.assertEqual(shown["card"], [row.label for row in page.links if row.type == "Card Break"])

    def test_every_desk_role_has_a_room(self):
        self.assertEqual({role for role, desk in ROLES.items() if desk}, set(ROOMS))


class TestOnboarding(SiteTestCase):
    def steps(self):
        return {step["name"]: step["is_complete"] for item in onboarding.shown() for step in item["items"]}

    def test_a_step_is_done_when_its_facts_are_there_whoever_made_them(self):
        frappe.set_user(make_role_user("BKPSDM"))
        frappe.db.set_single_value("Pengaturan Absensi", "mode", "Uji Coba")
        self.assertEqual(self.steps()["Berlakukan penuh"], 0)
        frappe.db.set_single_value("Pengaturan Absensi", "mode", "Berlaku Penuh")
        self.assertEqual(self.steps()["Berlakukan penuh"], 1)

    def test_pressing_a_button_does_not_finish_a_step(self):
        frappe.set_user(make_role_user("BKPSDM"))
        frappe.db.set_single_value("Pengaturan Absensi", "mode", "Uji Coba")
        frappe.db.set_value("Onboarding Step", "Berlakukan penuh", "is_complete", 1)
        self.assertEqual(self.steps()["Berlakukan penuh"], 0)

    def test_a_person_without_place_keeps_readiness_open(self):
        person = make_pegawai(with_user=False)
        frappe.set_user(make_role_user("BKPSDM"))
        self.assertEqual(self.steps()["Periksa kesiapan tiap unit"], 0)
        frappe.set_user("Administrator")
        for other in frappe.get_all("Pegawai", {"name": ["!=", person.name]}, pluck="name"):
            frappe.db.set_value("Pegawai", other, "status", "Pensiun")
        make_lokasi(opd=person.opd)
        frappe.set_user(make_role_user("BKPSDM"))
        self.assertEqual(self.steps()["Periksa kesiapan tiap unit"], 1)

    def test_five_days_with_punches_are_a_trial(self):
        opd = make_opd().name
        make_lokasi(opd=opd)
        person = make_pegawai(opd=opd)
        for back in range(onboarding.TRIAL_DAYS):
            with freeze_time(f"{DAY - timedelta(days=back)} 00:20:00"):
                frappe.set_user(person.user)
                make_absensi()
        frappe.set_user(make_role_user("BKPSDM"))
        self.assertEqual(self.steps()["Jalankan masa uji coba"], 1)

    def test_who_prepares_nothing_sees_no_steps(self):
        frappe.set_user(make_pegawai(roles=("Kepala OPD",)).user)
        self.assertEqual(onboarding.shown(), [])

    def test_every_step_has_its_facts(self):
        self.assertEqual(
            [row.step for row in frappe.get_doc("Module Onboarding", onboarding.NAME).steps],
            list(onboarding.DONE),
        )
