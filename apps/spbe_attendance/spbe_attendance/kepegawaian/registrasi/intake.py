"""Taking in what somebody without an account files. The way through is the same for everybody: whether the NIK is known here is
looked up afterwards, in the background, so that neither answer nor time tells it.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, now_datetime

from spbe_attendance.exceptions import FotoTidakSah
from spbe_attendance.kehadiran.pencatatan import photo
from spbe_attendance.kepegawaian.registrasi import (
    consent,
    limits,
    nik,
    period,
    receipt,
    request,
    settle,
)
from spbe_attendance.kepegawaian.registrasi.exceptions import PendaftaranTidakDapatDiperbaiki

DOCTYPE = receipt.DOCTYPE
FILED, RETURNED = "Diajukan", "Dikembalikan"


def file(values: dict[str, object], content: bytes | None) -> dict[str, str]:
    """{nomor, kode}; ``content``: the photo. The same ``id_klien`` answers the same. Raises PendaftaranDitolak's kinds and FotoTidakSah's."""
    period.require_open()
    limits.count_filing()
    request.refuse_large(photo_limit())
    client = request.client_id(values.get("id_klien"))
    form = request.read(values)
    text = consent.agreed_to(values.get("naskah"))
    again = stored(client)
    if again:
        return again
    picture = checked(content)
    limits.count_person(nik.digest(str(form.nik)), form.perangkat, client)
    try:
        doc = insert(client, form, text, picture)
    except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
        # The same form by a parallel try, which a snapshot from before cannot see.
        frappe.clear_messages()
        frappe.db.rollback()
        again = stored(client)
        if again is None:
            raise
        return again
    return {"nomor": doc.nomor, "kode": receipt.code(doc.nomor, client)}


def stored(client: str) -> dict[str, str] | None:
    number = frappe.db.get_value(DOCTYPE, {"id_klien": client}, "nomor")
    return {"nomor": number, "kode": receipt.code(number, client)} if number else None


def insert(client: str, form: request.Form, text: dict[str, Any], picture: tuple[bytes, str]) -> Document:
    doc = frappe.get_doc(
        {
            "doctype": DOCTYPE,
            "id_klien": client,
            "nomor": receipt.new_number(),
            "status": FILED,
            "kiriman": 1,
            **filed(form, text),
        }
    )
    doc.flags.by_service = True
    # Strangers have no permission to make anything; period, limits and the checks above are what lets them.
    doc.insert(ignore_permissions=True)
    attach(doc, picture)
    consent.record(text, consent.IN_FORM, registrasi=doc.name)
    settle.later(doc.name)
    return doc


def filed(form: request.Form, text: dict[str, Any]) -> dict[str, Any]:
    return {
        **form.values(),
        "naskah": text["name"],
        "diajukan_pada": now_datetime(),
        "peringatan": "\n".join(request.odd(form)) or None,
    }


def attach(doc: Document, picture: tuple[bytes, str]) -> None:
    file = photo.private_file(DOCTYPE, doc.name, *picture)
    # Whoever made a file may read it: a stranger's would be everybody's.
    file.db_set("owner", "Administrator", update_modified=False)
    doc.db_set("foto", file.file_url, update_modified=False)


def correct(values: dict[str, object], content: bytes | None) -> str:
    """Files a returned registration once more; answers its name. Without a NIK or a photo the earlier one stays.

    Raises what ``file`` raises, TandaTerimaSalah and PendaftaranTidakDapatDiperbaiki.
    """
    period.require_open()
    limits.count_filing()
    request.refuse_large(photo_limit())
    name = receipt.open_row(values.get("nomor"), values.get("kode"))
    form = request.read(values, nik_required=False)
    text = consent.agreed_to(values.get("naskah"))
    # Two tries at once: the second finds it filed.
    doc = frappe.get_doc(DOCTYPE, name, for_update=True)
    if doc.status != RETURNED or doc.dihapus_pada:
        frappe.throw(
            _("This registration does not wait for a correction: look at its state again."),
            PendaftaranTidakDapatDiperbaiki,
        )
    known = nik.digest(form.nik) if form.nik else doc.nik_hash
    limits.count_person(known, form.perangkat, f"{name}/{doc.kiriman}")
    write_again(doc, form, text, checked(content) if content is not None else None)
    return name


def write_again(
    doc: Document, form: request.Form, text: dict[str, Any], picture: tuple[bytes, str] | None
) -> None:
    doc.update(
        {
            **filed(form, text),
            "status": FILED,
            "kiriman": doc.kiriman + 1,
            "dicocokkan_pada": None,
            **dict.fromkeys(settle.FOUND),
            **dict.fromkeys(("diverifikasi_oleh", "diverifikasi_pada", "diputus_oleh", "diputus_pada")),
        }
    )
    if not form.nik:
        doc.peringatan = None
    doc.flags.by_service = True
    doc.save(ignore_permissions=True)
    if picture:
        remove_photo(doc.name)
        attach(doc, picture)
    consent.record(text, consent.IN_FORM, registrasi=doc.name)
    settle.later(doc.name)


def remove_photo(name: str) -> None:
    filters = {"attached_to_doctype": DOCTYPE, "attached_to_name": name}
    for file in frappe.get_all("File", filters, pluck="name"):
        frappe.delete_doc("File", file, ignore_permissions=True, force=True)


def checked(content: bytes | None) -> tuple[bytes, str]:
    """The photo cleaned, and its file ending. Raises FotoTidakSah and FotoTerlaluBesar."""
    if content is None:
        frappe.throw(_("The photo is missing: send it as multipart field foto."), FotoTidakSah)
    photo.refuse_large(content or b"", photo_limit())
    return photo.cleaned(content or b"", cint(frappe.get_cached_doc("Pengaturan Absensi").foto_sisi_maks))


def photo_limit() -> int:
    return cint(frappe.get_cached_doc("Pengaturan Absensi").foto_ukuran_maks_kb)
