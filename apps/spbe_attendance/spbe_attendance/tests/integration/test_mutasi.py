"""Changes of a person with a date: who decides, from which day they hold, what follows them, and the way back."""

from datetime import date, timedelta

import frappe
from frappe.model.workflow import apply_workflow
from freezegun import freeze_time

from spbe_attendance.api import mutasi as api
from spbe_attendance.kehadiran.rekapitulasi import closing, recompute
from spbe_attendance.kepegawaian.exceptions import MutasiDitolak, MutasiTidakDapatDiubah
from spbe_attendance.kepegawaian.mutasi import history, service
from spbe_attendance.patches.v0_1 import past_positions
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_perangkat, make_role_user
from spbe_attendance.tests.rekap_world import add_day, bulk, day_rows

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


class ChangeCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old, cls.new = make_opd(), make_opd()
        cls.head = make_pegawai(opd=cls.old.name, roles=("Kepala OPD",))
        cls.admin = make_pegawai(opd=cls.old.name, roles=("Admin OPD",))
        cls.new_admin = make_pegawai(opd=cls.new.name, roles=("Admin OPD",))
        cls.bkpsdm = make_role_user("BKPSDM")

    def setUp(self):
        super().setUp()
        clock = freeze_time("2026-11-20 03:00:00")
        clock.start()
        self.addCleanup(clock.stop)
        self.person = make_pegawai(opd=self.old.name)

    def proposed(self, jenis="Pindah OPD", first=TODAY, **values):
        if jenis == "Pindah OPD":
            values.setdefault("opd_baru", self.new.name)
        fresh = {
            "doctype": "Mutasi Pegawai",
            "pegawai": self.person.name,
            "jenis": jenis,
            "berlaku_mulai": first,
            **values,
        }
        return frappe.get_doc(fresh).insert()

    def decided(self, jenis="Pindah OPD", first=TODAY, **values):
        frappe.set_user(self.bkpsdm)
        return apply_workflow(self.proposed(jenis, first, **values), "Setujui")

    def stored(self, *fields):
        return frappe.db.get_value("Pegawai", self.person.name, fields or ["opd", "berlaku_sejak"])


class TestDecisions(ChangeCase):
    def test_the_old_office_proposes_and_bkpsdm_decides(self):
        frappe.set_user(self.admin.user)
        change = self.proposed()
        with self.assertRaises(frappe.ValidationError):
            apply_workflow(change, "Setujui")
        self.assertEqual(self.stored("opd"), self.old.name)
        frappe.set_user(self.bkpsdm)
        apply_workflow(frappe.get_doc("Mutasi Pegawai", change.name), "Setujui")
        self.assertEqual(self.stored(), (self.new.name, TODAY))

    def test_nobody_proposes_for_people_of_others_whatever_the_request_says(self):
        for user in (self.new_admin.user, self.head.user, self.person.user, make_role_user("Pimpinan")):
            frappe.set_user(user)
            with self.subTest(user), self.assertRaises(frappe.PermissionError):
                self.proposed(opd=self.new.name)

    def test_nobody_decides_about_oneself(self):
        self.person = make_pegawai(opd=self.old.name, roles=("BKPSDM",))
        frappe.set_user(self.person.user)
        with self.assertRaises(frappe.ValidationError):
            apply_workflow(self.proposed(), "Setujui")

    def test_a_change_cannot_be_born_approved(self):
        frappe.set_user(self.admin.user)
        change = self.proposed(status="Disetujui", diterapkan_pada="2026-01-01 00:00:00")
        self.assertEqual((change.status, change.diterapkan_pada), ("Diusulkan", None))

    def test_what_was_decided_is_not_edited_but_may_get_its_decree(self):
        change = frappe.get_doc("Mutasi Pegawai", self.decided().name)
        change.update({"nomor_sk": "800/17/BKPSDM/2026"})
        change.save()
        change.reload()
        change.berlaku_mulai = TODAY - DAY
        with self.assertRaises(MutasiTidakDapatDiubah):
            change.save()

    def test_what_contradicts_itself_is_refused(self):
        frappe.set_user(self.bkpsdm)
        for values in (
            {"opd_baru": self.old.name},
            {"opd_baru": None},
            {"jenis": "Perubahan Jabatan/Golongan"},
            {"jenis": "Nonaktif Sementara"},
            {"jenis": "Nonaktif Sementara", "alasan_nonaktif": "CLTN", "berlaku_sampai": TODAY - DAY},
            {"jenis": "Perubahan Status Kepegawaian", "status_kepegawaian_baru": "PNS", "nip_baru": "123"},
            {"first": TODAY + timedelta(days=1000)},
        ):
            with self.subTest(values), self.assertRaises(MutasiDitolak):
                self.proposed(**values)

    def test_who_becomes_asn_gets_a_number_that_nobody_has(self):
        self.person = make_pegawai(opd=self.old.name, nip=None, status_kepegawaian="Non ASN")
        frappe.set_user(self.bkpsdm)
        kind = {"jenis": "Perubahan Status Kepegawaian", "status_kepegawaian_baru": "PPPK Paruh Waktu"}
        for number in (None, self.head.nip):
            with self.subTest(number), self.assertRaises(MutasiDitolak):
                self.proposed(**kind, nip_baru=number)
        self.decided(**kind, nip_baru="199009132025242014")
        self.assertEqual(self.stored("nip", "status_kepegawaian"), ("199009132025242014", "PPPK Paruh Waktu"))
        self.assertEqual(frappe.db.get_value("User", self.person.user, "username"), "199009132025242014")


