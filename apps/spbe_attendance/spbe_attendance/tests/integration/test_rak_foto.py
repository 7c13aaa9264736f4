"""The short way of a photo: the same file and the same punch as Frappe's way makes, and only where nobody waits for what that sets off."""

import hashlib
from pathlib import Path

import frappe
from frappe.core.doctype.file.utils import get_content_hash

from spbe_attendance.api import absensi as api
from spbe_attendance.exceptions import FotoTidakCocok
from spbe_attendance.kehadiran.pencatatan import known, photo, shelf
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_lokasi, make_opd, make_pegawai, punch
from spbe_attendance.tests.factories import photo as picture

# Of one row alone: its name, its moment, its address and what is drawn for it.
OWN = {"name", "creation", "modified", "file_name", "file_url", "content_hash", "attached_to_name"}


def on_disk(url: str) -> Path:
    return Path(frappe.get_site_path(*url.strip("/").split("/")))


class TestShelf(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        make_lokasi(opd=cls.opd.name)
        cls.staf = make_pegawai(opd=cls.opd.name)

    def setUp(self):
        super().setUp()
        frappe.local.flags.pop(known.WAITING, None)
        frappe.set_user(self.staf.user)
        body = punch(foto_sha256=hashlib.sha256(picture()).hexdigest())
        self.id_klien, self.name = body["id_klien"], api.catat(**body)["name"]

    def attach(self, content=None):
        with known.used():
            return photo.attach(self.id_klien, {"pegawai": self.staf.name}, content or picture())

    def file_row(self):
        return frappe.db.get_value("File", {"attached_to_name": self.name}, "*")

    def test_it_makes_the_same_file_as_the_frameworks_way(self):
        self.attach()
        short = self.file_row()
        frappe.db.set_value("Absensi", self.name, "foto", None)
        frappe.delete_doc("File", short.name, force=True, ignore_permissions=True)
        photo.store(self.name, *photo.cleaned(picture(), 640))
        general = self.file_row()
        # The framework encodes a JPEG once more.
        self.assertEqual({**short, "file_size": 0}.keys(), general.keys())
        differing = {key for key in short if short[key] != general[key]} - OWN - {"file_size"}
        self.assertEqual(differing, set())

    def test_what_is_stored_is_what_was_cleaned_private_and_its_own(self):
        self.attach()
        row, kept = self.file_row(), frappe.db.get_value("Absensi", self.name, ["foto", "foto_status"])
        cleaned, _ending = photo.cleaned(picture(), 640)
        self.assertEqual(kept, (row.file_url, "Ada"))
        self.assertEqual(on_disk(row.file_url).read_bytes(), cleaned)
        self.assertTrue(row.content_hash.startswith("own-"))
        self.assertTrue(row.content_hash.endswith(get_content_hash(cleaned)))
        self.assertEqual(frappe.get_doc("File", row.name).get_content(), cleaned)

    def test_a_photo_that_is_rolled_back_leaves_the_disk(self):
        with known.used():
            url = shelf.put("Absensi", self.name, b"gambar", "jpg")
        self.assertTrue(on_disk(url).exists())
        frappe.db.after_rollback.run()
        self.assertFalse(on_disk(url).exists())

    def test_sent_twice_it_is_stored_once_and_another_photo_never_takes_its_place(self):
        self.assertEqual(self.attach(), self.attach())
        self.assertEqual(frappe.db.count("File", {"attached_to_name": self.name}), 1)
        with self.assertRaises(FotoTidakCocok):
            self.attach(picture((330, 240)))

    def test_who_waits_for_files_is_told_by_the_frameworks_way(self):
        with known.used():
            self.assertTrue(shelf.possible())
        frappe.set_user("Administrator")
        frappe.get_doc(
            {
                "doctype": "Webhook",
                "name": "Arsip uji",
                "webhook_doctype": "File",
                "webhook_docevent": "after_insert",
                "request_url": "https://arsip.invalid/berkas",
                "enabled": 1,
            }
        ).insert()
        self.assertTrue(shelf.watched())

    def test_another_apps_storage_gets_its_files(self):
        hooks = frappe.get_doc_hooks()
        hooks["File"]["after_insert"] = [*hooks["File"].get("after_insert", []), "arsip.s3.upload"]
        try:
            self.assertTrue(shelf.watched())
        finally:
            hooks["File"]["after_insert"].remove("arsip.s3.upload")

    def test_outside_of_the_phones_endpoints_the_framework_stores_it(self):
        self.assertFalse(shelf.possible())
        photo.attach(self.id_klien, {"pegawai": self.staf.name}, picture())
        self.assertEqual(frappe.db.get_value("Absensi", self.name, "foto_status"), "Ada")
