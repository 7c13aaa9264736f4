"""Surveys made by phones: received once, computed here from the raw fixes, applied to a place or rejected."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import get_system_timezone, now_datetime

from spbe_attendance import permissions
from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.geofence.averaging import Sample, Station, average, enclose
from spbe_attendance.geofence.errors import BrokenFence, InvalidPosition, UnusableSurvey
from spbe_attendance.geofence.types import Area, Circle, Position, number
from spbe_attendance.kehadiran.lokasi import atlas, shapes, units
from spbe_attendance.kehadiran.lokasi.errors import SurveiDitolak
from spbe_attendance.kehadiran.pencatatan import places, request

DOCTYPE, PLACE = "Survei Lokasi", "OPD Lokasi"
MENUNGGU, DITERAPKAN, DITOLAK = "Menunggu", "Diterapkan", "Ditolak"
MOST_STATIONS, MOST_SAMPLES = 12, 600
# A survey waits on the phone for a signal, not for ever.
OLDEST, AHEAD = timedelta(days=14), timedelta(minutes=10)


def form() -> dict[str, Any]:
    """{opd, lokasi, akurasi_lazim}: what the phone needs to survey without a network."""
    shown = atlas.overview()
    kept = {row["name"] for row in surveyable_units()}
    fields = ("name", "nama_lokasi", "opd", "jenis_area", "latitude", "longitude", "radius", "area")
    return {
        "opd": [row for row in shown["opd"] if row["name"] in kept],
        "lokasi": [{field: row[field] for field in fields} for row in shown["lokasi"] if row["opd"] in kept],
        "akurasi_lazim": shown["akurasi_lazim"],
    }


def surveyable_units() -> list[dict[str, Any]]:
    """OPD whose places the session may survey, Kepala OPD included."""
    user = frappe.session.user
    kept = units.kept_by(user)
    allowed = None if kept is None else set(kept) | set(permissions.subtree(user))
    return units.Tree().within(allowed)


def receive(values: Mapping[str, Any]) -> dict[str, Any]:
    """A survey as the phone sends it; the same ``id_klien`` answers the same row. Raises SurveiDitolak, PermintaanTidakSah."""
    client_id = request.client_id(values.get("id_klien"))
    known = frappe.db.get_value(DOCTYPE, {"id_klien": client_id})
    if known:
        return answer(_own(known), repeated=True)
    doc = frappe.get_doc(
        {
            "doctype": DOCTYPE,
            "nama_lokasi": values.get("nama_lokasi"),
            "opd": values.get("opd"),
            "lokasi": values.get("lokasi"),
            "id_klien": client_id,
            "waktu_survei": _moment(values.get("waktu")),
            "titik": [{"sampel": json.dumps(station)} for station in _stations(values.get("titik"))],
        }
    )
    try:
        doc.insert()
    except frappe.UniqueValidationError:
        # Two tries at once: the database lets one in, the other finds it.
        frappe.db.rollback()
        frappe.clear_last_message()
        return answer(_own(str(frappe.db.get_value(DOCTYPE, {"id_klien": client_id}))), repeated=True)
    return answer(doc, repeated=False)


def _own(name: str) -> Any:
    doc = frappe.get_doc(DOCTYPE, name)
    if doc.owner != frappe.session.user:
        frappe.throw(_("This id is another survey's: start a new survey."), PermintaanTidakSah)
    return doc


def answer(doc: Any, *, repeated: bool) -> dict[str, Any]:
    fields = ("name", "status", "jenis_area", "latitude", "longitude", "radius", "area", "akurasi")
    return {**{field: doc.get(field) for field in fields}, "duplikat": repeated}


def _moment(text: object) -> datetime:
    """When the phone was done, by its own clock, in the site's time; a clock that is far off is not believed."""
    now = now_datetime()
    given = request.device_time(text)
    if given is None:
        return now
    moment = datetime.fromisoformat(given.replace("Z", "+00:00"))
    told = moment.astimezone(ZoneInfo(get_system_timezone())).replace(tzinfo=None)
    return told if now - OLDEST <= told <= now + AHEAD else now


def _stations(value: object) -> list[list[dict[str, float]]]:
    if not isinstance(value, list) or not 1 < len(value) <= MOST_STATIONS:
        frappe.throw(_("A survey has 2 to {0} stations.").format(MOST_STATIONS), PermintaanTidakSah)
    return [_samples(station) for station in value]


