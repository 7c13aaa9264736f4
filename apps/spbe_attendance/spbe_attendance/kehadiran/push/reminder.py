"""A reminder shortly before a limit: to those who asked for it, are due and have not punched. Nobody else is looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from spbe_attendance.kehadiran.jadwal import resolve
from spbe_attendance.kehadiran.permohonan import in_force
from spbe_attendance.kehadiran.push import send
from spbe_attendance.kehadiran.push.subscriptions import DOCTYPE, PENGINGAT
from spbe_attendance.worktime import codes

URL = "/absen"
# The half of a day that a permit leaves free.
EXCUSED = {"": {codes.MASUK, codes.PULANG}, "Pagi": {codes.MASUK}, "Siang": {codes.PULANG}}


@dataclass(frozen=True)
class Due:
    """``limit``: the latest time on time, or the end of the window in which one clocks out."""

    pegawai: str
    day: date
    kind: str
    limit: datetime

    @property
    def mark(self) -> str:
        return f"{self.day} {self.kind} {self.limit:%H:%M}"

    def sentence(self) -> str:
        time = f"{self.limit:%H.%M}"
        if self.kind == codes.MASUK:
            return _("Work begins at {0} and you have not clocked in yet.").format(time)
        return _("Clocking out closes at {0} and you have not clocked out yet.").format(time)


def run() -> int:
    """Hooked to the scheduler, every five minutes. Answers how many people are reminded."""
    lead = cint(frappe.get_cached_doc("Pengaturan Absensi").pengingat_menit)
    people = subscribers() if lead > 0 else {}
    if not people:
        return 0
    frappe.local.lang = "id"
    found = defaultdict(list)
    for item in due(people, now_datetime(), timedelta(minutes=lead)):
        user, last = people[item.pegawai][1:]
        if last != item.mark:
            found[item.sentence()].append((user, item))
    for sentence, hits in found.items():
        for _user, item in hits:
            frappe.db.set_value(
                DOCTYPE, {"pegawai": item.pegawai}, "pengingat_terakhir", item.mark, update_modified=False
            )
        send.queue([user for user, _item in hits], PENGINGAT, sentence, URL)
    return sum(map(len, found.values()))


def subscribers() -> dict[str, tuple[str, str, str]]:
    """{Pegawai: (OPD, user, last reminder)} of active persons with a browser that wants reminders."""
    row, person = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Pegawai")
    rows = (
        frappe.qb.from_(row)
        .join(person)
        .on((person.name == row.pegawai) & (person.user == row.pengguna))
        .select(person.name, person.opd, row.pengguna, row.pengingat_terakhir)
        .where((row.aktif == 1) & (row.kabar_pengingat == 1) & (person.status == "Aktif"))
        .run()
    )
    return {name: (opd, user, last or "") for name, opd, user, last in rows}


def due(people: dict[str, tuple[str, str, str]], now: datetime, lead: timedelta) -> Iterator[Due]:
    """Limits that lie ahead by no more than ``lead``, of those who have not punched and are not excused."""
    today = now.date()
    before = today - timedelta(days=1)
    plans = resolve.schedules([(name, row[0]) for name, row in people.items()], before, today)
    done = punched(people, before, today)
    excused = excuses(people, before, today)
    for (name, day), plan in plans.items():
        if plan.free:
            continue
        for window in plan.plan.windows:
            for kind, limit in ((codes.MASUK, window.start), (codes.PULANG, window.last_out)):
                open_ones = done[(name, day)]
                # Whoever never came is not reminded of going.
                missing = kind not in open_ones and (kind == codes.MASUK or codes.MASUK in open_ones)
                if now < limit <= now + lead and missing and kind not in excused[(name, day)]:
                    yield Due(name, day, kind, limit)


def punched(people: Iterable[str], first: date, last: date) -> dict[tuple[str, date], set[str]]:
    row = frappe.qb.DocType("Absensi")
    rows = (
        frappe.qb.from_(row)
        .select(row.pegawai, row.tanggal, row.jenis)
        .where(row.pegawai.isin(list(people)) & row.tanggal[first:last] & (row.status != "Ditolak"))
        .run()
    )
    found: dict[tuple[str, date], set[str]] = defaultdict(set)
    for name, day, kind in rows:
        found[(name, day)].add(kind)
    return found


def excuses(people: Iterable[str], first: date, last: date) -> dict[tuple[str, date], set[str]]:
    works_elsewhere = cint(frappe.get_cached_doc("Pengaturan Absensi").wfa_wajib_absen)
    found: dict[tuple[str, date], set[str]] = defaultdict(set)
    for permit in in_force.permits(list(people), first, last):
        if permit.kode == "WFA" and works_elsewhere:
            continue
        for day in (first, last):
            if permit.dari <= day <= permit.sampai:
                found[(permit.pegawai, day)] |= EXCUSED[permit.setengah_hari]
    return found
