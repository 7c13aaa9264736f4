"""The catalogue of what is published: DCAT-US 1.1 (the form of data.json that CKAN's harvester reads)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.utils import get_datetime

from spbe_attendance.kehadiran.rekapitulasi.closed import bounds
from spbe_attendance.pemantauan.satu_data import metadata, settings, spec, versions

SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
PERIODICITY = {"Bulanan": "R/P1M", "Tidak Berkala": "irregular"}


def build() -> dict[str, Any]:
    """Datasets that have a published version, each with the files of all its versions, the newest period first."""
    base = settings.base()
    found = [(doc, published(doc.name)) for doc in metadata.datasets()]
    return {
        "@context": f"{SCHEMA}/catalog.jsonld",
        "@id": f"{base}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
        "dataset": [dataset(doc, rows, base) for doc, rows in found if rows],
    }


def published(name: str) -> list[Any]:
    """Published versions with their ``files``, the newest period and version first."""
    fields = ["name", "dataset", "periode", "nomor", "terbit_pada", "sidik", "jumlah_baris"]
    rows = frappe.get_all(
        versions.DOCTYPE,
        {"dataset": name, "status": versions.TERBIT},
        fields,
        order_by="periode desc, nomor desc",
        limit_page_length=0,
    )
    files = frappe.get_all(
        "Berkas Versi Dataset",
        {"parent": ["in", [row.name for row in rows] or [""]], "parenttype": versions.DOCTYPE},
        ["parent", "bentuk", "berkas", "nama_berkas", "ukuran", "sidik"],
        order_by="idx",
        limit_page_length=0,
    )
    seen: set[str] = set()
    for row in rows:
        row.files = [file for file in files if file.parent == row.name]
        row.newest = row.periode not in seen
        seen.add(row.periode)
    return rows


def dataset(doc: Any, rows: Sequence[Any], base: str) -> dict[str, Any]:
    months = sorted({row.periode for row in rows} - {spec.REFERENCE})
    moments = sorted(get_datetime(row.terbit_pada) for row in rows)
    region = metadata.region()
    found = {
        "@type": "dcat:Dataset",
        "identifier": f"{base}/data/{doc.name}",
        "title": doc.judul,
        "description": doc.uraian,
        "keyword": [word.strip() for word in (doc.kata_kunci or doc.judul).split(",") if word.strip()],
        "theme": [doc.tema or "Pemerintahan"],
        "issued": f"{moments[0]:%Y-%m-%d}",
        "modified": f"{moments[-1]:%Y-%m-%d}",
        "publisher": {
            "@type": "org:Organization",
            "name": settings.value("penerbit"),
            "subOrganizationOf": {"@type": "org:Organization", "name": f"Pemerintah {region['nama']}"},
        },
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": settings.value("penerbit"),
            "hasEmail": f"mailto:{settings.value('surel')}",
        },
        "accessLevel": "public",
        "license": settings.value("lisensi"),
        "language": ["id"],
        "spatial": f"{region['nama']}; {region['kode']}; {region['sistem_kode']}; {region['dasar']}",
        "accrualPeriodicity": PERIODICITY.get(doc.frekuensi_terbit, "irregular"),
        "landingPage": f"{base}/data/{doc.name}",
        "describedBy": f"{base}/data/{doc.name}/skema.json",
        "describedByType": "application/schema+json",
        "dataQuality": True,
        "distribution": [distribution(row, file, base) for row in rows for file in row.files],
    }
    if months:
        found["temporal"] = f"{bounds(months[0])[0].isoformat()}/{bounds(months[-1])[1].isoformat()}"
    return found


def distribution(row: Any, file: Any, base: str) -> dict[str, Any]:
    note = "" if row.newest else "; ada versi yang lebih baru"
    return {
        "@type": "dcat:Distribution",
        "title": f"{row.periode}, versi {row.nomor}, {file.bentuk}",
        "description": f"Periode {row.periode}, versi {row.nomor}{note}. SHA-256 berkas: {file.sidik}.",
        "downloadURL": f"{base}{path(row, file)}",
        "mediaType": spec.FORMS[file.bentuk][1],
        "format": file.bentuk,
        "describedBy": f"{base}/data/{row.dataset}/skema.json",
        "describedByType": "application/schema+json",
    }


def path(row: Any, file: Any) -> str:
    """Where a file is for good."""
    return f"/data/{row.dataset}/{row.periode}/v{row.nomor}/{file.nama_berkas}"
