"""People without an account register themselves: what is taken, what is answered, what follows."""

from __future__ import annotations

import uuid

import frappe
import pytest
from freezegun import freeze_time
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from spbe_attendance.api import registrasi as api
from spbe_attendance.api import sesi
from spbe_attendance.exceptions import FotoTerlaluBesar, FotoTidakSah
from spbe_attendance.kepegawaian.registrasi import (
    consent,
    exceptions,
    intake,
    limits,
    receipt,
    retention,
    settle,
)
from spbe_attendance.tests.case import SiteTestCase, in_request
from spbe_attendance.tests.factories import (
    make_acuan,
    make_opd,
    make_pegawai,
    photo,
    registration,
)

DOCTYPE = "Registrasi Pegawai"


def open_registration(**settings):
    frappe.db.set_single_value("Pengaturan Absensi", {"pendaftaran_dibuka": 1, **settings})
    frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")


def row_of(answer):
    return frappe.get_doc(DOCTYPE, {"nomor": answer["nomor"]})


def settled(answer):
    settle.settle(row_of(answer).name)
    return row_of(answer)


class RegistrationCase(SiteTestCase):
    def setUp(self):
        super().setUp()
        open_registration()
        for key in frappe.cache.get_keys(limits.COUNTERS):
            frappe.cache.delete(key)
        self.opd = make_opd()
        frappe.set_user("Guest")

    def file(self, **values):
        return intake.file(registration(**{"opd": self.opd.name, **values}), photo())


