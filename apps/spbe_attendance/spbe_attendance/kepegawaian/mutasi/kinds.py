"""What each kind of change needs, and what it changes."""

from __future__ import annotations

from typing import Any

from frappe.model.document import Document

MOVE = "Pindah OPD"
EMPLOYMENT = "Perubahan Status Kepegawaian"
POSITION = "Perubahan Jabatan/Golongan"
RETIREMENT = "Pensiun"
LEAVING = "Berhenti/Pindah Instansi"
PAUSE = "Nonaktif Sementara"
RETURN = "Aktif Kembali"
ASN = ("PNS", "CPNS", "PPPK", "PPPK Paruh Waktu")
# Kind: fields it must have, fields it may have.
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    MOVE: (("opd_baru",), ("jabatan_baru",)),
    EMPLOYMENT: (("status_kepegawaian_baru",), ("nip_baru", "jabatan_baru", "golongan_baru")),
    POSITION: ((), ("jabatan_baru", "golongan_baru")),
    RETIREMENT: ((), ()),
    LEAVING: ((), ()),
    PAUSE: (("alasan_nonaktif",), ("berlaku_sampai",)),
    RETURN: ((), ()),
}
STATUS = {RETIREMENT: "Pensiun", LEAVING: "Pindah", PAUSE: "Nonaktif", RETURN: "Aktif"}
# Field of the change: field of the person.
TARGETS = {
    "opd_baru": "opd",
    "status_kepegawaian_baru": "status_kepegawaian",
    "jabatan_baru": "jabatan",
    "golongan_baru": "golongan",
}


def changes(doc: Document) -> dict[str, Any]:
    """What holds from the day on, by field of the person; the NIP, which is of no time, apart."""
    wanted, optional = FIELDS[doc.jenis]
    found = {
        TARGETS[field]: doc.get(field)
        for field in (*wanted, *optional)
        if field in TARGETS and doc.get(field)
    }
    if doc.jenis in STATUS:
        found["status"] = STATUS[doc.jenis]
    return found