class TestDays(ChangeCase):
    def test_rights_follow_the_day(self):
        change = self.decided(first=TODAY + DAY)
        self.assertTrue(frappe.has_permission("Pegawai", doc=self.person, user=self.head.user))
        frappe.set_user("Administrator")
        service.apply_due()
        self.assertEqual(self.stored("opd"), self.old.name)
        change.db_set("berlaku_mulai", TODAY)
        self.assertEqual(service.apply_due(), 1)
        person = frappe.get_doc("Pegawai", self.person.name)
        self.assertFalse(frappe.has_permission("Pegawai", doc=person, user=self.head.user))
        self.assertTrue(frappe.has_permission("Pegawai", doc=person, user=self.new_admin.user))
        self.assertEqual(service.apply_due(), 0)

    def test_days_behind_are_computed_again_for_the_office_of_each_day(self):
        first, moved = TODAY - 3 * DAY, TODAY - 2 * DAY
        for day in (first, moved):
            closing.close(day, self.old.name, commit=False)
        self.decided(first=moved)
        frappe.set_user("Administrator")
        while recompute.step(commit=False) is not None:
            pass
        rows = day_rows([self.person.name], first, moved)
        self.assertEqual(
            [rows[self.person.name, day].opd for day in (first, moved)], [self.old.name, self.new.name]
        )

    def test_the_old_head_still_reads_the_old_days_and_no_later_ones(self):
        self.test_days_behind_are_computed_again_for_the_office_of_each_day()
        frappe.set_user(self.head.user)
        seen = frappe.get_list("Rekap Harian", {"pegawai": self.person.name}, pluck="tanggal")
        self.assertEqual(seen, [TODAY - 3 * DAY])

    def test_a_day_without_a_row_is_computed_as_what_held_on_it(self):
        self.decided(first=TODAY - 2 * DAY)
        frappe.set_user("Administrator")
        for day in (TODAY - 3 * DAY, TODAY - 2 * DAY):
            closing.close(day, self.old.name, commit=False)
            closing.close(day, self.new.name, commit=False)
        rows = day_rows([self.person.name], TODAY - 3 * DAY, TODAY - 2 * DAY)
        self.assertEqual([rows[key].opd for key in sorted(rows)], [self.old.name, self.new.name])

    def test_a_pause_takes_exactly_its_days_out_and_the_account_with_it(self):
        first = TODAY - 5 * DAY
        self.decided("Nonaktif Sementara", first, alasan_nonaktif="CLTN", berlaku_sampai=TODAY - 2 * DAY)
        frappe.set_user("Administrator")
        for back in range(6, 0, -1):
            closing.close(TODAY - back * DAY, self.old.name, commit=False)
        rows = day_rows([self.person.name], TODAY - 6 * DAY, TODAY - DAY)
        self.assertEqual(sorted(day for _name, day in rows), [TODAY - 6 * DAY, TODAY - DAY])
        self.assertEqual(self.stored("status"), "Aktif")
        self.assertEqual(frappe.db.get_value("User", self.person.user, "enabled"), 1)

    def test_a_pause_that_lasts_closes_the_account_until_the_planned_return(self):
        self.decided(
            "Nonaktif Sementara", TODAY, alasan_nonaktif="Tugas Belajar", berlaku_sampai=TODAY + 30 * DAY
        )
        self.assertEqual(self.stored("status"), "Nonaktif")
        self.assertEqual(frappe.db.get_value("User", self.person.user, "enabled"), 0)
        planned = frappe.get_all(
            "Mutasi Pegawai",
            {"pegawai": self.person.name, "jenis": "Aktif Kembali"},
            ["status", "berlaku_mulai"],
        )
        self.assertEqual(planned, [{"status": "Disetujui", "berlaku_mulai": TODAY + 31 * DAY}])

    def test_retirement_ends_service_with_its_day(self):
        self.decided("Pensiun", TODAY - DAY)
        frappe.set_user("Administrator")
        for back in (2, 1):
            closing.close(TODAY - back * DAY, self.old.name, commit=False)
        self.assertEqual(
            list(day_rows([self.person.name], TODAY - 2 * DAY, TODAY)), [(self.person.name, TODAY - 2 * DAY)]
        )

    def test_a_transfer_found_later_holds_until_the_next_one(self):
        third = make_opd()
        self.decided(first=TODAY - 2 * DAY, opd_baru=third.name)
        self.decided(first=TODAY - 10 * DAY)
        parts = history.stretches(frappe.get_doc("Pegawai", self.person.name))
        self.assertEqual([part.values["opd"] for part in parts], [self.old.name, self.new.name, third.name])
        self.assertEqual(self.stored(), (third.name, TODAY - 2 * DAY))


