"""The way of a request from asking to its end: who decides, what a decision changes, and who is never asked."""

from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow, get_transitions

from spbe_attendance import exceptions
from spbe_attendance.kehadiran.permohonan import in_force, service, views
from spbe_attendance.kepegawaian.accounts import current_pegawai
from spbe_attendance.record_language import language_of_record
from spbe_attendance.tests.factories import make_absensi, make_lokasi, make_pegawai
from spbe_attendance.tests.integration.test_ketidakhadiran import PermitCase


class FlowCase(PermitCase):
    __test__ = False

    def act(self, user, doc, action, note="Catatan uji"):
        frappe.set_user(user)
        return service.decide(doc.doctype, doc.name, action, note)

    def marked(self):
        """Days to be computed again since the test began: {(person, from, until)}."""
        rows = frappe.get_all("Hitung Ulang", fields=["pegawai", "opd", "dari", "sampai"])
        assert all(row.pegawai and not row.opd for row in rows)
        return {(row.pegawai, row.dari, row.sampai) for row in rows}

    def setUp(self):
        super().setUp()
        frappe.db.delete("Hitung Ulang")

    def comments(self, doc):
        filters = {"reference_doctype": doc.doctype, "reference_name": doc.name}
        return " ".join(filter(None, frappe.get_all("Comment", filters=filters, pluck="content")))