class TestFiling(RegistrationCase):
    def test_answers_a_receipt_and_keeps_what_was_filed(self):
        answer = self.file(nama="  Siti   Aminah ", nomor_hp="+62 812-3456-7890", jenis_kelamin="Perempuan")
        doc = row_of(answer)
        assert set(answer) == {"nomor", "kode"}
        assert (doc.nama, doc.nomor_hp, doc.status, doc.owner) == (
            "Siti Aminah",
            "+6281234567890",
            "Diajukan",
            "Guest",
        )
        assert doc.nik_samar == f"1410********{doc.nik[-4:]}"
        assert doc.nik not in doc.nik_hash and doc.nik not in doc.name
        assert frappe.db.get_value("File", {"file_url": doc.foto}, ["is_private", "owner"]) == (
            1,
            "Administrator",
        )

    def test_agreement_is_kept_with_version_time_and_hash(self):
        doc = row_of(self.file())
        kept = frappe.get_doc(consent.RECORD, {"registrasi": doc.name})
        text = consent.current()
        assert (kept.naskah, kept.versi, kept.sha256) == (
            text["name"],
            text["versi"],
            consent.fingerprint(text),
        )
        assert kept.waktu and kept.cara == "Pendaftaran"

    def test_a_nik_that_does_not_fit_the_form_is_a_warning_for_whoever_verifies(self):
        doc = row_of(self.file(nik="1410015808960001", tanggal_lahir="1990-01-02"))
        assert len(doc.peringatan.splitlines()) == 2

    def test_the_same_form_sent_twice_is_one_registration_with_one_answer(self):
        client = str(uuid.uuid4())
        nik = "1410011808960001"
        first = self.file(id_klien=client, nik=nik)
        assert self.file(id_klien=client, nik=nik) == first
        assert frappe.db.count(DOCTYPE, {"id_klien": client}) == 1

    def test_only_outsourced_people_have_a_vendor_and_they_need_one(self):
        with pytest.raises(exceptions.PendaftaranTidakSah):
            self.file(status_kepegawaian="Alih Daya")
        assert row_of(self.file(status_kepegawaian="Alih Daya", vendor="PT Uji Jasa")).vendor == "PT Uji Jasa"
        assert row_of(self.file(vendor="PT Uji Jasa")).vendor is None

    def test_refuses_what_is_no_registration(self):
        wrong = [
            {"nik": "1410013208960001"},
            {"nik": "141001180896000"},
            {"nik": ["1410011808960001"]},
            {"nik": None},
            {"nama": "123"},
            {"nama": "<b>a</b>"},
            {"nama": "A" * 141},
            {"tanggal_lahir": "1996-02-30"},
            {"tanggal_lahir": "2020-01-01"},
            {"jenis_kelamin": "L"},
            {"status_kepegawaian": "PNS"},
            {"opd": "TIDAK-ADA"},
            {"jabatan": " "},
            {"nomor_hp": "12345"},
            {"id_klien": "1"},
        ]
        for values in wrong:
            with pytest.raises(exceptions.PendaftaranTidakSah) as refused:
                self.file(**values)
            assert "14100" not in str(refused.value), values
        assert frappe.db.count(DOCTYPE, {"opd": self.opd.name}) == 0

    def test_refuses_a_photo_that_is_none_or_too_large(self):
        values = registration(opd=self.opd.name)
        for content, error in (
            (None, FotoTidakSah),
            (b"", FotoTidakSah),
            (b"%PDF-1.4", FotoTidakSah),
            (photo((4000, 64), quality=5), FotoTidakSah),
            (photo() + b"\0" * 80 * 1024, FotoTerlaluBesar),
        ):
            with pytest.raises(error):
                intake.file(values, content)
        assert frappe.db.count(DOCTYPE, {"opd": self.opd.name}) == 0

    def test_the_text_that_was_agreed_to_must_be_the_one_in_force(self):
        old = consent.current()["name"]
        frappe.set_user("Administrator")
        new_text(99)
        frappe.set_user("Guest")
        for name in (old, None, "NP-1234"):
            with pytest.raises(exceptions.NaskahBerubah):
                self.file(naskah=name)

    def test_is_closed_when_switched_off_or_after_the_last_day_but_receipts_are_answered(self):
        answer = self.file()
        for settings in ({"pendaftaran_dibuka": 0}, {"pendaftaran_sampai": "2020-01-01"}):
            open_registration(**settings)
            form = api.isian()
            assert (form["dibuka"], form["unit"]) == (False, [])
            with pytest.raises(exceptions.PendaftaranDitutup):
                self.file()
            assert api.status(**answer)["status"] == "Diajukan"
            open_registration(pendaftaran_sampai=None)

    def test_the_form_has_names_and_places_of_units_and_nothing_else(self):
        unit = next(row for row in api.isian()["unit"] if row["kode"] == self.opd.name)
        assert unit == {"kode": self.opd.name, "nama": self.opd.nama_opd, "induk": self.opd.induk or None}