class TestWhatComesAlong(ChangeCase):
    def test_rights_over_the_old_office_end(self):
        self.person = make_pegawai(opd=self.old.name, roles=("Kepala OPD", "Admin OPD"))
        frappe.db.set_value("OPD", self.old.name, "kepala", self.person.name)
        self.decided()
        roles = set(frappe.get_all("Has Role", {"parent": self.person.user}, pluck="role"))
        self.assertEqual(roles, {"Pegawai SPBE"})
        self.assertFalse(frappe.db.get_value("OPD", self.old.name, "kepala"))
        self.assertTrue(
            frappe.db.exists("Catatan Akun", {"pegawai": self.person.name, "tindakan": "Peran Dicabut"})
        )

    def test_phones_are_seen_by_the_new_office(self):
        phone = make_perangkat(self.person)
        self.decided()
        self.assertEqual(frappe.db.get_value("Perangkat", phone.name, "opd"), self.new.name)

    def test_the_superior_of_the_old_office_is_none_any_more(self):
        frappe.db.set_value("Pegawai", self.person.name, "atasan", self.head.name)
        self.decided()
        self.assertFalse(self.stored("atasan"))

    def test_the_form_shows_the_way_the_latest_first(self):
        self.decided(first=TODAY - 5 * DAY)
        frappe.set_user(self.new_admin.user)
        shown = api.riwayat(self.person.name)
        self.assertEqual([row["opd"] for row in shown["masa"]], [self.new.name, self.old.name])
        self.assertEqual(shown["masa"][1]["sampai"], TODAY - 6 * DAY)
        frappe.set_user(self.head.user)
        with self.assertRaises(frappe.PermissionError):
            api.riwayat(self.person.name)

    def test_a_form_that_names_a_later_day_keeps_what_was_before(self):
        other = make_opd()
        person = frappe.get_doc("Pegawai", self.person.name)
        person.update({"opd": other.name, "berlaku_sejak": date(2026, 11, 9)})
        person.save()
        parts = history.stretches(frappe.get_doc("Pegawai", person.name))
        self.assertEqual(
            [(part.values["opd"], part.last) for part in parts],
            [(self.old.name, date(2026, 11, 8)), (other.name, None)],
        )

    def corrected(self, **values):
        person = frappe.get_doc("Pegawai", self.person.name)
        person.update(values)
        person.save()

    def queued(self):
        fields = ["dari", "sampai"]
        return [
            tuple(row.values())
            for row in frappe.get_all("Hitung Ulang", {"pegawai": self.person.name}, fields)
        ]

    def test_a_correction_in_the_form_has_the_days_since_then_computed_again(self):
        frappe.db.set_value("Pegawai", self.person.name, "berlaku_sejak", date(2026, 11, 2))
        for values in ({"opd": self.new.name}, {"status_kepegawaian": "PPPK"}, {"status": "Nonaktif"}):
            frappe.db.delete("Hitung Ulang", {"pegawai": self.person.name})
            self.corrected(**values)
            with self.subTest(str(values)):
                self.assertEqual(self.queued(), [(date(2026, 11, 2), TODAY)])

    def test_who_has_no_such_day_has_all_computed_days_made_anew(self):
        frappe.db.set_value("Pegawai", self.person.name, "berlaku_sejak", None)
        add_day(self.person, date(2026, 10, 5), "H", "H")
        self.corrected(opd=self.new.name)
        self.assertEqual(self.queued(), [(date(2026, 10, 5), TODAY)])

    def test_what_no_result_depends_on_computes_nothing(self):
        self.corrected(jabatan="Arsiparis", golongan="III/b")
        self.assertEqual(self.queued(), [])

    def test_what_waits_is_decided_by_the_new_office_from_its_first_day_on(self):
        kind = frappe.db.get_value("Jenis Ketidakhadiran", {"kode_rekap": "CT"})
        common = {"pegawai": self.person.name, "opd": self.old.name, "jenis": kind, "atasan": self.head.name}
        first, later = TODAY - 5 * DAY, TODAY + 5 * DAY
        before, waiting, decided = bulk(
            "Ketidakhadiran",
            (
                {**common, "dari": day, "sampai": day, "status": status}
                for day, status in (
                    (first, "Menunggu Atasan"),
                    (later, "Menunggu Atasan"),
                    (later, "Disetujui"),
                )
            ),
        )
        self.decided()
        shown = [
            frappe.db.get_value("Ketidakhadiran", name, ["opd", "atasan"])
            for name in (before, waiting, decided)
        ]
        old = (self.old.name, self.head.name)
        self.assertEqual(shown, [old, (self.new.name, None), old])

    def test_corrected_in_the_form_they_go_along_too_and_so_do_phones(self):
        phone = make_perangkat(self.person)
        (name,) = bulk(
            "Koreksi Absensi",
            [
                {
                    "pegawai": self.person.name,
                    "opd": self.old.name,
                    "tanggal": TODAY,
                    "status": "Menunggu Persetujuan",
                }
            ],
        )
        self.corrected(opd=self.new.name)
        self.assertEqual(frappe.db.get_value("Koreksi Absensi", name, "opd"), self.new.name)
        self.assertEqual(frappe.db.get_value("Perangkat", phone.name, "opd"), self.new.name)

    def test_a_punch_costs_no_statement_more(self):
        """The person's row holds what is true now; nothing of the past is read while punching."""
        from spbe_attendance.kepegawaian import accounts

        self.assertNotIn("Riwayat Pegawai", str(accounts.FIELDS))
        self.decided(first=TODAY - DAY)
        self.assertEqual(accounts.current_pegawai(self.person.user)["opd"], self.new.name)


