"""Files of reports: made in the background, private to whoever asked, gone after two days."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from spbe_attendance import realtime
from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.pemantauan.cetak import pdf, sheet, xlsx
from spbe_attendance.pemantauan.laporan import registry
from spbe_attendance.permissions import own_pegawai

Writer = Callable[[sheet.Sheet, Callable[[int, int], None] | None], bytes]
# The right on Rekap Harian that each form needs.
FORMS: dict[str, tuple[str, Writer]] = {"xlsx": ("export", xlsx.write), "pdf": ("print", pdf.write)}
FOLDER = "Laporan SPBE"
KEEP = timedelta(days=2)
REMEMBER = 3600
CARD = "Kartu Kehadiran"


def start(name: Any, form: Any, filters: Any, user: str) -> str:
    """Queue the making of a file; the same question while it waits or runs is not queued twice. Answers its id.

    Raises LaporanDitolak, PermissionError: nothing is queued that would be refused.
    """
    wanted = _filters(filters)
    report = registry.find(name)
    if form not in FORMS:
        frappe.throw(_("A report is made as xlsx or pdf."), LaporanDitolak)
    _check_right(name, form, wanted, user)
    report.check(wanted)
    asked = json.dumps([user, name, form, wanted], sort_keys=True)
    key = hashlib.sha256(asked.encode()).hexdigest()[:20]
    say(user, key, 1, _("Waiting for its turn"))
    frappe.enqueue(
        run,
        queue="long",
        timeout=1500,
        job_id=f"laporan-{key}",
        deduplicate=True,
        kunci=key,
        laporan=name,
        bentuk=form,
        saringan=wanted,
        user=user,
        bahasa=frappe.local.lang,
    )
    return key


def _filters(text: Any) -> dict[str, Any]:
    try:
        wanted = json.loads(text or "{}")
    except (TypeError, ValueError):
        wanted = None
    if not isinstance(wanted, dict):
        frappe.throw(_("The filters must be a JSON object."), LaporanDitolak)
    return wanted


def _check_right(name: str, form: str, wanted: dict[str, Any], user: str) -> None:
    """Own card: everybody of the staff. Everything else: who may open the report and export or print its rows."""
    if name == CARD:
        own = own_pegawai(user).get("name")
        if own and wanted.get("pegawai") in (None, "", own):
            return
    right = FORMS[form][0]
    if not (
        frappe.get_doc("Report", name).is_permitted()
        and frappe.has_permission("Rekap Harian", right, user=user)
    ):
        frappe.throw(_("You may not download the report {0}.").format(name), frappe.PermissionError)


def run(kunci: str, laporan: str, bentuk: str, saringan: dict[str, Any], user: str, bahasa: str) -> None:
    """The background job. Never raises: its asker is told what went wrong, the log has the rest."""
    frappe.local.lang = bahasa
    try:
        url = make(kunci, laporan, bentuk, saringan, user)
        frappe.db.commit()  # the file must be there before its asker hears of it
        say(user, kunci, 100, "", berkas=url)
    except (LaporanDitolak, frappe.PermissionError) as refusal:
        frappe.db.rollback()
        say(user, kunci, 100, "", gagal=str(refusal))
    except Exception:
        frappe.db.rollback()
        frappe.log_error(title=f"Laporan {laporan}")
        frappe.db.commit()  # the record of the failure must outlive it
        say(user, kunci, 100, "", gagal=_("The file could not be made; the error log has the cause."))


def make(key: str, report: str, form: str, filters: dict[str, Any], user: str) -> str:
    """Build, write and store; answers the file's address. Raises what the report raises."""
    say(user, key, 10, _("Reading"))
    table = registry.find(report).build(filters)
    say(user, key, 30, _("Writing {0} rows").format(table.count))

    def tell(done: int, total: int) -> None:
        say(user, key, 30 + 65 * done // max(total, 1), _("{0} of {1} rows").format(done, total))

    content = FORMS[form][1](sheet.compose(table, user), tell)
    return store(_file_name(report, table.scope.first.isoformat(), key, form), content, user)


def _file_name(report: str, first: str, key: str, form: str) -> str:
    return f"{report} {first[:7]} {key[:6]}.{form}".replace(" ", "-")


def store(file_name: str, content: bytes, user: str, folder: str = FOLDER) -> str:
    """A private file attached to nothing, so that nobody but its owner may read it. Answers its address."""
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": file_name,
            "is_private": 1,
            "folder": _folder(folder),
            "content": content,
        }
    )
    file.insert(ignore_permissions=True)
    # Inserting makes the session's user the owner, whoever the file is for.
    file.db_set("owner", user, update_modified=False)
    return str(file.file_url)


def _folder(called: str) -> str:
    name = f"Home/{called}"
    if not frappe.db.exists("File", name):
        folder = frappe.get_doc({"doctype": "File", "file_name": called, "is_folder": 1, "folder": "Home"})
        folder.insert(ignore_permissions=True, ignore_if_duplicate=True)
    return name


def state(key: Any, user: str) -> dict[str, Any]:
    """How a file stands; the same sentence for what was never asked for and what is another's."""
    found = frappe.cache.get_value(_cache_key(user, key)) if isinstance(key, str) else None
    if not found:
        frappe.throw(_("No file is being made under this number: ask for it again."), LaporanDitolak)
    return found


def say(user: str, key: str, percent: int, what: str, **ending: str) -> None:
    """Tell the asker, and whoever asks ``state``, how it stands; ``ending``: berkas or gagal."""
    told = {"id": key, "persen": percent, "keterangan": what, **ending}
    frappe.cache.set_value(_cache_key(user, key), told, expires_in_sec=REMEMBER)
    realtime.publish_report(user, told)


def _cache_key(user: str, key: str) -> str:
    return f"spbe_laporan|{user}|{key}"


def remove_old(folder: str = FOLDER, keep: timedelta = KEEP) -> None:
    """Hooked to the scheduler: files are copies of what can be made again, and they name people."""
    old = frappe.get_all(
        "File",
        {"folder": f"Home/{folder}", "is_folder": 0, "creation": ["<", now_datetime() - keep]},
        pluck="name",
    )
    for name in old:
        frappe.delete_doc("File", name, ignore_permissions=True, delete_permanently=True)
