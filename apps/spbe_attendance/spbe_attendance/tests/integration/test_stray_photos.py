"""Photos on the disk that no row names are removed, and no others."""

import os
import secrets
import time
from pathlib import Path

import frappe

from spbe_attendance.kehadiran.pencatatan import stray_photos
from spbe_attendance.tests.case import SiteTestCase

DAY = 24 * 3600


class TestStrayPhotos(SiteTestCase):
    def left(self, name, age):
        path = Path(frappe.get_site_path("private", "files", name))
        path.write_bytes(b"photo")
        self.addCleanup(lambda: path.unlink(missing_ok=True))
        moment = time.time() - age
        os.utime(path, (moment, moment))
        return path

    def photo(self, age):
        return self.left(f"{secrets.token_hex(16)}.jpg", age)

    def test_a_photo_without_a_row_goes_after_a_day_and_what_has_a_row_or_another_name_stays(self):
        stray, fresh, ours = self.photo(2 * DAY), self.photo(3600), self.photo(2 * DAY)
        foreign = self.left("laporan-tahunan.jpg", 2 * DAY)
        address = stray_photos.address(ours.name)
        frappe.db.bulk_insert("File", ["name", "file_url"], [(frappe.generate_hash(length=10), address)])
        stray_photos.remove()
        self.assertEqual([path.exists() for path in (stray, fresh, ours, foreign)], [False, True, True, True])
