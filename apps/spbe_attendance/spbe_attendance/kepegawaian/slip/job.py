"""Slips made in the background: only fingerprints of codes are stored, so printing draws fresh ones.

They begin to hold with the finished file, in one transaction: a job that breaks off changes nothing, and the slips from before still
work. The file is its asker's alone and is gone after a day.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from spbe_attendance.kepegawaian import activation
from spbe_attendance.kepegawaian.exceptions import AkunDitolak
from spbe_attendance.kepegawaian.slip import page
from spbe_attendance.kepegawaian.slip.choice import choose
from spbe_attendance.pemantauan.cetak import job as files

FOLDER = "Slip Aktivasi SPBE"
KEEP = timedelta(days=1)


def count(opd: Any, below: Any, everybody: Any, user: str) -> dict[str, int]:
    """What would be printed: {orang, kode_berakhir, dikecualikan}. Raises PermissionError."""
    found = choose(opd, below, everybody, user)
    return {"orang": len(found.pegawai), "kode_berakhir": found.berlaku, "dikecualikan": found.dikecualikan}


def start(opd: Any, below: Any, everybody: Any, user: str) -> str:
    """Queue the making; answers the id that pemantauan's ``state`` knows. Raises PermissionError, AkunDitolak."""
    found = choose(opd, below, everybody, user)
    if not found.pegawai:
        frappe.throw(
            _("Everybody in this OPD has opened the account already: give a new code on the person's form."),
            AkunDitolak,
        )
    key = frappe.generate_hash(length=20)
    files.say(user, key, 1, _("Waiting for its turn"))
    frappe.enqueue(
        run,
        queue="long",
        timeout=3000,
        kunci=key,
        opd=found.opd,
        bawahan=cint(below),
        semua=cint(everybody),
        user=user,
    )
    return key


def run(kunci: str, opd: str, bawahan: int, semua: int, user: str) -> None:
    """The background job. Never raises: its asker is told what went wrong, the log has the rest."""
    # The slips are for the staff, whatever language their printer uses.
    frappe.local.lang = "id"
    try:
        url = make(kunci, opd, bawahan, semua, user)
        frappe.db.commit()  # codes and file stand together
        files.say(user, kunci, 100, "", berkas=url)
    except (AkunDitolak, frappe.PermissionError) as refusal:
        frappe.db.rollback()
        files.say(user, kunci, 100, "", gagal=str(refusal))
    except Exception:
        frappe.db.rollback()
        frappe.log_error(title="Slip aktivasi")
        frappe.db.commit()  # the record of the failure must outlive it
        files.say(user, kunci, 100, "", gagal=_("The slips could not be made; the error log has the cause."))


def make(key: str, opd: str, below: int, everybody: int, user: str) -> str:
    """The file's address. The rights are looked at again: they may have changed while it waited."""
    found = choose(opd, below, everybody, user)
    slips = activation.draw(found.pegawai)

    def tell(done: int, total: int) -> None:
        files.say(user, key, 5 + 85 * done // max(total, 1), _("{0} of {1} slips").format(done, total))

    content = page.write(slips, tell)
    files.say(user, key, 92, _("Storing the codes"))
    activation.keep(slips, activation.SLIP, by=user)
    return files.store(f"slip-aktivasi-{key[:6]}.pdf", content, user, FOLDER)


def remove_old() -> None:
    """Hooked to the scheduler: the files hold codes that work."""
    files.remove_old(FOLDER, KEEP)
