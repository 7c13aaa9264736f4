"""Who gets the letter when: by the setting, once a day at the most, each recipient for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import (
    add_days,
    add_months,
    cint,
    get_first_day,
    getdate,
    now_datetime,
    validate_email_address,
)

from spbe_attendance.pemantauan.analitik import months
from spbe_attendance.pemantauan.berkala import letter
from spbe_attendance.pemantauan.berkala.errors import LaporanBerkalaDitolak
from spbe_attendance.pemantauan.laporan.scope import visible_units

SETTINGS = "Laporan Berkala Pimpinan"
WEEKLY, MONTHLY, BOTH = "Mingguan", "Bulanan", "Mingguan dan Bulanan"
MONDAY, DAY_OF_MONTH = 0, 2
# Accounts of staff have an address that leads nowhere.
NOWHERE = ".invalid"


def check_recipients(rows: Iterable[Any], *, wanted: bool) -> None:
    """Raises LaporanBerkalaDitolak for who cannot get it."""
    found = list(rows)
    if wanted and not found:
        frappe.throw(_("Enter at least one recipient before switching it on."), LaporanBerkalaDitolak)
    for row in found:
        if not validate_email_address(row.surel or "") or row.surel.endswith(NOWHERE):
            frappe.throw(
                _("Row {0}: {1} is no address that receives mail.").format(row.idx, row.surel),
                LaporanBerkalaDitolak,
            )
        if not _leads(row.user):
            frappe.throw(
                _(
                    "Row {0}: {1} may not see the reports of any unit. Choose an active account of BKPSDM, Pimpinan or a head."
                ).format(row.idx, row.user),
                LaporanBerkalaDitolak,
            )
    if len({row.user for row in found}) < len(found):
        frappe.throw(_("A recipient is named twice: keep one row."), LaporanBerkalaDitolak)


def _leads(user: str) -> bool:
    if not frappe.db.get_value("User", user, "enabled"):
        return False
    try:
        return visible_units(None, user) != ("",)
    except frappe.PermissionError:
        frappe.clear_last_message()
        return False


def run() -> None:
    """Every morning: sends what is due."""
    settings = frappe.get_doc(SETTINGS)
    month = due(settings, now_datetime().date())
    if month:
        send(month)


def due(settings: Any, today: date) -> date | None:
    """First day of the month to tell of today; None when nothing is due or it went out today already."""
    last = settings.terakhir_dikirim
    if not cint(settings.aktif) or (last and getdate(last) == today):
        return None
    if settings.jadwal in (MONTHLY, BOTH) and today.day == DAY_OF_MONTH:
        return getdate(get_first_day(add_months(today, -1)))
    if settings.jadwal in (WEEKLY, BOTH) and today.weekday() == MONDAY:
        return month_so_far(today)
    return None


def month_so_far(today: date | None = None) -> date:
    """Of yesterday: on the first day of a month nothing of it is computed."""
    return getdate(get_first_day(add_days(today or now_datetime().date(), -1)))


def start() -> int:
    """Queue a sending of the month so far; answers how many will get it. Raises LaporanBerkalaDitolak."""
    settings = frappe.get_doc(SETTINGS)
    if not cint(settings.aktif):
        frappe.throw(_("The letter is switched off: switch it on and save first."), LaporanBerkalaDitolak)
    frappe.enqueue(
        send,
        queue="long",
        job_id="laporan-berkala",
        deduplicate=True,
        enqueue_after_commit=True,
        month=month_so_far(),
    )
    return len(settings.penerima)


def send(month: date) -> None:
    """The background job. One that fails leaves the others; what happened stands in the settings."""
    frappe.local.lang = "id"
    months.forget()
    settings = frappe.get_doc(SETTINGS)
    failed = [row.surel for row in settings.penerima if not _sent(row.user, row.surel, month)]
    good = len(settings.penerima) - len(failed)
    told = _("{0} letters are in the mail queue.").format(good)
    if failed:
        told += " " + _("Not sent, see the Error Log: {0}.").format(", ".join(failed))
    frappe.db.set_single_value(SETTINGS, {"terakhir_dikirim": now_datetime(), "hasil_terakhir": told})


def _sent(user: str, address: str, month: date) -> bool:
    frappe.db.savepoint("satu_surat")
    try:
        if not _leads(user):
            raise LaporanBerkalaDitolak(user)
        with letter.reader(user):
            found = letter.write(month)
            attached = [found.attachment(user)] if found.table.count else []
        frappe.sendmail(
            recipients=[address],
            subject=found.subject,
            message=found.body,
            attachments=attached,
            add_unsubscribe_link=0,
        )
    except Exception:
        frappe.db.rollback(save_point="satu_surat")
        frappe.log_error(title=SETTINGS)
        return False
    return True