class TestPermitFlow(FlowCase):
    __test__ = True

    def test_leave_goes_from_superior_to_head_and_is_then_approved(self):
        doc = self.ask(dari="2026-11-06", sampai="2026-11-10")
        self.assertEqual(self.act(self.atasan.user, doc, "Setujui")["status"], "Menunggu Kepala OPD")
        self.assertEqual(self.marked(), set())
        self.assertEqual(self.act(self.kepala.user, doc, "Setujui")["status"], "Disetujui")
        self.assertEqual(self.marked(), {(self.staf.name, date(2026, 11, 6), date(2026, 11, 10))})

    def test_kinds_that_need_it_end_with_bkpsdm(self):
        doc = self.ask(jenis="CAP", lampiran=self.letter())
        for user, status in (
            (self.atasan.user, "Menunggu Kepala OPD"),
            (self.kepala.user, "Menunggu BKPSDM"),
            (self.bkpsdm, "Disetujui"),
        ):
            self.assertEqual(self.act(user, doc, "Setujui")["status"], status)

    def test_every_seeded_kind_reaches_its_end(self):
        frappe.set_user("Administrator")
        woman = make_pegawai(opd=self.bidang.name, jenis_kelamin="Perempuan", nip="198505102010032001")
        for number, kind in enumerate(
            frappe.get_all("Jenis Ketidakhadiran", fields=["name", "perlu_bkpsdm"])
        ):
            day = str(date(2027, 1, 5) + timedelta(days=14 * number))
            with self.subTest(kind.name):
                doc = self.ask(
                    woman.user, jenis=kind.name, lampiran=self.letter(woman.user), dari=day, sampai=day
                )
                status = self.act(self.kepala.user, doc, "Setujui")["status"]
                if kind.perlu_bkpsdm:
                    self.assertEqual(status, "Menunggu BKPSDM")
                    status = self.act(self.bkpsdm, doc, "Setujui")["status"]
                self.assertEqual(status, "Disetujui")
                found = in_force.permits([woman.name], date.fromisoformat(day), date.fromisoformat(day))
                self.assertEqual([row.jenis for row in found], [kind.name])

    def test_a_step_without_a_person_is_skipped_and_the_timeline_says_so(self):
        doc = self.ask(self.rekan.user)
        self.assertEqual(doc.status, "Menunggu Kepala OPD")
        self.assertIn(
            _("Step skipped: no direct superior with an account is registered.", language_of_record()),
            self.comments(doc),
        )

    def test_a_superior_who_is_the_head_decides_once(self):
        frappe.db.set_value("Pegawai", self.rekan.name, "atasan", self.kepala.name)
        doc = self.ask(self.rekan.user)
        self.assertEqual((doc.status, doc.atasan), ("Menunggu Kepala OPD", None))
        self.assertIn("Kepala OPD", self.comments(doc))

    def test_without_superior_and_head_bkpsdm_decides_and_never_nobody(self):
        doc = self.ask(self.orang_luar.user)
        self.assertEqual((doc.status, doc.langkah_berikut), ("Menunggu BKPSDM", "Disetujui"))
        self.assertEqual(self.act(self.bkpsdm, doc, "Setujui")["status"], "Disetujui")

    def test_the_heads_own_leave_goes_past_the_head(self):
        doc = self.ask(self.kepala.user)
        self.assertEqual(doc.status, "Menunggu BKPSDM")
        with self.assertRaises(exceptions.PersetujuanSendiri):
            self.act(self.kepala.user, doc, "Setujui")

    def test_nobody_decides_an_own_request_not_even_administrator(self):
        frappe.set_user("Administrator")
        person = make_pegawai(opd=self.bidang.name, with_user=False)
        person.db_set("user", "Administrator")
        doc = self.ask("Administrator", pegawai=person.name)
        self.assertEqual([row.action for row in get_transitions(doc)], ["Batalkan"])
        with self.assertRaises(exceptions.PersetujuanSendiri):
            self.act("Administrator", doc, "Setujui")
        by_hand = frappe.get_doc("Ketidakhadiran", doc.name)
        by_hand.status = "Disetujui"
        with self.assertRaises(exceptions.PersetujuanSendiri):
            by_hand.save()

    def test_whoever_is_in_a_duty_order_does_not_decide_it(self):
        frappe.set_user(self.admin.user)
        doc = self.ask(
            self.admin.user,
            jenis="DL",
            pegawai=self.rekan.name,
            lampiran=self.letter(self.admin.user),
            peserta=[{"pegawai": self.kepala.name}],
        )
        self.assertEqual(doc.status, "Menunggu BKPSDM")
        with self.assertRaises(exceptions.PersetujuanSendiri):
            self.act(self.kepala.user, doc, "Setujui")
        self.act(self.bkpsdm, doc, "Setujui")
        day = date(2026, 11, 9)
        self.assertEqual(self.marked(), {(self.rekan.name, day, day), (self.kepala.name, day, day)})

    def test_strangers_decide_nothing(self):
        doc = self.ask()
        with self.assertRaises(exceptions.PermohonanTidakDitemukan):
            self.act(self.orang_luar.user, doc, "Setujui")
        with self.assertRaises(exceptions.BukanPemutus):
            self.act(self.admin.user, doc, "Setujui")
        self.act(self.atasan.user, doc, "Setujui")
        with self.assertRaises(exceptions.BukanPemutus):
            self.act(self.atasan.user, doc, "Setujui")

    def test_a_later_step_is_not_reached_by_writing_it_into_the_row(self):
        doc = self.ask()
        frappe.set_user(self.atasan.user)
        by_hand = frappe.get_doc("Ketidakhadiran", doc.name)
        by_hand.status = "Disetujui"
        with self.assertRaises(frappe.ValidationError):
            by_hand.save()
        self.assertEqual(frappe.db.get_value("Ketidakhadiran", doc.name, "status"), "Menunggu Atasan")

    def test_the_second_decision_finds_the_first(self):
        doc = self.ask()
        self.act(self.kepala.user, doc, "Tolak")
        with self.assertRaises(exceptions.SudahDiputus):
            self.act(self.bkpsdm, doc, "Setujui")
        self.assertEqual(self.marked(), set())

    def test_a_refusal_says_why(self):
        doc = self.ask()
        with self.assertRaises(exceptions.AlasanWajib):
            self.act(self.atasan.user, doc, "Tolak", note=None)
        self.assertIn("Apel", self.act(self.atasan.user, doc, "Tolak", note="Apel akbar")["penjelasan"])

    def test_desks_own_buttons_follow_the_same_rules(self):
        doc = self.ask()
        frappe.set_user(self.atasan.user)
        self.assertEqual({row.action for row in get_transitions(doc)}, {"Setujui", "Tolak"})
        apply_workflow(doc, "Setujui")
        frappe.set_user(self.staf.user)
        self.assertEqual({row.action for row in get_transitions(doc)}, {"Batalkan"})

    def test_what_was_asked_for_stays_as_it_was(self):
        doc = self.ask()
        for user in (self.staf.user, self.kepala.user, self.bkpsdm, "Administrator"):
            frappe.set_user(user)
            for field, value in (("sampai", "2026-11-20"), ("jumlah_hari", 0), ("atasan", self.rekan.name)):
                again = frappe.get_doc("Ketidakhadiran", doc.name)
                again.set(field, value)
                with (
                    self.subTest(user=user, field=field),
                    self.assertRaises((frappe.PermissionError, frappe.CannotChangeConstantError)),
                ):
                    again.save()

    def test_nobody_but_the_administrator_deletes(self):
        doc = self.ask()
        for user in (self.staf.user, self.bkpsdm):
            frappe.set_user(user)
            with self.subTest(user), self.assertRaises(frappe.PermissionError):
                frappe.delete_doc("Ketidakhadiran", doc.name)

    def approved(self, **values):
        doc = self.ask(**values)
        self.act(self.bkpsdm, doc, "Setujui")
        self.act(self.bkpsdm, doc, "Setujui")
        frappe.db.delete("Hitung Ulang")
        return doc

    def test_an_approved_permit_that_lies_ahead_is_cancelled_with_a_reason(self):
        doc = self.approved(dari="2026-11-09", sampai="2026-11-11")
        frappe.set_user(self.staf.user)
        with self.assertRaises(exceptions.AlasanWajib):
            service.withdraw("Ketidakhadiran", doc.name, None)
        self.assertEqual(
            service.withdraw("Ketidakhadiran", doc.name, "Batal berangkat")["status"], "Dibatalkan"
        )
        self.assertEqual(self.marked(), {(self.staf.name, date(2026, 11, 9), date(2026, 11, 11))})
        self.assertEqual(in_force.permits([self.staf.name], date(2026, 11, 9), date(2026, 11, 9)), [])
        with self.assertRaises(exceptions.SudahDiputus):
            service.withdraw("Ketidakhadiran", doc.name, "Lagi")

    def test_others_cancel_nothing(self):
        doc = self.approved()
        frappe.set_user(self.kepala.user)
        with self.assertRaises(exceptions.BukanPemohon):
            service.withdraw("Ketidakhadiran", doc.name, "Perlu di kantor")

    def test_what_has_begun_is_shortened_by_the_person_and_cancelled_by_bkpsdm(self):
        doc = self.approved(dari="2026-11-03", sampai="2026-11-10")
        frappe.set_user(self.staf.user)
        with self.assertRaises(exceptions.TanggalTidakSah):
            service.withdraw("Ketidakhadiran", doc.name, "Masuk kembali")
        with self.assertRaises(exceptions.AlasanWajib):
            service.shorten(doc.name, date(2026, 11, 5), "")
        for until in (date(2026, 11, 2), date(2026, 11, 10), date(2026, 11, 11)):
            with self.subTest(until), self.assertRaises(exceptions.TanggalTidakSah):
                service.shorten(doc.name, until, "Masuk kembali")
        service.shorten(doc.name, date(2026, 11, 5), "Masuk kembali")
        self.assertEqual(self.marked(), {(self.staf.name, date(2026, 11, 6), date(2026, 11, 10))})
        doc.reload()
        self.assertEqual((doc.status, doc.jumlah_hari), ("Disetujui", 3))
        self.assertIn("05-11-2026", self.comments(doc))
        self.assertEqual(in_force.permits([self.staf.name], date(2026, 11, 6), date(2026, 11, 6)), [])
        self.assertEqual(self.ask(dari="2026-11-06", sampai="2026-11-06").jumlah_hari, 1)
        frappe.set_user(self.bkpsdm)
        frappe.db.delete("Hitung Ulang")
        service.withdraw("Ketidakhadiran", doc.name, "Salah input")
        self.assertEqual(self.marked(), {(self.staf.name, date(2026, 11, 3), date(2026, 11, 5))})

    def test_a_waiting_permit_is_not_shortened(self):
        doc = self.ask(dari="2026-11-09", sampai="2026-11-11")
        with self.assertRaises(exceptions.SudahDiputus):
            service.shorten(doc.name, date(2026, 11, 9), "x")

    def test_each_sees_what_waits_for_them_and_what_they_asked_for(self):
        doc = self.ask()
        for user, seen in ((self.atasan.user, True), (self.staf.user, False), (self.admin.user, False)):
            frappe.set_user(user)
            with self.subTest(user):
                self.assertEqual(doc.name in [row["name"] for row in views.waiting_for_me()], seen)
        frappe.set_user(self.staf.user)
        mine = views.mine(current_pegawai(), 2026)
        self.assertEqual([row["name"] for row in mine["ketidakhadiran"]], [doc.name])

    def test_the_same_request_again_answers_the_same(self):
        frappe.set_user(self.staf.user)
        fields = {"jenis": "CT", "dari": date(2026, 11, 9), "sampai": date(2026, 11, 9), "alasan": "x"}
        asked = service.Ask("Ketidakhadiran", "3f1d8a52-6f0f-4d0e-9d56-0d1a2b3c4d5e", fields)
        first, again = service.submit(asked, self.staf.name), service.submit(asked, self.staf.name)
        self.assertEqual((first["name"], first["duplikat"], again["duplikat"]), (again["name"], False, True))
        frappe.set_user(self.rekan.user)
        with self.assertRaises(exceptions.IdKlienTerpakai):
            service.submit(asked, self.rekan.name)

    def test_a_letter_is_seen_by_whoever_sees_the_permit_and_by_nobody_else(self):
        doc = self.ask(jenis="CAP", lampiran=self.letter())
        file = frappe.get_doc("File", {"attached_to_name": doc.name, "attached_to_doctype": "Ketidakhadiran"})
        self.assertEqual(file.is_private, 1)
        for person, seen in (
            (self.kepala, True),
            (self.atasan, True),
            (self.staf, True),
            (self.rekan, False),
        ):
            frappe.set_user(person.user)
            with self.subTest(person.name):
                self.assertEqual(frappe.has_permission("File", "read", doc=file), seen)
                self.assertEqual(file.name in frappe.get_list("File", pluck="name"), seen)
                self.assertFalse(frappe.has_permission("File", "delete", doc=file))
        frappe.set_user(self.rekan.user)
        stolen = frappe.get_doc(
            {
                "doctype": "Ketidakhadiran",
                "jenis": "CAP",
                "dari": "2026-11-16",
                "sampai": "2026-11-16",
                "alasan": "x",
            }
        )
        stolen.lampiran = file.file_url
        with self.assertRaises(exceptions.LampiranTidakSah):
            stolen.insert()

    def test_nobody_gives_a_file_of_their_own_the_address_of_a_foreign_letter(self):
        doc = self.ask(jenis="CAP", lampiran=self.letter())
        frappe.set_user(self.rekan.user)
        copy = {"doctype": "File", "file_name": "a.pdf", "is_private": 1, "file_url": doc.lampiran}
        with self.assertRaises(frappe.PermissionError):
            frappe.get_doc(copy).insert()
        frappe.set_user(self.kepala.user)
        self.assertTrue(frappe.has_permission("File", "create", doc=frappe.get_doc(copy)))


