"""Web push: real encryption to a real listener, who is told what, and where the server is never sent."""

import json
import socket
from datetime import datetime, timedelta
from unittest.mock import patch

import frappe
import requests
from freezegun import freeze_time

from spbe_attendance import exceptions
from spbe_attendance.api import push
from spbe_attendance.kehadiran.pemberitahuan import requests as announcements
from spbe_attendance.kehadiran.push import (
    address,
    keys,
    post,
    reminder,
    send,
    subscriptions,
    transport,
)
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    LAT,
    make_absensi,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_permohonan,
)
from spbe_attendance.tests.push_service import Browser, PushService
from spbe_attendance.tests.schedules import assign, make_jadwal, make_libur, make_roster, make_shift

DOCTYPE = subscriptions.DOCTYPE


class PushCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = PushService()
        cls.service.__enter__()
        cls.addClassCleanup(cls.service.__exit__)
        cls.service.vapid_key = keys.public_key()
        cls.opd = make_opd().name
        make_lokasi(opd=cls.opd)
        cls.anna, cls.budi = make_pegawai(opd=cls.opd), make_pegawai(opd=cls.opd)
        cls.head = make_pegawai(opd=cls.opd, roles=("Kepala OPD",))

    def setUp(self):
        super().setUp()
        loopback = patch.dict(frappe.local.conf, {"push_izinkan_loopback": 1})
        loopback.start()
        self.addCleanup(loopback.stop)
        jobs = patch.object(send.frappe, "enqueue", side_effect=self.at_once)
        jobs.start()
        self.addCleanup(jobs.stop)

    def at_once(self, method, **options):
        """Jobs of this module run here and now; the queue is Frappe's."""
        for name in ("queue", "timeout", "enqueue_after_commit"):
            options.pop(name, None)
        return method(**options) if method is send.deliver else None

    def subscribe(self, person, **values):
        browser = Browser(self.service)
        frappe.set_user(person.user)
        told = push.langgan(**browser.subscription(perangkat="Ponsel uji", **values))
        self.assertTrue(told["langganan"])
        return browser

    def row(self, browser, *fields):
        return frappe.db.get_value(
            DOCTYPE,
            {"sidik_endpoint": subscriptions.fingerprint(browser.endpoint)},
            fields or "name",
            as_dict=bool(fields),
        )


