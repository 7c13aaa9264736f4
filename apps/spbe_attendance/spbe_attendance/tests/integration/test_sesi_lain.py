"""What another session has committed since this one began counts, where of two at once only one may go through.

A class for each: the locks of a test before it would keep the other session waiting.
"""

from __future__ import annotations

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from spbe_attendance.api import perangkat, privasi
from spbe_attendance.exceptions import SistemSibuk
from spbe_attendance.kepegawaian import devices
from spbe_attendance.kepegawaian.accounts import current_pegawai
from spbe_attendance.kepegawaian.exceptions import AkunDitolak
from spbe_attendance.pemantauan.satu_data import versions
from spbe_attendance.pemantauan.satu_data.errors import SatuDataDitolak
from spbe_attendance.privasi import handout
from spbe_attendance.privasi.errors import SalinanSedangDibuat
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai, make_perangkat
from spbe_attendance.tests.phone import Phone
from spbe_attendance.tests.satu_data_world import close, draft, staff_month


class TestCopyOfTheOwnData(SiteTestCase):
    def test_of_two_taps_at_once_the_second_sees_the_first(self):
        person = make_pegawai()
        frappe.set_user(person.user)
        self.committed_elsewhere(handout.DOCTYPE, pegawai=person.name, status=handout.MAKING)
        with pytest.raises(SalinanSedangDibuat):
            handout.ask(current_pegawai())
        assert frappe.db.count(handout.DOCTYPE, {"pegawai": person.name}) == 0


class TestBusyCopy(SiteTestCase):
    def test_who_waits_too_long_for_another_session_is_told_to_send_it_again(self):
        person = make_pegawai()
        frappe.set_user(person.user)
        self.held_elsewhere(handout.DOCTYPE, pegawai=person.name, status=handout.MAKING)
        with pytest.raises(SistemSibuk):
            privasi.minta_salinan()


def with_witness():
    frappe.db.set_single_value("Pengaturan Absensi", "ganti_perangkat_dengan_saksi", 1)
    frappe.clear_document_cache("Pengaturan Absensi", "Pengaturan Absensi")


class TestFirstPhone(SiteTestCase):
    def test_of_two_phones_registered_at_once_the_second_waits_for_a_witness(self):
        with_witness()
        person = make_pegawai()
        self.committed_elsewhere("Perangkat", pegawai=person.name, sidik_kunci="lain-1", status=devices.AKTIF)
        assert make_perangkat(person).status == devices.MENUNGGU


class TestBusyPhone(SiteTestCase):
    def test_a_phone_whose_registration_waits_too_long_is_told_to_send_it_again(self):
        with_witness()
        person = make_pegawai()
        frappe.set_user(person.user)
        phone = Phone(person.name)
        phone.take_anchor(devices.anchor_for(person.name))
        self.held_elsewhere("Perangkat", pegawai=person.name, sidik_kunci="lain-4", status=devices.AKTIF)
        with pytest.raises(SistemSibuk):
            perangkat.daftar(**phone.registration())


class TestAnotherPhone(SiteTestCase):
    def test_a_phone_that_was_let_in_a_moment_ago_ends_with_the_next_one(self):
        with_witness()
        person = make_pegawai()
        other = self.committed_elsewhere(
            "Perangkat", pegawai=person.name, opd=person.opd, sidik_kunci="lain-2", status=devices.AKTIF
        )
        waits = make_perangkat(person)
        devices.replace_by(waits.name)
        rows = frappe.get_all("Perangkat", {"pegawai": person.name, "status": devices.AKTIF}, pluck="name")
        assert rows == [waits.name]
        assert frappe.db.get_value("Perangkat", other, "status", for_update=True) == devices.DICABUT


class TestRevokedPhone(SiteTestCase):
    def test_a_phone_that_was_revoked_while_a_witness_typed_stays_revoked(self):
        waits = self.committed_elsewhere(
            "Perangkat", pegawai=make_pegawai().name, sidik_kunci="lain-3", status=devices.DICABUT
        )
        with pytest.raises(AkunDitolak):
            devices.replace_by(waits)


class TestPublication(SiteTestCase):
    def test_a_draft_is_not_published_when_another_version_was_published_a_moment_ago(self):
        office = make_opd().name
        staff_month(office, "PNS", [{"S": 1}] * 9, close(office))
        version = draft()
        same = {"dataset": version.dataset, "periode": version.periode}
        self.committed_elsewhere(versions.DOCTYPE, **same, nomor=0, status=versions.TERBIT)
        with pytest.raises(SatuDataDitolak):
            apply_workflow(version, "Terbitkan")
        assert frappe.db.get_value(versions.DOCTYPE, version.name, "status") == versions.DIPERIKSA
