"""Registrations are verified by the unit's Admin OPD and approved by BKPSDM; what each may see and do."""

from __future__ import annotations

import uuid

import frappe
import pytest
from frappe.model.workflow import WorkflowPermissionError, WorkflowTransitionError, apply_workflow
from frappe.model.workflow import bulk_workflow_approval as decide_on_many
from frappe.utils.password import update_password

from spbe_attendance.api import registrasi as api
from spbe_attendance.kepegawaian import activation
from spbe_attendance.kepegawaian.registrasi import consent, exceptions, handover, notices, receipt, view
from spbe_attendance.overrides.database_query import wrap_queries
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_acuan, make_opd, make_pegawai, make_registrasi

DOCTYPE = "Registrasi Pegawai"
REFUSED = (frappe.PermissionError, WorkflowTransitionError, WorkflowPermissionError)


class DecisionCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent = make_opd()
        cls.opd = make_opd(induk=cls.parent.name, is_group=0)
        cls.other = make_opd()
        cls.admin = make_pegawai(opd=cls.parent.name, roles=("Admin OPD",)).user
        cls.foreign = make_pegawai(opd=cls.other.name, roles=("Admin OPD",)).user
        cls.office = make_pegawai(opd=cls.other.name, roles=("BKPSDM",))
        cls.bkpsdm = cls.office.user
        cls.colleague = make_pegawai(opd=cls.other.name, roles=("BKPSDM",)).user
        cls.users = {
            "Admin OPD": cls.admin,
            "Admin OPD lain": cls.foreign,
            "BKPSDM": cls.bkpsdm,
            "Kepala OPD": make_pegawai(opd=cls.parent.name, roles=("Kepala OPD",)).user,
            "Pimpinan": make_pegawai(roles=("Pimpinan",)).user,
            "Wali Data": make_pegawai(roles=("Wali Data",)).user,
            "Pegawai SPBE": make_pegawai(opd=cls.opd.name).user,
            "Guest": "Guest",
        }

    def setUp(self):
        super().setUp()
        frappe.db.set_single_value("Pengaturan Absensi", "pendaftaran_dibuka", 1)
        frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")

    def filed(self, **values):
        frappe.set_user("Guest")
        doc = make_registrasi(**{"opd": self.opd.name, **values})
        frappe.set_user("Administrator")
        return doc

    def act(self, user, doc, action, reason=None):
        frappe.set_user(user)
        fresh = frappe.get_doc(DOCTYPE, doc.name)
        if reason:
            fresh.alasan = reason
            fresh.save()
        return apply_workflow(fresh, action)

    def verified(self, **values):
        doc = self.filed(**values)
        return self.act(self.admin, doc, "Verifikasi")


