"""Demo data: ``./dev demo --pegawai 300 --hari 30 --seed 1``.

The same seed and day give the same rows on every site, passwords apart. Each step writes only what is missing and commits, so a run
that was killed is ended by the next one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate, now_datetime

from spbe_attendance.kehadiran.pencatatan import judgement
from spbe_attendance.kehadiran.rekapitulasi import closing

from . import history, kiosks, organisation, people, store
from . import logins as log_ins

SEED_KEY = "spbe_demo_seed"
# Master data is older than any punch.
MADE = time(8, 0)


class DemoDitolak(frappe.ValidationError):
    """The site is not one for demo data."""


def run(
    pegawai: int,
    hari: int,
    seed: int,
    *,
    tanggal: str | None = None,
    paksa: bool = False,
    logins: str | None = None,
    url: str | None = None,
    host: str | None = None,
    admin_password: str | None = None,
) -> str:
    """Fill the site, write the log-ins, answer in words what was made. A refusal ends the program with its sentence.

    ``tanggal``: the day before which the history ends, today if left out. ``paksa``: also beside real staff.
    ``url``, ``host``: what the log-in file says, by default the site's own.
    """
    try:
        made = load(pegawai, hari, seed, paksa=paksa, reference=getdate(tanggal))
        path = Path(logins) if logins else log_ins.default_path()
        where = url or f"http://127.0.0.1:{cint(frappe.conf.webserver_port) or 8000}"
        staff = people.generate(pegawai, seed)
        made["passwords"] = log_ins.ensure(staff, path, where, host or frappe.local.site, admin_password)
    except DemoDitolak as refusal:
        raise SystemExit(str(refusal)) from refusal
    return ", ".join(f"{count} {what}" for what, count in made.items())


def load(pegawai: int, hari: int, seed: int, *, reference: date, paksa: bool = False) -> dict[str, int]:
    """Units, places, people and punches. Answers how many of each were new. Raises DemoDitolak."""
    if pegawai < people.MINIMUM or hari < 1:
        raise DemoDitolak(_("Demo data needs at least {0} people and 1 day.").format(people.MINIMUM))
    guard(seed, paksa)
    before = frappe.local.lang
    # What judgement writes is in the language of the staff.
    frappe.local.lang = "id"
    try:
        staff = people.generate(pegawai, seed)
        open_registration()
        return {
            "OPD": make_units(),
            "lokasi": make_places(organisation.places(reference)),
            "pegawai": make_people(staff, reference),
            "kios": kiosks.make(counter(reference)),
            "absensi": make_history(staff, reference, hari, seed),
            "rekap": make_recaps(reference, hari),
        }
    finally:
        frappe.local.lang = before


def guard(seed: int, force: bool) -> None:
    stored = frappe.db.get_default(SEED_KEY)
    if stored is not None and cint(stored) != seed:
        raise DemoDitolak(
            _("This site holds the demo data of seed {0}: use that seed, or another site.").format(stored)
        )
    if not force and frappe.db.exists("Pegawai", {"name": ["not like", "demo%"]}):
        raise DemoDitolak(_("This site has staff that is not invented: load demo data on a site of its own."))
    if stored is None:
        frappe.db.set_default(SEED_KEY, seed)
        frappe.db.commit()  # the seed stands before anything of it is written


def open_registration() -> None:
    """So that the page of the PWA can be tried."""
    frappe.db.set_single_value("Pengaturan Absensi", "pendaftaran_dibuka", 1)


def make_units() -> int:
    made = 0
    for unit in organisation.units():
        if frappe.db.exists("OPD", unit.kode):
            continue
        frappe.get_doc(
            {
                "doctype": "OPD",
                "kode": unit.kode,
                "nama_opd": unit.nama,
                "singkatan": unit.singkatan,
                "induk": unit.induk,
                "is_group": int(unit.is_group),
            }
        ).insert(ignore_permissions=True)
        made += 1
    frappe.db.commit()
    return made


def make_places(places: Sequence[organisation.Place]) -> int:
    made = 0
    for place in places:
        name = place_name(place)
        if frappe.db.exists("OPD Lokasi", name):
            continue
        frappe.get_doc(
            {
                "doctype": "OPD Lokasi",
                "nama_lokasi": place.nama,
                "opd": place.opd,
                "semua_opd": int(place.opd is None),
                "jenis_area": place.jenis_area,
                "latitude": place.centre[0],
                "longitude": place.centre[1],
                "radius": place.radius,
                "area": place.area,
                "berlaku_dari": place.first_day,
                "berlaku_sampai": place.last_day,
                "aktif": 1,
            }
        ).insert(ignore_permissions=True, set_name=name)
        made += 1
    frappe.db.commit()
    return made


def counter(reference: date) -> str:
    """The first OPD's own circle: there the kiosk stands."""
    own = (place for place in organisation.places(reference) if place.opd == organisation.FIRST)
    return place_name(next(place for place in own if place.jenis_area == "Radius"))


