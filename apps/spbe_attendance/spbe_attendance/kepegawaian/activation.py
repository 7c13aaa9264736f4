"""One-time codes that open an account: drawn, kept as fingerprints, replaced, used. The only writer of Kode Aktivasi.

A code has fifty random bits, and its fingerprint a key of this site: a copy of the database tells nothing. Older codes of a person
end with the next one.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime
from frappe.utils.password import Auth

from spbe_attendance.exceptions import TerlaluSeringSalah
from spbe_attendance.kepegawaian import account_log, accounts_bulk, pins
from spbe_attendance.kepegawaian.accounts import DOMAIN
from spbe_attendance.kepegawaian.devices import site_secret
from spbe_attendance.kepegawaian.exceptions import (
    AkunDitolak,
    AkunTertutup,
    KodeAktivasiSalah,
    NomorDiperlukan,
)

DOCTYPE = "Kode Aktivasi"
# Without what looks alike on paper: 0 and O, 1 and I.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 10
BERLAKU, DIPAKAI, DIBATALKAN = "Berlaku", "Dipakai", "Dibatalkan"
NEW, FORGOTTEN = "Akun Baru", "Lupa Kata Sandi"
SCREEN, SLIP, MESSAGE = "Layar", "Slip", "Pesan"
MAX_FAILURES = 10
# Of all phones together that show a code without a number, as the QR does: far more than mistyping, far fewer than guessing needs.
MAX_WITHOUT_NUMBER = 300
PERSON = ("name", "nama", "opd", "nip", "nomor_pegawai", "status", "akun_dikunci", "user")


@dataclass(frozen=True, slots=True)
class Issued:
    """A code in the clear, for whoever hands it over; it can not be read again."""

    pegawai: str
    nama: str
    opd: str
    nomor: str
    kode: str
    berlaku_sampai: datetime
    keperluan: str


def issue(pegawai: Sequence[str], how: str = SCREEN, note: str = "") -> list[Issued]:
    """A fresh code for each of these persons; accounts are made where missing. Commits nothing; the caller has checked who may.

    Raises AkunTertutup for who is not in service or locked, NomorTerpakai.
    """
    drawn = draw(pegawai)
    keep(drawn, how, note)
    return drawn


def draw(pegawai: Sequence[str]) -> list[Issued]:
    """Codes that hold once they are kept. Writes nothing. Raises AkunTertutup."""
    until = datetime.combine(now_datetime().date() + timedelta(days=valid_days()), time(23, 59, 59))
    people = _people(pegawai)
    opened = _with_password([person["user"] for person in people if person["user"]])
    found = []
    for person in people:
        refuse_closed(person)
        refuse_foreign(person)
        purpose = FORGOTTEN if person["user"] in opened else NEW
        number = person["nip"] or person["nomor_pegawai"]
        code = _code()
        found.append(Issued(person["name"], person["nama"], person["opd"], number, code, until, purpose))
    return found


def keep(drawn: Sequence[Issued], how: str, note: str = "", by: str | None = None) -> None:
    """From now on these codes hold, and no older ones of the same people."""
    names = [one.pegawai for one in drawn]
    accounts_bulk.make(names)
    moment, user = now_datetime(), by or frappe.session.user
    for some in accounts_bulk.chunks(drawn):
        void([one.pegawai for one in some])
        rows = [_row(one, how, note, moment, user) for one in some]
        frappe.db.bulk_insert(DOCTYPE, list(rows[0]), [tuple(row.values()) for row in rows])
        why = " · ".join(part for part in (how, note) if part)
        account_log.write([(one.pegawai, one.opd) for one in some], "Kode Diterbitkan", why, user)


def void(pegawai: Sequence[str]) -> None:
    """Codes of these people hold no more."""
    code = frappe.qb.DocType(DOCTYPE)
    held = code.pegawai.isin(list(pegawai) or [""]) & (code.status == BERLAKU)
    frappe.qb.update(code).set(code.status, DIBATALKAN).where(held).run()


def holder(code: object, number: object = None, *, lock: bool = False) -> dict[str, Any]:
    """The person (PERSON, ``kode``: the row's name, ``keperluan``) whose code this is. ``number`` may be left out: the QR has none.

    Raises KodeAktivasiSalah, one answer whatever is wrong; TerlaluSeringSalah; NomorDiperlukan; AkunTertutup for the right code only.
    """
    typed = re.sub(r"\s", "", number) if isinstance(number, str) else ""
    counter = _attempt(typed)
    found = frappe.db.get_value(
        DOCTYPE,
        {"sidik": fingerprint(code)},
        ["name as kode", "pegawai", "status", "berlaku_sampai", "keperluan"],
        as_dict=True,
        for_update=lock,
    )
    person = None
    if found and found.status == BERLAKU and found.berlaku_sampai > now_datetime():
        person = frappe.db.get_value("Pegawai", found.pegawai, PERSON, as_dict=True)
    if not person or (typed and typed not in (person.nip, person.nomor_pegawai)):
        frappe.throw(
            _(
                "The number or the code is not right, or the code was used or is too old: check both, or ask the Admin OPD for a new code."
            ),
            KodeAktivasiSalah,
        )
        raise AssertionError
    frappe.cache.delete(counter) if typed else frappe.cache.decr(counter)
    refuse_closed(person)
    refuse_foreign(person)
    return {**person, "kode": found.kode, "keperluan": found.keperluan}


def mark_used(name: str) -> None:
    frappe.db.set_value(DOCTYPE, name, {"status": DIPAKAI, "dipakai_pada": now_datetime()})


def refuse_foreign(person: dict[str, Any]) -> None:
    """A person may be linked to an account that was made elsewhere, an administrator's even: no code opens that. Raises AkunDitolak."""
    if person["user"] and not person["user"].endswith(DOMAIN):
        frappe.throw(
            _("The account of {0} was not made here: its password is changed where it was made.").format(
                person["nama"]
            ),
            AkunDitolak,
        )


def refuse_closed(person: dict[str, Any]) -> None:
    """Raises AkunTertutup."""
    if person["akun_dikunci"] or person["status"] != "Aktif":
        frappe.throw(
            _("The account of {0} is locked or not in service: ask the Admin OPD or BKPSDM.").format(
                person["nama"]
            ),
            AkunTertutup,
        )


def fingerprint(code: object) -> str:
    """Hex, whatever way the code is typed: small letters, spaces and hyphens do not matter."""
    compact = re.sub(r"[\s-]", "", code).upper()[: 2 * LENGTH] if isinstance(code, str) else ""
    return hmac.digest(site_secret("aktivasi"), compact.encode(), hashlib.sha256).hex()


def valid_days() -> int:
    return cint(frappe.get_cached_doc("Pengaturan Absensi").get("masa_kode_aktivasi")) or 14


def without_password(pegawai: Sequence[str]) -> list[str]:
    """Those of these people who have never opened their account."""
    people = _people(pegawai)
    opened = _with_password([person["user"] for person in people if person["user"]])
    return [person["name"] for person in people if person["user"] not in opened]


def _attempt(number: str) -> bytes:
    if number:
        tag = hmac.digest(site_secret("aktivasi"), number.encode(), hashlib.sha256).hex()[:24]
        return pins.attempt(f"aktivasi:{tag}", MAX_FAILURES)
    try:
        return pins.attempt("aktivasi-tanpa-nomor", MAX_WITHOUT_NUMBER)
    except TerlaluSeringSalah:
        frappe.clear_messages()
        frappe.throw(_("Please type your NIP or staff number, too."), NomorDiperlukan)
        raise


def _code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 :]}"