class TestSteps(DecisionCase):
    def test_approval_makes_person_account_photo_and_passes_the_consent_on(self):
        doc = self.verified(status_kepegawaian="Alih Daya", vendor="PT Uji Jasa")
        approved = self.act(self.bkpsdm, doc, "Setujui")
        frappe.set_user("Administrator")
        person = frappe.get_doc("Pegawai", approved.pegawai)
        assert [person.get(field) for field in ("nama", "nik", "opd", "vendor", "status", "jabatan")] == [
            doc.nama,
            frappe.db.get_value(DOCTYPE, doc.name, "nik"),
            self.opd.name,
            "PT Uji Jasa",
            "Aktif",
            doc.jabatan,
        ]
        assert person.mulai_bertugas == frappe.utils.getdate()
        assert frappe.db.get_value("User", person.user, ["username", "enabled"]) == (person.nomor_pegawai, 1)
        assert frappe.get_all("Has Role", {"parent": person.user}, pluck="role") == ["Pegawai SPBE"]
        attached = frappe.get_all(
            "File",
            {"attached_to_doctype": "Pegawai", "attached_to_name": person.name},
            ["file_url", "is_private"],
        )
        assert [(file.file_url, file.is_private) for file in attached] == [(person.foto, 1)]
        assert frappe.db.exists(consent.RECORD, {"pegawai": person.name, "registrasi": doc.name})
        assert view.status(doc.name)["nomor_pegawai"] == person.nomor_pegawai
        assert (approved.diverifikasi_oleh, approved.diputus_oleh) == (self.admin, self.bkpsdm)

    def test_whoever_has_the_receipt_gets_the_code_for_the_first_log_in_until_it_is_used(self):
        frappe.set_user("Guest")
        client = str(uuid.uuid4())
        doc = make_registrasi(opd=self.opd.name, id_klien=client)
        shown = {"nomor": doc.nomor, "kode": receipt.code(doc.nomor, client)}
        with pytest.raises(exceptions.BelumDisetujui):
            handover.issue(shown)
        self.act(self.admin, doc, "Verifikasi")
        person = frappe.get_doc("Pegawai", self.act(self.bkpsdm, doc, "Setujui").pegawai)
        frappe.set_user("Guest")
        told = handover.issue(shown)
        assert activation.holder(told["kode"], told["nomor_pegawai"])["name"] == person.name
        with pytest.raises(exceptions.TandaTerimaSalah):
            handover.issue({**shown, "kode": "AAAA-BBBB-CCCC"})
        update_password(person.user, "kata sandi uji 77")
        with pytest.raises(exceptions.BelumDisetujui):
            handover.issue(shown)
        assert view.status(doc.name)["aktif"]

    def test_an_approval_that_fails_leaves_nothing_behind(self):
        doc = self.verified()
        frappe.set_user("Administrator")
        nik = frappe.db.get_value(DOCTYPE, doc.name, "nik")
        # Became staff between the comparison and the approval, by another way.
        make_pegawai(nik=nik, nip=None, status_kepegawaian="Non ASN", with_user=False)
        before = frappe.db.count("User"), frappe.db.count("Pegawai")
        frappe.db.savepoint("approval")
        with pytest.raises(exceptions.SudahMenjadiPegawai) as refused:
            self.act(self.bkpsdm, doc, "Setujui")
        frappe.db.rollback(save_point="approval")
        assert nik not in str(refused.value)
        assert (frappe.db.count("User"), frappe.db.count("Pegawai")) == before
        assert frappe.db.get_value(DOCTYPE, doc.name, "status") == "Terverifikasi"

    def test_returning_and_refusing_need_a_reason_that_the_applicant_reads(self):
        for action, status in (("Kembalikan", "Dikembalikan"), ("Tolak", "Ditolak")):
            doc = self.filed()
            with pytest.raises(exceptions.AlasanPendaftaranWajib):
                self.act(self.admin, doc, action)
            self.act(self.admin, doc, action, "Nama belum sesuai KTP")
            told = view.status(doc.name)
            assert (told["status"], told["alasan"]) == (status, "Nama belum sesuai KTP")

    def test_a_refused_nik_may_be_registered_again(self):
        doc = self.filed(nik="1410011808960041")
        self.act(self.admin, doc, "Tolak", "Bukan pegawai di sini")
        again = self.filed(nik="1410011808960041")
        assert (again.status, again.menggantikan) == ("Diajukan", None)

    def test_who_verified_does_not_approve(self):
        doc = self.act(self.bkpsdm, self.filed(), "Verifikasi")
        with pytest.raises(exceptions.PendaftaranSendiri):
            self.act(self.bkpsdm, doc, "Setujui")
        assert self.act(self.colleague, doc, "Setujui").status == "Disetujui"

    def test_nobody_decides_on_an_own_registration(self):
        frappe.set_user("Administrator")
        self.office.db_set({"nama": "Orang Kantor", "tanggal_lahir": "1990-02-03"})
        own = [
            self.verified(nama="orang kantor", tanggal_lahir="1990-02-03"),
            self.verified(),
        ]
        frappe.db.set_value(DOCTYPE, own[1].name, "owner", self.bkpsdm)
        for doc in own:
            for action, reason in (("Setujui", None), ("Tolak", "Coba saja")):
                with pytest.raises(exceptions.PendaftaranSendiri):
                    self.act(self.bkpsdm, doc, action, reason)

    def test_no_step_before_the_comparison_is_through(self):
        doc = self.filed()
        frappe.db.set_value(DOCTYPE, doc.name, "dicocokkan_pada", None)
        with pytest.raises(exceptions.PendaftaranBelumDicocokkan):
            self.act(self.admin, doc, "Verifikasi")

    def test_steps_belong_to_their_roles(self):
        doc = self.filed()
        for user in (self.foreign, self.users["Kepala OPD"], self.users["Pegawai SPBE"]):
            with pytest.raises(REFUSED):
                self.act(user, doc, "Verifikasi")
        doc = self.act(self.admin, doc, "Verifikasi")
        for action, reason in (("Setujui", None), ("Tolak", None)):
            with pytest.raises(REFUSED):
                self.act(self.admin, doc, action, reason)

    def test_the_status_is_changed_by_the_workflow_only(self):
        doc = self.filed()
        frappe.set_user(self.admin)
        fresh = frappe.get_doc(DOCTYPE, doc.name)
        fresh.status = "Disetujui"
        with pytest.raises((*REFUSED, frappe.ValidationError)):
            fresh.save()

    def test_what_was_filed_stays(self):
        doc = self.filed()
        for user in (self.admin, self.bkpsdm, "Administrator"):
            frappe.set_user(user)
            fresh = frappe.get_doc(DOCTYPE, doc.name)
            fresh.update({"nama": "Nama Lain", "nik": "1410011808960099", "jabatan": "Lain"})
            fresh.save()
            assert frappe.db.get_value(DOCTYPE, doc.name, ["nama", "nik", "jabatan"]) == (
                doc.nama,
                doc.nik,
                doc.jabatan,
            )
        with pytest.raises(exceptions.PendaftaranTidakDapatDiubah):
            frappe.get_doc({"doctype": DOCTYPE, "nama": "Tanpa Aplikasi", "opd": self.opd.name}).insert()

    def test_many_at_once_each_for_itself(self):
        good, own = self.verified(), self.verified()
        frappe.db.set_value(DOCTYPE, own.name, "owner", self.bkpsdm)
        frappe.set_user(self.bkpsdm)
        # The framework commits each; a test's writes stay its own.
        original = frappe.db.commit, frappe.db.rollback
        frappe.db.commit, frappe.db.rollback = (lambda: None), (lambda *_all, **_more: None)
        try:
            decide_on_many(frappe.as_json([good.name, own.name]), DOCTYPE, "Setujui")
        finally:
            frappe.db.commit, frappe.db.rollback = original
        frappe.set_user("Administrator")
        assert frappe.db.get_value(DOCTYPE, good.name, "status") == "Disetujui"
        assert frappe.db.get_value(DOCTYPE, own.name, "status") == "Terverifikasi"