class TestCorrectionFlow(FlowCase):
    __test__ = True

    def correct(self, user=None, **values):
        frappe.set_user(user or self.staf.user)
        return frappe.get_doc(
            {
                "doctype": "Koreksi Absensi",
                "tanggal": "2026-11-03",
                "jenis": "Masuk",
                "waktu": "2026-11-03 07:25:00",
                "sebab": "Lupa Absen",
                "alasan": "Lupa",
                "saksi": self.rekan.name,
                **values,
            }
        ).insert()

    def expect_refusal(self, error, **values):
        with self.assertRaises(error):
            self.correct(**values)

    def test_an_approved_correction_becomes_a_punch_of_that_time(self):
        doc = self.correct()
        self.assertEqual((doc.status, doc.atasan), ("Menunggu Persetujuan", self.atasan.name))
        self.act(self.atasan.user, doc, "Setujui")
        doc.reload()
        punch = frappe.get_doc("Absensi", doc.absensi_hasil)
        self.assertEqual((punch.sumber, punch.status, punch.jenis), ("Koreksi", "Disetujui", "Masuk"))
        self.assertEqual((punch.pegawai, punch.opd), (self.staf.name, self.bidang.name))
        self.assertEqual((str(punch.tanggal), punch.waktu), ("2026-11-03", datetime(2026, 11, 3, 7, 25)))
        self.assertIn(self.rekan.nama, punch.penjelasan)
        day = date(2026, 11, 3)
        # The punch itself marks the day before as well, to which a night shift's end belongs.
        self.assertIn((self.staf.name, day, day), self.marked())
        self.assertEqual({row[0] for row in self.marked()}, {self.staf.name})
        with self.assertRaises(exceptions.SudahDiputus):
            self.act(self.kepala.user, doc, "Setujui")
        self.assertEqual(frappe.db.count("Absensi", {"pegawai": self.staf.name}), 1)

    def test_the_original_punch_stays_and_is_no_longer_counted(self):
        make_lokasi(opd=self.dinas.name)
        frappe.set_user(self.staf.user)
        original = make_absensi(jenis="Pulang")
        doc = self.correct(
            sebab="Salah Jenis",
            absensi_asal=original.name,
            tanggal="2026-11-04",
            waktu="2026-11-04 07:20:00",
            saksi=None,
        )
        self.act(self.kepala.user, doc, "Setujui")
        self.assertEqual(frappe.db.get_value("Absensi", original.name, "jenis"), "Pulang")
        day = date(2026, 11, 4)
        self.assertEqual(in_force.replaced_punches([self.staf.name], day, day), {original.name})

    def test_no_request_makes_a_punch_of_a_correction_by_itself(self):
        make_lokasi(opd=self.dinas.name)
        frappe.set_user(self.staf.user)
        flags = {"correction": {"name": "x"}}
        doc = make_absensi(sumber="Koreksi", waktu="2026-11-01 07:00:00", flags=flags)
        self.assertEqual((doc.sumber, str(doc.tanggal)), ("PWA", "2026-11-04"))

    def test_the_quota_of_a_month_is_three(self):
        for hour, (day, kind) in enumerate((("03", "Masuk"), ("03", "Pulang"), ("02", "Masuk"))):
            self.correct(tanggal=f"2026-11-{day}", jenis=kind, waktu=f"2026-11-{day} {hour + 7:02d}:00:00")
        self.expect_refusal(
            exceptions.KuotaTerlampaui, tanggal="2026-11-02", jenis="Pulang", waktu="2026-11-02 16:00:00"
        )
        last = self.correct(tanggal="2026-10-30", waktu="2026-10-30 07:00:00")
        self.assertEqual(last.status, "Menunggu Persetujuan")

    def test_a_refused_correction_leaves_no_punch_and_gives_its_place_back(self):
        doc = self.correct()
        self.act(self.kepala.user, doc, "Tolak")
        self.assertEqual((frappe.db.count("Absensi", {"pegawai": self.staf.name}), self.marked()), (0, set()))
        self.assertEqual(self.correct().status, "Menunggu Persetujuan")

    def test_every_refusal_by_its_name(self):
        cases = [
            (exceptions.SaksiTidakSah, {"saksi": None}),
            (exceptions.SaksiTidakSah, {"saksi": self.staf.name}),
            (exceptions.SaksiTidakSah, {"saksi": self.orang_luar.name}),
            (exceptions.SaksiTidakSah, {"sebab": "Kendala Teknis", "saksi": None}),
            (exceptions.AbsensiAsalTidakSah, {"sebab": "Salah Jenis"}),
            (exceptions.MelewatiTenggat, {"tanggal": "2026-10-29", "waktu": "2026-10-29 07:00:00"}),
            (exceptions.TanggalTidakSah, {"tanggal": "2026-11-04", "waktu": "2026-11-04 16:00:00"}),
            (exceptions.TanggalTidakSah, {"waktu": "2026-11-02 07:00:00"}),
            (exceptions.TanggalTidakSah, {"waktu": "2026-11-04 06:00:00"}),
            (exceptions.PermohonanTidakSah, {"jenis": "Apel"}),
            (exceptions.PermohonanTidakSah, {"sebab": "Bosan"}),
            (exceptions.BukanPemohon, {"pegawai": self.rekan.name}),
        ]
        for error, values in cases:
            with self.subTest(values), self.assertRaises(error):
                self.correct(**values)
        self.correct()
        self.expect_refusal(exceptions.PermohonanBertumpuk)

    def test_a_night_shift_ends_on_the_next_date(self):
        doc = self.correct(jenis="Pulang", tanggal="2026-11-03", waktu="2026-11-04 07:35:00")
        self.assertEqual(str(doc.tanggal), "2026-11-03")

    def test_nobody_decides_an_own_correction(self):
        doc = self.correct(self.kepala.user, saksi=self.staf.name)
        with self.assertRaises(exceptions.PersetujuanSendiri):
            self.act(self.kepala.user, doc, "Setujui")
        self.assertEqual(self.act(self.bkpsdm, doc, "Setujui")["status"], "Disetujui")


