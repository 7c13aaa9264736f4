"""Slips as PDF: ten to an A4 page with cut lines, each with QR, name, number, code and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import frappe
import segno
from frappe import _
from frappe.utils import formatdate, get_url
from jinja2 import Environment, FileSystemLoader
from pypdf import PdfWriter

from spbe_attendance.kepegawaian import account_desk
from spbe_attendance.kepegawaian.activation import Issued
from spbe_attendance.pemantauan.cetak.pdf import local_only

PER_PAGE, COLUMNS = 10, 2
# Millimetres: width and height of a slip, margins left and above.
WIDTH, HEIGHT, LEFT, TOP = 100, 56, 5, 8.5
# Laid out together: the printer's memory and time grow faster than the number of pages.
PER_PART = 20 * PER_PAGE


def write(slips: Sequence[Issued], progress: Callable[[int, int], None] | None = None) -> bytes:
    """The PDF's bytes, in the order given."""
    # Imported here: loading it costs a worker a second that no other job needs.
    from weasyprint import HTML

    units = _names(slips)
    merger, done = PdfWriter(), 0
    for part in _parts(slips, PER_PART):
        body = HTML(string=html(part, units), url_fetcher=local_only).write_pdf()
        merger.append(BytesIO(bytes(body)))
        done += len(part)
        if progress:
            progress(done, len(slips))
    target = BytesIO()
    merger.write(target)
    return target.getvalue()


def html(slips: Sequence[Issued], units: dict[str, str]) -> str:
    """Pages of slips; every value escaped."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return environment.get_template("slips.html").render(
        pages=[
            [_slip(one, place, units) for place, one in enumerate(page)] for page in _parts(slips, PER_PAGE)
        ],
        address=get_url("/absen/aktivasi").split("://", 1)[-1],
        words={
            "title": _("Activation Slip"),
            "number": _("Number to log in with"),
            "code": _("Activation code"),
            "until": _("valid until"),
            "scan": _("Scan the QR with the phone's camera, or open"),
            "then": _("and type number and code. Then choose a password and a PIN of six digits."),
            "secret": _("For this person only. Works once. Destroy it afterwards."),
        },
    )


def _slip(one: Issued, place: int, units: dict[str, str]) -> dict[str, Any]:
    row, column = divmod(place, COLUMNS)
    return {
        "left": LEFT + column * WIDTH,
        "top": TOP + row * HEIGHT,
        "nama": one.nama,
        "opd": units.get(one.opd, ""),
        "nomor": one.nomor,
        "kode": one.kode,
        "sampai": formatdate(one.berlaku_sampai, "d MMMM yyyy"),
        "qr": segno.make(account_desk.link(one.kode), error="m").png_data_uri(scale=6, border=2),
    }


def _names(slips: Sequence[Issued]) -> dict[str, str]:
    wanted = sorted({one.opd for one in slips})
    return dict(frappe.get_all("OPD", {"name": ["in", wanted or [""]]}, ["name", "nama_opd"], as_list=True))


def _parts(slips: Sequence[Issued], size: int) -> Iterator[Sequence[Issued]]:
    return (slips[start : start + size] for start in range(0, len(slips), size))
