"""Exporting the presence of a month for SIMPEGNAS: who may, what is refused, the file."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from typing import IO, Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from spbe_attendance.integrations import task
from spbe_attendance.integrations.exceptions import EksporDitolak
from spbe_attendance.integrations.simpegnas import rows, spec, writer

DOCTYPE = "Ekspor SIMPEGNAS"
RUNNER = "spbe_attendance.integrations.simpegnas.export.run"
SETTINGS = "Pengaturan Absensi"
NAMED = 5


def scope_of(doc: Any) -> rows.Scope:
    nik = cint(frappe.db.get_single_value(SETTINGS, "ekspor_nik"))
    return rows.Scope(doc.bulan, doc.opd or None, bool(doc.hanya_asn), bool(nik))


def check(doc: Any) -> tuple[rows.Scope, int]:
    """Scope and number of open days. Raises EksporDitolak: nothing there, or months that are neither closed nor marked."""
    scope = scope_of(doc)
    total, unclosed = rows.size(scope)
    if not total:
        frappe.throw(
            _("There is no recap of {0} in this scope: choose another month or OPD.").format(doc.bulan),
            EksporDitolak,
        )
    if unclosed and not doc.sementara:
        names = sorted(rows.open_units(scope))
        named = [*names[:NAMED], *([_("and {0} more").format(len(names) - NAMED)] if names[NAMED:] else [])]
        frappe.throw(
            _("{0} is not closed for {1}: close the month first, or tick Provisional.").format(
                doc.bulan, ", ".join(named)
            ),
            EksporDitolak,
        )
    return scope, unclosed


def start(doc: Any) -> dict[str, str]:
    """Queue the export of the locked document: {status}. Raises EksporDitolak, TugasIntegrasiDitolak."""
    check(doc)
    return task.start(doc, RUNNER)


def run(nama: str) -> None:
    """The background job."""
    task.perform(DOCTYPE, nama, make)


def make(doc: Any) -> str:
    """Write the file and keep it private with the document; answers the closing sentence."""
    doc.check_permission("write")
    scope, unclosed = check(doc)
    with tempfile.TemporaryFile() as target:
        package = fill(target, doc, scope, unclosed)
        target.seek(0)
        url = keep(doc, package, target.read())
    doc.db_set(
        {
            "berkas": url,
            "jumlah_baris": package.rows,
            "sidik_berkas": package.sha256,
            "versi": spec.VERSION,
            "dibuat_pada": now_datetime(),
        }
    )
    return _("{0} rows; state: {1}.").format(package.rows, package.head["keadaan"])


def fill(target: IO[bytes], doc: Any, scope: rows.Scope, unclosed: int) -> writer.Package:
    head = {
        "versi": spec.VERSION,
        "jenis": doc.jenis,
        "bulan": doc.bulan,
        "keadaan": spec.PROVISIONAL if unclosed else spec.FINAL,
        "dibuatPada": f"{now_datetime().isoformat(timespec='seconds')}{rows.OFFSET}",
        "zonaWaktu": spec.ZONE,
        "kodeOpd": doc.opd or "",
    }
    total = max(1, len(rows.people(scope)))
    with writer.Package(target, doc.bentuk, doc.jenis, head) as package:
        for done, found in rows.batches(scope, doc.jenis):
            package.write(found)
            task.tell(doc, 5 + 90 * done // total, _("{0} of {1} persons").format(done, total))
    return package


def keep(doc: Any, package: writer.Package, content: bytes) -> str:
    """A private file of the document: who may read that may read this."""
    forget(doc.name)
    name = f"{package.data_name.rpartition('.')[0]}-{package.form.lower()}-{doc.name}.zip"
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": name,
            "is_private": 1,
            "attached_to_doctype": DOCTYPE,
            "attached_to_name": doc.name,
            "content": content,
        }
    )
    return str(file.insert(ignore_permissions=True).file_url)


def forget(name: str) -> None:
    """Remove the files of an export."""
    for file in frappe.get_all(
        "File", {"attached_to_doctype": DOCTYPE, "attached_to_name": name}, pluck="name"
    ):
        frappe.delete_doc("File", file, ignore_permissions=True, delete_permanently=True)


def remove_old() -> None:
    """Hooked to the scheduler: files name people and can be made again; the rows that say who exported what stay."""
    days = cint(frappe.db.get_single_value(SETTINGS, "ekspor_simpan_hari")) or 30
    before = now_datetime() - timedelta(days=days)
    for name in frappe.get_all(
        DOCTYPE, {"berkas": ["is", "set"], "dibuat_pada": ["<", before]}, pluck="name"
    ):
        forget(name)
        frappe.db.set_value(DOCTYPE, name, "berkas", None)