class TestTheWayBack(ChangeCase):
    def cancel(self, change):
        frappe.set_user(self.bkpsdm)
        return apply_workflow(frappe.get_doc("Mutasi Pegawai", change.name), "Batalkan")

    def test_cancelled_it_is_as_if_it_had_not_been(self):
        change = self.decided(first=TODAY - 2 * DAY, jabatan_baru="Analis")
        self.cancel(change)
        self.assertEqual(self.stored(), (self.old.name, None))
        self.assertEqual(history.rows([self.person.name]), {})

    def test_what_a_later_change_rests_on_stays(self):
        change = self.decided(first=TODAY - 5 * DAY)
        later = self.decided("Perubahan Jabatan/Golongan", TODAY - DAY, jabatan_baru="Analis")
        with self.assertRaises(MutasiDitolak):
            self.cancel(change)
        self.cancel(later)
        self.cancel(change)
        self.assertEqual(self.stored("opd"), self.old.name)

    def test_the_old_number_comes_back_with_the_old_employment(self):
        self.person = make_pegawai(opd=self.old.name, nip=None, status_kepegawaian="Non ASN")
        change = self.decided(
            "Perubahan Status Kepegawaian", status_kepegawaian_baru="PPPK", nip_baru="199203152023211005"
        )
        self.cancel(change)
        self.assertEqual(self.stored("nip", "status_kepegawaian"), (None, "Non ASN"))

    def test_a_planned_one_is_cancelled_without_a_trace_in_the_person(self):
        self.cancel(self.decided(first=TODAY + 9 * DAY))
        frappe.set_user("Administrator")
        self.assertEqual(service.apply_due(), 0)
        self.assertEqual(self.stored("opd"), self.old.name)

    def test_the_planned_return_goes_with_the_pause(self):
        change = self.decided(
            "Nonaktif Sementara", TODAY, alasan_nonaktif="CLTN", berlaku_sampai=TODAY + 30 * DAY
        )
        self.cancel(change)
        self.assertEqual(self.stored("status"), "Aktif")
        self.assertEqual(
            frappe.get_all(
                "Mutasi Pegawai", {"pegawai": self.person.name, "jenis": "Aktif Kembali"}, pluck="status"
            ),
            ["Dibatalkan"],
        )

    def test_nobody_removes_one(self):
        change = self.decided()
        with self.assertRaises((MutasiTidakDapatDiubah, frappe.PermissionError)):
            frappe.delete_doc("Mutasi Pegawai", change.name)


class TestDaysFromBeforeTheHistory(ChangeCase):
    def test_computed_days_tell_where_a_person_was(self):
        for day in (TODAY - 4 * DAY, TODAY - 3 * DAY):
            closing.close(day, self.old.name, commit=False)
        moved = {"opd": self.new.name, "berlaku_sejak": TODAY - DAY}
        frappe.db.set_value("Pegawai", self.person.name, moved)
        past_positions.execute()
        past_positions.execute()
        (past,) = history.rows([self.person.name])[self.person.name]
        self.assertEqual((past.opd, past.dari, past.sampai), (self.old.name, None, TODAY - 2 * DAY))