class TestSight(DecisionCase):
    def test_who_reads_a_registration_its_photo_and_its_comparison(self):
        doc = self.filed()
        file = frappe.get_doc("File", {"attached_to_name": doc.name})
        seen = {}
        for role, user in self.users.items():
            frappe.set_user(user)
            listed = (
                bool(frappe.get_list(DOCTYPE, {"name": doc.name}))
                if frappe.has_permission(DOCTYPE, "read")
                else False
            )
            assert listed == bool(frappe.has_permission(DOCTYPE, "read", doc=doc)), role
            photo_seen = bool(frappe.has_permission("File", "read", doc=file))
            assert not frappe.has_permission("File", "delete", doc=file), role
            seen[role] = (listed, photo_seen)
        reading = {"Admin OPD", "BKPSDM"}
        assert seen == {role: (role in reading,) * 2 for role in self.users}

    def test_nobody_makes_or_removes_one_by_hand(self):
        doc = self.filed()
        for role, user in self.users.items():
            frappe.set_user(user)
            for verb in ("create", "delete"):
                assert not frappe.has_permission(DOCTYPE, verb), (role, verb)
            for doctype in (consent.RECORD,):
                assert not any(
                    frappe.has_permission(doctype, verb) for verb in ("create", "write", "delete")
                ), role
        frappe.set_user("Administrator")
        assert frappe.db.exists(DOCTYPE, doc.name)

    def test_the_recap_is_for_bkpsdm(self):
        may = {}
        for role, user in self.users.items():
            frappe.set_user(user)
            may[role] = bool(frappe.has_permission("Acuan Registrasi", "read"))
        assert [role for role, allowed in may.items() if allowed] == ["BKPSDM"]

    def test_the_nik_is_seen_by_bkpsdm_only_also_in_lists_filters_and_history(self):
        doc = self.filed()
        frappe.set_user(self.admin)
        fresh = frappe.get_doc(DOCTYPE, doc.name)
        fresh.apply_fieldlevel_read_permissions()
        assert not fresh.get("nik") and fresh.nik_samar == doc.nik_samar
        wrap_queries()
        assert "nik" not in frappe.get_list(DOCTYPE, {"name": doc.name}, ["name", "nik"])[0]
        with pytest.raises(frappe.PermissionError):
            frappe.get_list(DOCTYPE, {"nik": ["like", "1410%"]})
        assert doc.nik not in frappe.as_json(fresh.bahan())
        frappe.set_user("Administrator")
        stored = frappe.get_doc(DOCTYPE, doc.name)
        stored.nik = "1410011808960098"
        stored.flags.by_service = True
        stored.save(ignore_version=False)
        history = frappe.get_all("Version", {"docname": doc.name}, pluck="data")
        assert history and not any(doc.nik in entry or doc.nik_hash in entry for entry in history)

    def test_that_somebody_is_staff_already_is_bkpsdms_to_know(self):
        frappe.set_user("Administrator")
        person = make_pegawai(nik="1410011808960051", opd=self.other.name, with_user=False)
        doc = self.filed(nik=person.nik)
        assert doc.status == "Sudah Terdaftar"
        frappe.set_user(self.admin)
        assert not frappe.has_permission(DOCTYPE, "read", doc=doc)
        assert frappe.get_list(DOCTYPE, {"name": doc.name}) == []
        frappe.set_user(self.bkpsdm)
        assert frappe.get_doc(DOCTYPE, doc.name).bahan()["terdaftar"]["name"] == person.name
        told = self.act(self.bkpsdm, doc, "Tolak", "Anda sudah punya akun")
        assert told.status == "Ditolak"

    def test_the_comparison_is_of_the_stored_row_whatever_a_form_sends(self):
        secret = make_acuan(nama="Orang Lain", tanggal_lahir="1970-01-01")
        doc, mine = self.filed(), self.filed(opd=self.other.name)
        frappe.set_user(self.foreign)
        forged = frappe.get_doc({**doc.as_dict(), "opd": self.other.name})
        with pytest.raises(frappe.PermissionError):
            forged.bahan()
        forged = frappe.get_doc({**mine.as_dict(), "acuan": secret.name})
        assert "Orang Lain" not in frappe.as_json(forged.bahan())

    def test_a_file_of_ones_own_does_not_take_the_address_of_a_photo(self):
        doc = self.filed()
        frappe.set_user(self.foreign)
        taken = frappe.get_doc(
            {"doctype": "File", "file_url": doc.foto, "is_private": 1, "file_name": "f.jpg"}
        )
        with pytest.raises(frappe.PermissionError):
            taken.insert()