def _samples(value: object) -> list[dict[str, float]]:
    rows = value.get("sampel") if isinstance(value, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_SAMPLES:
        frappe.throw(_("A station has 1 to {0} fixes.").format(MOST_SAMPLES), PermintaanTidakSah)
    return [_sample(row) for row in rows]


def _sample(row: object) -> dict[str, float]:
    if not isinstance(row, dict):
        frappe.throw(_("A fix has lat, lon, akurasi and t."), PermintaanTidakSah)
    try:
        fix = Position.parse(row.get("lat"), row.get("lon"), row.get("akurasi"))
        return {"lat": fix.lat, "lon": fix.lon, "akurasi": fix.accuracy, "t": number(row.get("t"), "t")}
    except InvalidPosition as error:
        frappe.throw(_("A fix of the survey is no position on earth: start again."), SurveiDitolak)
        raise AssertionError from error


def compute(doc: Any) -> None:
    """Stations, size and accuracy of a new survey from its raw fixes; whatever else was sent is overwritten. Raises SurveiDitolak."""
    stations = []
    for order, row in enumerate(doc.titik, 1):
        try:
            station = average(_parsed(row.sampel))
        except UnusableSurvey as error:
            frappe.throw(describe(error, order), SurveiDitolak)
        stations.append(station)
        row.update(
            {
                "urutan": order,
                "latitude": round(station.lat, 7),
                "longitude": round(station.lon, 7),
                "akurasi": round(station.accuracy, 1),
                "sebaran": round(station.spread, 1),
                "dipakai": station.used,
                "dibuang": station.left_out,
            }
        )
    doc.update(shapes.fields_of(_enclosed(stations)))
    doc.akurasi = round(max(station.accuracy for station in stations), 1)


def _parsed(text: str | None) -> list[Sample]:
    return [
        Sample(Position(row["lat"], row["lon"], row["akurasi"]), row["t"]) for row in json.loads(text or "[]")
    ]


def _enclosed(stations: Sequence[Station]) -> Circle | Area:
    try:
        return enclose(stations)
    except UnusableSurvey as error:
        frappe.throw(describe(error, 0), SurveiDitolak)
    except BrokenFence as error:
        frappe.throw(places.describe_broken(error), SurveiDitolak)
    raise AssertionError


def describe(error: UnusableSurvey, order: int) -> str:
    """What is wrong with the survey and what to do. ``order``: which station, 0: all together."""
    reasons = {
        "too_few": _(
            "Station {0} has too few fixes. Go into the open, away from roofs, and measure it again."
        ),
        "too_short": _(
            "Station {0} was measured too short. Stand still for 30 seconds and measure it again."
        ),
        "too_wide": _(
            "The fixes of station {0} lie far apart. Stand still in the open and measure it again."
        ),
        "too_close": _(
            "Two stations lie closer than 5 metres. Walk to the opposite side and measure it again."
        ),
        "no_area": _("The stations lie on one line. Measure a corner on the other side, too."),
    }
    return reasons[error.code].format(order)


def apply(name: str, place: str | None) -> dict[str, Any]:
    """The survey's size becomes the place's: of ``place``, or of a new one. Under the place's own permissions.

    Answers {lokasi, status}. Raises SurveiDitolak when it was decided on already.
    """
    doc = _waiting(name)
    drawn = {field: doc.get(field) for field in ("jenis_area", "latitude", "longitude", "radius", "area")}
    target = place or doc.lokasi
    if target:
        row = frappe.get_doc(PLACE, target, for_update=True)
        row.check_permission("write")
        row.update(drawn)
    else:
        row = frappe.get_doc({"doctype": PLACE, "nama_lokasi": doc.nama_lokasi, "opd": doc.opd, **drawn})
    row.update({"survei": doc.name})
    row.flags.by_service = True
    row.save()
    _decide(doc, DITERAPKAN, None, row.name)
    return {"lokasi": row.name, "status": doc.status}


def reject(name: str, note: str) -> dict[str, Any]:
    """{status}. Raises SurveiDitolak when it was decided on already."""
    doc = _waiting(name)
    if not note.strip():
        frappe.throw(_("Say why, so that the surveyor knows what to do better."), SurveiDitolak)
    _decide(doc, DITOLAK, note.strip()[:1000], doc.lokasi)
    return {"status": doc.status}


def _waiting(name: str) -> Any:
    doc = frappe.get_doc(DOCTYPE, name, for_update=True)
    doc.check_permission("write")
    if doc.status != MENUNGGU:
        frappe.throw(_("This survey was decided on already."), SurveiDitolak)
    return doc


def _decide(doc: Any, status: str, note: str | None, place: str | None) -> None:
    doc.update(
        {
            "status": status,
            "catatan": note,
            "lokasi": place,
            "diputus_oleh": frappe.session.user,
            "diputus_pada": now_datetime(),
        }
    )
    doc.flags.by_service = True
    doc.save()
