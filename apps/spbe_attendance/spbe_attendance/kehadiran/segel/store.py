"""What sealing reads and writes, many rows a statement."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import frappe
from frappe.query_builder.functions import Max
from frappe.utils import now

from spbe_attendance.evidence import chain

WRITER = "Administrator"
COLUMNS = chain.ALL_FIELDS
# What was sealed, and the number among several of a kind: 0 where there is only one.
Event = tuple[str, int]


def unsealed(since: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Punches changed since then that have no seal, the oldest first: (name, modified)."""
    return frappe.db.sql(
        """select a.name, a.modified from `tabAbsensi` a
        left join `tabSegel Absensi` s on s.absensi = a.name and s.peristiwa = 'Tercatat'
        where a.modified >= %(since)s and s.name is null order by a.modified limit %(limit)s""",
        {"since": since, "limit": limit},
    )


def unsealed_decisions(since: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Decisions since then that have no seal. One about a punch that was sealed as Sah is none: no workflow makes it, so
    it stays without a seal and every audit names it."""
    return frappe.db.sql(
        """select a.name, a.modified from `tabAbsensi` a
        join `tabSegel Absensi` s on s.absensi = a.name and s.peristiwa = 'Tercatat' and s.status <> 'Sah'
        left join `tabSegel Absensi` d on d.absensi = a.name and d.peristiwa = 'Diputuskan'
        where a.modified >= %(since)s and a.status in ('Disetujui', 'Ditolak') and d.name is null
        order by a.modified limit %(limit)s""",
        {"since": since, "limit": limit},
    )


def unsealed_rulings(since: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Punches with decisions in the review queue since then that have no seal; a row of the queue has its punch's name."""
    return frappe.db.sql(
        """select p.parent, p.diputuskan_pada from `tabPutusan Tinjauan` p
        join `tabAbsensi` a on a.name = p.parent
        left join `tabSegel Absensi` s on s.absensi = p.parent and s.peristiwa = 'Ditinjau' and s.nomor = p.nomor
        where p.diputuskan_pada >= %(since)s and s.name is null order by p.diputuskan_pada limit %(limit)s""",
        {"since": since, "limit": limit},
    )


def rulings(names: Iterable[str]) -> dict[str, list[chain.Ruling]]:
    """What was decided on these punches in the review queue, in order."""
    row = frappe.qb.DocType("Putusan Tinjauan")
    query = (
        frappe.qb.from_(row)
        .select(row.parent, row.nomor, row.status, row.pemutus, row.diputuskan_pada, row.catatan)
        .where(row.parent.isin(list(names) or [""]))
        .orderby(row.parent, row.nomor)
    )
    found: dict[str, list[chain.Ruling]] = defaultdict(list)
    for name, number, status, by, moment, note in query.run():
        said = (chain.text(status), chain.text(by), chain.text(moment), chain.digest(note))
        found[name].append(chain.Ruling(name, number, *said))
    return found


def unsealed_of_day(day: date, limit: int) -> list[str]:
    """Punches of a working day that have no seal, whenever they were written."""
    units = frappe.get_all("OPD", pluck="name")
    absensi, seal = frappe.qb.DocType("Absensi"), frappe.qb.DocType("Segel Absensi")
    query = (
        frappe.qb.from_(absensi)
        .left_join(seal)
        .on((seal.absensi == absensi.name) & (seal.peristiwa == chain.TERCATAT))
        .select(absensi.name)
        .where(absensi.opd.isin(units or [""]) & (absensi.tanggal == day) & seal.name.isnull())
    )
    return [row[0] for row in query.limit(limit).run()]


def punches(names: Iterable[str]) -> list[dict[str, Any]]:
    """What is hashed of these punches, and what a decision changes."""
    absensi = frappe.qb.DocType("Absensi")
    fields = [
        absensi[field] for field in (*COLUMNS, "status", "catatan_persetujuan", "modified", "modified_by")
    ]
    chosen = list(names) or [""]
    return frappe.qb.from_(absensi).select(*fields).where(absensi.name.isin(chosen)).run(as_dict=True)


def sealed(names: Iterable[str]) -> dict[str, set[Event]]:
    """Which events of these punches have a seal."""
    seal = frappe.qb.DocType("Segel Absensi")
    query = frappe.qb.from_(seal).select(seal.absensi, seal.peristiwa, seal.nomor)
    found: dict[str, set[Event]] = defaultdict(set)
    for name, event, number in query.where(seal.absensi.isin(list(names) or [""])).run():
        found[name].add((event, number))
    return found


def heads(people: Iterable[str]) -> dict[str, chain.Head]:
    """The ends of these persons' chains."""
    seal, last = frappe.qb.DocType("Segel Absensi"), frappe.qb.DocType("Segel Absensi").as_("terakhir")
    ends = (
        frappe.qb.from_(last)
        .select(last.pegawai, Max(last.urutan).as_("urutan"))
        .where(last.pegawai.isin(list(people) or [""]))
        .groupby(last.pegawai)
    ).as_("ujung")
    query = (
        frappe.qb.from_(seal)
        .join(ends)
        .on((seal.pegawai == ends.pegawai) & (seal.urutan == ends.urutan))
        .select(seal.pegawai, seal.urutan, seal.hash)
    )
    return {person: chain.Head(number, told) for person, number, told in query.run()}


def deciders(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Who decided: the person's own name where there is one, else the account's.

    The log of changes knows it for certain; ``modified_by`` may meanwhile be whoever sent the photo.
    """
    if not rows:
        return {}
    version = frappe.qb.DocType("Version")
    query = (
        frappe.qb.from_(version)
        .select(version.docname, version.owner)
        .where((version.ref_doctype == "Absensi") & version.docname.isin([row["name"] for row in rows]))
        .where(version.data.like('%["status",%') | version.data.like('%"status",%'))
        .orderby(version.creation)
    )
    accounts = {row["name"]: row["modified_by"] or "" for row in rows} | dict(query.run())
    people = dict(
        frappe.get_all(
            "Pegawai", {"user": ["in", list(set(accounts.values()))]}, ["user", "name"], as_list=True
        )
    )
    return {name: people.get(account, account) for name, account in accounts.items()}


def write(seals: list[chain.Seal], stamps: Mapping[str, datetime]) -> None:
    """``stamps``: when the row of each punch last changed, see sealing.reached. One statement; the rows travel as one JSON text, as in rekapitulasi.store."""
    if not seals:
        return
    rows = [{"name": f"{seal.pegawai}-{seal.urutan}", **asdict(seal)} for seal in seals]
    for row in rows:
        row["waktu"] = row["waktu"].replace("T", " ")
        row["diputuskan_pada"] = row["diputuskan_pada"].replace("T", " ") or None
        row["posisi_ada"] = int(row["peristiwa"] == chain.TERCATAT)
        row["diubah"] = str(stamps[row["absensi"]])
    frappe.db.sql(
        """insert into `tabSegel Absensi` (name, pegawai, urutan, absensi, peristiwa, isi_sha256, sebelum, hash, waktu_segel,
            opd, tanggal, status, diputuskan_oleh, catatan_sha256, versi, nomor, diputuskan_pada, garam,
            posisi_sha256, posisi_ada, modified, creation, owner, modified_by)
        select v.*, %(now)s, %(user)s, %(user)s from json_table(%(rows)s, '$[*]' columns (
            name varchar(140) path '$.name', pegawai varchar(140) path '$.pegawai', urutan int path '$.urutan',
            absensi varchar(140) path '$.absensi', peristiwa varchar(140) path '$.peristiwa', isi varchar(64) path '$.isi',
            sebelum varchar(64) path '$.sebelum', hash varchar(64) path '$.hash', waktu datetime(6) path '$.waktu',
            opd varchar(140) path '$.opd', tanggal date path '$.tanggal', status varchar(140) path '$.status',
            oleh varchar(140) path '$.diputuskan_oleh', catatan varchar(64) path '$.catatan', versi int path '$.versi',
            nomor int path '$.nomor', diputuskan_pada datetime(6) path '$.diputuskan_pada',
            garam varchar(32) path '$.garam', posisi varchar(64) path '$.posisi', posisi_ada int path '$.posisi_ada',
            diubah datetime(6) path '$.diubah')) v""",
        {"rows": json.dumps(rows), "now": now(), "user": WRITER},
    )


def seal_of(row: dict[str, Any]) -> chain.Seal:
    """A stored row as the engine has it."""
    text = chain.text
    return chain.Seal(
        pegawai=text(row["pegawai"]),
        urutan=row["urutan"],
        absensi=text(row["absensi"]),
        peristiwa=text(row["peristiwa"]),
        isi=text(row["isi_sha256"]),
        sebelum=text(row["sebelum"]),
        hash=text(row["hash"]),
        waktu=text(row["waktu_segel"]),
        opd=text(row["opd"]),
        tanggal=text(row["tanggal"]),
        status=text(row["status"]),
        diputuskan_oleh=text(row["diputuskan_oleh"]),
        catatan=text(row["catatan_sha256"]),
        versi=row["versi"],
        nomor=row["nomor"],
        diputuskan_pada=text(row["diputuskan_pada"]),
        garam=text(row["garam"]),
        posisi=text(row["posisi_sha256"]),
    )
