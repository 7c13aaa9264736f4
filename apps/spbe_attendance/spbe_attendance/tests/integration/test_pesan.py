"""Codes by message: what leaves the server, where it may go, and what is kept of it."""

import json
from unittest.mock import patch

import frappe
import responses

from spbe_attendance.api import akun
from spbe_attendance.kepegawaian import activation
from spbe_attendance.kepegawaian.exceptions import AkunDitolak, PesanDitolak
from spbe_attendance.kepegawaian.pesan import codes, gateway
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai

URL, HOST = "http://gerbang.uji/kirim", "gerbang.uji"
WHY = "Menelepon dari nomor yang dikenal"


class TestMessages(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        cls.admin = make_pegawai(opd=cls.opd.name, roles=("Admin OPD",))
        cls.person = make_pegawai(opd=cls.opd.name, nomor_hp="0812 3456 7890")

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(frappe.local.conf, {"pesan_izinkan_host": [HOST]}))
        frappe.get_doc("Gerbang Pesan").update(
            {
                "aktif": 1,
                "alamat": URL,
                "token": "rahasia-gerbang",
                "kepala_token": "Authorization: Bearer",
                "isi": '{"to": "{nomor}", "text": "{pesan}", "n": "{nomor_polos}"}',
                "pesan": 'Kode {nama}: "{kode}" sampai {sampai}',
            }
        ).save()

    def run_job(self):
        # The job commits its result; here the test's savepoint takes it back.
        with patch.object(frappe.db, "commit"), patch.object(frappe.db, "rollback"):
            codes.run(self.person.name, WHY, self.admin.user)

    @responses.activate
    def test_the_gateway_gets_number_and_code_and_the_record_who_sent_it(self):
        responses.post(URL, json={"ok": True})
        self.run_job()
        sent = json.loads(responses.calls[0].request.body)
        self.assertEqual((sent["to"], sent["n"]), ("+6281234567890", "6281234567890"))
        code = sent["text"].split('"')[1]
        self.assertEqual(activation.holder(code)["name"], self.person.name)
        self.assertEqual(responses.calls[0].request.headers["Authorization"], "Bearer rahasia-gerbang")
        self.assertNotIn(self.person.nip, sent["text"])
        kept = frappe.get_all("Catatan Akun", {"pegawai": self.person.name}, ["tindakan", "oleh", "catatan"])
        self.assertIn({"tindakan": "Kode Dikirim", "oleh": self.admin.user, "catatan": f"{HOST} 200"}, kept)
        self.assertNotIn(code, str(kept))

    @responses.activate
    def test_a_refusal_is_on_record_without_the_code(self):
        responses.post(URL, status=403, body="nope")
        self.run_job()
        why = frappe.db.get_value(
            "Catatan Akun", {"pegawai": self.person.name, "tindakan": "Kode Gagal Dikirim"}, "catatan"
        )
        self.assertIn("403", why)

    def test_neither_code_nor_number_stands_in_the_queue(self):
        frappe.set_user(self.admin.user)
        with patch.object(frappe, "enqueue") as queued:
            self.assertEqual(akun.kirim_kode(self.person.name, WHY), {"diantrekan": True})
        said = str(queued.call_args)
        self.assertNotIn("812", said)
        self.assertNotRegex(said, r"[A-Z2-9]{5}-[A-Z2-9]{5}")

    def test_without_a_number_a_gateway_or_the_right_nothing_is_queued(self):
        frappe.set_user(self.admin.user)
        without, stranger = make_pegawai_of(self.opd), make_pegawai_of(make_opd_as_administrator())
        with patch.object(frappe, "enqueue") as queued:
            with self.assertRaises(AkunDitolak):
                akun.kirim_kode(without, WHY)
            with self.assertRaises(frappe.PermissionError):
                akun.kirim_kode(stranger, WHY)
            frappe.db.set_single_value("Gerbang Pesan", "aktif", 0)
            with self.assertRaises(PesanDitolak):
                akun.kirim_kode(self.person.name, WHY)
        self.assertFalse(queued.called)

    def test_addresses_of_the_inner_network_are_refused_unless_the_server_lists_them(self):
        for url in (
            "http://example.com/x", "https://127.0.0.1/x", "https://169.254.169.254/latest", "https://10.0.0.5/x", "file:///etc/passwd",
            "https://user@example.com/x", "", None, f"http://{HOST}.evil.example/x", f"http://evil.example/{HOST}",
        ):  # fmt: skip
            with self.subTest(url), self.assertRaises(PesanDitolak):
                gateway.checked(url)
        self.assertEqual(gateway.checked(URL), URL)

    def test_a_text_cannot_break_out_of_the_body(self):
        body = gateway.body('{"t": "{pesan}", "to": "{nomor}"}', "+62811", '", "to": "+62999 {nomor}')
        self.assertEqual(json.loads(body), {"t": '", "to": "+62999 {nomor}', "to": "+62811"})

    def test_the_settings_refuse_what_could_not_be_sent(self):
        for wrong in ({"isi": "kein json"}, {"alamat": "https://192.168.1.1/x"}):
            with self.subTest(wrong), self.assertRaises(PesanDitolak):
                frappe.get_doc("Gerbang Pesan").update(wrong).save()

    def test_a_hook_of_another_app_comes_first(self):
        hooks = {gateway.HOOK: [f"{__name__}.take"]}
        with patch.object(frappe, "get_hooks", side_effect=lambda name=None, *a, **k: hooks.get(name, [])):
            self.assertTrue(gateway.available())
            self.assertEqual(gateway.send("+62811", "halo"), "diambil +62811")


def take(nomor: str, pesan: str) -> str:
    return f"diambil {nomor}"


def make_opd_as_administrator():
    user = frappe.session.user
    frappe.set_user("Administrator")
    opd = make_opd()
    frappe.set_user(user)
    return opd


def make_pegawai_of(opd) -> str:
    user = frappe.session.user
    frappe.set_user("Administrator")
    name = make_pegawai(opd=opd.name).name
    frappe.set_user(user)
    return name
