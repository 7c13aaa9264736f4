"""The public pages: the list of datasets, and one dataset with its versions, standard and newest figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate
from jinja2 import Environment, FileSystemLoader

from spbe_attendance.pemantauan.satu_data import catalogue as listing
from spbe_attendance.pemantauan.satu_data import codelist, metadata, reading, settings, spec

FOLDER = Path(__file__).parent
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}


def catalogue() -> str:
    found = [(doc, listing.published(doc.name)) for doc in metadata.datasets()]
    datasets = [
        {
            "judul": doc.judul,
            "uraian": described(doc),
            "alamat": f"/data/{doc.name}",
            "terbaru": period_text(rows[0].periode) if rows else "",
        }
        for doc, rows in found
    ]
    return render("katalog.html", _("Open Data"), datasets=datasets)


def dataset(doc: Any) -> str:
    rows = listing.published(doc.name)
    versions = [
        {
            "periode": period_text(row.periode),
            "nomor": row.nomor,
            "terbaru": row.newest,
            "terbit": formatdate(row.terbit_pada, "d MMMM yyyy"),
            "berkas": [
                {"bentuk": file.bentuk, "alamat": listing.path(row, file), "ukuran": size(file.ukuran)}
                for file in row.files
            ],
        }
        for row in rows
    ]
    return render(
        "dataset.html",
        doc.judul,
        uraian=described(doc),
        versi=versions,
        kolom=spec.COLUMNS[doc.name],
        standar=standard(doc),
        angka=figures(rows[0]) if rows and doc.name == spec.ATTENDANCE else None,
        skema=f"/data/{doc.name}/skema.json",
        rahasia=spec.WITHHELD,
        ambang=settings.least(),
    )


def described(doc: Any) -> str:
    return doc.uraian_en if language() == "en" and doc.uraian_en else doc.uraian


def language() -> str:
    """ "en" for en-US; the language of the data for what the page does not speak."""
    spoken = (frappe.local.lang or "").split("-")[0]
    return spoken if spoken in LANGUAGES else "id"


def standard(doc: Any) -> list[tuple[str, str]]:
    region = metadata.region()
    return [
        *((_(doc.meta.get_label(name)), doc.get(name) or "") for name in metadata.STANDARD),
        (_("Region"), f"{region['nama']} ({region['kode']}, {region['sistem_kode']}, {region['dasar']})"),
        (_("Data Producer"), settings.value("produsen")),
        (_("Walidata"), settings.value("penerbit")),
    ]


def figures(row: Any) -> dict[str, Any]:
    """{periode, baris}: of the newest period, each OPD's working days and rate of attendance, all employment types together."""
    found: dict[str, dict[str, str]] = {}
    for line in reading.data(row.name):
        if line["status_kepegawaian"] == codelist.ALL and line["kode_kehadiran"] in (
            codelist.JUMLAH,
            codelist.HADIR,
        ):
            one = found.setdefault(line["kode_opd"], {"nama": line["nama_opd"]})
            if line["kode_kehadiran"] == codelist.JUMLAH:
                one["hari"] = number(line["orang_hari"])
            else:
                one["persen"] = number(line["persen"], 2)
    return {"periode": period_text(row.periode), "baris": list(found.values())}


def number(value: float | None, digits: int = 0) -> str:
    if value is None:
        return spec.WITHHELD
    text = f"{value:,.{digits}f}"
    return text if language() == "en" else text.translate(str.maketrans(",.", ".,"))


def size(count: int) -> str:
    return f"{number(max(count, 1) / 1024, 1)} KB"


def period_text(period: str) -> str:
    """ "Oktober 2026"; a reference list has no period."""
    return _("Reference list") if period == spec.REFERENCE else formatdate(f"{period}-01", "MMMM yyyy")


def render(template: str, title: str, **context: Any) -> str:
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True)
    return environment.get_template(template).render(
        _=_,
        title=title,
        lang=language(),
        languages=LANGUAGES,
        penerbit=settings.value("penerbit"),
        surel=settings.value("surel"),
        lisensi=settings.value("lisensi"),
        **context,
    )
