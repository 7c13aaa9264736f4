"""What a key reads: units, places, numbers of days and months, published data. Only units that the key reaches are looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import frappe
from frappe import _
from frappe.utils import cint, flt, now_datetime

from spbe_attendance.kehadiran.rekapitulasi.closed import ClosedMonths, bounds
from spbe_attendance.kehadiran.times import iso
from spbe_attendance.pemantauan.analitik import months
from spbe_attendance.pemantauan.antarmuka import models
from spbe_attendance.pemantauan.antarmuka.exceptions import PertanyaanAPITidakSah
from spbe_attendance.pemantauan.antarmuka.keys import Key
from spbe_attendance.pemantauan.beranda import charts
from spbe_attendance.pemantauan.ringkas import completeness, counters, tally
from spbe_attendance.pemantauan.ringkas.places import in_force
from spbe_attendance.pemantauan.ringkas.tree import Tree
from spbe_attendance.pemantauan.satu_data import catalogue, metadata
from spbe_attendance.worktime import presence

FIRST = date(2000, 1, 1)
Row = TypeVar("Row")


def page(rows: Sequence[Row], asked: models.Page) -> Sequence[Row]:
    return rows[asked.mulai : asked.mulai + asked.panjang]


def units(asked: models.Page, key: Key) -> models.Units:
    tree = Tree.load()
    seen = key.units(tree, asked.opd)
    groups = set(frappe.get_all("OPD", {"is_group": 1}, pluck="name"))
    found = [name for name in tree.rows if name in seen]
    reached = key.units(tree, None)
    return models.Units(
        jumlah=len(found),
        data=[unit(tree.rows[name], reached, name in groups) for name in page(found, asked)],
    )


def unit(row: dict[str, Any], reached: frozenset[str], group: bool) -> models.Unit:
    return models.Unit(
        kode=row["name"],
        nama=row["nama_opd"],
        singkatan=row["singkatan"] or None,
        induk=row["induk"] if row["induk"] in reached else None,
        kelompok=group,
    )


def places(asked: models.Page, key: Key) -> models.Places:
    """Of the units asked for, and those for all."""
    seen = key.units(Tree.load(), asked.opd)
    rows = [row for row in in_force(now_datetime().date()) if row["semua_opd"] or row["opd"] in seen]
    found = [row for row in rows if row["latitude"] is not None and row["longitude"] is not None]
    return models.Places(jumlah=len(found), data=[place(row) for row in page(found, asked)])


def place(row: dict[str, Any]) -> models.Place:
    return models.Place(
        id=row["name"],
        nama=row["nama_lokasi"],
        opd=None if row["semua_opd"] else row["opd"],
        jenis_area=row["jenis_area"],
        latitude=flt(row["latitude"]),
        longitude=flt(row["longitude"]),
        radius=flt(row["radius"]) if row["jenis_area"] == "Radius" else None,
    )


def presence_of_day(asked: models.AskedDay, key: Key) -> models.PresenceOfDay:
    now = now_datetime()
    day = asked.tanggal or now.date()
    if not FIRST <= day <= now.date():
        frappe.throw(
            _("Nothing is known of days to come: choose today or a day before."), PertanyaanAPITidakSah
        )
    tree = Tree.load()
    seen = key.units(tree, asked.opd)
    tallies = counters.of_day(day, seen).tallies
    found = [name for name in tree.rows if name in seen]
    return models.PresenceOfDay(
        tanggal=day,
        waktu=iso(now),
        jumlah=len(found),
        data=[
            presence_row(
                tree,
                name,
                tally.total(tallies[opd] for opd in tree.below(name) if opd in tallies),
                day < now.date(),
            )
            for name in page(found, asked)
        ],
    )


def presence_row(tree: Tree, name: str, found: tally.Tally, over: bool) -> models.Presence:
    numbers, complete = found.numbers, completeness.of(found, over)
    named = numbers["hadir"] + numbers[presence.IZIN] + numbers[presence.ALPA]
    return models.Presence(
        opd=name,
        nama=tree.rows[name]["nama_opd"],
        pegawai=numbers["pegawai"],
        hadir=numbers["hadir"],
        tepat=numbers[presence.TEPAT],
        terlambat=numbers[presence.TERLAMBAT],
        izin=numbers[presence.IZIN],
        alpa=numbers[presence.ALPA],
        lainnya=numbers["pegawai"] - named,
        lengkap=complete["lengkap"],
        kelengkapan=complete["persen"],
    )


def presence_of_month(asked: models.AskedMonth, key: Key) -> models.PresenceOfMonth:
    first, _last = bounds(asked.bulan)
    if first > now_datetime().date():
        frappe.throw(
            _("Nothing is known of months to come: choose this one or one before."), PertanyaanAPITidakSah
        )
    tree = Tree.load()
    seen = key.units(tree, asked.opd)
    counts = months.chosen(months.outcomes(first), seen)
    closed = ClosedMonths({name: frozenset(tree.above(name)) for name in seen}, first)
    found = [name for name in tree.rows if name in seen]
    return models.PresenceOfMonth(
        bulan=asked.bulan,
        jumlah=len(found),
        data=[
            month_row(tree, name, counts.get(name, Counter()), bool(closed.of(name, first)))
            for name in page(found, asked)
        ],
    )


def month_row(tree: Tree, name: str, counts: Counter[Any], closed: bool) -> models.Month:
    return models.Month(
        opd=name,
        nama=tree.rows[name]["nama_opd"],
        tepat=counts[charts.ON_TIME],
        kurang=counts[charts.PARTLY],
        izin=counts[charts.AWAY],
        alpa=counts[charts.ABSENT],
        ditutup=closed,
    )


def datasets(_asked: models.AskedNothing, _key: Key) -> models.Datasets:
    """The same for every key: they are open to everybody."""
    found = [(doc, catalogue.published(doc.name)) for doc in metadata.datasets()]
    data = [dataset(doc, rows) for doc, rows in found if rows]
    return models.Datasets(jumlah=len(data), data=data)


def dataset(doc: Any, rows: Sequence[Any]) -> models.Dataset:
    files = [
        models.File(
            periode=row.periode,
            versi=row.nomor,
            bentuk=file.bentuk,
            alamat=catalogue.path(row, file),
            ukuran=cint(file.ukuran),
            sha256=file.sidik,
        )
        for row in rows
        for file in row.files
    ]
    return models.Dataset(id=doc.name, judul=doc.judul, uraian=doc.uraian or "", berkas=files)