class TestNobodyLearnsWhoExists(RegistrationCase):
    def test_staff_recap_and_strangers_get_the_same_answer_by_the_same_steps(self):
        frappe.set_user("Administrator")
        known = make_pegawai(nik="1410011808960011", with_user=False)
        make_acuan(nik="1410011808960012", nama="Rahmat Uji")
        frappe.set_user("Guest")
        niks = (known.nik, "1410011808960012", "1410011808960013")
        self.file()
        costs, answers = [], []
        for nik in niks:
            values = registration(opd=self.opd.name, nik=nik)
            before = self.queries()
            answers.append(intake.file(values, photo()))
            costs.append(self.queries() - before)
        assert len({(len(a["nomor"]), len(a["kode"]), *a) for a in answers}) == 1
        assert len(set(costs)) == 1, costs
        told = [{**api.status(**answer), "nomor": "", "diajukan_pada": ""} for answer in answers]
        for answer in answers:
            settled(answer)
        after = [{**api.status(**answer), "nomor": "", "diajukan_pada": ""} for answer in answers]
        assert told[0] == told[1] == told[2] == after[0] == after[1] == after[2]

    @staticmethod
    def queries():
        return int(frappe.db.sql("SHOW SESSION STATUS LIKE 'Questions'")[0][1])

    def test_unknown_receipts_and_wrong_codes_are_told_alike(self):
        answer = self.file()
        said = set()
        for nomor, kode in (
            (answer["nomor"], "AAAA-BBBB-CCCC"),
            ("RP-AAAA-BBBB", answer["kode"]),
            ("", ""),
            (None, None),
            (answer["nomor"], ""),
            (["RP"], {"a": 1}),
        ):
            with pytest.raises(exceptions.TandaTerimaSalah) as refused:
                api.status(nomor=nomor, kode=kode)
            said.add(str(refused.value))
        assert len(said) == 1

    def test_a_receipt_is_read_as_people_type_it(self):
        answer = self.file()
        typed = {
            "nomor": answer["nomor"].lower().replace("-", " "),
            "kode": answer["kode"].lower().replace("-", ""),
        }
        assert api.status(**typed)["nomor"] == answer["nomor"]

    def test_guessing_a_code_ends_after_ten_tries_also_for_the_right_one(self):
        answer = self.file()
        for _try in range(limits.WRONG_CODES):
            with pytest.raises(exceptions.TandaTerimaSalah):
                api.status(nomor=answer["nomor"], kode="AAAA-BBBB-CCCC")
        with pytest.raises(exceptions.TerlaluBanyakPendaftaran):
            api.status(**answer)

    def test_codes_do_not_repeat_and_are_stored_nowhere(self):
        answer = self.file()
        stored = frappe.as_json(row_of(answer).as_dict())
        assert answer["kode"] not in stored
        assert receipt.code(answer["nomor"], str(uuid.uuid4())) != answer["kode"]


def asked_from(address: str) -> Request:
    return Request(EnvironBuilder(headers={"X-Forwarded-For": address}).get_environ())


class TestLimits(RegistrationCase):
    def test_one_phone_files_a_nik_three_times_a_day_and_others_still_can(self):
        nik = "1410011808960021"
        for _time in range(limits.PER_NIK_AND_DEVICE):
            self.file(nik=nik, perangkat="ponsel A")
        with pytest.raises(exceptions.TerlaluBanyakPendaftaran):
            self.file(nik=nik, perangkat="ponsel A")
        assert self.file(nik=nik, perangkat="ponsel B")["nomor"]

    def test_an_office_behind_one_address_registers_sixty_people_in_ten_minutes(self):
        with in_request(asked_from("203.0.113.7")):
            for _time in range(limits.FILED_PER_ADDRESS):
                limits.count_filing()
            with pytest.raises(exceptions.TerlaluBanyakPendaftaran):
                self.file()
        with in_request(asked_from("203.0.113.8")):
            assert self.file()["nomor"]

    def test_a_flood_from_many_addresses_meets_the_brake_of_the_whole_site(self):
        frappe.cache.set(frappe.cache.make_key(f"{limits.COUNTERS}kirim"), limits.FILED_IN_ALL)
        with pytest.raises(exceptions.TerlaluBanyakPendaftaran):
            self.file()


