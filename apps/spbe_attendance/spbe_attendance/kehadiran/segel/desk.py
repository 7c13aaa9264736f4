"""The audit in Desk: the same code that an auditor runs offline, on the rows of this moment."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from spbe_attendance.evidence import verify
from spbe_attendance.evidence.audit import Audit, Finding
from spbe_attendance.exceptions import LaporanDitolak
from spbe_attendance.kehadiran.segel import export

# Thirty thousand rows are ten seconds: a request must not take longer. Everything at once is for the command line.
Checked = tuple[list[dict[str, Any]], Audit | None]


def check(opd: str | None, month: str | None) -> Checked:
    """What was changed, the serious first, and how much was looked at. Raises LaporanDitolak without OPD or month."""
    if not opd or not month:
        frappe.throw(_("Choose an OPD and a month."), LaporanDitolak)
    audit, findings = None, []
    for found in verify.check(export.lines(export.asked(opd, month))):
        if isinstance(found, Audit):
            audit = found
        else:
            findings.append(found)
    findings.sort(key=lambda found: not found.serious)
    return [row(found) for found in findings], audit


def row(found: Finding) -> dict[str, Any]:
    return {
        "keadaan": _("Changed") if found.serious else _("Note"),
        "pegawai": found.pegawai or None,
        "absensi": found.absensi or None,
        "urutan": found.urutan or None,
        "opd": found.opd or None,
        "tanggal": found.tanggal or None,
        "apa": sentences()[found.code].format(found.detail),
    }


def sentences() -> dict[str, str]:
    """What each finding means, in the reader's language."""
    return {
        "isi_berubah": _("The punch was changed after it was sealed."),
        "absensi_hilang": _("The punch was sealed and is not there any more: deleted."),
        "absensi_tanpa_segel": _("The punch was never sealed: put into the database."),
        "disisipkan": _(
            "The punch claims to have arrived at {0}, before its day was closed, and came after it."
        ),
        "keputusan_berubah": _("The decision was changed after it was sealed ({0})."),
        "tinjauan_berubah": _("What was decided on the review was changed after it was sealed ({0})."),
        "tinjauan_hilang": _(
            "What was decided on the review ({0}) was sealed and is not there any more: deleted."
        ),
        "tinjauan_tanpa_segel": _(
            "What was decided on the review ({0}) was never sealed: put into the database."
        ),
        "segel_berubah": _("The seal was changed: its hash does not fit."),
        "segel_hilang": _("{0} seals are missing from here on."),
        "segel_ganda": _("The seal is there more than once."),
        "rantai_putus": _("The seal does not follow the one before it: swapped, removed or written anew."),
        "akar_kurang": _("{0} seals of this day are missing compared with its root."),
        "akar_tidak_cocok": _("The day's seals are not those of its root, version {0}."),
        "akar_hilang": _("{0} daily roots before this one are missing."),
        "akar_putus": _("The root does not follow the one before it."),
        "akar_berubah": _("The root was changed: its hash does not fit."),
        "cetak_tidak_cocok": _("The printed root {0} is not in the history."),
        "posisi_hilang": _("The position is gone without a seal of its removal."),
        "posisi_dihapus": _("Position removed, {0}. What is left is as it was sealed."),
        "posisi_dihapus_lama": _(
            "Position removed, {0}. Its seal has the first form: what is left is held since the seal of the removal."
        ),
        "belum_disegel": _("Has just arrived and is not sealed yet."),
        "keputusan_belum_disegel": _("Has just been decided and is not sealed yet ({0})."),
        "tinjauan_belum_disegel": _("A review has just been decided on and is not sealed yet ({0})."),
        "di_luar_akar": _("{0} seals came after the day's root and wait for the next one."),
        "tanpa_akar": _("{0} seals of a day that has no root yet."),
        "cetak_lama": _("The printed root fits the state of {0}."),
        "cetak_cocok": _("The printed root fits."),
    }


def summary(findings: int, audit: Audit | None) -> str:
    """Whether all is well, as a sentence."""
    if audit is None:
        return ""
    looked = _("Checked: {0} punches and {1} seals of {2} persons.").format(
        audit.punches, audit.seals, audit.people
    )
    told = _("Changed since sealing: {0}.").format(findings) if findings else _("Nothing was changed.")
    return f"{looked} {told}"
