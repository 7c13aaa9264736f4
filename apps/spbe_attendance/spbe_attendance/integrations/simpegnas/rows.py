"""What is exported: days of Rekap Harian, some hundred persons at a time, and their months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

import frappe
from frappe.query_builder.functions import Count, Sum
from pypika.functions import Cast

from spbe_attendance.integrations.simpegnas import spec
from spbe_attendance.kehadiran.rekapitulasi.closed import bounds
from spbe_attendance.worktime import codes

BATCH = 400
OFFSET = "+07:00"
# Frappe's own reading of Datetime columns takes a hundred times longer than their text.
MOMENTS = ("masuk", "pulang")
PLAIN = (
    "pegawai", "opd", "status_kepegawaian", "tanggal", "hari_kerja", "sementara", "tutup_bulan", "kode", "kode_utama",
    "kode_kedua", "bagian_kedua", "jadwal", "menit_terlambat", "menit_pulang_cepat", "tingkat_terlambat",
    "tingkat_pulang_cepat", "apel_hadir", "apel_tidak_hadir", "persen_potongan", "persen_apel",
)  # fmt: skip
ONE, ZERO = Decimal(1), Decimal(0)
COUNTED_AS = {
    codes.HADIR: "hadir",
    codes.SAKIT: "sakit",
    codes.CUTI_SAKIT: "sakit",
    codes.IZIN: "izin",
    codes.DINAS_LUAR: "dinasLuar",
    codes.TUGAS_BELAJAR: "tugasBelajar",
    codes.WFA: "wfa",
    codes.TANPA_KETERANGAN: "tanpaKeterangan",
    **dict.fromkeys(
        (
            codes.CLTN,
            codes.CUTI_BESAR,
            codes.CUTI_MELAHIRKAN,
            codes.CUTI_ALASAN_PENTING,
            codes.CUTI_TAHUNAN,
        ),
        "cuti",
    ),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """``opd``: with all below it, empty for all. ``asn``: civil servants only. ``nik``: with it."""

    month: str
    opd: str | None = None
    asn: bool = True
    nik: bool = False

    @property
    def days(self) -> tuple[date, date]:
        return bounds(self.month)

    def limit(self, query: Any, rekap: Any) -> Any:
        first, last = self.days
        query = query.where(rekap.tanggal[first:last])
        if self.asn:
            query = query.where(rekap.status_kepegawaian.isin(codes.ASN))
        if self.opd:
            left, right = frappe.db.get_value("OPD", self.opd, ["lft", "rgt"])
            below = frappe.get_all("OPD", {"lft": [">=", left], "rgt": ["<=", right]}, pluck="name")
            query = query.where(rekap.opd.isin(below))
        return query


def size(scope: Scope) -> tuple[int, int]:
    """Days in the scope, and how many of them are not closed."""
    rekap = frappe.qb.DocType("Rekap Harian")
    query = frappe.qb.from_(rekap).select(Count("*"), Count(rekap.tutup_bulan))
    total, closed = scope.limit(query, rekap).run()[0]
    return total, total - closed


def open_units(scope: Scope) -> list[str]:
    """Names of the OPD whose month is not closed."""
    rekap, unit = frappe.qb.DocType("Rekap Harian"), frappe.qb.DocType("OPD")
    query = frappe.qb.from_(rekap).join(unit).on(unit.name == rekap.opd).select(unit.nama_opd).distinct()
    return [name for (name,) in scope.limit(query, rekap).where(rekap.tutup_bulan.isnull()).run()]


def people(scope: Scope) -> list[str]:
    """Who has days in the scope, by the present OPD's code, name and the row's own name."""
    rekap, person = frappe.qb.DocType("Rekap Harian"), frappe.qb.DocType("Pegawai")
    query = (
        frappe.qb.from_(rekap)
        .join(person)
        .on(person.name == rekap.pegawai)
        .select(person.opd, person.nama, person.name)
    )
    return [name for _opd, _nama, name in sorted(scope.limit(query.distinct(), rekap).run())]


def batches(scope: Scope, kind: str) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """(persons done, rows in the order of ``spec.fields(kind)``), a batch of persons at a time."""
    names = people(scope)
    units = {row.name: row for row in frappe.get_all("OPD", fields=["name", "nama_opd", "kode", "unor_id"])}
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        persons = who(batch, scope)
        days = sorted(
            read(scope, batch), key=lambda day: (persons[day["pegawai"]]["order"], day["tanggal"], day["opd"])
        )
        build = daily(days) if kind == spec.DAILY else monthly(scope, batch, days)
        order = [field.name for field in spec.fields(kind)]
        found = []
        for day, values in build:
            known = {**persons[day["pegawai"]], **standing(day, units), **values}
            found.append(tuple(known[name] for name in order))
        yield start + len(batch), found


def who(names: Sequence[str], scope: Scope) -> dict[str, dict[str, Any]]:
    fields = ["name", "siasn_id", "nip", "nomor_pegawai", "nama", *(["nik"] if scope.nik else [])]
    rows = {row.name: row for row in frappe.get_all("Pegawai", {"name": ["in", names]}, fields)}
    return {
        name: {
            "order": order,
            "pnsId": row.siasn_id or "",
            "nipBaru": row.nip or "",
            "nik": row.get("nik") or "",
            "nomorPegawai": row.nomor_pegawai or "",
            "nama": row.nama,
        }
        for order, name in enumerate(names)
        for row in (rows[name],)
    }


def standing(day: dict[str, Any], units: dict[str, Any]) -> dict[str, str]:
    """Unit and employment type as they were on the day."""
    unit = units.get(day["opd"]) or {}
    return {
        "statusKepegawaian": day["status_kepegawaian"] or "",
        "unorId": unit.get("unor_id") or "",
        "unorNama": unit.get("nama_opd") or "",
        "kodeOpd": unit.get("kode") or "",
    }


def read(scope: Scope, names: Sequence[str]) -> list[dict[str, Any]]:
    rekap = frappe.qb.DocType("Rekap Harian")
    query = (
        frappe.qb.from_(rekap)
        .select(*[rekap[field] for field in PLAIN])
        .select(*[Cast(rekap[field], "char") for field in MOMENTS])
        .where(rekap.pegawai.isin(list(names)))
    )
    return [dict(zip((*PLAIN, *MOMENTS), row, strict=True)) for row in scope.limit(query, rekap).run()]


def state(day: dict[str, Any]) -> str:
    return spec.FINAL if day["tutup_bulan"] else spec.PROVISIONAL


def moment(text: str | None) -> str:
    """``2026-10-05 07:21:00.000000`` as ISO 8601 with the regency's offset."""
    return f"{text[:19].replace(' ', 'T')}{OFFSET}" if text else ""