class TestAfterwards(RegistrationCase):
    def test_of_two_open_registrations_of_a_nik_the_later_one_counts_and_says_so(self):
        nik = "1410011808960031"
        first, second = self.file(nik=nik), self.file(nik=nik, nama="Rahmat Hidayat")
        newer, older = settled(second), row_of(first)
        assert (older.status, newer.status, newer.menggantikan) == ("Digantikan", "Diajukan", older.name)
        assert settled(first).status == "Digantikan"
        assert api.status(**first)["status"] == "Digantikan"
        assert newer.nik_terbuka and not older.nik_terbuka

    def test_whoever_is_staff_already_goes_to_bkpsdm_and_hears_nothing_of_it(self):
        frappe.set_user("Administrator")
        person = make_pegawai(nik="1410011808960032", with_user=False)
        frappe.set_user("Guest")
        answer = self.file(nik=person.nik)
        doc = settled(answer)
        assert (doc.status, doc.pegawai_terdaftar) == ("Sudah Terdaftar", person.name)
        assert api.status(**answer)["status"] == "Diajukan"

    def test_is_compared_with_the_recap(self):
        frappe.set_user("Administrator")
        exact = make_acuan(nik="1410011808960033", nama="Nama Lain Sekali", jabatan="Sopir")
        near = make_acuan(nama="MUHAMMAD RIDWAN", tanggal_lahir="1991-02-03")
        frappe.set_user("Guest")
        one = settled(self.file(nik="1410011808960033"))
        two = settled(self.file(nama="Muhd. Ridwan, S.Kom", tanggal_lahir="1991-02-03"))
        three = settled(self.file(nama="Orang Asing", tanggal_lahir="1980-05-06"))
        assert (one.kecocokan, one.acuan) == ("Tepat", exact.name)
        assert (two.kecocokan, two.acuan) == ("Mendekati", near.name)
        assert (three.kecocokan, three.acuan) == ("Tidak Ada", None)
        frappe.set_user("Administrator")
        different = {line["label"]: line["beda"] for line in one.bahan()["baris"]}
        assert different[frappe._("Position Held")] and not different[frappe._("NIK (masked)")]

    def test_a_second_run_of_the_job_changes_nothing(self):
        doc = settled(self.file())
        settle.run(doc.name)
        assert row_of({"nomor": doc.nomor}).modified == doc.modified

    def test_what_a_lost_job_left_is_found_by_the_sweep(self):
        name = row_of(self.file()).name
        frappe.db.set_value(DOCTYPE, name, "modified", "2026-01-01", update_modified=False)
        queued = []
        original, settle.later = settle.later, queued.append
        self.addCleanup(setattr, settle, "later", original)
        settle.sweep()
        assert name in queued

    def test_personal_data_are_removed_when_the_time_is_over_and_the_decision_stays(self):
        doc = settled(self.file())
        frappe.db.set_value(DOCTYPE, doc.name, {"status": "Ditolak", "diputus_pada": "2026-01-01"})
        waits = settled(self.file())
        frappe.db.set_value(DOCTYPE, waits.name, {"status": "Dikembalikan", "diputus_pada": "2026-01-01"})
        frappe.set_user("Administrator")
        with freeze_time("2026-03-30"):
            assert retention.run() == 0
        with freeze_time("2026-04-03"):
            assert retention.run() == 2
        cleared = frappe.get_doc(DOCTYPE, doc.name)
        assert [cleared.get(field) for field in ("nik", "nik_samar", "nik_hash", "nomor_hp", "foto")] == [
            None
        ] * 5
        assert (cleared.nama, cleared.status) == ("Rahmat Uji", "Ditolak")
        assert not frappe.db.exists("File", {"attached_to_name": doc.name})
        assert frappe.db.get_value(DOCTYPE, waits.name, "status") == "Ditolak"
        assert frappe.db.exists(consent.RECORD, {"registrasi": doc.name})


class TestCorrecting(RegistrationCase):
    def returned(self):
        answer = self.file()
        doc = settled(answer)
        frappe.db.set_value(DOCTYPE, doc.name, {"status": "Dikembalikan", "alasan": "Nama belum lengkap"})
        return answer, doc

    def test_the_applicant_sees_the_reason_and_files_again_without_typing_the_nik(self):
        answer, doc = self.returned()
        seen = api.status(**answer)
        assert (seen["alasan"], seen["isian"]["nik_samar"]) == ("Nama belum lengkap", doc.nik_samar)
        assert doc.nik not in frappe.as_json(seen)
        values = registration(opd=self.opd.name, nama="Rahmat Uji Hidayat", nik="", **answer)
        told = api.perbaiki(**values)
        again = row_of(answer)
        assert (told["status"], again.nama, again.nik, again.kiriman, again.foto) == (
            "Diajukan",
            "Rahmat Uji Hidayat",
            doc.nik,
            2,
            doc.foto,
        )

    def test_a_new_photo_takes_the_place_of_the_old_one(self):
        answer, doc = self.returned()
        intake.correct(registration(opd=self.opd.name, nik="", **answer), photo((400, 300)))
        assert frappe.db.count("File", {"attached_to_name": doc.name}) == 1

    def test_nothing_is_corrected_that_was_not_returned_nor_with_a_forged_receipt(self):
        answer = self.file()
        with pytest.raises(exceptions.PendaftaranTidakDapatDiperbaiki):
            intake.correct(registration(opd=self.opd.name, **answer), None)
        forged = {**answer, "kode": "AAAA-BBBB-CCCC"}
        with pytest.raises(exceptions.TandaTerimaSalah):
            intake.correct(registration(opd=self.opd.name, **forged), None)


