"""A punch on somebody else's device: the person proves to be there with number, PIN and photo, a named colleague with being there."""

from __future__ import annotations

import calendar
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from spbe_attendance.exceptions import (
    BukanSaksi,
    KuotaSaksiHabis,
    PegawaiTidakAktif,
    PermintaanTidakSah,
)
from spbe_attendance.kehadiran.pencatatan import intake, request
from spbe_attendance.kehadiran.pencatatan.busy import refused_when_busy
from spbe_attendance.kehadiran.saksi import kiosk
from spbe_attendance.kepegawaian import pins
from spbe_attendance.kepegawaian.accounts import current_pegawai

CAUSES = ("Ponsel Mati", "Ponsel Hilang", "Ponsel Rusak", "Ponsel Tertinggal", "Tidak Punya Ponsel")
SAKSI = "Saksi"


def record(values: dict[str, object]) -> dict[str, Any]:
    """The answer of ``catat`` with ``nama`` of the person. Raises subclasses of AbsensiDitolak."""
    punch = request.read_punch(
        {key: value for key, value in values.items() if key != "bukti"}, photo_required=True
    )
    tablet = kiosk.of_session()
    cause = values.get("sebab")
    if cause not in CAUSES:
        frappe.throw(_("The reason must be one of: {0}.").format(", ".join(CAUSES)), PermintaanTidakSah)
    person = pins.person_with(values.get("nomor"), values.get("pin"))
    seen_by = witness(values, tablet)
    if seen_by["name"] == person["name"]:
        frappe.throw(_("Nobody is their own witness: ask a colleague who is with you."), BukanSaksi)
    if not intake.existing(punch.id_klien, person["name"]):
        refuse_over_quota(person["name"], punch.id_klien)
    witnessed = intake.Witnessed(
        seen_by["name"],
        seen_by["nama"],
        tablet["name"] if tablet else None,
        str(cause),
        crowd(seen_by["name"]),
    )
    answer = intake.record(punch, person, witnessed)
    return {**answer, "nama": person["nama"], "sisa_kuota": left(person["name"])}


def witness(values: dict[str, object], tablet: dict[str, Any] | None) -> dict[str, Any]:
    """On a colleague's phone whoever is logged in; on a kiosk somebody who proves it with number and PIN."""
    if tablet:
        seen_by = pins.person_with(values.get("nomor_saksi"), values.get("pin_saksi"))
    else:
        seen_by = current_pegawai() or {}
    if not seen_by:
        frappe.throw(
            _("A witness is a member of staff: log in as one, or use the kiosk of your office."),
            BukanSaksi,
        )
    if seen_by["status"] != "Aktif":
        frappe.throw(_("This person is not active: ask BKPSDM to check the status."), PegawaiTidakAktif)
    return seen_by


def refuse_over_quota(pegawai: str, id_klien: str) -> None:
    """Raises KuotaSaksiHabis, or SistemSibuk when another punch of the person does not end. One after the other per person."""
    with refused_when_busy():
        # Two tries at once must not both see the last one free.
        frappe.db.get_value("Pegawai", pegawai, "name", for_update=True)
        free = left(pegawai, lock=True) > 0
        # What took the last one may be this very punch, sent twice at once.
        again = not free and frappe.db.get_value("Absensi", {"id_klien": id_klien}, "name", for_update=True)
    if not (free or again):
        frappe.throw(
            _("{0} punches with a witness per month are used up: ask for a correction instead.").format(
                quota()
            ),
            KuotaSaksiHabis,
        )


def crowd(saksi: str) -> int | None:
    """How many this witness has seen today with this one, where that is more than the setting; None otherwise."""
    seen = frappe.db.count("Absensi", {"saksi": saksi, "tanggal": now_datetime().date()}) + 1
    most = cint(frappe.get_cached_doc("Pengaturan Absensi").batas_saksi_harian)
    return seen if most and seen > most else None


def quota() -> int:
    return cint(frappe.get_cached_doc("Pengaturan Absensi").kuota_saksi_bulanan)


def left(pegawai: str, *, lock: bool = False) -> int:
    """How many punches with a witness remain this month; rejected ones do not count.

    ``lock``: as it is now, not as it was when the transaction began reading, which is before it had to wait for anybody.
    """
    today = now_datetime().date()
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    table = frappe.qb.DocType("Absensi")
    query = (
        frappe.qb.from_(table)
        .select(table.name)
        .where((table.pegawai == pegawai) & table.tanggal[today.replace(day=1) : last])
        .where((table.sumber == SAKSI) & (table.status != "Ditolak"))
    )
    return max(quota() - len((query.for_update() if lock else query).run()), 0)


def photo_filters() -> dict[str, str]:
    """Which punches the session may send a photo for: those it carried."""
    return {"owner": frappe.session.user, "sumber": SAKSI}
