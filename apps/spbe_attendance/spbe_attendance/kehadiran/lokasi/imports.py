"""Places out of a file of a map: read and judged, made, taken back. The file says what; the place's own document decides whether."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, flt, now_datetime

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.geofence.errors import BrokenFence, UnreadableFile
from spbe_attendance.geofence.placemarks import Placemark, fence_of
from spbe_attendance.geofence.types import Circle
from spbe_attendance.kehadiran.lokasi import files, shapes, warnings
from spbe_attendance.kehadiran.lokasi.limits import Limits, limits
from spbe_attendance.kehadiran.lokasi.matching import Matcher
from spbe_attendance.kehadiran.lokasi.units import Tree, kept_by
from spbe_attendance.lembar import progress

PLACE = "OPD Lokasi"
BARU, DIPERIKSA, DIIMPOR, GAGAL, DIBATALKAN = "Baru", "Diperiksa", "Diimpor", "Gagal", "Dibatalkan"
ROW_BARU, ROW_SAMA, ROW_MASALAH, ROW_DIBUAT = "Baru", "Sudah Ada", "Bermasalah", "Dibuat"
ROW_DIBATALKAN, ROW_MATI, ROW_DITINGGAL = "Dibatalkan", "Dinonaktifkan", "Ditinggal"
MOST_NAME = 140


def require(doc: Any, task: str) -> None:
    """Whether a task can be done with the import as it stands. Raises ImporDitolak."""
    if task == "batalkan" and doc.status != DIIMPOR:
        frappe.throw(_("Only an import that was carried out can be undone."), ImporDitolak)
    if task != "batalkan" and doc.status == DIIMPOR:
        frappe.throw(_("This sheet is imported already. Undo it first, or make a new import."), ImporDitolak)


def check(doc: Any) -> None:
    """Dry run: each place of the file with its OPD, shape, warnings and problems, kept as rows. Makes no place."""
    read(doc)
    doc.save()


def read(doc: Any) -> None:
    progress.tell(doc, 5, _("Reading the file"))
    chosen = {row.sidik: row for row in doc.baris}
    doc.set("baris", [])
    try:
        content, name = files.content_of(doc)
        marks = files.read(content, name)
    except UnreadableFile as error:
        doc.status, doc.ringkasan = GAGAL, files.describe_unreadable(error)
        doc.jumlah = doc.jumlah_baru = doc.jumlah_sama = doc.jumlah_masalah = 0
        return
    doc.sidik_berkas, doc.nama_berkas = hashlib.sha256(content).hexdigest(), name[:MOST_NAME]
    reader = Reader(doc, chosen)
    told = progress.teller(doc, 10, 60, _("{0} of {1} places checked"))
    for number, mark in enumerate(marks, 1):
        doc.append("baris", reader.row(mark))
        told(number, len(marks))
    note(doc)


class Reader:
    """Turns placemarks into rows, with what a person has chosen for them before."""

    def __init__(self, doc: Any, chosen: Mapping[str, Any]):
        self.doc, self.chosen = doc, chosen
        self.default_radius, self.swap = flt(doc.radius_bawaan) or 50.0, bool(cint(doc.tukar_koordinat))
        self.tree, self.allowed = Tree(), kept_by(frappe.session.user)
        self.matcher = Matcher(self.tree, self.allowed)
        self.known: Limits = limits()
        self.others = warnings.others(None)
        self.visible = warnings.readable()
        self.seen: set[str] = set()
        self.there = set(frappe.get_all(PLACE, {"sidik_impor": ["is", "set"]}, pluck="sidik_impor"))

    def row(self, mark: Placemark) -> dict[str, Any]:
        match = self.matcher.match(mark)
        row = {
            "nomor": mark.number,
            "nama_lokasi": mark.name[:MOST_NAME],
            "opd_tertulis": match.told[:MOST_NAME],
            "hasil": ROW_BARU,
            "sidik": fingerprint(mark),
        }
        before = self.chosen.get(row["sidik"])
        row["lewati"] = cint(before.lewati) if before else 0
        by_hand = before.opd_dipilih if before else None
        row["opd_dipilih"] = by_hand
        row["opd"] = by_hand or match.opd or self.doc.opd
        said = [] if match.sure or by_hand else [_("The OPD was guessed from a name that is only alike.")]
        problem = self._shape(mark, row, said) or self._duplicate(row) or self._owner(row)
        if problem:
            row["masalah"], row["saran"] = problem
            row["hasil"] = ROW_MASALAH
        elif row["sidik"] in self.there:
            row["hasil"] = ROW_SAMA
        row["peringatan"] = "\n".join(said)
        self.seen.add(row["sidik"])
        return row

    def _shape(self, mark: Placemark, row: dict[str, Any], said: list[str]) -> tuple[str, str] | None:
        if not row["nama_lokasi"]:
            row["nama_lokasi"] = _("Place {0}").format(mark.number)
            said.append(_("The file gives no name."))
        try:
            shape = fence_of(mark, self.default_radius, swap=self.swap)
        except BrokenFence as error:
            return files.describe_broken(error)
        if isinstance(shape, Circle) and not shapes.MIN_RADIUS <= shape.radius <= shapes.MAX_RADIUS:
            return (
                _("The radius must lie between {0} and {1} metres.").format(
                    shapes.MIN_RADIUS, shapes.MAX_RADIUS
                ),
                _("Correct it in the map and attach the file again, or skip it."),
            )
        row.update(shapes.fields_of(shape))
        said += [found["pesan"] for found in warnings.of_shape(shape, self.known)]
        if row["sidik"] not in self.there:
            said += [found["pesan"] for found in warnings.overlaps(shape, self.others, self.visible)]
        return None

    def _duplicate(self, row: Mapping[str, Any]) -> tuple[str, str] | None:
        if row["sidik"] not in self.seen:
            return None
        return _("The same place stands twice in the file."), _("Skip it; the first one is imported.")

    def _owner(self, row: dict[str, Any]) -> tuple[str, str] | None:
        opd = row["opd"]
        if not opd:
            return (
                _("The OPD is not recognised."),
                _("Choose it in this row, or one for all such places above, and check again."),
            )
        if opd not in self.tree.rows or (self.allowed is not None and opd not in self.allowed):
            row["opd"] = row["opd_dipilih"] = None
            return _("This OPD is not yours to keep places for."), _("Choose one of your own units.")
        return None


def fingerprint(mark: Placemark) -> str:
    """Of what makes a place of a map this place: its name and geometry. The same file again finds what it made."""
    told = {"nama": mark.name, "bentuk": mark.geometry, "radius": mark.radius, "folder": mark.folder}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def note(doc: Any) -> None:
    """Counts and the summary of a dry run."""
    count = Counter(row.hasil for row in doc.baris if not row.lewati)
    doc.jumlah, doc.jumlah_baru = len(doc.baris), count[ROW_BARU]
    doc.jumlah_sama, doc.jumlah_masalah = count[ROW_SAMA], count[ROW_MASALAH]
    doc.status = DIPERIKSA
    doc.ringkasan = _("{0} places: {1} new, {2} already there, {3} with problems.").format(
        doc.jumlah, doc.jumlah_baru, doc.jumlah_sama, doc.jumlah_masalah
    )
    if doc.jumlah_masalah:
        doc.ringkasan += " " + _("Those with problems are not imported; the others can be.")


def carry_out(doc: Any) -> None:
    """Checks again and makes the new places, all of them or none: within the caller's transaction."""
    read(doc)
    if doc.status == DIPERIKSA:
        make_all(doc)
    doc.save()