class TestAppealFlow(FlowCase):
    __test__ = True

    def appeal(self, user=None, **values):
        frappe.set_user(user or self.staf.user)
        return frappe.get_doc(
            {"doctype": "Sanggah", "tanggal": "2026-11-03", "uraian": "Saya hadir", **values}
        ).insert()

    def test_an_appeal_has_deadlines_and_is_answered_in_words(self):
        doc = self.appeal()
        self.assertEqual((str(doc.tenggat), str(doc.jawab_sebelum)), ("2026-11-10", "2026-11-11"))
        with self.assertRaises(exceptions.JawabanWajib):
            self.act(self.kepala.user, doc, "Terima", note=None)
        self.assertEqual(
            self.act(self.kepala.user, doc, "Terima", note="Terbukti hadir")["status"], "Diterima"
        )
        day = date(2026, 11, 3)
        self.assertEqual(self.marked(), {(self.staf.name, day, day)})
        with self.assertRaises(exceptions.SudahDiputus):
            self.act(self.bkpsdm, doc, "Tolak")

    def test_a_refused_appeal_changes_no_day(self):
        doc = self.appeal()
        self.act(self.bkpsdm, doc, "Tolak", note="Tidak ada bukti")
        self.assertEqual(self.marked(), set())

    def test_every_refusal_by_its_name(self):
        for error, values in (
            (exceptions.MelewatiTenggat, {"tanggal": "2026-10-27"}),
            (exceptions.TanggalTidakSah, {"tanggal": "2026-11-05"}),
            (exceptions.BukanPemohon, {"pegawai": self.rekan.name}),
        ):
            with self.subTest(values), self.assertRaises(error):
                self.appeal(**values)
        self.assertEqual(self.appeal(tanggal="2026-10-28").status, "Diajukan")
        self.appeal()
        with self.assertRaises(exceptions.PermohonanBertumpuk):
            self.appeal()

    def test_only_heads_and_bkpsdm_answer_and_never_their_own(self):
        doc = self.appeal()
        with self.assertRaises(exceptions.BukanPemutus):
            self.act(self.admin.user, doc, "Terima")
        with self.assertRaises(exceptions.PermohonanTidakDitemukan):
            self.act(self.atasan.user, doc, "Terima")
        own = self.appeal(self.kepala.user)
        with self.assertRaises(exceptions.PersetujuanSendiri):
            self.act(self.kepala.user, own, "Terima")
