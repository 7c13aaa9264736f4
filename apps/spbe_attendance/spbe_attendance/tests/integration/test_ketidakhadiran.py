"""Permits: who may ask for what, and every refusal by its name."""

from datetime import date

import frappe
from freezegun import freeze_time

from spbe_attendance import exceptions
from spbe_attendance.kehadiran.permohonan import balance, in_force
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_file, make_opd, make_pegawai, make_permohonan, make_role_user

# Wednesday, 9 in the morning in Jakarta.
NOW = "2026-11-04 02:00:00"


class PermitCase(SiteTestCase):
    """Nobody in these tests depends on the machine's day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Freezing looks through every module: once per class.
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.dinas = make_opd()
        cls.bidang = make_opd(induk=cls.dinas.name)
        cls.atasan = make_pegawai(opd=cls.bidang.name)
        cls.staf = make_pegawai(opd=cls.bidang.name, atasan=cls.atasan.name)
        cls.rekan = make_pegawai(opd=cls.bidang.name)
        cls.kepala = make_pegawai(opd=cls.dinas.name, roles=("Kepala OPD",))
        cls.admin = make_pegawai(opd=cls.dinas.name, roles=("Admin OPD",))
        cls.bkpsdm = make_role_user("BKPSDM")
        cls.orang_luar = make_pegawai()

    def ask(self, user=None, **values):
        frappe.set_user(user or self.staf.user)
        return make_permohonan(
            "Ketidakhadiran", **{"jenis": "CT", "dari": "2026-11-09", "sampai": "2026-11-09", **values}
        )

    def expect_refusal(self, error, **values):
        with self.assertRaises(error) as caught:
            self.ask(**values)
        return str(caught.exception)

    def letter(self, user=None):
        frappe.set_user(user or self.staf.user)
        return make_file()


class TestAsking(PermitCase):
    def test_a_permit_begins_with_the_direct_superior_and_counts_working_days(self):
        doc = self.ask(dari="2026-11-06", sampai="2026-11-10")
        self.assertEqual(
            (doc.pegawai, doc.opd, doc.atasan), (self.staf.name, self.bidang.name, self.atasan.name)
        )
        self.assertEqual((doc.status, doc.langkah_berikut), ("Menunggu Atasan", "Menunggu Kepala OPD"))
        self.assertEqual(doc.jumlah_hari, 3)

    def test_what_the_client_says_about_days_status_and_opd_is_overwritten(self):
        doc = self.ask(
            status="Disetujui",
            jumlah_hari=0.5,
            opd=self.dinas.name,
            atasan=self.rekan.name,
            owner="Administrator",
        )
        doc.reload()
        self.assertEqual((doc.status, doc.jumlah_hari, doc.opd), ("Menunggu Atasan", 1, self.bidang.name))
        self.assertEqual((doc.atasan, doc.owner), (self.atasan.name, self.staf.user))

    def test_pppk_have_fewer_kinds_than_pns(self):
        frappe.set_user("Administrator")
        pppk = make_pegawai(opd=self.bidang.name, status_kepegawaian="PPPK", jenis_kelamin="Perempuan")
        for kind in ("CB", "CAP", "CLTN", "TB"):
            with self.subTest(kind):
                self.expect_refusal(exceptions.JenisTidakBerlaku, user=pppk.user, jenis=kind)
        frappe.set_user("Administrator")
        for kind in ("CT", "CS", "CM"):
            with self.subTest(kind):
                doc = self.ask(pppk.user, jenis=kind, lampiran=self.letter(pppk.user), **self.day(kind))
                self.assertEqual(doc.jenis, kind)

    @staticmethod
    def day(kind):
        day = {"CT": 9, "CS": 10, "CM": 11}[kind]
        return {"dari": f"2026-11-{day:02d}", "sampai": f"2026-11-{day:02d}"}

    def test_non_asn_have_no_leave_by_law(self):
        frappe.set_user("Administrator")
        other = make_pegawai(opd=self.bidang.name, status_kepegawaian="Non ASN", nip=None)
        self.expect_refusal(exceptions.JenisTidakBerlaku, user=other.user, jenis="CT")
        self.assertEqual(self.ask(other.user, jenis="I").jenis, "I")

    def test_maternity_leave_is_for_women(self):
        self.expect_refusal(exceptions.JenisTidakBerlaku, jenis="CM", lampiran=self.letter())

    def test_an_unknown_or_retired_kind_is_refused(self):
        frappe.db.set_value("Jenis Ketidakhadiran", "I", "aktif", 0)
        frappe.clear_document_cache("Jenis Ketidakhadiran", "I")
        self.expect_refusal(exceptions.JenisTidakBerlaku, jenis="I")

    def test_annual_leave_needs_a_year_of_service(self):
        frappe.set_user("Administrator")
        young = make_pegawai(opd=self.bidang.name, nip="199805102026031001")
        self.assertIn("1", self.expect_refusal(exceptions.MasaKerjaBelumCukup, user=young.user))
        after = self.ask(young.user, dari="2027-03-01", sampai="2027-03-01")
        self.assertEqual(after.status, "Menunggu Kepala OPD")

    def test_half_a_day_is_one_day_of_a_kind_that_has_halves(self):
        self.expect_refusal(exceptions.SetengahHariTidakSah, setengah_hari="Pagi")
        self.expect_refusal(
            exceptions.SetengahHariTidakSah,
            jenis="I",
            setengah_hari="Pagi",
            dari="2026-11-09",
            sampai="2026-11-10",
        )
        self.assertEqual(self.ask(jenis="I", setengah_hari="Pagi").jumlah_hari, 0.5)

    def test_two_halves_share_a_day_and_the_same_half_does_not(self):
        self.ask(jenis="I", setengah_hari="Pagi")
        self.assertEqual(self.ask(jenis="I", setengah_hari="Siang").jumlah_hari, 0.5)
        self.expect_refusal(exceptions.PermohonanBertumpuk, jenis="I", setengah_hari="Pagi")
        self.expect_refusal(exceptions.PermohonanBertumpuk, jenis="CT")

    def test_a_letter_is_asked_for_where_the_kind_needs_one(self):
        self.expect_refusal(exceptions.LampiranWajib, jenis="DL")
        self.expect_refusal(exceptions.LampiranWajib, jenis="CS", dari="2026-11-09", sampai="2026-11-10")
        self.assertEqual(self.ask(jenis="CS").jumlah_hari, 1)

    def test_somebody_elses_file_is_no_letter(self):
        foreign = self.letter(self.rekan.user)
        self.expect_refusal(exceptions.LampiranTidakSah, jenis="DL", lampiran=foreign)
        for address in ("/files/umum.pdf", "https://example.invalid/x.pdf", "/private/files/tidak-ada.pdf"):
            with self.subTest(address):
                self.expect_refusal(exceptions.LampiranTidakSah, jenis="DL", lampiran=address)

    def test_a_program_is_no_letter(self):
        frappe.set_user(self.staf.user)
        address = make_file(b"MZ program")
        self.expect_refusal(exceptions.LampiranTidakSah, jenis="DL", lampiran=address)

    def test_an_overlap_is_refused_and_names_the_other_permit(self):
        self.ask(dari="2026-11-09", sampai="2026-11-11")
        sentence = self.expect_refusal(
            exceptions.PermohonanBertumpuk, jenis="I", dari="2026-11-11", sampai="2026-11-12"
        )
        self.assertIn("Cuti Tahunan", sentence)
        self.assertIn("09-11-2026", sentence)
        self.assertEqual(self.ask(jenis="I", dari="2026-11-12", sampai="2026-11-12").jumlah_hari, 1)

    def test_dates_must_follow_one_another_and_hold_a_working_day(self):
        self.expect_refusal(exceptions.TanggalTidakSah, dari="2026-11-10", sampai="2026-11-09")
        self.expect_refusal(exceptions.TanggalTidakSah, dari="2026-11-10", sampai="2036-11-09")
        self.expect_refusal(exceptions.TanpaHariKerja, dari="2026-11-07", sampai="2026-11-08")

    def test_confirmed_holidays_are_no_days_of_leave(self):
        frappe.set_user("Administrator")
        for day, status in (("2026-11-10", "Berlaku"), ("2026-11-11", "Usulan")):
            frappe.get_doc(
                {
                    "doctype": "Hari Libur",
                    "tanggal": day,
                    "nama_libur": "Libur Uji",
                    "jenis": "Libur Nasional",
                    "dasar": "Keputusan uji",
                    "status": status,
                }
            ).insert()
        self.assertEqual(self.ask(dari="2026-11-09", sampai="2026-11-12").jumlah_hari, 3)

    def test_duty_on_a_weekend_is_a_permit_all_the_same(self):
        doc = self.ask(jenis="DL", lampiran=self.letter(), dari="2026-11-07", sampai="2026-11-08")
        self.assertEqual(doc.jumlah_hari, 2)

    def test_a_permit_afterwards_has_a_deadline_that_does_not_bind_bkpsdm(self):
        self.assertEqual(self.ask(jenis="I", dari="2026-10-30", sampai="2026-10-30").jumlah_hari, 1)
        self.expect_refusal(exceptions.MelewatiTenggat, jenis="I", dari="2026-10-29", sampai="2026-10-29")
        late = self.ask(
            self.bkpsdm, pegawai=self.staf.name, jenis="I", dari="2026-10-29", sampai="2026-10-29"
        )
        self.assertEqual(late.pegawai, self.staf.name)

    def test_one_asks_for_oneself_an_admin_for_the_own_opd(self):
        self.expect_refusal(exceptions.BukanPemohon, pegawai=self.rekan.name)
        self.assertEqual(self.ask(self.admin.user, pegawai=self.rekan.name).pegawai, self.rekan.name)
        self.expect_refusal(exceptions.BukanPemohon, user=self.admin.user, pegawai=self.orang_luar.name)
        self.expect_refusal(exceptions.BukanPegawai, user=self.bkpsdm)

    def test_somebody_inactive_asks_for_nothing(self):
        frappe.db.set_value("Pegawai", self.rekan.name, "status", "Pensiun")
        self.expect_refusal(exceptions.PemohonTidakAktif, user=self.admin.user, pegawai=self.rekan.name)

    def test_the_same_request_twice_is_held_off_by_the_key(self):
        key = "3f1d8a52-6f0f-4d0e-9d56-0d1a2b3c4d5e"
        self.ask(id_klien=key)
        with self.assertRaises(frappe.UniqueValidationError):
            self.ask(id_klien=key, dari="2026-11-12", sampai="2026-11-12")


class TestQuota(PermitCase):
    def test_a_permit_over_the_most_days_of_its_kind_is_refused(self):
        self.expect_refusal(
            exceptions.KuotaTerlampaui,
            jenis="S",
            lampiran=self.letter(),
            dari="2026-11-09",
            sampai="2026-11-12",
        )

    def test_a_monthly_quota_counts_each_month_for_itself(self):
        self.ask(jenis="I", dari="2026-11-30", sampai="2026-12-01")
        self.ask(jenis="I", dari="2026-12-02", sampai="2026-12-02")
        self.expect_refusal(exceptions.KuotaTerlampaui, jenis="I", dari="2026-12-03", sampai="2026-12-03")
        self.assertEqual(self.ask(jenis="I", dari="2026-11-27", sampai="2026-11-27").jumlah_hari, 1)
        self.expect_refusal(exceptions.KuotaTerlampaui, jenis="I", dari="2026-11-26", sampai="2026-11-26")

    def test_leave_of_months_ends_by_the_calendar(self):
        frappe.set_user("Administrator")
        woman = make_pegawai(opd=self.bidang.name, jenis_kelamin="Perempuan")
        letter = self.letter(woman.user)
        asked = {"user": woman.user, "jenis": "CM", "lampiran": letter, "dari": "2026-11-30"}
        self.expect_refusal(exceptions.KuotaTerlampaui, **asked, sampai="2027-02-28")
        self.assertEqual(self.ask(**asked, sampai="2027-02-27").jumlah_hari, 90)

    def test_sick_leave_of_pppk_lasts_a_month_and_of_pns_longer(self):
        frappe.set_user("Administrator")
        pppk = make_pegawai(opd=self.bidang.name, status_kepegawaian="PPPK")
        days = {"jenis": "CS", "dari": "2026-11-09", "sampai": "2026-12-09"}
        self.expect_refusal(
            exceptions.KuotaTerlampaui, user=pppk.user, lampiran=self.letter(pppk.user), **days
        )
        self.assertEqual(self.ask(lampiran=self.letter(), **days).jumlah_hari, 31)

    def test_annual_leave_ends_with_its_balance(self):
        self.ask(dari="2026-11-09", sampai="2026-11-20")
        self.assertEqual(
            balance.overview(self.staf.as_dict(), 2026), {"tahun": 2026, "hak": 12, "terpakai": 10, "sisa": 2}
        )
        sentence = self.expect_refusal(exceptions.SaldoCutiTidakCukup, dari="2026-11-23", sampai="2026-11-25")
        self.assertIn("2026", sentence)
        self.assertEqual(self.ask(dari="2026-11-23", sampai="2026-11-24").jumlah_hari, 2)

    def test_leave_over_new_year_is_held_against_both_years(self):
        frappe.set_user("Administrator")
        frappe.get_doc(
            {
                "doctype": "Catatan Cuti Tahunan",
                "pegawai": self.staf.name,
                "tahun": 2026,
                "terpakai": 10,
                "keterangan": "Kartu cuti",
            }
        ).insert()
        self.expect_refusal(exceptions.SaldoCutiTidakCukup, dari="2026-12-29", sampai="2027-01-04")
        self.assertEqual(self.ask(dari="2026-12-30", sampai="2027-01-04").jumlah_hari, 4)
        self.assertEqual(balance.overview(self.staf.as_dict(), 2026)["sisa"], 0)

    def test_what_is_left_is_carried_over_up_to_eighteen_and_twenty_four(self):
        self.assertEqual(balance.overview(self.staf.as_dict(), 2027)["hak"], 18)
        self.assertEqual(balance.overview(self.staf.as_dict(), 2028)["hak"], 24)
        self.ask(dari="2026-11-09", sampai="2026-11-18")
        self.assertEqual(balance.overview(self.staf.as_dict(), 2027)["hak"], 16)

    def test_a_refused_permit_gives_its_days_back(self):
        doc = self.ask(dari="2026-11-09", sampai="2026-11-20")
        frappe.db.set_value("Ketidakhadiran", doc.name, "status", "Ditolak")
        self.assertEqual(balance.overview(self.staf.as_dict(), 2026)["sisa"], 12)

    def test_the_journey_to_a_remote_place_is_not_taken_from_the_balance(self):
        doc = self.ask(dari="2026-11-09", sampai="2026-12-04", hari_tambahan=12, tempat="Enggano")
        self.assertEqual(balance.overview(self.staf.as_dict(), 2026)["terpakai"], 10)
        self.assertEqual(doc.jumlah_hari, 20)
        days = {"dari": "2026-12-07", "sampai": "2026-12-09"}
        self.expect_refusal(exceptions.KuotaTerlampaui, hari_tambahan=1, tempat="Enggano", **days)
        frappe.db.set_value("Ketidakhadiran", doc.name, "status", "Ditolak")
        self.expect_refusal(exceptions.KuotaTerlampaui, hari_tambahan=1, **days)


class TestDutyOrder(PermitCase):
    def order(self, user=None, **values):
        user = user or self.admin.user
        return self.ask(
            user,
            **{
                "jenis": "DL",
                "pegawai": self.staf.name,
                "lampiran": self.letter(user),
                "peserta": [{"pegawai": self.rekan.name}],
                **values,
            },
        )

    def test_each_person_of_the_order_is_covered_and_sees_it(self):
        doc = self.order()
        frappe.db.set_value("Ketidakhadiran", doc.name, "status", "Disetujui")
        found = in_force.permits([self.staf.name, self.rekan.name], date(2026, 11, 9), date(2026, 11, 9))
        self.assertCountEqual([row.pegawai for row in found], [self.staf.name, self.rekan.name])
        self.assertEqual({row.kelompok for row in found}, {"Dinas Luar"})
        for person in (self.staf, self.rekan):
            frappe.set_user(person.user)
            self.assertIn(doc.name, frappe.get_list("Ketidakhadiran", pluck="name"))
            self.assertTrue(frappe.has_permission("Ketidakhadiran", "read", doc=doc.name))
        frappe.set_user(self.orang_luar.user)
        self.assertEqual(frappe.get_list("Ketidakhadiran", pluck="name"), [])

    def test_an_order_overlaps_with_what_its_people_have(self):
        self.ask(self.rekan.user)
        with self.assertRaises(exceptions.PermohonanBertumpuk):
            self.order()

    def test_an_order_holds_nobody_twice_no_stranger_and_nobody_inactive(self):
        for people in ([self.staf.name], [self.rekan.name, self.rekan.name], [self.orang_luar.name]):
            with self.subTest(people), self.assertRaises(exceptions.PesertaTidakSah):
                self.order(peserta=[{"pegawai": name} for name in people])
        frappe.db.set_value("Pegawai", self.rekan.name, "status", "Nonaktif")
        with self.assertRaises(exceptions.PemohonTidakAktif):
            self.order()

    def test_staff_add_nobody_to_their_own_permit(self):
        with self.assertRaises(exceptions.PesertaTidakSah):
            self.order(self.staf.user)

    def test_leave_is_for_one_person(self):
        with self.assertRaises(exceptions.PesertaTidakSah):
            self.order(jenis="CT")
