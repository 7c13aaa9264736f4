from __future__ import annotations

import secrets

import frappe
from frappe import _

from spbe_attendance.kepegawaian import accounts, identity, phones
from spbe_attendance.kepegawaian.identity_text import describe
from spbe_attendance.kepegawaian.mutasi import direct
from spbe_attendance.pemantauan.beranda import year
from spbe_attendance.plain_values import PlainValues
from spbe_attendance.restricted_fields import RestrictedFields


class Pegawai(PlainValues, RestrictedFields):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        akun_dikunci: DF.Check
        atasan: DF.Link | None
        foto: DF.AttachImage | None
        gelar_belakang: DF.Data | None
        gelar_depan: DF.Data | None
        golongan: DF.Data | None
        jabatan: DF.Data | None
        jenis_kelamin: DF.Literal["", "Laki-laki", "Perempuan"]
        nama: DF.Data
        nik: DF.Data | None
        nip: DF.Data | None
        nomor_hp: DF.Data | None
        nomor_pegawai: DF.Data | None
        opd: DF.Link
        siasn_id: DF.Data | None
        status: DF.Literal["Aktif", "Nonaktif", "Pensiun", "Pindah"]
        status_kepegawaian: DF.Literal["PNS", "CPNS", "PPPK", "PPPK Paruh Waktu", "Non ASN", "Alih Daya"]
        tanggal_lahir: DF.Date | None
        user: DF.Link | None
        vendor: DF.Data | None
    # end: auto-generated types

    def validate(self) -> None:
        self.nama = (self.nama or "").strip()
        self.validate_nip()
        self.validate_nik()
        self.nomor_hp = phones.usable(self.nomor_hp) if self.nomor_hp else None
        self.keep_lock()
        self.validate_superior()
        self.set_staff_number()

    def validate_nip(self) -> None:
        # NULL, not an empty text: the unique key lets any number of people have none.
        self.nip = identity.compact(self.nip or "") or None
        if self.nip:
            try:
                parsed = identity.parse_nip(self.nip)
            except identity.IdentityError as error:
                frappe.throw(describe(_("NIP"), 18, error.code), title=_("NIP not valid"))
            if parsed.warnings:
                frappe.msgprint(_("Please check the NIP: the age at the first appointment is unusual."))

    def validate_nik(self) -> None:
        self.nik = identity.compact(self.nik or "") or None
        if self.nik:
            try:
                identity.parse_nik(self.nik)
            except identity.IdentityError as error:
                frappe.throw(describe(_("NIK"), 16, error.code), title=_("NIK not valid"))

    def keep_lock(self) -> None:
        """Locking has a reason, a record and rights of its own: account_desk writes it, no form and no import."""
        before = self.get_doc_before_save()
        self.akun_dikunci = before.akun_dikunci if before else 0

    def validate_superior(self) -> None:
        if self.atasan and self.atasan == self.name:
            frappe.throw(_("Nobody is their own superior: choose another person."))

    def set_staff_number(self) -> None:
        if not self.nip and not self.nomor_pegawai:
            self.nomor_pegawai = next_staff_number()

    def on_update(self) -> None:
        if self.get_doc_before_save() and self.user:
            accounts.follow_person(self)
        direct.follow_form(self)


def next_staff_number() -> str:
    """Eight digits nobody has: short enough to type, and no count of staff to read from it."""
    while True:
        number = f"9{secrets.randbelow(10**7):07d}"
        if not frappe.db.exists("Pegawai", {"nomor_pegawai": number}):
            return number


def get_timeline_data(_doctype: str, name: str) -> dict[int, float]:
    """The name by which Frappe's forms ask for their year of days."""
    return year.hours(name)