class TestNotices(DecisionCase):
    def test_the_admin_of_the_unit_hears_first_then_bkpsdm_and_each_once_until_read(self):
        doc = self.filed()
        frappe.db.delete("Notification Log", {"document_type": DOCTYPE})
        assert notices.tell_next(doc) == [self.admin]
        assert notices.tell_next(doc) == []
        doc.status = "Terverifikasi"
        assert {self.bkpsdm, self.colleague} <= set(notices.tell_next(doc))

    def test_a_unit_without_an_admin_is_bkpsdms(self):
        lonely = make_opd()
        assert notices.admins(lonely.name) == []
        frappe.db.delete("Notification Log", {"document_type": DOCTYPE})
        doc = self.filed(opd=lonely.name)
        assert frappe.db.exists("Notification Log", {"for_user": self.bkpsdm, "document_name": doc.name})


class TestRecap(DecisionCase):
    SHEET = (
        "REKAP TENAGA NON ASN\n\n"
        "No\tNama Lengkap\tNIK\tTgl Lahir\tUnit Kerja\tJabatan\n"
        "1\tBudi Rekaan\t'1410011808960061\t18-08-1996\t{opd}\tSopir\n"
        "2\tSiti Rekaan\t\t2 Maret 1990\t{opd}\tPramubakti\n"
        "3\tRusak Rekaan\t1.41001E+15\t\t\t\n"
        "4\tTanpa Unit\t\t\tDinas Antah Berantah\t\n"
    )

    def test_bkpsdm_pastes_the_recap_once_and_again(self):
        text = self.SHEET.format(opd=self.opd.nama_opd)
        frappe.set_user(self.bkpsdm)
        told = api.tempel_acuan(text, "Rekap Uji")
        assert (told["dibuat"], told["sudah_ada"]) == (2, 0)
        assert [row["baris"] for row in told["ditolak"]] == [6, 7]
        assert "1410" not in frappe.as_json(told)
        again = api.tempel_acuan(text, "Rekap Uji")
        assert (again["dibuat"], again["sudah_ada"]) == (0, 2)
        row = frappe.get_doc("Acuan Registrasi", {"nama": "Budi Rekaan"})
        assert (row.nik_samar, row.opd, row.sumber) == ("1410********0061", self.opd.name, "Rekap Uji")

    def test_nobody_else_does_and_what_is_no_table_is_refused(self):
        for role in ("Admin OPD", "Kepala OPD", "Pegawai SPBE"):
            frappe.set_user(self.users[role])
            with pytest.raises(frappe.PermissionError):
                api.tempel_acuan("Nama\nBudi", "x")
        frappe.set_user(self.bkpsdm)
        for text in ("", "satu dua tiga", "Nama\n"):
            with pytest.raises(exceptions.RekapTidakTerbaca):
                api.tempel_acuan(text, "x")
