from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance.exceptions import SegelTidakDapatDiubah


class SegelAbsensi(Document):
    """A link of a person's chain; written by segel.sealing only. Its name is the person's and its number."""

    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        absensi: DF.Link | None
        catatan_sha256: DF.Data | None
        diputuskan_oleh: DF.Data | None
        diputuskan_pada: DF.Datetime | None
        garam: DF.Data | None
        hash: DF.Data | None
        isi_sha256: DF.Data | None
        nomor: DF.Int
        opd: DF.Link | None
        pegawai: DF.Link | None
        peristiwa: DF.Literal["Tercatat", "Diputuskan", "Ditinjau", "Dihapus"]
        posisi_ada: DF.Check
        posisi_sha256: DF.Data | None
        sebelum: DF.Data | None
        status: DF.Data | None
        tanggal: DF.Date | None
        urutan: DF.Int
        versi: DF.Int
        waktu_segel: DF.Datetime | None
    # end: auto-generated types

    def validate(self) -> None:
        self.refuse()

    def on_trash(self) -> None:
        self.refuse()

    def before_rename(self, *_args: object) -> None:
        self.refuse()

    def refuse(self) -> None:
        """Whatever the role: a chain that somebody may mend proves nothing."""
        frappe.throw(
            _("Seals and roots are made by the server alone and never change."), SegelTidakDapatDiubah
        )


def on_doctype_update() -> None:
    frappe.db.add_unique("Segel Absensi", ["pegawai", "urutan"])
    # A punch is recorded once, decided on once, and each decision of the review queue is one; also finds what is not sealed.
    frappe.db.add_unique("Segel Absensi", ["absensi", "peristiwa", "nomor"])
    # The leaves of a day in their order.
    frappe.db.add_index("Segel Absensi", ["opd", "tanggal", "waktu_segel"])
    frappe.db.add_index("Segel Absensi", ["waktu_segel"])
    # The removal of positions takes the oldest that are kept.
    frappe.db.add_index("Segel Absensi", ["posisi_ada", "tanggal"])
    # Frappe 15 has this one on every table, Frappe 16 not: what is new, and how far sealing came, are found by it.
    for doctype in ("Absensi", "Segel Absensi"):
        if frappe.db.table_exists(doctype) and not frappe.db.get_column_index(
            f"tab{doctype}", "modified", unique=False
        ):
            frappe.db.add_index(doctype, ["modified"])
