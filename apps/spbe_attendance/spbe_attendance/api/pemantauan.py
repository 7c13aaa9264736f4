"""The Command Center. Thin: read the question, find what the caller may see, delegate.

All answer for the caller's scope and refuse with PermissionError whoever has none; days and names that make no sense are 4xx.
"""

from __future__ import annotations

from typing import Any

import frappe
from werkzeug.wrappers import Response

from spbe_attendance.pemantauan.ringkas import etag, export, names, places, question, summary
from spbe_attendance.pemantauan.ringkas.summary import View


@frappe.whitelist(methods=["GET"])
def ringkasan(tanggal: Any = None, opd: Any = None, **_ignored: Any) -> dict[str, Any] | Response:
    """Numbers of an OPD and of what lies directly below it on a day, with their completeness: summary.of. With an ETag."""
    return etag.answer(summary.of(_view(tanggal, opd)))


@frappe.whitelist(methods=["GET"])
def peta(tanggal: Any = None, opd: Any = None, **_ignored: Any) -> dict[str, Any]:
    """Places of work and how many are there: {lokasi: places.of}."""
    return {"lokasi": places.of(_view(tanggal, opd))}


@frappe.whitelist(methods=["GET"])
def orang(
    tanggal: Any = None,
    opd: Any = None,
    keadaan: Any = None,
    cari: Any = None,
    mulai: Any = 0,
    panjang: Any = 50,
    **_ignored: Any,
) -> dict[str, Any]:
    """The people behind the numbers: names.of. Raises NamaTidakDibuka where the caller sees numbers only."""
    view = _view(tanggal, opd)
    return names.of(
        view,
        question.state(keadaan),
        question.text(cari, "cari"),
        question.number(mulai, "mulai", 0, 10**6),
        question.number(panjang, "panjang", 1, question.MOST_NAMES),
    )


@frappe.whitelist(methods=["GET"])
def ekspor(
    tanggal: Any = None, opd: Any = None, bentuk: Any = "xlsx", alpa: Any = None, **_ignored: Any
) -> None:
    """What the screen shows as a file, XLSX or CSV; with ``alpa`` the names of those who were absent.

    Nobody is called absent before the day is complete and computed: DataBelumLengkap, 409, with what is missing.
    """
    view = _view(tanggal, opd)
    export.send(view, question.form(bentuk), absent=question.text(alpa, "alpa") not in (None, "0"))


def _view(tanggal: Any, opd: Any) -> View:
    return View(question.day(tanggal), question.text(opd, "opd"))