def new_text(version, **values):
    text = {
        "versi": version,
        "judul": f"Naskah {version}",
        "isi": "# Uji\nKalimat.",
        "berlaku_sejak": "2026-01-01",
    }
    return frappe.get_doc({"doctype": consent.TEXT, **text, **values}).insert()


class TestConsentOfStaff(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.person = make_pegawai()
        frappe.set_user(self.person.user)

    def test_is_asked_until_agreed_to_and_anew_when_there_is_another_version(self):
        text = consent.current()["name"]
        assert sesi.info()["naskah"] == text
        told = api.setujui(naskah=text)
        assert told["disetujui"] and told["riwayat"][0]["versi"] == 1
        assert sesi.info()["naskah"] is None
        frappe.set_user("Administrator")
        new_text(98, berlaku_sejak="2999-01-01")
        newer = new_text(99)
        frappe.set_user(self.person.user)
        assert sesi.info()["naskah"] == newer.name
        assert not api.persetujuan()["disetujui"]
        with pytest.raises(exceptions.NaskahBerubah):
            api.setujui(naskah=text)

    def test_agreeing_twice_is_one_record_which_nobody_writes_or_removes(self):
        text = consent.current()["name"]
        api.setujui(naskah=text)
        api.setujui(naskah=text)
        names = frappe.get_all(consent.RECORD, {"pegawai": self.person.name}, pluck="name")
        assert len(names) == 1
        frappe.set_user("Administrator")
        kept = frappe.get_doc(consent.RECORD, names[0])
        kept.versi = 7
        with pytest.raises(exceptions.PendaftaranTidakDapatDiubah):
            kept.save()
        with pytest.raises(exceptions.PendaftaranTidakDapatDiubah):
            frappe.get_doc({"doctype": consent.RECORD, "naskah": text, "pegawai": self.person.name}).insert()

    def test_a_text_that_somebody_agreed_to_stays_as_it_is(self):
        text = consent.current()["name"]
        api.setujui(naskah=text)
        frappe.set_user("Administrator")
        doc = frappe.get_doc(consent.TEXT, text)
        doc.isi += "\nTambahan."
        with pytest.raises(exceptions.NaskahTidakDapatDiubah):
            doc.save()
        with pytest.raises(exceptions.NaskahTidakDapatDiubah):
            frappe.delete_doc(consent.TEXT, text, force=True)
        free = new_text(97)
        free.isi = "# Lain"
        assert free.save().isi == "# Lain"

    def test_one_reads_the_own_record_and_bkpsdm_all(self):
        api.setujui(naskah=consent.current()["name"])
        frappe.set_user("Administrator")
        other = make_pegawai()
        bkpsdm = make_pegawai(roles=("BKPSDM",))
        found = {}
        for user in (self.person.user, other.user, bkpsdm.user):
            frappe.set_user(user)
            found[user] = len(frappe.get_list(consent.RECORD, {"pegawai": self.person.name}))
        assert list(found.values()) == [1, 0, 1]


def test_counters_hold_no_number():
    assert "141001" not in limits.hashed("1410011808960001")
