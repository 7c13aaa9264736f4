"""A push service that is full or down for a while: tried again when it says, a few times, and nothing stale is told."""

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from unittest.mock import patch

import frappe
from freezegun import freeze_time

from spbe_attendance.api import push
from spbe_attendance.kehadiran.push import carrier, later, post, send
from spbe_attendance.tests.integration.test_push import DOCTYPE, PushCase
from spbe_attendance.tests.push_service import Browser

NOW = datetime(2026, 11, 24, 8)
NOTHING = {"terkirim": 0, "hilang": 0, "gagal": 0}
SENT = {**NOTHING, "terkirim": 1}
FAILED = {**NOTHING, "gagal": 1}


class TestTriedAgain(PushCase):
    def setUp(self):
        super().setUp()
        clock = freeze_time(NOW)
        self.clock = clock.start()
        self.addCleanup(clock.stop)
        even = patch.object(later.random, "random", return_value=0.0)
        even.start()
        self.addCleanup(even.stop)

    def refused(self, status, retry_after=None, kind="keputusan"):
        browser = self.subscribe(self.anna)
        browser.answer, browser.retry_after = status, retry_after
        send.deliver([self.anna.user], kind, "Disetujui.", "/absen")
        return browser

    def again(self, seconds):
        """What a run does that many seconds later."""
        self.clock.tick(seconds)
        return later.again(later.claim())

    def waiting(self):
        return frappe.db.count(later.WAITING, {"pengguna": self.anna.user})

    def test_what_is_too_much_now_is_sent_when_the_service_says(self):
        moment = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=300), usegmt=True)
        for status, words in ((429, "300"), (503, moment)):
            with self.subTest(words):
                self.clock.move_to(NOW)
                browser = self.refused(status, words)
                browser.answer = 201
                self.assertEqual(self.again(290), NOTHING)
                self.assertEqual((self.again(20), len(browser.received)), (SENT, 1))
                self.assertEqual(browser.received[0]["isi"], "Disetujui.")
                self.assertEqual((self.waiting(), self.again(3600)), (0, NOTHING))
                frappe.db.delete(DOCTYPE)

    def test_without_a_word_it_is_tried_less_and_less_and_then_left(self):
        browser = self.refused(500)
        tried = len(self.service.bodies)
        for wait in (60, 120, 240, 480):
            self.assertEqual(self.again(wait - 1), NOTHING)
            self.assertEqual(self.again(2), FAILED)
        self.assertEqual((self.waiting(), len(self.service.bodies) - tried), (0, 4))
        # One message that did not arrive is one failure, however often it was tried.
        self.assertEqual(self.row(browser, "gagal_beruntun", "aktif"), {"gagal_beruntun": 1, "aktif": 1})

    def test_a_service_that_is_only_full_ends_no_subscription(self):
        browser = self.refused(429)
        for _ in range(post.GIVE_UP_AFTER):
            send.deliver([self.anna.user], "persetujuan", "Uji", "/absen")
        self.assertEqual(self.row(browser, "gagal_beruntun", "aktif"), {"gagal_beruntun": 0, "aktif": 1})

    def test_a_reminder_that_would_come_too_late_is_not_kept(self):
        self.refused(503, "601", kind="pengingat")
        self.assertEqual(self.waiting(), 0)
        self.refused(503, "120", kind="pengingat")
        self.assertEqual(self.waiting(), 1)
        # No worker for an hour.
        self.assertEqual((self.again(3600), self.waiting()), (NOTHING, 0))

    def test_who_left_changed_the_choice_or_handed_the_phone_on_is_told_nothing(self):
        def left(browser):
            push.berhenti(endpoint=browser.endpoint)

        def chose(browser):
            push.pengaturan(endpoint=browser.endpoint, pilihan={"keputusan": False})

        def handed_on(browser):
            frappe.set_user(self.budi.user)
            push.langgan(**browser.subscription())

        for change in (left, chose, handed_on):
            with self.subTest(change.__name__):
                browser = self.refused(503)
                browser.answer = 201
                change(browser)
                self.assertEqual((self.again(61), self.waiting(), browser.received), (NOTHING, 0, []))

    def test_a_subscription_that_is_gone_meanwhile_is_removed(self):
        browser = self.refused(503)
        browser.answer = 410
        self.assertEqual(self.again(61), {**NOTHING, "hilang": 1})
        self.assertEqual((self.row(browser), self.waiting()), (None, 0))

    def test_two_runs_at_once_send_once_and_a_killed_one_loses_nothing(self):
        browser = self.refused(503)
        browser.answer = 201
        self.clock.tick(61)
        self.assertEqual((len(later.claim()), later.claim()), (1, []))
        # The first was killed before it sent anything.
        self.assertEqual(self.again(later.CLAIM.total_seconds() + 1), SENT)
        self.assertEqual(len(browser.received), 1)

    def test_the_scheduler_sends_what_is_due(self):
        browser = self.refused(503)
        browser.answer = 201
        self.clock.tick(61)
        with patch.object(later.frappe.db, "commit") as commit:
            self.assertEqual(later.run(), SENT)
        commit.assert_called_once_with()

    def test_what_is_no_time_to_wait_is_no_wait(self):
        for words in (None, "", "bald", "-5", "1e3", "²", "Mon, 99 Foo 2026"):
            with self.subTest(words):
                self.assertIsNone(carrier.seconds(words))
        self.assertEqual((carrier.seconds("0"), carrier.seconds(" 7 ")), (0, 7))


class TestRenewed(PushCase):
    """The browser's push service gives the same browser another address."""

    def fresh(self, **values):
        browser = Browser(self.service)
        return browser, browser.subscription(**values)

    def test_choices_move_to_the_new_address(self):
        old = self.subscribe(self.anna, pilihan={"pengingat": False})
        name = self.row(old)
        new, values = self.fresh(lama=old.endpoint)
        for _twice in range(2):
            told = push.ganti(**values)
            self.assertEqual((told["langganan"], told["pilihan"]["pengingat"]), (True, False))
        self.assertEqual((self.row(old), self.row(new)), (None, name))
        send.deliver([self.anna.user], "keputusan", "Uji", "/absen")
        self.assertEqual((len(old.received), len(new.received)), (0, 1))

    def test_nobody_is_switched_on_by_somebody_elses_old_address(self):
        old = self.subscribe(self.anna)
        new, values = self.fresh(lama=old.endpoint)
        frappe.set_user(self.budi.user)
        self.assertFalse(push.ganti(**values)["langganan"])
        self.assertEqual((bool(self.row(old)), self.row(new)), (True, None))

    def test_the_new_address_is_checked_as_the_first_one(self):
        old = self.subscribe(self.anna)
        _new, values = self.fresh(lama=old.endpoint)
        for wrong in ({"endpoint": "http://10.0.0.1/x"}, {"auth": "x"}, {"lama": {"a": 1}}):
            with self.subTest(wrong), self.assertRaises(frappe.ValidationError):
                push.ganti(**{**values, **wrong})
        self.assertTrue(self.row(old))