class TestSending(PushCase):
    def test_a_message_is_encrypted_signed_and_read_by_its_browser_only(self):
        mine, other = self.subscribe(self.anna), self.subscribe(self.budi)
        told = send.deliver([self.anna.user], "keputusan", "Permohonan Anda: Disetujui.", "/absen/permohonan")
        self.assertEqual(told, {"terkirim": 1, "hilang": 0, "gagal": 0})
        self.assertEqual(
            mine.received,
            [
                {
                    "jenis": "keputusan",
                    "judul": "SPBE Absensi",
                    "isi": "Permohonan Anda: Disetujui.",
                    "url": "/absen/permohonan",
                }
            ],
        )
        self.assertEqual((other.received, mine.headers[0]["content-encoding"]), ([], "aes128gcm"))
        self.assertNotIn(b"Disetujui", self.service.bodies[-1])
        self.assertEqual(self.service.claims[-1]["aud"], self.service.url)
        self.assertTrue(self.service.claims[-1]["sub"].startswith("mailto:"))
        self.assertIsNotNone(self.row(mine, "terakhir_terkirim").terakhir_terkirim)

    def test_what_is_gone_is_removed_and_what_fails_long_is_switched_off(self):
        for status, kept, active in ((410, False, None), (404, False, None), (403, True, 0), (500, True, 1)):
            browser = self.subscribe(self.anna)
            browser.answer = status
            send.deliver([self.anna.user], "keputusan", "Uji", "/absen")
            with self.subTest(status):
                self.assertEqual(bool(self.row(browser)), kept)
                if kept:
                    self.assertEqual(self.row(browser, "aktif").aktif, active)
            frappe.db.delete(DOCTYPE)
        browser = self.subscribe(self.anna)
        browser.answer = 503
        for _ in range(post.GIVE_UP_AFTER):
            send.deliver([self.anna.user], "keputusan", "Uji", "/absen")
        self.assertEqual(self.row(browser, "aktif", "gagal_beruntun"), {"aktif": 0, "gagal_beruntun": 20})

    def test_a_service_that_is_not_there_breaks_nothing(self):
        browser, other = self.subscribe(self.anna), self.subscribe(self.anna)
        frappe.db.set_value(DOCTYPE, self.row(browser), "endpoint", "http://127.0.0.1:9/x")
        told = send.deliver([self.anna.user], "keputusan", "Uji", "/absen")
        self.assertEqual((told["terkirim"], told["gagal"], len(other.received)), (1, 1, 1))

    def test_a_redirect_is_not_followed(self):
        browser = self.subscribe(self.anna)
        browser.answer = 307
        before = len(self.service.bodies)
        self.assertEqual(send.deliver([self.anna.user], "keputusan", "Uji", "/absen")["gagal"], 1)
        self.assertEqual(len(self.service.bodies), before + 1)

    def test_each_kind_can_be_switched_off(self):
        browser = self.subscribe(self.anna, pilihan={"pengingat": False})
        for kind in subscriptions.KINDS:
            send.deliver([self.anna.user], kind, kind, "/absen")
        self.assertEqual([one["isi"] for one in browser.received], ["keputusan", "persetujuan"])
        told = push.pengaturan(endpoint=browser.endpoint, pilihan={"pengingat": True, "keputusan": False})
        self.assertEqual(told["pilihan"], {"keputusan": False, "persetujuan": True, "pengingat": True})
        push.berhenti(endpoint=browser.endpoint)
        self.assertEqual(send.deliver([self.anna.user], "pengingat", "Uji", "/absen")["terkirim"], 0)

    def test_approvals_and_decisions_reach_the_phones(self):
        boss, mine = self.subscribe(self.head), self.subscribe(self.anna)
        frappe.set_user(self.anna.user)
        doc = make_absensi(pegawai=self.anna.name, latitude=LAT + 0.01, alasan="Antar surat ke kecamatan")
        announcements.announce("Absensi", doc.name, doc.status, "id")
        frappe.set_user(self.head.user)
        frappe.model.workflow.apply_workflow(frappe.get_doc("Absensi", doc.name), "Setujui")
        announcements.announce("Absensi", doc.name, "Disetujui", "id")
        self.assertEqual([one["url"] for one in boss.received], ["/absen/persetujuan"])
        self.assertEqual([one["url"] for one in mine.received], ["/absen/riwayat"])
        self.assertIn(self.anna.nama, boss.received[0]["isi"])
        for message in (*boss.received, *mine.received):
            words = json.dumps(message)
            for secret in (self.anna.nip, str(doc.latitude), str(doc.longitude)):
                self.assertNotIn(secret, words)