def place_name(place: organisation.Place) -> str:
    return f"demo{people.digest('lokasi', place.key)[:12]}"


def make_people(staff: Sequence[people.Person], reference: date) -> int:
    stored = store.present("Pegawai")
    missing = [person for person in staff if person.name not in stored]
    refuse_foreign_numbers(missing)
    heads = {person.opd: person.name for person in staff if person.head}
    made = store.insert(
        "Pegawai", (person_row(person, heads) for person in missing), datetime.combine(reference, MADE)
    )
    for opd, head in heads.items():
        if not frappe.db.get_value("OPD", opd, "kepala"):
            frappe.db.set_value("OPD", opd, "kepala", head)
    frappe.db.commit()
    return made


def refuse_foreign_numbers(missing: Sequence[people.Person]) -> None:
    """Beside real staff an invented number may meet a real one."""
    for field in ("nip", "nik", "nomor_pegawai"):
        numbers = [getattr(person, field) for person in missing if getattr(person, field)]
        if numbers and frappe.db.exists("Pegawai", {field: ["in", numbers]}):
            raise DemoDitolak(_("An invented number is in use on this site: take another seed."))


def person_row(person: people.Person, heads: dict[str, str]) -> dict[str, Any]:
    superior = heads.get(person.opd)
    return {
        "name": person.name,
        "nama": person.nama,
        "gelar_depan": person.gelar_depan,
        "gelar_belakang": person.gelar_belakang,
        "jenis_kelamin": "Perempuan" if person.female else "Laki-laki",
        "tanggal_lahir": person.born,
        "status": "Aktif",
        "status_kepegawaian": person.status_kepegawaian,
        "nip": person.nip,
        "nomor_pegawai": person.nomor_pegawai,
        "nik": person.nik,
        "opd": person.opd,
        "atasan": superior if superior != person.name else None,
        "jabatan": person.jabatan,
        "golongan": person.golongan,
    }


def make_history(staff: Sequence[people.Person], reference: date, count: int, seed: int) -> int:
    settings = frappe.get_cached_doc("Pengaturan Absensi")
    sites = [history.Site.of(place) for place in organisation.places(reference)]
    almanac = history.Almanac(
        staff,
        sites,
        history.working_days(reference, count),
        seed,
        flt(settings.akurasi_maksimum),
        flt(settings.contoh_ragu_persen),
    )
    places = {site.place.key: site.place for site in sites}
    stored = store.present("Absensi")
    heads = {person.opd: person for person in staff if person.head}
    return store.insert("Absensi", punch_rows(almanac, places, heads, stored), now_datetime())


def punch_rows(
    almanac: history.Almanac,
    places: dict[str, organisation.Place],
    heads: dict[str, people.Person],
    stored: set[str],
) -> Iterator[dict[str, Any]]:
    users = dict(frappe.get_all("Pegawai", {"user": ["is", "set"]}, ["name", "user"], as_list=True))
    for punch in almanac.punches(stored.__contains__):
        head = heads.get(punch.person.opd)
        decider = users.get(head.name) if head and head.name != punch.person.name else None
        yield punch_row(punch, places[punch.verdict.fence_key], decider)


def punch_row(punch: history.Punch, place: organisation.Place, decider: str | None) -> dict[str, Any]:
    """What Absensi's own hooks would have written at that moment, no photo asked for."""
    verdict, moment = punch.verdict, punch.waktu
    return {
        "name": punch.name,
        "creation": moment,
        "modified": punch.decided or moment,
        "modified_by": (decider if punch.decided else None) or store.ADMINISTRATOR,
        "pegawai": punch.person.name,
        "opd": punch.person.opd,
        "tanggal": moment.date(),
        "jenis": punch.jenis,
        "status": punch.status,
        "waktu": moment,
        "waktu_awal": moment,
        "waktu_akhir": moment,
        "waktu_tiba": moment,
        "sumber": "PWA",
        "putusan_lokasi": verdict.result,
        "latitude": punch.position.lat,
        "longitude": punch.position.lon,
        "akurasi": punch.position.accuracy,
        "lokasi": place_name(place),
        "jarak": round(verdict.distance, 1),
        "alasan": punch.alasan,
        "penjelasan": judgement.explain(place.nama, verdict),
        "catatan_persetujuan": punch.catatan,
        "perangkat": device(punch.person),
        "foto_status": "Tidak Diminta",
        "id_klien": punch.id_klien,
        "perlu_tinjau": int(punch.drawn),
        "alasan_tinjau": _("Uncertain place, drawn by chance for review") if punch.drawn else None,
    }


def device(person: people.Person) -> str:
    """As the PWA names a phone; one in forty uses a colleague's."""
    owner = person.index - 1 if person.index % 40 == 39 else person.index
    return f"{uuid.UUID(people.digest('perangkat', owner)[:32], version=4)} Linux; Android 10; K"


def make_recaps(reference: date, hari: int) -> int:
    """The history's days, computed like every other day."""
    days = history.working_days(reference, hari)
    return closing.close_range(days[0], reference - timedelta(days=1)).written
