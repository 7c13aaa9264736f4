"""Retention: photos and positions really go when their time has come, never while held, and the chain stays whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, now_datetime
from freezegun import freeze_time

from spbe_attendance.evidence import chain, verify
from spbe_attendance.evidence.audit import Audit
from spbe_attendance.exceptions import AbsensiTidakDapatDiubah
from spbe_attendance.kehadiran.pencatatan import photo
from spbe_attendance.kehadiran.segel import export, roots, sealing, store
from spbe_attendance.patches.v0_1 import kept_positions
from spbe_attendance.privasi import holds, photos, purge
from spbe_attendance.privasi.errors import (
    PenahananTidakDapatDiubah,
    PenahananTidakSah,
    PenghapusanTidakDapatDiubah,
)
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    LAT,
    make_absensi,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_role_user,
    make_tinjauan,
    punch,
)
from spbe_attendance.tests.factories import photo as picture
from spbe_attendance.tests.role_matrix import RoleMatrix, role_users

# A Monday at work, three years before whatever today is.
LONG_AGO = "2023-10-02 07:05:00"


class RetentionWorld(SiteTestCase):
    """One person with one punch of long ago: photo, position, seal and a rooted day."""

    def setUp(self):
        super().setUp()
        self.opd = make_opd()
        make_lokasi(opd=self.opd.name)
        self.person = make_pegawai(opd=self.opd.name)
        self.old = self.punched(LONG_AGO)

    def punched(self, moment, person=None):
        person = person or self.person
        body = punch()
        with freeze_time(self.utc(moment)):
            frappe.set_user(person.user)
            made = make_absensi(**body)
            photo.attach(body["id_klien"], {"pegawai": person.name}, picture())
            frappe.set_user("Administrator")
            sealing.seal_since(now_datetime() - timedelta(hours=1), commit=False)
        roots.make({(self.opd.name, getdate(made.tanggal))})
        made.reload()
        return made

    @staticmethod
    def utc(moment):
        """Seven in the morning of the site."""
        return frappe.utils.get_datetime(moment) - timedelta(hours=7)

    def purged(self, what=purge.REMOVAL):
        log = purge.begin(what, "Administrator")
        purge.work(log, commit=False)
        return frappe.get_doc(purge.DOCTYPE, log.name)

    def files(self, absensi):
        return frappe.get_all("File", {"attached_to_name": absensi.name}, ["file_url", "thumbnail_url"])

    @staticmethod
    def on_disk(url):
        return Path(frappe.get_site_path(url.lstrip("/")))

    def audited(self):
        found = [
            row
            for row in verify.check(export.lines(export.Scope(self.opd.name)))
            if not isinstance(row, Audit)
        ]
        return {row.code for row in found if row.serious}, {
            row.code: row.detail for row in found if not row.serious
        }

    def hold(self, **values):
        return frappe.get_doc(
            {"doctype": holds.DOCTYPE, "alasan": "Pemeriksaan Inspektorat", **values}
        ).insert()

    def is_kept(self):
        self.old.reload()
        return bool(self.old.foto) and self.old.latitude == LAT


class TestRetention(RetentionWorld):
    def test_photo_and_position_are_gone_and_what_remains_says_so(self):
        address = self.on_disk(self.files(self.old)[0].file_url)
        before = self.old.as_dict()
        assert address.exists()
        log = self.purged()
        self.old.reload()
        assert not address.exists()
        assert self.files(self.old) == []
        assert (self.old.foto, self.old.latitude, self.old.longitude, self.old.bukti) == (None, 0, 0, None)
        assert self.old.foto_status == "Dihapus"
        assert self.old.foto_dihapus_pada and self.old.posisi_dihapus_pada
        assert self.old.aturan_hapus.split("\n") == log.aturan.split("\n")
        kept = ("pegawai", "waktu", "putusan_lokasi", "lokasi", "jarak", "akurasi", "status", "foto_sha256")
        assert [self.old.get(field) for field in kept] == [before[field] for field in kept]
        assert (log.foto, log.posisi, log.status) == (1, 1, "Selesai")

    def test_the_chain_stays_whole_and_tells_what_was_removed(self):
        assert self.audited() == (set(), {})
        self.purged()
        serious, notes = self.audited()
        assert serious == set()
        assert notes["posisi_dihapus"].startswith("1 absen: Posisi disimpan 12 bulan")
        seal = frappe.get_all(
            "Segel Absensi", {"absensi": self.old.name}, ["peristiwa", "garam", "posisi_sha256"]
        )
        assert {row.peristiwa: bool(row.garam) for row in seal} == {"Tercatat": False, "Dihapus": False}

    def test_a_second_run_removes_nothing_more(self):
        self.purged()
        self.old.reload()
        log = self.purged()
        assert (log.foto, log.posisi, log.foto_dilewati, log.posisi_dilewati) == (0, 0, 0, 0)
        assert frappe.get_doc("Absensi", self.old.name).modified == self.old.modified
        assert frappe.db.count("Segel Absensi", {"absensi": self.old.name, "peristiwa": "Dihapus"}) == 1

    def test_younger_punches_stay(self):
        month = add_months(now_datetime(), -11)
        young = self.punched(month.replace(hour=7, minute=5))
        self.purged()
        young.reload()
        assert young.foto and young.latitude == LAT

    def test_each_kind_has_a_time_of_its_own(self):
        frappe.db.set_single_value("Pengaturan Absensi", "retensi_foto_bulan", 240)
        self.purged()
        self.old.reload()
        assert self.old.foto and self.old.posisi_dihapus_pada and not self.old.foto_dihapus_pada

    def test_a_rehearsal_says_what_would_go_and_removes_nothing(self):
        log = self.purged(purge.REHEARSAL)
        assert (log.foto, log.posisi) == (1, 1)
        assert self.is_kept()
        assert (self.purged().foto, self.purged().foto) == (1, 0)

    def test_a_photo_whose_file_is_missing_counts_as_removed(self):
        self.on_disk(self.files(self.old)[0].file_url).unlink()
        assert self.purged().foto == 1
        assert self.files(self.old) == []

    def test_a_thumbnail_goes_with_its_photo(self):
        row = frappe.get_doc("File", {"attached_to_name": self.old.name})
        small = self.on_disk("/private/files/kecil-uji.jpg")
        small.write_bytes(b"kecil")
        row.db_set("thumbnail_url", "/private/files/kecil-uji.jpg")
        self.purged()
        assert not small.exists()

    def test_a_storage_that_refuses_leaves_the_photo_for_the_next_night(self):
        refused = frappe.get_doc("File", {"attached_to_name": self.old.name})
        path = self.on_disk(refused.file_url)
        path.unlink()
        # What cannot be unlinked: a folder in the file's place.
        path.mkdir()
        log = self.purged()
        assert (log.foto, log.foto_dilewati) == (0, 1)
        assert frappe.db.get_value("Absensi", self.old.name, "foto_status") == "Ada"
        path.rmdir()
        assert self.purged().foto == 1

    def test_a_punch_that_is_not_as_it_was_sealed_keeps_its_position_as_evidence(self):
        frappe.db.set_value("Absensi", self.old.name, "waktu", "2023-10-02 06:00:00", update_modified=False)
        log = self.purged()
        assert (log.posisi, log.posisi_dilewati) == (0, 1)
        assert frappe.db.get_value("Absensi", self.old.name, "latitude") == LAT
        assert self.audited()[0] == {"isi_berubah"}

    def test_a_phone_that_sends_the_photo_again_after_years_changes_nothing(self):
        self.purged()
        answer = photo.attach(self.old.id_klien, {"pegawai": self.person.name}, picture())
        assert answer == {"name": self.old.name, "diterima": True}
        assert self.files(self.old) == []

    def test_batches_go_on_where_the_one_before_ended(self):
        others = [self.punched(add_days(LONG_AGO, number)) for number in (1, 2)]
        whole, photos.BATCH = photos.BATCH, 1
        try:
            self.hold(orang=[{"pegawai": self.person.name}], sampai=self.old.tanggal)
            log = self.purged()
        finally:
            photos.BATCH = whole
        assert (log.foto, log.foto_ditahan) == (2, 1)
        assert self.is_kept()
        assert {frappe.db.get_value("Absensi", row.name, "foto_status") for row in others} == {"Dihapus"}

    def test_what_was_removed_is_written_by_the_removal_alone(self):
        log = self.purged()
        frappe.set_user(make_role_user("BKPSDM"))
        with pytest.raises(frappe.PermissionError):
            frappe.get_doc({"doctype": purge.DOCTYPE, "jenis": "Penghapusan", "foto": 7}).insert()
        frappe.set_user("Administrator")
        log.foto = 9
        with pytest.raises(PenghapusanTidakDapatDiubah):
            log.save()

    def test_a_punch_that_an_older_version_sealed_is_removed_and_said_to_be(self):
        for doctype in ("Segel Absensi", "Akar Harian"):
            frappe.db.delete(doctype, {"opd": self.opd.name})
        row = store.punches([self.old.name])[0]
        moment = chain.text(row["waktu_tiba"])
        seal = chain.seal_punch(chain.Head(), chain.facts(row), row["status"], moment)
        store.write([seal], {self.old.name: row["modified"]})
        frappe.db.set_value("Segel Absensi", {"absensi": self.old.name}, "posisi_ada", 0)
        kept_positions.execute()
        assert (self.audited()[0], self.purged().posisi) == (set(), 1)
        serious, notes = self.audited()
        assert serious == set()
        assert notes["posisi_dihapus_lama"].startswith("1 absen: ")
        frappe.db.set_value("Absensi", self.old.name, "lokasi", None, update_modified=False)
        assert self.audited()[0] == {"isi_berubah"}

    def test_nobody_puts_a_position_back(self):
        self.purged()
        self.old.reload()
        self.old.latitude = LAT
        with pytest.raises(AbsensiTidakDapatDiubah):
            self.old.save()


class TestHolds(RetentionWorld):
    def test_what_a_hold_covers_stays(self):
        other = make_opd()
        cases = (
            {},
            {"opd": self.opd.name},
            {"orang": [{"pegawai": self.person.name}]},
            {"dari": self.old.tanggal, "sampai": self.old.tanggal},
        )
        for values in cases:
            with self.subTest(**values):
                frappe.db.savepoint("one_hold")
                self.hold(**values)
                log = self.purged()
                assert (log.foto, log.posisi, log.foto_ditahan, log.posisi_ditahan) == (0, 0, 1, 1)
                assert self.is_kept()
                frappe.db.rollback(save_point="one_hold")
        self.hold(opd=other.name)
        assert self.purged().foto == 1

    def test_the_opd_above_holds_its_units(self):
        unit = make_opd(induk=self.opd.name, is_group=0)
        make_lokasi(opd=unit.name)
        self.person.db_set("opd", unit.name)
        below = self.punched(add_days(LONG_AGO, 1))
        assert below.opd == unit.name
        self.hold(opd=self.opd.name)
        assert self.purged().foto == 0

    def test_a_hold_that_is_over_or_lifted_holds_nothing(self):
        today = frappe.utils.getdate()
        self.hold(berlaku_sampai=today)
        assert self.purged().foto == 0
        with freeze_time(now_datetime() + timedelta(days=1)):
            assert self.purged(purge.REHEARSAL).foto == 1
        lasting = self.hold()
        frappe.set_user(make_role_user("BKPSDM"))
        lasting.cabut("Pemeriksaan selesai")
        frappe.set_user("Administrator")
        lasting.reload()
        assert (lasting.status, lasting.alasan_cabut) == ("Dicabut", "Pemeriksaan selesai")
        assert lasting.dicabut_oleh != lasting.ditetapkan_oleh and lasting.dicabut_pada

    def test_a_hold_on_what_is_gone_says_so(self):
        self.purged()
        late = self.hold(orang=[{"pegawai": self.person.name}])
        late.reload()
        assert late.sudah_dihapus == "Sudah dihapus sebelum penahanan ini: 1 foto, 1 posisi."

    def test_what_somebody_has_to_decide_on_stays(self):
        day = {"pegawai": self.person.name, "tanggal": self.old.tanggal}
        waits = (
            lambda: make_tinjauan(self.old),
            lambda: self.requested("Sanggah", status="Diajukan", uraian="Keliru", **day),
            lambda: self.requested("Koreksi Absensi", status="Menunggu Persetujuan", jenis="Masuk", **day),
            lambda: frappe.db.set_value(
                "Absensi", self.old.name, "status", "Menunggu Persetujuan", update_modified=False
            ),
        )
        for wait in waits:
            frappe.db.savepoint("one_wait")
            wait()
            log = self.purged()
            assert (log.foto, log.posisi) == (0, 0)
            frappe.db.rollback(save_point="one_wait")
        assert self.purged().foto == 1

    def requested(self, doctype, **values):
        """Of long ago: today nobody may file it any more, and yet it may still be waiting."""
        made = frappe.get_doc({"doctype": doctype, "opd": self.opd.name, **values})
        made.name = frappe.generate_hash(length=10)
        made.db_insert()

    def test_a_hold_is_neither_changed_nor_removed(self):
        made = self.hold(berlaku_sampai=add_days(getdate(), 10))
        frappe.set_user(make_role_user("BKPSDM"))
        for values in (
            {"berlaku_sampai": None},
            {"status": "Dicabut"},
            {"orang": [{"pegawai": self.person.name}]},
        ):
            row = frappe.get_doc(holds.DOCTYPE, made.name)
            row.update(values)
            with self.subTest(**values), pytest.raises(frappe.ValidationError):
                row.save()
        with pytest.raises((PenahananTidakDapatDiubah, frappe.PermissionError)):
            frappe.delete_doc(holds.DOCTYPE, made.name)

    def test_nobody_but_bkpsdm_sets_or_lifts_one(self):
        made = self.hold()
        roles = ("Kepala OPD", "Admin OPD", "Pimpinan", "Wali Data", "System Manager", "BKPSDM")
        *others, bkpsdm = [(role, make_role_user(role)) for role in roles]
        for role, user in others:
            frappe.set_user(user)
            with self.subTest(role=role), pytest.raises(frappe.PermissionError):
                self.hold()
            with self.subTest(role=role), pytest.raises(frappe.PermissionError):
                made.cabut("tidak boleh")
        frappe.set_user(bkpsdm[1])
        assert self.hold().ditetapkan_oleh == bkpsdm[1]

    def test_a_hold_needs_a_reason_and_days_in_order(self):
        for values in (
            {"alasan": "  "},
            {"dari": "2026-02-02", "sampai": "2026-02-01"},
            {"berlaku_sampai": add_days(getdate(), -1)},
        ):
            with self.subTest(**values), pytest.raises((PenahananTidakSah, frappe.MandatoryError)):
                self.hold(**values)
        assert frappe.db.count(holds.DOCTYPE, {"status": holds.IN_FORCE}) == 0


class TestRolesOfPrivacy(RoleMatrix, SiteTestCase):
    """Both are BKPSDM's; of everybody else only the administrators read."""

    matrix: ClassVar = {
        (role, doctype): (verbs, verbs)
        for role, doctypes in {
            "Pegawai SPBE": ("", ""),
            "Kepala OPD": ("", ""),
            "Admin OPD": ("", ""),
            "BKPSDM": ("rwc", "r"),
            "Pimpinan": ("", ""),
            "Wali Data": ("", ""),
        }.items()
        for doctype, verbs in zip((holds.DOCTYPE, purge.DOCTYPE), doctypes, strict=True)
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own, cls.other = cls.rows(), cls.rows()
        cls.users = role_users(cls.own["opd"])

    @staticmethod
    def rows():
        opd = make_opd().name
        held = {"doctype": holds.DOCTYPE, "alasan": "Uji", "opd": opd}
        return {
            "opd": opd,
            holds.DOCTYPE: frappe.get_doc(held).insert(),
            purge.DOCTYPE: purge.begin(purge.REHEARSAL, "Administrator"),
        }
