"""Reading a registration: every field checked for type, form and size before anything is looked up or written."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance.kepegawaian import identity, phones
from spbe_attendance.kepegawaian.registrasi import nik
from spbe_attendance.kepegawaian.registrasi.exceptions import PendaftaranTerlaluBesar, PendaftaranTidakSah

KINDS = ("Non ASN", "Alih Daya")
OUTSOURCED = "Alih Daya"
SEXES = ("Laki-laki", "Perempuan")
LONGEST = 140
# Beside the photo: a form of text.
MAX_TEXT = 16 * 1024
YOUNGEST, OLDEST = 15, 90
NAME = re.compile(r"[^\W\d_][\w .,'’/()-]*[\w.)]")
PHONE = re.compile(r"(?:\+?62|0)(8[0-9]{7,11})")


@dataclass(frozen=True)
class Form:
    """Checked in form; whether the unit exists is asked where it is written. Never shows the NIK when printed."""

    nik: str | None = field(repr=False)
    nama: str
    tanggal_lahir: date
    jenis_kelamin: str
    status_kepegawaian: str
    opd: str
    jabatan: str
    vendor: str | None
    nomor_hp: str = field(repr=False)
    perangkat: str | None

    def values(self) -> dict[str, Any]:
        """As the fields of the row; without a NIK the stored one stays."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return found if self.nik else {key: value for key, value in found.items() if key != "nik"}


def read(values: dict[str, object], *, nik_required: bool = True) -> Form:
    """Raises PendaftaranTidakSah or PendaftaranTerlaluBesar."""
    form = Form(
        nik=number(values.get("nik"), required=nik_required),
        nama=name(values.get("nama")),
        tanggal_lahir=birth_date(values.get("tanggal_lahir")),
        jenis_kelamin=choice(values, "jenis_kelamin", SEXES),
        status_kepegawaian=choice(values, "status_kepegawaian", KINDS),
        opd=text(values, "opd"),
        jabatan=text(values, "jabatan"),
        vendor=text(values, "vendor", required=values.get("status_kepegawaian") == OUTSOURCED) or None,
        nomor_hp=phone(values.get("nomor_hp")),
        perangkat=text(values, "perangkat", required=False) or None,
    )
    if form.status_kepegawaian != OUTSOURCED and form.vendor:
        return Form(**{**form.values(), "nik": form.nik, "vendor": None})
    if not frappe.db.exists("OPD", form.opd):
        frappe.throw(_("This unit does not exist: choose one from the list."), PendaftaranTidakSah)
    return form


def refuse_large(photo_kilobytes: int) -> None:
    """Before the body is looked at."""
    if frappe.request and (frappe.request.content_length or 0) > photo_kilobytes * 1024 + MAX_TEXT:
        frappe.throw(
            _("The photo is larger than {0} KB: take it again.").format(photo_kilobytes),
            PendaftaranTerlaluBesar,
        )


def sent_photo() -> bytes | None:
    """The multipart field ``foto``."""
    upload = frappe.request.files.get("foto") if frappe.request else None
    return upload.stream.read() if upload else None


def client_id(value: object) -> str:
    """A UUID in its canonical form."""
    try:
        if not isinstance(value, str) or len(value) > 45:
            raise ValueError
        return str(uuid.UUID(value))
    except ValueError:
        frappe.throw(_("id_klien must be a UUID: make a new one for each registration."), PendaftaranTidakSah)
        raise


def number(value: object, *, required: bool) -> str | None:
    if value in (None, "") and not required:
        return None
    return nik.checked(value if isinstance(value, str) and len(value) <= 40 else "").value


def name(value: object) -> str:
    given = re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else ""
    if len(given) > LONGEST or not NAME.fullmatch(given):
        frappe.throw(_("Write your full name as on the identity card."), PendaftaranTidakSah)
    return given


def birth_date(value: object) -> date:
    try:
        born = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        born = None
    today = now_datetime().date()
    if born is None or not today.year - OLDEST <= born.year <= today.year - YOUNGEST:
        frappe.throw(
            _("The date of birth must be that of a person of {0} to {1} years.").format(YOUNGEST, OLDEST),
            PendaftaranTidakSah,
        )
        raise PendaftaranTidakSah
    return born


def phone(value: object) -> str:
    """+628…, whichever way it was written."""
    digits = re.sub(r"[\s().-]", "", value) if isinstance(value, str) and len(value) <= 40 else ""
    found = PHONE.fullmatch(digits)
    if not found:
        frappe.throw(
            _("The phone number must be an Indonesian mobile number, such as 0812 3456 7890."),
            PendaftaranTidakSah,
        )
        raise PendaftaranTidakSah
    return phones.usable(f"0{found[1]}")


def choice(values: dict[str, object], key: str, known: Sequence[str]) -> str:
    value = values.get(key)
    if value not in known:
        frappe.throw(_("{0} must be one of: {1}.").format(key, ", ".join(known)), PendaftaranTidakSah)
    return str(value)


def text(values: dict[str, object], key: str, *, required: bool = True) -> str:
    value = values.get(key)
    if value in (None, "") and not required:
        return ""
    cleaned = "".join(char for char in value if char.isprintable()).strip() if isinstance(value, str) else ""
    if not cleaned or len(cleaned) > LONGEST:
        frappe.throw(
            _("{0} is needed, with at most {1} characters.").format(key, LONGEST), PendaftaranTidakSah
        )
    return cleaned


def odd(form: Form) -> list[str]:
    """What in the NIK does not fit the form, as sentences for whoever verifies. No reason to refuse: data are corrected, the NIK stays."""
    if not form.nik:
        return []
    parsed = identity.parse_nik(form.nik)
    born = form.tanggal_lahir
    found = []
    if (parsed.day, parsed.month, parsed.year) != (born.day, born.month, born.year % 100):
        found.append(_("The birth date in the NIK is another one than in the form."))
    if parsed.female != (form.jenis_kelamin == SEXES[1]):
        found.append(_("The sex in the NIK is another one than in the form."))
    return found
