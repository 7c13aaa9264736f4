"""Measured accuracy of places: from the punches of a window of days, kept as Ukuran Lokasi. The only writer of that."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from spbe_attendance.geofence import fit
from spbe_attendance.geofence.plane import Plane, gap, middle
from spbe_attendance.geofence.types import Area, Circle, Fence, Position
from spbe_attendance.kehadiran.lokasi import punches, shapes, warnings
from spbe_attendance.kehadiran.lokasi.errors import UsulanUsang
from spbe_attendance.kehadiran.lokasi.limits import Limits, limits
from spbe_attendance.kehadiran.lokasi.units import Tree
from spbe_attendance.kehadiran.pencatatan import places

TABLE, PLACE = "Ukuran Lokasi", "OPD Lokasi"
WINDOW = timedelta(days=30)
# Points of the small picture. Fewer punches than the least are shown as numbers only: points of two persons are two persons.
SHOWN, LEAST_SHOWN = 120, 10
PERLUAS, TERHALANG = "Perluas", "Terhalang"
LIMITED = {"": "", fit.CAP: "Batas Usulan", fit.NEIGHBOUR: "Tetangga"}
PERCENT = 100


def start() -> None:
    """Hooked to the scheduler, nightly: the measuring itself takes longer than a short job may."""
    frappe.enqueue(run, queue="long", timeout=3600, job_id="ukuran-lokasi", deduplicate=True)


def run() -> None:
    """Every active place, from one OPD's punches after the other."""
    last = getdate()
    tree, rows = Tree(), warnings.others(None)
    found = punches.by_place(tree.rows, last - WINDOW, last)
    for row in rows:
        measure_row(row, found.get(row["name"], []), last, tree, rows)
        frappe.db.commit()  # one place after the other: a run that is cut off keeps what it has done
    _forget({row["name"] for row in rows})


def enqueue(name: str) -> None:
    """Measure one place in the background, once however often it is asked for."""
    frappe.enqueue(
        measure_one,
        queue="long",
        job_id=f"ukuran-lokasi-{name}",
        deduplicate=True,
        enqueue_after_commit=True,
        lokasi=name,
    )


def measure_one(lokasi: str) -> None:
    """The background job: numbers and proposal of one place, from the punches of those whom it holds for."""
    rows = warnings.others(None)
    row = next((row for row in rows if row["name"] == lokasi), None)
    if row is None:
        return
    tree, last = Tree(), getdate()
    whose = tree.rows if row["semua_opd"] else tree.below(row["opd"])
    found = punches.by_place(whose, last - WINDOW, last, only=lokasi)
    measure_row(row, found.get(lokasi, []), last, tree, rows)
    frappe.publish_realtime(
        "spbe_ukuran_lokasi", {"lokasi": lokasi}, doctype=PLACE, docname=lokasi, after_commit=True
    )


