"""Kinds of absence as they are registered: for whom, how long, with which papers."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, add_to_date, cint, getdate

from spbe_attendance.exceptions import (
    JenisTidakBerlaku,
    KuotaTerlampaui,
    LampiranWajib,
    MasaKerjaBelumCukup,
    SetengahHariTidakSah,
)
from spbe_attendance.kehadiran.permohonan import applicant
from spbe_attendance.kepegawaian import identity

# Employment status -> field that opens a kind to it.
OPEN_TO = {
    "PNS": "untuk_pns",
    "CPNS": "untuk_cpns",
    "PPPK": "untuk_pppk",
    "PPPK Paruh Waktu": "untuk_pppk_paruh_waktu",
    "Non ASN": "untuk_non_asn",
    "Alih Daya": "untuk_alih_daya",
}
PPPK = {"PPPK", "PPPK Paruh Waktu"}


def get(code: str) -> Document:
    """Raises JenisTidakBerlaku for what is unknown or no longer used."""
    if not code or not isinstance(code, str) or not frappe.db.exists("Jenis Ketidakhadiran", code):
        frappe.throw(_("This kind of absence is not known: choose one of the list."), JenisTidakBerlaku)
    kind = frappe.get_cached_doc("Jenis Ketidakhadiran", code)
    if not kind.aktif:
        frappe.throw(
            _("{0} is no longer used: choose another kind.").format(kind.nama_jenis), JenisTidakBerlaku
        )
    return kind


def open_to(person: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds that the form offers to this person."""
    filters: dict[str, Any] = {"aktif": 1, OPEN_TO[person["status_kepegawaian"]]: 1}
    if person["jenis_kelamin"] != "Perempuan":
        filters["khusus_perempuan"] = 0
    fields = ["kode", "nama_jenis", "kelompok", "boleh_setengah_hari", "perlu_lampiran"]
    fields += [
        "batas_hari_tanpa_lampiran",
        "hitung_hari",
        "maks_hari",
        "kuota_per",
        "mengurangi_cuti_tahunan",
    ]
    return frappe.get_all("Jenis Ketidakhadiran", filters=filters, fields=fields, order_by="urutan, kode")


def check_person(kind: Document, person: dict[str, Any], first: date) -> None:
    """Raises JenisTidakBerlaku or MasaKerjaBelumCukup."""
    if not kind.get(OPEN_TO[person["status_kepegawaian"]]):
        frappe.throw(
            _("{0} does not exist for {1}. {2}").format(
                kind.nama_jenis, person["status_kepegawaian"], kind.dasar_hukum or ""
            ),
            JenisTidakBerlaku,
        )
    if kind.khusus_perempuan and person["jenis_kelamin"] != "Perempuan":
        frappe.throw(_("{0} is for women.").format(kind.nama_jenis), JenisTidakBerlaku)
    check_service(kind, person, first)


def check_service(kind: Document, person: dict[str, Any], first: date) -> None:
    """The first appointment is read from the NIP; a number without it binds nobody. BKPSDM knows the exemptions."""
    years, began = cint(kind.masa_kerja_tahun), appointed(person)
    if not years or not began or applicant.by_bkpsdm():
        return
    if first < getdate(add_to_date(began, years=years)):
        frappe.throw(
            _(
                "{0} needs {1} years of service; by your NIP it began in {2}. Ask BKPSDM if this is wrong."
            ).format(kind.nama_jenis, years, began.year),
            MasaKerjaBelumCukup,
        )


def appointed(person: dict[str, Any]) -> date | None:
    """First day of the month in digits 9 to 14 of a NIP; a PPPK number tells the year only: its first day."""
    try:
        parsed = identity.parse_nip(person["nip"] or "")
    except identity.IdentityError:
        return None
    year, month = int(parsed.value[8:12]), int(parsed.value[12:14])
    return date(year, month if month <= 12 else 1, 1)


def check_half_day(kind: Document, doc: Document) -> None:
    if not doc.setengah_hari:
        return
    if not kind.boleh_setengah_hari:
        frappe.throw(_("{0} is given for whole days only.").format(kind.nama_jenis), SetengahHariTidakSah)
    if getdate(doc.dari) != getdate(doc.sampai):
        frappe.throw(
            _("Half a day is asked for one single day: use the same date twice."), SetengahHariTidakSah
        )


def check_papers(kind: Document, doc: Document) -> None:
    needed = kind.perlu_lampiran == "Selalu" or (
        kind.perlu_lampiran == "Di atas N hari" and doc.jumlah_hari > kind.batas_hari_tanpa_lampiran
    )
    if needed and not doc.lampiran:
        frappe.throw(
            _("{0} of this length needs a letter: attach it.").format(kind.nama_jenis), LampiranWajib
        )


def check_length(kind: Document, person: dict[str, Any], first: date, last: date) -> None:
    """Months are calendar months: three from 30 November end on the last day of February at most."""
    months = cint(kind.maks_bulan)
    if person["status_kepegawaian"] in PPPK and kind.maks_bulan_pppk:
        months = cint(kind.maks_bulan_pppk)
    if months and last >= getdate(add_months(first, months)):
        frappe.throw(
            _("{0} lasts {1} months at most, from {2} until before {3}.").format(
                kind.nama_jenis,
                months,
                first.strftime("%d-%m-%Y"),
                add_months(first, months).strftime("%d-%m-%Y"),
            ),
            KuotaTerlampaui,
        )