class TestSubscribing(PushCase):
    def test_the_same_browser_keeps_its_row_and_another_log_in_takes_it_over(self):
        browser = self.subscribe(self.anna, pilihan={"keputusan": False})
        frappe.set_user(self.anna.user)
        again = push.langgan(**browser.subscription())
        self.assertFalse(again["pilihan"]["keputusan"])
        frappe.set_user(self.budi.user)
        self.assertFalse(push.pengaturan(endpoint=browser.endpoint)["langganan"])
        self.assertTrue(push.langgan(**browser.subscription())["pilihan"]["keputusan"])
        send.deliver([self.anna.user], "keputusan", "Rahasia Anna", "/absen")
        self.assertEqual(browser.received, [])
        frappe.set_user(self.anna.user)
        push.berhenti(endpoint=browser.endpoint)
        self.assertEqual(self.row(browser, "pengguna").pengguna, self.budi.user)

    def test_the_oldest_of_too_many_makes_room(self):
        for _ in range(subscriptions.MOST + 2):
            self.subscribe(self.anna)
        self.assertEqual(frappe.db.count(DOCTYPE, {"pengguna": self.anna.user}), subscriptions.MOST)

    def test_what_no_browser_makes_is_refused(self):
        good = Browser(self.service).subscription()
        frappe.set_user(self.anna.user)
        for bad in (
            {"p256dh": None},
            {"p256dh": "A" * 87},
            {"p256dh": [1]},
            {"p256dh": "!" * 87},
            {"auth": "AAAA"},
            {"auth": "A" * 500},
            {"pilihan": {"lain": True}},
            {"pilihan": {"keputusan": 1}},
            {"pilihan": "nein"},
        ):
            with self.subTest(bad), self.assertRaises(exceptions.LanggananTidakSah):
                push.langgan(**{**good, **bad})

    def test_nobody_but_the_system_manager_reads_rows(self):
        self.subscribe(self.anna)
        for user in (self.anna.user, self.head.user):
            frappe.set_user(user)
            with self.subTest(user), self.assertRaises(frappe.PermissionError):
                frappe.get_list(DOCTYPE)

    def test_the_private_key_is_encrypted_and_stays(self):
        first = keys.public_key()
        keys.seed()
        self.assertEqual((keys.public_key(), len(subscriptions._bytes(first, "p256dh", 65))), (first, 65))
        stored = frappe.db.sql("select password, encrypted from `__Auth` where fieldname = %s", keys.FIELD)
        self.assertEqual((len(stored), stored[0][1], "PRIVATE" in stored[0][0]), (1, 1, False))


class TestAddresses(PushCase):
    def setUp(self):
        super().setUp()
        frappe.local.conf["push_izinkan_loopback"] = 0

    def test_the_server_goes_to_no_address_of_its_own_network(self):
        good = Browser(self.service).subscription()
        frappe.set_user(self.anna.user)
        for endpoint in (
            self.service.url + "/kirim/x",
            "http://push.example.org/x",
            "https://127.0.0.1/x",
            "https://localhost/x",
            "https://10.0.0.5/x",
            "https://192.168.1.1/x",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/x",
            "https://0.0.0.0/x",
            "https://2130706433/x",
            "https://0x7f.1/x",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://[fd00::1]/x",
            "https://[64:ff9b::a00:1]/x",
            "https://[2002:a00:1::]/x",
            "https://8.8.8.8:22/x",
            "https://8.8.8.8:99999/x",
            "https://orang@8.8.8.8/x",
            "https://8.8.8.8\\@10.0.0.1/x",
            "ftp://8.8.8.8/x",
            "file:///etc/passwd",
            "https:///x",
            "https://tiada.invalid/x",
            "x" * 2000,
            None,
            ["https://8.8.8.8/x"],
        ):
            with self.subTest(endpoint), self.assertRaises(exceptions.AlamatPushDitolak):
                push.langgan(**{**good, "endpoint": endpoint})
        self.assertEqual(frappe.db.count(DOCTYPE, {"pengguna": self.anna.user}), 0)

    def test_a_public_address_is_taken(self):
        self.assertEqual(address.check("https://8.8.8.8/wpush/v2/x"), "https://8.8.8.8/wpush/v2/x")

    def test_a_name_that_turns_to_the_own_network_afterwards_is_left_at_the_socket(self):
        port = self.service.server.server_port
        inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        before = len(self.service.bodies)
        with (
            patch.object(socket, "getaddrinfo", return_value=inside),
            self.assertRaises(requests.ConnectionError),
        ):
            transport.CheckedSession(loopback=False).post(f"http://push.example.org:{port}/x", data=b"x")
        self.assertEqual(len(self.service.bodies), before)
        self.assertEqual(
            transport.CheckedSession(loopback=True).post(f"{self.service.url}/x", data=b"x").status_code, 403
        )