def make_all(doc: Any) -> None:
    rows = [row for row in doc.baris if row.hasil == ROW_BARU and not row.lewati]
    told = progress.teller(doc, 60, 95, _("{0} of {1} places made"))
    for number, row in enumerate(rows, 1):
        place = make(row, doc.name)
        row.hasil, row.lokasi, row.versi = ROW_DIBUAT, place.name, str(place.modified)
        told(number, len(rows))
    doc.status, doc.jumlah_baru, doc.diimpor_pada = DIIMPOR, len(rows), now_datetime()
    doc.ringkasan = _("{0} places made, {1} already there, {2} left out.").format(
        len(rows), doc.jumlah_sama, len(doc.baris) - len(rows) - doc.jumlah_sama
    )


def make(row: Any, source: str) -> Any:
    """Under the permissions and checks of a place that is entered by hand."""
    drawn = ("nama_lokasi", "opd", "jenis_area", "latitude", "longitude", "radius", "area")
    place = frappe.get_doc({"doctype": PLACE, **{field: row.get(field) for field in drawn}})
    place.update({"impor": source, "sidik_impor": row.sidik})
    place.flags.by_service = True
    return place.insert()


def undo(doc: Any) -> None:
    """Takes back the places of one import: deleted, or switched off where somebody has punched; what was changed since stays."""
    made = [row for row in doc.baris if row.hasil == ROW_DIBUAT and row.lokasi]
    told = progress.teller(doc, 5, 95, _("{0} of {1} places taken back"))
    for number, row in enumerate(made, 1):
        row.hasil = take_back(row)
        if row.hasil == ROW_DIBATALKAN:
            row.lokasi = None
        told(number, len(made))
    count = Counter(row.hasil for row in made)
    doc.status = DIBATALKAN
    doc.ringkasan = _(
        "Undone: {0} places deleted, {1} switched off because punches name them, {2} left because they were changed since."
    ).format(count[ROW_DIBATALKAN], count[ROW_MATI], count[ROW_DITINGGAL])
    doc.save()


def take_back(row: Any) -> str:
    """The row's new result."""
    if not frappe.db.exists(PLACE, row.lokasi):
        return ROW_DIBATALKAN
    place = frappe.get_doc(PLACE, row.lokasi, for_update=True)
    if str(place.modified) != row.versi:
        return ROW_DITINGGAL
    try:
        # Whoever may undo the import may take back what it made, also a role that deletes no other places.
        frappe.delete_doc(PLACE, place.name, ignore_permissions=True)
    except frappe.LinkExistsError:
        frappe.clear_last_message()
        place.update({"aktif": 0, "sidik_impor": None})
        place.flags.by_service = True
        place.save()
        return ROW_MATI
    return ROW_DIBATALKAN
