"""The page of the Command Center: to whom it opens, what it tells the browser, and the regency's own base map."""

import json
from types import SimpleNamespace

import frappe
from werkzeug.wrappers import Response

from spbe_attendance import headers
from spbe_attendance.pemantauan.ringkas import base_map, door
from spbe_attendance.pemantauan.ringkas.exceptions import PetaDasarTidakSah
from spbe_attendance.tests.case import SiteTestCase, in_request
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_role_user
from spbe_attendance.www import command_center

ISLAND = [[[102.5, 0.9], [102.9, 0.9], [102.9, 1.1], [102.5, 1.1], [102.5, 0.9]]]


def collection(coordinates=ISLAND):
    feature = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": coordinates},
    }
    return {"type": "FeatureCollection", "features": [feature]}


def attached(content, private=0):
    values = {"doctype": "File", "file_name": f"peta-{frappe.generate_hash(length=6)}.geojson"}
    text = content if isinstance(content, str) else json.dumps(content)
    return frappe.get_doc({**values, "content": text, "is_private": private}).insert().file_url


class TestTheDoor(SiteTestCase):
    def asked(self, user, query=b""):
        frappe.set_user(user)
        with in_request(SimpleNamespace(query_string=query, scheme="http", host="absensi.localhost")):
            return command_center.get_context(frappe._dict())

    def test_a_guest_is_sent_to_the_log_in_and_back_to_exactly_this_page(self):
        with self.assertRaises(frappe.Redirect):
            self.asked("Guest", b"opd=DINKES&tanggal=2026-11-23")
        self.assertEqual(
            frappe.local.flags.redirect_location,
            "/login?redirect-to=%2Fcommand-center%3Fopd%3DDINKES%26tanggal%3D2026-11-23",
        )

    def test_it_opens_to_leaders_stewards_and_heads(self):
        opd = make_opd().name
        heads = [make_pegawai(opd=opd, roles=(role,)).user for role in ("Kepala OPD", "Admin OPD")]
        for user in (*heads, *(make_role_user(role) for role in ("Pimpinan", "BKPSDM", "Wali Data"))):
            with self.subTest(user):
                found = self.asked(user)
                self.assertIsNone(found.akses)
                self.assertTrue(door.is_shown())
                self.assertEqual(json.loads(found.awal)["site"], frappe.local.site)

    def test_no_tiles_are_loaded_until_an_address_is_set(self):
        leader = make_role_user("Pimpinan")
        for address in ("", "https://ubin.example.invalid/{z}/{x}/{y}.png"):
            frappe.db.set_single_value("Pengaturan Absensi", "url_ubin_peta", address)
            frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")
            policy = headers.policy("/command-center", Response("<p></p>", mimetype="text/html"))
            with self.subTest(address):
                self.assertEqual(json.loads(self.asked(leader).awal)["ubin"], address)
                self.assertEqual("https://ubin.example.invalid" in policy, bool(address))

    def test_staff_are_told_whom_it_is_for_and_get_no_program(self):
        found = self.asked(make_pegawai().user)
        self.assertEqual((found.http_status_code, found.program), (403, {}))
        self.assertIn("Command Center", found.akses)
        self.assertIsNone(found.awal)
        self.assertFalse(door.is_shown())

    def test_a_head_without_an_opd_of_their_own_is_refused(self):
        self.assertIsNotNone(self.asked(make_role_user("Kepala OPD")).akses)

    def test_nothing_in_the_page_can_end_its_script(self):
        frappe.db.set_single_value("Pengaturan Absensi", "peta_dasar", "/files/</script>.geojson")
        self.assertNotIn("</", self.asked(make_role_user("Pimpinan")).awal)


class TestTheBaseMap(SiteTestCase):
    def test_a_public_collection_is_taken_and_told_to_the_page(self):
        settings = frappe.get_doc("Pengaturan Absensi")
        settings.peta_dasar = attached(collection())
        settings.save()
        self.assertEqual(frappe.db.get_single_value("Pengaturan Absensi", "peta_dasar"), settings.peta_dasar)

    def test_none_is_fine(self):
        self.assertIsNone(base_map.check(None))
        self.assertIsNone(base_map.check(""))

    def test_what_screens_could_not_draw_is_refused(self):
        unusable = {
            "private": attached(collection(), private=1),
            "elsewhere": "https://peta.example.invalid/peta.geojson",
            "not GeoJSON": attached('{"type": "Topology"}'),
            "a bare shape": attached({"type": "Polygon", "coordinates": ISLAND}),
            "no text": attached("\x00\x01"),
            "too large": attached({**collection(), "keterangan": "x" * base_map.LARGEST}),
        }
        for what, address in unusable.items():
            with self.subTest(what), self.assertRaises(PetaDasarTidakSah):
                base_map.check(address)