class TestReminders(PushCase):
    # Wednesday, 07:21 in Jakarta.
    NOW = "2026-11-04 00:21:00"

    def setUp(self):
        super().setUp()
        frappe.set_user("Administrator")
        frappe.db.set_single_value("Pengaturan Absensi", "pengingat_menit", 10)
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")
        jadwal = make_jadwal()
        for person in (self.anna, self.budi):
            assign(jadwal.name, "2026-01-01", berlaku_untuk="Pegawai", pegawai=person.name)

    def remind(self, when=NOW):
        with freeze_time(when):
            return reminder.run()

    def due(self, when):
        people = reminder.subscribers()
        return [
            (item.pegawai, item.kind)
            for item in reminder.due(people, datetime.fromisoformat(when), timedelta(minutes=10))
        ]

    def test_who_has_not_come_is_reminded_once(self):
        mine, other = self.subscribe(self.anna), self.subscribe(self.budi)
        with freeze_time("2026-11-04 00:10:00"):
            frappe.set_user(self.budi.user)
            make_absensi(pegawai=self.budi.name)
        self.assertEqual((self.remind(), self.remind("2026-11-04 00:26:00")), (1, 0))
        self.assertEqual((len(mine.received), other.received), (1, []))
        self.assertIn("07.30", mine.received[0]["isi"])
        self.assertEqual((mine.headers[0]["urgency"], mine.headers[0]["topic"]), ("high", "pengingat"))

    def test_outside_of_the_time_and_switched_off_nobody_is_reminded(self):
        self.subscribe(self.anna)
        self.assertEqual([self.remind("2026-11-04 00:10:00"), self.remind("2026-11-04 00:31:00")], [0, 0])
        frappe.db.set_single_value("Pengaturan Absensi", "pengingat_menit", 0)
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")
        self.assertEqual(self.remind(), 0)

    def test_holidays_days_off_and_permits_are_respected(self):
        self.subscribe(self.anna)
        self.assertEqual(self.due("2026-11-04 07:25:00"), [(self.anna.name, "Masuk")])
        self.assertEqual(self.due("2026-11-07 07:25:00"), [])
        frappe.set_user("Administrator")
        make_libur("2026-11-05")
        self.assertEqual(self.due("2026-11-05 07:25:00"), [])
        with freeze_time("2026-11-02 02:00:00"):
            frappe.set_user(self.anna.user)
            permit = make_permohonan("Ketidakhadiran", jenis="CT", dari="2026-11-04", sampai="2026-11-04")
        self.assertEqual(len(self.due("2026-11-04 07:25:00")), 1)
        frappe.db.set_value("Ketidakhadiran", permit.name, "status", "Disetujui")
        self.assertEqual(self.due("2026-11-04 07:25:00"), [])

    def test_a_night_shift_is_reminded_of_its_own_hours_and_of_going_only_after_it_came(self):
        self.subscribe(self.anna)
        frappe.set_user("Administrator")
        make_roster(self.anna.name, "2026-11-04", make_shift(mulai="20:00", selesai="07:30").name)
        make_roster(self.anna.name, "2026-11-05", None)
        self.assertEqual(self.due("2026-11-04 07:25:00"), [])
        self.assertEqual(self.due("2026-11-04 19:55:00"), [(self.anna.name, "Masuk")])
        plan = reminder.resolve.schedules(
            [(self.anna.name, self.opd)], datetime(2026, 11, 4).date(), datetime(2026, 11, 4).date()
        )
        last_out = next(iter(plan.values())).plan.windows[0].last_out
        shortly = str(last_out - timedelta(minutes=5))
        self.assertEqual(self.due(shortly), [])
        with freeze_time("2026-11-04 13:00:00"):
            frappe.set_user(self.anna.user)
            make_absensi(pegawai=self.anna.name)
        self.assertEqual(self.due(shortly), [(self.anna.name, "Pulang")])
