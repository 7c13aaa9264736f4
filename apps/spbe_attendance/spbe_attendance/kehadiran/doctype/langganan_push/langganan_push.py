from __future__ import annotations

from frappe.model.document import Document


class LanggananPush(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        aktif: DF.Check
        auth: DF.Data | None
        endpoint: DF.SmallText | None
        gagal_beruntun: DF.Int
        kabar_keputusan: DF.Check
        kabar_pengingat: DF.Check
        kabar_persetujuan: DF.Check
        p256dh: DF.Data | None
        pegawai: DF.Link | None
        pengguna: DF.Link
        pengingat_terakhir: DF.Data | None
        perangkat: DF.Data | None
        sidik_endpoint: DF.Data | None
        terakhir_terkirim: DF.Datetime | None
    # end: auto-generated types
