"""Private files of equal bytes: each document has its own, reads its own, and takes its own with it."""

from __future__ import annotations

from pathlib import Path

import frappe
import pytest

from spbe_attendance.kehadiran.pencatatan import photo
from spbe_attendance.kehadiran.permohonan import letters
from spbe_attendance.kepegawaian.registrasi import intake
from spbe_attendance.patches.v0_1 import own_files as patch
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_absensi,
    make_lokasi,
    make_opd,
    make_pegawai,
    registration,
)
from spbe_attendance.tests.factories import photo as picture

PDF = b"%PDF-1.4\n%equal bytes\n"


def rows(attached_to: str) -> list:
    return frappe.get_all("File", {"attached_to_name": attached_to}, ["name", "file_url", "content_hash"])


def on_disk(url: str) -> Path:
    return Path(frappe.get_site_path(url.lstrip("/")))


def served(url: str, user: str) -> bool:
    """Whether the framework hands out this address: it does when any row that has it may be read."""
    frappe.set_user(user)
    found = any(
        frappe.get_doc("File", name).is_downloadable()
        for name in frappe.get_all("File", {"file_url": url}, pluck="name")
    )
    frappe.set_user("Administrator")
    return found


class TestOwnFiles(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        make_lokasi(opd=cls.opd.name)
        cls.staf = make_pegawai(opd=cls.opd.name)

    def setUp(self):
        super().setUp()
        frappe.db.set_single_value("Pengaturan Absensi", {"pendaftaran_dibuka": 1})
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")

    def applicant(self) -> frappe.model.document.Document:
        frappe.set_user("Guest")
        answer = intake.file(registration(opd=self.opd.name), picture())
        frappe.set_user("Administrator")
        return frappe.get_doc("Registrasi Pegawai", {"nomor": answer["nomor"]})

    def punch_with_photo(self) -> frappe.model.document.Document:
        doc = make_absensi(pegawai=self.staf.name)
        photo.store(doc.name, *photo.cleaned(picture(), 640))
        return frappe.get_doc("Absensi", doc.name)

    def test_a_photo_like_ones_own_is_not_read_through_ones_own(self):
        punch, applicant = self.punch_with_photo(), self.applicant()
        assert on_disk(punch.foto).read_bytes() == on_disk(applicant.foto).read_bytes()
        assert punch.foto != applicant.foto
        assert served(punch.foto, self.staf.user)
        assert not served(applicant.foto, self.staf.user)

    def test_what_is_removed_leaves_the_disk_and_nobody_elses_does(self):
        punch, applicant, other = self.punch_with_photo(), self.applicant(), self.applicant()
        intake.remove_photo(applicant.name)
        assert not on_disk(applicant.foto).exists()
        assert on_disk(punch.foto).exists() and on_disk(other.foto).exists()

    def test_a_file_of_ones_own_is_neither_put_in_place_of_evidence_nor_lent_to_it(self):
        loose = frappe.get_doc(
            {"doctype": "File", "file_name": "loose.pdf", "is_private": 1, "content": PDF}
        ).insert()
        frappe.set_user(self.staf.user)
        letter = letters.store(PDF)
        frappe.set_user("Administrator")
        again = frappe.get_doc(
            {"doctype": "File", "file_name": "again.pdf", "is_private": 1, "content": PDF}
        ).insert()
        assert letter != loose.file_url
        assert again.file_url == loose.file_url
        frappe.delete_doc("File", again.name)
        frappe.delete_doc("File", loose.name)
        assert on_disk(letter).read_bytes() == PDF

    def test_a_letter_uploaded_in_the_form_is_its_own_as_well(self):
        urls = {
            frappe.get_doc(
                {
                    "doctype": "File",
                    "file_name": "surat.pdf",
                    "is_private": 1,
                    "attached_to_doctype": "Ketidakhadiran",
                    "attached_to_name": f"new-ketidakhadiran-{number}",
                    "content": PDF,
                }
            )
            .insert()
            .file_url
            for number in range(2)
        }
        assert len(urls) == 2
        assert all(on_disk(url).read_bytes() == PDF for url in urls)

    def test_what_is_rolled_back_leaves_no_file(self):
        file = photo.private_file("Absensi", make_absensi(pegawai=self.staf.name).name, picture(), "jpg")
        other = self.applicant()
        frappe.db.delete("File", {"name": file.name})
        # What the framework calls after a rollback.
        file.on_rollback()
        assert not on_disk(file.file_url).exists()
        assert on_disk(other.foto).exists()

    def test_files_that_were_stored_once_for_many_are_parted_by_the_patch_and_it_runs_twice(self):
        punch, applicant = self.punch_with_photo(), self.applicant()
        shared, raw = punch.foto, rows(punch.name)[0].content_hash.rpartition("-")[2]
        for name in (rows(punch.name)[0].name, rows(applicant.name)[0].name):
            frappe.db.set_value("File", name, {"file_url": shared, "content_hash": raw})
        applicant.db_set("foto", shared)
        assert served(shared, self.staf.user)
        patch.execute()
        parted = frappe.get_all("File", {"attached_to_name": ["in", (punch.name, applicant.name)]}, ["*"])
        assert len({row.file_url for row in parted}) == len({row.content_hash for row in parted}) == 2
        applicant.reload()
        assert applicant.foto == rows(applicant.name)[0].file_url
        punch.reload()
        assert on_disk(applicant.foto).read_bytes() == on_disk(punch.foto).read_bytes()
        assert [served(url, self.staf.user) for url in (punch.foto, applicant.foto)] == [True, False]
        patch.execute()
        assert {row.file_url for row in parted} == {rows(doc.name)[0].file_url for doc in (punch, applicant)}


def test_files_are_found_by_hash_and_address_without_reading_the_table():
    by_hash = frappe.db.sql("explain select name from tabFile where content_hash = %s", ("x",), as_dict=True)
    by_url = frappe.db.sql("explain select name from tabFile where file_url = %s", ("/x",), as_dict=True)
    assert by_hash[0].key and by_url[0].key


@pytest.fixture(autouse=True)
def private_folder():
    Path(frappe.get_site_path("private", "files")).mkdir(parents=True, exist_ok=True)
