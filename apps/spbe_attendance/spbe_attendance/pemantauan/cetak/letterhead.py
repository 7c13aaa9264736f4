"""Head and signatures of a sheet, as Permendagri 1/2023 has them: names with titles, pangkat/golongan and NIP."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from spbe_attendance.pemantauan.laporan import daily, people

SETTINGS = "Pengaturan Absensi"
GOVERNMENT = "PEMERINTAH KABUPATEN KEPULAUAN MERANTI"
PLACE = "Selatpanjang"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """``office``: in capitals; ``address``: one line or empty; ``emblem``: a data address of the picture, or empty."""

    government: str
    office: str
    address: str
    emblem: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """``lines`` above the name ("Kepala …"), ``name`` with titles, ``below``: pangkat and NIP."""

    lines: tuple[str, ...]
    name: str
    below: tuple[str, ...]


def letterhead(opd: str | None) -> Letterhead:
    """Of the unit, or of the regency's personnel office where a sheet is about several. One statement beside the settings."""
    settings = frappe.get_cached_doc(SETTINGS)
    unit = _unit(opd)
    name = unit.get("nama_opd") or _("ALL OPD")
    where = unit.get("alamat_kop") or settings.get("alamat_kop") or ""
    return Letterhead(
        settings.get("nama_pemerintah") or GOVERNMENT, name.upper(), where, _picture(settings.get("lambang"))
    )


def place_and_date(day: date) -> str:
    settings = frappe.get_cached_doc(SETTINGS)
    return f"{settings.get('tempat_tanda_tangan') or PLACE}, {formatdate(day, 'd MMMM yyyy')}"


def head_of(opd: str | None) -> Signature:
    """Kepala OPD, of the unit or the nearest above it that has one; blanks to fill in by hand where there is none."""
    unit = _unit(opd)
    head = _nearest_head(unit)
    title = _("Head of {0}").format(head.get("unit") or unit.get("nama_opd") or "OPD")
    return _signature((_("Acknowledged by,"), f"{title},"), head)


def maker(user: str) -> Signature:
    """Whoever made the sheet, when that is a person of the staff."""
    own = frappe.db.get_value("Pegawai", {"user": user}, [*daily.PERSON], as_dict=True) or {}
    return _signature((_("Prepared by,"), f"{own.get('jabatan') or ''}"), own)


def _signature(lines: tuple[str, ...], person: dict[str, Any]) -> Signature:
    if not person.get("nama"):
        return Signature(
            lines, ".............................................", ("NIP .............................",)
        )
    grade = people.rank(person)
    # NIP belongs to the name of ASN; others sign with their name alone.
    number = f"NIP {person['nip']}" if person.get("nip") else ""
    return Signature(lines, people.full_name(person), tuple(part for part in (grade, number) if part))


def _unit(opd: str | None) -> dict[str, Any]:
    fields = ["name", "nama_opd", "alamat_kop", "kepala", "lft", "rgt"]
    return (frappe.db.get_value("OPD", opd, fields, as_dict=True) if opd else None) or {}


def _nearest_head(unit: dict[str, Any]) -> dict[str, Any]:
    if not unit:
        return {}
    rows = frappe.get_all(
        "OPD",
        {"lft": ["<=", unit["lft"]], "rgt": [">=", unit["rgt"]], "kepala": ["is", "set"]},
        ["kepala", "nama_opd"],
        order_by="lft desc",
        limit=1,
    )
    if not rows:
        return {}
    head = frappe.db.get_value("Pegawai", rows[0].kepala, [*daily.PERSON], as_dict=True) or {}
    return {**head, "unit": rows[0].nama_opd}


def _picture(url: str | None) -> str:
    """The emblem's bytes within the page: the printer fetches nothing."""
    if not url:
        return ""
    name = frappe.db.get_value("File", {"file_url": url})
    if not name:
        return ""
    file = frappe.get_doc("File", name)
    kind = "png" if url.lower().endswith(".png") else "svg+xml" if url.lower().endswith(".svg") else "jpeg"
    content = file.get_content()
    body = content.encode() if isinstance(content, str) else content
    return f"data:image/{kind};base64,{base64.b64encode(body).decode()}"
