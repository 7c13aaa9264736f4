"""The letter to leaders: off until somebody switches it on, each reader's own figures, once a day, through the mail queue."""

import email
from datetime import date
from email import policy

import frappe
from freezegun import freeze_time

from spbe_attendance.pemantauan.berkala import letter, sending
from spbe_attendance.pemantauan.berkala.errors import LaporanBerkalaDitolak
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.rekap_world import add_day

# A Monday, six in the morning in Selatpanjang.
MONDAY = "2024-05-19 23:00:00"
MONTH = date(2024, 5, 1)
SETTINGS = sending.SETTINGS


class LetterCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office, cls.foreign = make_opd().name, make_opd().name
        cls.unit = make_opd(induk=cls.office).name
        cls.head = make_pegawai(opd=cls.office, roles=("Kepala OPD",)).user
        cls.leader, cls.boss = make_role_user("Pimpinan"), make_role_user("BKPSDM")
        here, there, stranger = (
            make_pegawai(opd=opd, with_user=False) for opd in (cls.office, cls.unit, cls.foreign)
        )
        cls.staff = make_pegawai(opd=cls.office).user
        # Its server is never asked: letters wait in the queue.
        account = {"email_id": "absensi@contoh.go.id", "enable_outgoing": 1, "default_outgoing": 1}
        frappe.get_doc({"doctype": "Email Account", "name": "Uji Surel", **account}).db_insert()
        add_day(here, date(2024, 5, 14), "H", "H")
        add_day(there, date(2024, 5, 14), "TK", "TK")
        add_day(stranger, date(2024, 5, 14), "H", "H")
        add_day(stranger, date(2024, 4, 16), "H,TL2", "H")

    def switch(self, *recipients, **values):
        settings = frappe.get_doc(SETTINGS)
        rows = [
            {"user": user, "surel": f"penerima{number}@contoh.go.id"}
            for number, user in enumerate(recipients)
        ]
        settings.update({"aktif": 1, "jadwal": "Mingguan", **values})
        settings.set("penerima", rows)
        return settings.save()

    def letters(self):
        """{address: (subject, whole text, attachments)} of the mail queue."""
        found = {}
        for queued in frappe.get_all("Email Queue", {"reference_doctype": ["is", "not set"]}, pluck="name"):
            doc = frappe.get_doc("Email Queue", queued)
            message = email.message_from_string(doc.message, policy=policy.default)
            text = message.get_body(("html",)).get_content()
            pdfs = [part for part in message.walk() if part.get_content_type() == "application/pdf"]
            named = doc.attachments_list if hasattr(doc, "attachments_list") else []
            for row in doc.recipients:
                if row.recipient.endswith("@contoh.go.id"):
                    found[row.recipient] = (message["subject"], text, [*pdfs, *named])
        return found


class TestWhatItSays(LetterCase):
    def test_each_reader_gets_the_own_units_and_nothing_of_others(self):
        self.switch(self.head, self.leader)
        sending.send(MONTH)
        head, leader = (self.letters()[f"penerima{number}@contoh.go.id"] for number in (0, 1))
        foreign = frappe.db.get_value("OPD", self.foreign, "nama_opd")
        self.assertIn("Mei 2024", head[0])
        self.assertIn("50,0 %", head[1])
        self.assertNotIn(foreign, head[1])
        self.assertIn("66,7 %", leader[1])
        self.assertEqual([len(found[2]) for found in (head, leader)], [1, 1])

    def test_the_month_before_stands_beside_it(self):
        with letter.reader(self.leader):
            body = letter.write(MONTH).body
        self.assertIn("100,0 %", body)
        self.assertIn("Bulan Lalu", body)

    def test_the_sheet_that_is_attached_is_a_pdf_of_the_own_units(self):
        with letter.reader(self.head):
            found = letter.write(MONTH)
            attached = found.attachment(self.head)
        self.assertTrue(attached["fcontent"].startswith(b"%PDF"))
        self.assertEqual([row["opd"] for row in found.table.parts[0].rows], [self.office, self.unit])

    def test_a_month_without_computed_days_says_so(self):
        with letter.reader(self.head):
            found = letter.write(date(2023, 1, 1))
        self.assertIn("Belum ada hari", found.body)
        self.assertEqual(found.table.count, 0)

    def test_whoever_reads_it_the_session_is_afterwards_as_before(self):
        frappe.set_user(self.boss)
        with self.assertRaises(frappe.PermissionError), letter.reader(self.staff):
            letter.write(MONTH)
        self.assertEqual(frappe.session.user, self.boss)