def daily(days: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for day in days:
        yield (
            day,
            {
                "tanggal": day["tanggal"].isoformat(),
                "keadaan": state(day),
                "hariKerja": int(day["hari_kerja"] or 0),
                "kode": day["kode"] or "",
                "jadwal": day["jadwal"] or "",
                "jamMasuk": moment(day["masuk"]),
                "jamPulang": moment(day["pulang"]),
                "menitTerlambat": int(day["menit_terlambat"] or 0),
                "menitPulangCepat": int(day["menit_pulang_cepat"] or 0),
                "apelHadir": int(day["apel_hadir"] or 0),
                "apelTidakHadir": int(day["apel_tidak_hadir"] or 0),
                "persenPotongan": number(day["persen_potongan"]),
                "persenApel": number(day["persen_apel"]),
            },
        )


def monthly(
    scope: Scope, names: Sequence[str], days: Sequence[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """A row for each unit and employment type in which the person had days; what is carried over stands in the last."""
    carried = adjustments(scope, names)
    for name, of_person in groupby(days, key=lambda day: day["pegawai"]):
        parts: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for day in of_person:
            parts.setdefault((day["opd"], day["status_kepegawaian"]), []).append(day)
        last = list(parts)[-1]
        for part, rows in parts.items():
            carry = carried.get(name, ZERO) if part == last else ZERO
            yield rows[0], {**sums(rows), "bulan": scope.month, "persenPenyesuaian": number(carry)}


def adjustments(scope: Scope, names: Sequence[str]) -> dict[str, Decimal]:
    """Per cent that changes of closed months carry into this one."""
    row = frappe.qb.DocType("Penyesuaian Rekap")
    query = frappe.qb.from_(row).select(row.pegawai, Sum(row.selisih))
    query = query.where(row.pegawai.isin(list(names)) & (row.bulan_berlaku == scope.month))
    return {name: Decimal(str(total or 0)) for name, total in query.groupby(row.pegawai).run()}


def sums(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    counts = dict.fromkeys(dict.fromkeys(COUNTED_AS.values()), ZERO)
    for row in rows:
        for code, part in shares(row):
            if code in COUNTED_AS:
                counts[COUNTED_AS[code]] += part

    def total(field: str) -> int:
        return sum(int(row[field] or 0) for row in rows)

    def percent(field: str) -> float:
        return number(sum((Decimal(str(row[field] or 0)) for row in rows), ZERO))

    return {
        "keadaan": spec.FINAL if all(row["tutup_bulan"] for row in rows) else spec.PROVISIONAL,
        "hariKerja": total("hari_kerja"),
        **{name: number(value) for name, value in counts.items()},
        "kaliTerlambat": sum(bool(row["tingkat_terlambat"]) for row in rows),
        "menitTerlambat": total("menit_terlambat"),
        "kaliPulangCepat": sum(bool(row["tingkat_pulang_cepat"]) for row in rows),
        "menitPulangCepat": total("menit_pulang_cepat"),
        "apelHadir": total("apel_hadir"),
        "apelTidakHadir": total("apel_tidak_hadir"),
        "persenPotongan": percent("persen_potongan"),
        "persenApel": percent("persen_apel"),
    }


def shares(row: dict[str, Any]) -> list[tuple[str, Decimal]]:
    """What a working day counts as, in parts of it."""
    if not row["hari_kerja"] or not row["kode_utama"]:
        return []
    second = Decimal(str(row["bagian_kedua"] or 0)) if row["kode_kedua"] else ZERO
    return [(row["kode_utama"], ONE - second), *([(row["kode_kedua"], second)] if second else [])]


def number(value: Any) -> float:
    """Rounded to what the recap shows; never the -0.0 of a sum."""
    return round(float(value or 0), 4) + 0.0