def measure_row(
    row: Mapping[str, Any],
    fixes: Sequence[Position],
    last: date,
    tree: Tree,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Writes one place's row; a broken place has none."""
    fences = places.usable_fences([dict(row)])
    if not fences:
        return
    shape = fences[0].shape
    values: dict[str, Any] = {
        "opd": row["opd"],
        "dihitung_pada": now_datetime(),
        "dari": last - WINDOW,
        "sampai": last,
        "versi_lokasi": version(row["name"]),
        **_numbers(shape, fixes),
        **_proposal(shape, fixes, neighbours(row, shape, tree, rows), limits()),
    }
    existing = frappe.db.get_value(TABLE, {"lokasi": row["name"]})
    doc = frappe.get_doc(TABLE, existing) if existing else frappe.new_doc(TABLE, lokasi=row["name"])
    doc.update(values)
    doc.save(ignore_permissions=True)


def version(name: str) -> str:
    return str(frappe.db.get_value(PLACE, name, "modified"))


def neighbours(
    row: Mapping[str, Any], shape: Circle | Area, tree: Tree, rows: Sequence[Mapping[str, Any]]
) -> list[Fence]:
    """Fences of OPD that are no kin: one place growing into them would make punches there ambiguous."""
    strangers = [
        other
        for other in rows
        if other["name"] != row["name"]
        and not other["semua_opd"]
        and not row["semua_opd"]
        and not tree.kin(row["opd"], other["opd"])
    ]
    return [fence for _row, fence in warnings.fences_near(shape, strangers)]


def _numbers(shape: Circle | Area, fixes: Sequence[Position]) -> dict[str, Any]:
    found = fit.measure(shape, fixes)
    if found is None:
        empty = ("jumlah", "akurasi_median", "akurasi_p90", "persen_dalam", "persen_ragu", "persen_luar",
                 "latitude", "longitude", "sebaran", "geser")  # fmt: skip
        return {**dict.fromkeys(empty, 0), "contoh": None}
    return {
        "jumlah": found.count,
        "akurasi_median": round(found.accuracy_median, 1),
        "akurasi_p90": round(found.accuracy_p90, 1),
        "persen_dalam": PERCENT * found.dalam,
        "persen_ragu": PERCENT * found.ragu,
        "persen_luar": PERCENT * found.luar,
        "latitude": round(found.lat, 7),
        "longitude": round(found.lon, 7),
        "sebaran": round(found.spread, 1),
        "geser": round(found.offset, 1),
        "contoh": _sample(shape, fixes),
    }


def _sample(shape: Circle | Area, fixes: Sequence[Position]) -> str | None:
    """[[east, north, accuracy, verdict]] in whole metres from the place's middle: nobody's name, no time."""
    if len(fixes) < LEAST_SHOWN:
        return None
    step = max(1, len(fixes) // SHOWN)
    chosen = list(fixes)[::step][:SHOWN]
    plane = Plane(*middle(shape))
    verdicts = fit.judged(shape, chosen)
    points = [(*plane.to(fix.lat, fix.lon), fix.accuracy) for fix in chosen]
    rows = [[round(x), round(y), round(a), said] for (x, y, a), said in zip(points, verdicts, strict=True)]
    # In no order that would tell who came when.
    return json.dumps(sorted(rows, key=str), separators=(",", ":"))


def _proposal(
    shape: Circle | Area, fixes: Sequence[Position], beside: Sequence[Fence], known: Limits
) -> dict[str, Any]:
    found = fit.propose(
        shape, fixes, most_radius=known.most_radius, most_growth=known.most_growth, neighbours=beside
    )
    if found is None:
        return dict.fromkeys(
            (
                "usulan",
                "usulan_tambah",
                "usulan_radius",
                "usulan_area",
                "persen_dalam_usulan",
                "dibatasi",
                "tetangga",
            )
        )
    larger = shapes.fields_of(found.shape)
    return {
        "usulan": PERLUAS if found.growth else TERHALANG,
        "usulan_tambah": found.growth,
        "usulan_radius": larger["radius"] if found.growth else 0,
        "usulan_area": larger["area"] if found.growth else None,
        "persen_dalam_usulan": PERCENT * found.after,
        "dibatasi": LIMITED[found.limited],
        "tetangga": found.neighbour or None,
    }


def accept(name: str) -> dict[str, Any]:
    """The proposed size becomes the place's own, under the place's permissions and with its history; answers the new size.

    Raises UsulanUsang when there is no proposal, or the place or its neighbours are no longer those it was computed for.
    """
    doc = frappe.get_doc(PLACE, name, for_update=True)
    doc.check_permission("write")
    kept = frappe.db.get_value(TABLE, {"lokasi": name}, "name")
    proposal = frappe.get_doc(TABLE, kept, for_update=True) if kept else None
    if proposal is None or proposal.usulan != PERLUAS or proposal.versi_lokasi != str(doc.modified):
        frappe.throw(_("This proposal is out of date: have the place measured again."), UsulanUsang)
    doc.update(
        {"radius": proposal.usulan_radius}
        if doc.jenis_area == shapes.RADIUS
        else {"area": proposal.usulan_area}
    )
    _refuse_reach(doc)
    doc.save()
    doc.add_comment("Info", _("Enlarged as proposed from {0} punches.").format(proposal.jumlah))
    proposal.update({"usulan": None, "versi_lokasi": str(doc.modified)})
    proposal.save(ignore_permissions=True)
    enqueue(name)
    return {"radius": doc.radius, "area": doc.area, "modified": str(doc.modified)}


def _refuse_reach(doc: Any) -> None:
    """A neighbour may have come since the proposal was computed."""
    shape = places.build_fence(doc).shape
    for fence in neighbours(doc.as_dict(), shape, Tree(), warnings.others(None)):
        if gap(shape, fence.shape) <= 0:
            frappe.throw(
                _("With this size the place would reach a place of another OPD: have it measured again."),
                UsulanUsang,
            )


def forget(name: str) -> None:
    """A place that is deleted leaves no numbers behind."""
    frappe.db.delete(TABLE, {"lokasi": name})


def _forget(active: set[str]) -> None:
    """Numbers of places that nobody can punch at any more."""
    stale = [row.name for row in frappe.get_all(TABLE, fields=["name", "lokasi"]) if row.lokasi not in active]
    if stale:
        frappe.db.delete(TABLE, {"name": ["in", stale]})
        frappe.db.commit()  # ends the scheduler's job