def _row(one: Issued, how: str, note: str, moment: datetime, user: str) -> dict[str, Any]:
    return {
        "name": frappe.generate_hash(length=10),
        "creation": moment,
        "modified": moment,
        "owner": user,
        "modified_by": user,
        "pegawai": one.pegawai,
        "opd": one.opd,
        "status": BERLAKU,
        "keperluan": one.keperluan,
        "cara": how,
        "catatan": note[: account_log.LONGEST],
        "diterbitkan_pada": moment,
        "diterbitkan_oleh": user,
        "berlaku_sampai": one.berlaku_sampai,
        "sidik": fingerprint(one.kode),
    }


def _people(names: Sequence[str]) -> list[dict[str, Any]]:
    """In the order of the names, each once."""
    wanted = list(dict.fromkeys(names))
    rows = frappe.get_all("Pegawai", {"name": ["in", wanted]}, list(PERSON)) if wanted else []
    known = {row["name"]: row for row in rows}
    return [known[name] for name in wanted if name in known]


def _with_password(users: Sequence[str]) -> set[str]:
    if not users:
        return set()
    stored = (Auth.doctype == "User") & (Auth.fieldname == "password") & Auth.name.isin(list(users))
    return {name for (name,) in frappe.qb.from_(Auth).select(Auth.name).where(stored).run()}
