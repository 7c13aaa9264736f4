"""What people get of their own data, and how they have it corrected: for oneself alone, whole, and gone again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime
from freezegun import freeze_time

from spbe_attendance.kehadiran.pencatatan import photo
from spbe_attendance.kepegawaian.accounts import current_pegawai
from spbe_attendance.kepegawaian.registrasi import consent
from spbe_attendance.privasi import consents, corrections, handout, own_data, parcel, register
from spbe_attendance.privasi.errors import (
    PerbaikanSendiri,
    PerbaikanTidakSah,
    SalinanSedangDibuat,
    TidakAdaPersetujuan,
)
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_absensi,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_role_user,
    make_tinjauan,
    punch,
)
from spbe_attendance.tests.factories import photo as picture

NIK = "1410011808960001"


class PersonWorld(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.opd = make_opd()
        make_lokasi(opd=self.opd.name)
        self.person = make_pegawai(opd=self.opd.name, nama="Orang Rekaan Satu", nik=NIK, jabatan="=HITUNG(1)")
        self.other = make_pegawai(opd=self.opd.name, nama="Orang Rekaan Dua")
        self.head = make_pegawai(opd=self.opd.name, roles=("Kepala OPD",))
        self.bkpsdm = make_role_user("BKPSDM")
        self.mine, self.theirs = self.punched(self.person), self.punched(self.other)

    def punched(self, person):
        frappe.set_user(person.user)
        body = punch()
        made = make_absensi(**body)
        photo.attach(body["id_klien"], {"pegawai": person.name}, picture())
        frappe.set_user("Administrator")
        return made

    def as_person(self, person=None):
        frappe.set_user((person or self.person).user)
        return current_pegawai()


class TestCopyOfTheOwnData(PersonWorld):
    def copied(self):
        handout.ask(self.as_person())
        name = frappe.get_last_doc(handout.DOCTYPE, {"pegawai": self.person.name}).name
        handout.build(frappe.get_doc(handout.DOCTYPE, name))
        frappe.set_user("Administrator")
        return frappe.get_doc(handout.DOCTYPE, name)

    def opened(self, doc):
        files = frappe.get_all("File", {"attached_to_name": doc.name}, pluck="name", order_by="creation")
        return [zipfile.ZipFile(io.BytesIO(frappe.get_doc("File", name).get_content())) for name in files]

    def test_it_holds_everything_that_the_register_hands_out(self):
        (found,) = self.opened(self.copied())
        told = json.loads(found.read("data.json"))
        assert set(told) == {entry.doctype for entry in register.exported()}
        row = told["Absensi"]["baris"][0]
        assert (row["name"], row["latitude"], row["lokasi"]) == (
            self.mine.name,
            self.mine.latitude,
            "Kantor Uji",
        )
        assert told["Pegawai"]["baris"][0]["nik"] == NIK
        assert "Orang Rekaan Satu" in found.read("baca-saya.html").decode()

    def test_the_own_photo_is_in_it(self):
        (found,) = self.opened(self.copied())
        pictures = [name for name in found.namelist() if name.startswith("berkas/absensi/")]
        assert len(pictures) == 1
        assert found.read(pictures[0])[:2] == b"\xff\xd8"

    def test_nothing_of_anybody_else_is_in_it(self):
        make_tinjauan(self.mine)
        (found,) = self.opened(self.copied())
        whole = b"".join(found.read(name) for name in found.namelist()).decode("latin-1")
        for word in (self.theirs.name, self.other.name, "Orang Rekaan Dua", "Isyarat uji"):
            assert word not in whole

    def test_a_sheet_gets_text_and_no_formula(self):
        (found,) = self.opened(self.copied())
        rows = list(csv.reader(io.StringIO(found.read("tabel/pegawai.csv").decode("utf-8-sig"))))
        assert "'=HITUNG(1)" in rows[1]

    def test_photos_that_are_too_many_for_one_file_come_in_several(self):
        files = [own_data.OwnFile(f"berkas/{number}.jpg", "") for number in range(5)]
        largest, parcel.LARGEST = parcel.LARGEST, 3000
        try:
            made = list(
                parcel.parts([], files, lambda file: file.name.encode() * 60 + bytes(range(256)) * 4, "")
            )
        finally:
            parcel.LARGEST = largest
        names = [name for part in made for name in zipfile.ZipFile(io.BytesIO(part)).namelist()]
        assert len(made) > 1
        assert sorted(name for name in names if name.startswith("berkas/")) == [file.name for file in files]

    def test_one_at_a_time_and_the_fresh_one_again(self):
        handout.ask(self.as_person())
        with pytest.raises(SalinanSedangDibuat):
            handout.ask(self.as_person())
        frappe.set_user("Administrator")
        frappe.db.set_value(handout.DOCTYPE, {"pegawai": self.person.name}, "status", "Gagal")
        self.copied()
        assert handout.ask(self.as_person())["status"] == "Siap"
        assert frappe.db.count(handout.DOCTYPE, {"pegawai": self.person.name}) == 2

    def test_the_person_is_told_and_fetches_it(self):
        doc = self.copied()
        note = frappe.get_last_doc("Notification Log", {"document_name": doc.name})
        assert (note.for_user, note.document_type) == (self.person.user, handout.DOCTYPE)
        told = handout.state(self.person.name)
        assert told["status"] == "Siap" and told["berkas"][0]["url"].startswith("/private/files/")
        file = frappe.get_doc("File", {"file_url": told["berkas"][0]["url"]})
        frappe.set_user(self.person.user)
        assert file.is_downloadable()

    def test_nobody_else_reads_it_not_even_the_office(self):
        doc = self.copied()
        file = frappe.get_doc("File", {"attached_to_name": doc.name})
        for user in (self.other.user, self.head.user, self.bkpsdm, make_role_user("System Manager")):
            frappe.set_user(user)
            assert not frappe.has_permission(handout.DOCTYPE, "read", doc=doc)
            assert not file.is_downloadable()
            frappe.set_user("Administrator")

    def test_it_is_gone_after_three_days(self):
        doc = self.copied()
        path = frappe.get_doc("File", {"attached_to_name": doc.name}).get_full_path()
        with freeze_time(now_datetime() + timedelta(days=4)):
            handout.remove_expired()
        assert frappe.db.get_value(handout.DOCTYPE, doc.name, "status") == "Kedaluwarsa"
        assert frappe.db.count("File", {"attached_to_name": doc.name}) == 0
        with pytest.raises(FileNotFoundError):
            open(path, "rb")  # noqa: PTH123, SIM115


class TestCorrectionOfMasterData(PersonWorld):
    def asked(self, **values):
        told = {"bidang": "gelar_belakang", "nilai_baru": "S.Kom.", "alasan": "Sudah lulus", **values}
        corrections.ask(self.as_person(), told)
        frappe.set_user("Administrator")
        return frappe.get_last_doc(corrections.DOCTYPE, {"pegawai": self.person.name})

    def test_bkpsdm_accepts_and_the_person_is_corrected(self):
        doc = self.asked()
        assert (doc.status, doc.nilai_lama or "") == ("Diajukan", "")
        assert abs(doc.jawab_sebelum - doc.creation - timedelta(hours=72)) < timedelta(minutes=1)
        frappe.set_user(self.bkpsdm)
        apply_workflow(doc, "Terima")
        frappe.set_user("Administrator")
        assert frappe.db.get_value("Pegawai", self.person.name, "gelar_belakang") == "S.Kom."
        doc.reload()
        assert (doc.status, doc.diputus_oleh) == ("Diterima", self.bkpsdm)
        assert corrections.announce(doc.name, "Diterima") == [self.person.user]

    def test_a_refusal_needs_its_reason(self):
        doc = self.asked()
        frappe.set_user(self.bkpsdm)
        with pytest.raises(PerbaikanTidakSah):
            apply_workflow(doc, "Tolak")
        doc.reload()
        doc.jawaban = "Ijazah belum ada"
        doc.save()
        apply_workflow(doc, "Tolak")
        frappe.set_user("Administrator")
        assert not frappe.db.get_value("Pegawai", self.person.name, "gelar_belakang")

    def test_nobody_decides_on_an_own_one(self):
        frappe.get_doc("User", self.person.user).add_roles("BKPSDM")
        doc = self.asked()
        frappe.set_user(self.person.user)
        with pytest.raises((PerbaikanSendiri, frappe.ValidationError)):
            apply_workflow(doc, "Terima")
        doc.reload()
        doc.status = "Diterima"
        with pytest.raises((PerbaikanSendiri, frappe.ValidationError)):
            doc.save()

    def test_the_person_withdraws_and_asks_again(self):
        doc = self.asked()
        told = corrections.withdraw(self.as_person(), doc.name)
        assert told["permintaan"][0].status == "Dibatalkan"
        frappe.set_user("Administrator")
        assert self.asked().status == "Diajukan"

    def test_what_is_no_correction_is_refused(self):
        self.asked()
        for values in (
            {"bidang": "nik", "nilai_baru": NIK},
            {"bidang": "opd", "nilai_baru": "X"},
            {"bidang": "jenis_kelamin", "nilai_baru": "Kucing"},
            {"bidang": "tanggal_lahir", "nilai_baru": "kemarin"},
            {"bidang": "nama", "nilai_baru": "Orang Rekaan Satu"},
            {"bidang": "gelar_belakang", "nilai_baru": "M.Si."},
            {"bidang": "nama", "nilai_baru": ["a"]},
            {"bidang": {"a": 1}, "nilai_baru": "x"},
        ):
            frappe.set_user("Administrator")
            with self.subTest(**values), pytest.raises(frappe.ValidationError):
                corrections.ask(self.as_person(), {"alasan": "uji", **values})
        frappe.set_user("Administrator")
        assert frappe.db.count(corrections.DOCTYPE, {"pegawai": self.person.name}) == 1

    def test_nobody_asks_for_another_or_changes_what_was_asked(self):
        doc = self.asked()
        frappe.set_user(self.other.user)
        fresh = {"doctype": corrections.DOCTYPE, "pegawai": self.person.name, "bidang": "nama"}
        with pytest.raises((PerbaikanTidakSah, frappe.PermissionError)):
            frappe.get_doc({**fresh, "nilai_baru": "Lain", "alasan": "uji"}).insert()
        with pytest.raises(PerbaikanTidakSah):
            corrections.withdraw(current_pegawai(), doc.name)
        frappe.set_user(self.bkpsdm)
        doc.reload()
        doc.nilai_baru = "Dr."
        with pytest.raises(frappe.ValidationError):
            doc.save()

    def test_the_head_of_the_opd_has_no_part_in_it(self):
        doc = self.asked()
        for person in (self.head, self.other):
            assert not frappe.has_permission(corrections.DOCTYPE, "read", doc=doc, user=person.user)
        frappe.set_user(self.head.user)
        assert frappe.get_list(corrections.DOCTYPE) == []

    def test_a_nik_that_is_typed_into_the_reason_is_masked(self):
        assert self.asked(alasan=f"NIK saya {NIK}").alasan == "NIK saya 1410********0001"


class TestWithdrawnConsent(PersonWorld):
    def test_what_rests_on_it_goes_and_attendance_stays(self):
        self.person.reload()
        self.person.nomor_hp = "081234567890"
        self.person.save()
        consent.agree(self.as_person(), consent.current()["name"])
        told = consents.withdraw(self.as_person())
        frappe.set_user("Administrator")
        assert not told["disetujui"] and told["riwayat"][0]["ditarik"]
        assert frappe.db.get_value("Pegawai", self.person.name, ["nomor_hp", "foto"]) == (None, None)
        assert frappe.db.exists("Absensi", self.mine.name)
        assert consent.asked_of(self.person.name) is None
        record = frappe.get_last_doc(consent.RECORD, {"pegawai": self.person.name})
        assert self.bkpsdm in consents.announce(record.name, self.person.name)

    def test_one_may_agree_again_and_every_turn_stays_on_record(self):
        text = consent.current()["name"]
        consent.agree(self.as_person(), text)
        consents.withdraw(self.as_person())
        assert consent.agree(self.as_person(), text)["disetujui"]
        frappe.set_user("Administrator")
        record = frappe.get_last_doc(consent.RECORD, {"pegawai": self.person.name})
        turns = frappe.get_all(
            "Comment",
            {"reference_name": record.name, "comment_type": "Info"},
            ["content", "comment_email"],
            order_by="creation",
        )
        assert [(row.content, row.comment_email) for row in turns] == [
            ("Ditarik", self.person.user),
            ("Disetujui lagi", self.person.user),
        ]

    def test_who_has_agreed_to_nothing_is_told_so(self):
        with pytest.raises(TidakAdaPersetujuan):
            consents.withdraw(self.as_person())