class TestWhenItGoesOut(LetterCase):
    def due(self, today, **values):
        state = frappe._dict(
            {"aktif": 1, "jadwal": "Mingguan dan Bulanan", "terakhir_dikirim": None, **values}
        )
        return sending.due(state, today)

    def test_whoever_looks_at_it_stays_logged_in_with_the_own_token(self):
        session = frappe.local.session
        session.sid, session.data = "sesi-uji", frappe._dict(csrf_token="token-uji")
        frappe.local.form_dict = frappe._dict(bulan="2026-11")
        try:
            with letter.reader(self.leader):
                self.assertEqual(session.user, self.leader)
            self.assertEqual((session.sid, session.data), ("sesi-uji", {"csrf_token": "token-uji"}))
            self.assertEqual(frappe.local.form_dict, {"bulan": "2026-11"})
        finally:
            frappe.local.form_dict = frappe._dict()
            frappe.set_user("Administrator")

    def test_nothing_is_sent_until_it_is_switched_on(self):
        with freeze_time(MONDAY):
            sending.run()
        self.assertEqual(self.letters(), {})
        self.assertEqual(frappe.get_doc(SETTINGS).aktif, 0)

    def test_weekly_on_mondays_of_the_month_so_far_and_monthly_on_the_second_of_the_month_before(self):
        monday, second, other = date(2024, 5, 20), date(2024, 5, 2), date(2024, 5, 21)
        self.assertEqual([self.due(day) for day in (monday, second, other)], [MONTH, date(2024, 4, 1), None])
        self.assertIsNone(self.due(monday, jadwal="Bulanan"))
        self.assertIsNone(self.due(second, jadwal="Mingguan"))

    def test_on_a_monday_that_begins_a_month_it_tells_of_the_last_one(self):
        self.assertEqual(self.due(date(2024, 7, 1)), date(2024, 6, 1))

    def test_it_goes_out_once_a_day(self):
        self.switch(self.leader)
        with freeze_time(MONDAY):
            sending.run()
            first = len(self.letters())
            frappe.db.delete("Email Queue")
            sending.run()
        self.assertEqual((first, len(self.letters())), (1, 0))

    def test_one_that_fails_leaves_the_others_and_is_named(self):
        self.switch(self.head, self.leader)
        frappe.db.set_value("User", self.head, "enabled", 0)
        sending.send(MONTH)
        self.assertEqual(list(self.letters()), ["penerima1@contoh.go.id"])
        told = frappe.get_doc(SETTINGS).hasil_terakhir
        self.assertIn("1 surat", told)
        self.assertIn("penerima0@contoh.go.id", told)


class TestWhoSetsItUp(LetterCase):
    def test_recipients_are_those_who_may_see_reports_and_have_an_address(self):
        wrong = (
            {"user": self.staff, "surel": "a@contoh.go.id"},
            {"user": self.leader, "surel": "a@pegawai.invalid"},
            {"user": self.leader, "surel": "tanpa alamat"},
        )
        for row in wrong:
            settings = frappe.get_doc(SETTINGS)
            settings.aktif = 1
            settings.set("penerima", [row])
            with (
                self.subTest(row["surel"]),
                self.assertRaises((LaporanBerkalaDitolak, frappe.InvalidEmailAddressError)),
            ):
                settings.save()

    def test_it_is_not_switched_on_for_nobody_or_twice_for_one(self):
        for recipients in ((), (self.leader, self.leader)):
            with self.subTest(len(recipients)), self.assertRaises(LaporanBerkalaDitolak):
                self.switch(*recipients)

    def test_bkpsdm_sets_it_up_and_nobody_else_reads_the_addresses(self):
        for user in (self.head, self.leader, self.staff, make_role_user("Wali Data")):
            with self.subTest(user):
                self.assertFalse(frappe.has_permission(SETTINGS, "read", user=user))
        frappe.set_user(self.boss)
        self.switch(self.leader)
        self.assertIn("subjek", frappe.get_doc(SETTINGS).pratinjau())
        self.assertEqual(frappe.get_doc(SETTINGS).kirim(), {"penerima": 1})

    def test_what_is_switched_off_is_not_sent_by_its_button(self):
        frappe.set_user(self.boss)
        with self.assertRaises(LaporanBerkalaDitolak):
            frappe.get_doc(SETTINGS).kirim()

    def test_the_result_is_no_ones_to_write(self):
        frappe.set_user(self.boss)
        saved = self.switch(self.leader, hasil_terakhir="Semua terkirim")
        self.assertFalse(frappe.get_doc(SETTINGS).hasil_terakhir)
        self.assertEqual(saved.aktif, 1)
