"""The signed evidence of a punch: verified, and turned into the interval in which it was captured. docs/evidence.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, flt, get_datetime, now_datetime

from spbe_attendance.evidence import interval
from spbe_attendance.evidence.entry import Entry, Signed
from spbe_attendance.evidence.errors import BadAnchor, EvidenceError
from spbe_attendance.evidence.interval import Interval, Neighbours
from spbe_attendance.exceptions import (
    BuktiOrangLain,
    BuktiTidakSah,
    LuringTidakDiizinkan,
    UrutanBuktiTerpakai,
)
from spbe_attendance.kehadiran.jadwal.working_day import working_day
from spbe_attendance.kepegawaian import devices
from spbe_attendance.record_language import record_language

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.absensi.absensi import Absensi

# Sent at once: what a slow connection and a busy server make of "at once".
AT_ONCE = timedelta(minutes=2)
DEGREES, METRES = 1e-6, 0.011


@dataclass(frozen=True)
class Proof:
    """An entry whose signature, anchor and place in the chain hold."""

    entry: Entry
    device: str
    interval: Interval
    anchored: int
    arrival: int
    gap: bool


def verified(doc: Absensi, *, own: bool) -> Proof | None:
    """The proof that came with a punch; None without one. Raises a named refusal."""
    if not doc.bukti:
        return None
    arrival = devices.to_ms(now_datetime())
    try:
        signed = Signed.parse(doc.bukti)
        if signed.entry.person != doc.pegawai or not own:
            frappe.throw(
                _("This punch was captured by somebody else: it is sent when that person logs in."),
                BuktiOrangLain,
            )
        device, key = devices.key_of(signed.thumbprint, doc.pegawai)
        key.verify(signed.signature, signed.data)
        anchored = devices.read_anchor(signed.entry.anchor, doc.pegawai).moment
    except EvidenceError as error:
        frappe.throw(sentence(error), BuktiTidakSah)
        raise
    refuse_contradiction(doc, signed.entry)
    around, gap = neighbours(device, signed.entry)
    proven = interval.prove(signed.entry, anchored, arrival, around)
    return Proof(signed.entry, device, proven, anchored, arrival, gap)


def sentence(error: EvidenceError) -> str:
    """What is wrong with the evidence, and what to do."""
    if isinstance(error, BadAnchor):
        return _(
            "The proof of the time is not of this system: open the app while there is signal and punch again."
        )
    field = str(error.details.get("field", ""))
    return _("The proof of this punch cannot be accepted ({0}{1}): punch again.").format(
        error.code, f", {field}" if field else ""
    )


def refuse_contradiction(doc: Absensi, entry: Entry) -> None:
    """What was sent beside the evidence must say the same; the signed values are taken."""
    pairs = (
        ("jenis", doc.jenis, entry.jenis),
        ("id_klien", doc.id_klien and str(doc.id_klien).lower(), entry.id_klien),
        ("kegiatan", doc.kegiatan, entry.kegiatan or None),
        ("foto_sha256", doc.foto_sha256 and str(doc.foto_sha256).lower(), entry.photo or None),
    )
    wrong = [name for name, said, signed in pairs if said and said != signed]
    for name, signed_value, tolerance in (
        ("latitude", entry.latitude, DEGREES),
        ("longitude", entry.longitude, DEGREES),
        ("akurasi", entry.accuracy, METRES),
    ):
        said = doc.get(name)
        # An empty number field of a document is 0.
        if said not in (None, "", 0) and abs(flt(said) - signed_value) > tolerance:
            wrong.append(name)
    if wrong:
        frappe.throw(
            _("The request says something else than its signed proof ({0}): punch again.").format(
                ", ".join(wrong)
            ),
            BuktiTidakSah,
        )


def neighbours(device: str, entry: Entry) -> tuple[Neighbours, bool]:
    """What the entries of this key before and after prove; and whether numbers before it are missing.

    Raises UrutanBuktiTerpakai for a second entry with one number or one that does not follow its predecessor: a copied queue.
    """
    head = beside(device, descending=True)
    if head is None:
        return Neighbours(), entry.number != 1
    if head.bukti_urutan < entry.number:
        before, after = head, None
    else:
        before = beside(device, descending=True, upto=entry.number)
        after = beside(device, descending=False, above=entry.number)
    if before and before.bukti_urutan == entry.number:
        # The same entry again was answered from what is stored before it came here.
        refuse_fork()
    follows = bool(before) and before.bukti_urutan == entry.number - 1
    if follows and before.bukti_sha256 != entry.previous:
        refuse_fork()
    return (
        Neighbours(
            devices.to_ms(before.waktu_awal) if before else None,
            devices.to_ms(after.waktu_akhir) if after else None,
        ),
        not follows and entry.number != 1,
    )


def refuse_fork() -> None:
    frappe.throw(
        _(
            "This punch does not follow the earlier ones of this phone, as after copying its data: punch again."
        ),
        UrutanBuktiTerpakai,
    )


def beside(device: str, *, descending: bool, upto: int | None = None, above: int | None = None) -> Any:
    """The entry of a key with the largest number up to one, or the smallest above one; one look at an index."""
    absensi = frappe.qb.DocType("Absensi")
    query = (
        frappe.qb.from_(absensi)
        .select(absensi.bukti_urutan, absensi.bukti_sha256, absensi.waktu_awal, absensi.waktu_akhir)
        .where(absensi.kunci_perangkat == device)
        .orderby(absensi.bukti_urutan, order=frappe.qb.desc if descending else frappe.qb.asc)
        .limit(1)
    )
    if upto is not None:
        query = query.where(absensi.bukti_urutan <= upto)
    if above is not None:
        query = query.where(absensi.bukti_urutan > above)
    rows = query.run(as_dict=True)
    return rows[0] if rows else None


def fill(doc: Absensi, proof: Proof) -> None:
    """Lay what was signed over what was said."""
    entry = proof.entry
    doc.update(
        {
            "jenis": entry.jenis,
            "id_klien": entry.id_klien,
            "kegiatan": entry.kegiatan or None,
            "foto_sha256": entry.photo or None,
            "latitude": entry.latitude,
            "longitude": entry.longitude,
            "akurasi": entry.accuracy,
            "kunci_perangkat": proof.device,
            "bukti_urutan": entry.number,
            "bukti_sha256": entry.sha256,
        }
    )


def stamp(doc: Absensi, proof: Proof, settings: Any) -> None:
    """Times, source and working day out of the proven interval. Raises LuringTidakDiizinkan where only punches sent at once count."""
    found = proof.interval
    doc.waktu, doc.waktu_awal, doc.waktu_akhir, doc.waktu_tiba = (
        devices.from_ms(ms) for ms in (found.shown, found.earliest, found.latest, proof.arrival)
    )
    late = doc.waktu_tiba - doc.waktu > AT_ONCE or doc.waktu_akhir - doc.waktu_awal > AT_ONCE
    if late and not cint(settings.luring_aktif):
        frappe.throw(
            _("Punches are taken at once only here: punch again where there is signal."), LuringTidakDiizinkan
        )
    doc.sumber = "Luring" if late else "PWA"
    doc.tanggal = working_day(doc.pegawai, doc.opd, doc.jenis, doc.waktu)
    doc.catatan_waktu = "\n".join(remarks(proof)) or None


@record_language()
def remarks(proof: Proof) -> list[str]:
    """Notes on the interval in words."""
    words = {
        interval.CLOCK_LOST: _(
            "The page was closed or the phone restarted since the last contact with the server."
        ),
        interval.CLOCKS_DISAGREE: _(
            "The phone slept or its clock was changed since the last contact with the server."
        ),
        interval.BEHIND_CHAIN: _("The phone names an earlier time than that of the punch before it."),
        interval.AHEAD_OF_ARRIVAL: _(
            "The phone counts more time than has passed: the time of arrival holds."
        ),
    }
    found = [words[note] for note in proof.interval.notes]
    if proof.gap:
        found.append(_("Earlier entries of this phone have not arrived."))
    return found


@record_language()
def question(doc: Absensi, proof: Proof, settings: Any) -> str | None:
    """Why the time of a punch must be approved before it counts; None when it counts as it is."""
    if doc.sumber != "Luring":
        return None
    hours = cint(settings.luring_maks_jam)
    if hours and get_datetime(doc.waktu_tiba) - devices.from_ms(proof.anchored) > timedelta(hours=hours):
        return _("The phone had no contact with the server for more than {0} hours.").format(hours)
    days = {
        working_day(doc.pegawai, doc.opd, doc.jenis, moment) for moment in (doc.waktu_awal, doc.waktu_akhir)
    }
    if len(days) > 1:
        return _("It is not proven on which day this was.")
    return None


@record_language()
def review(doc: Absensi, settings: Any, drawn: bool) -> str | None:
    """Why somebody should look at the time, though it counts."""
    if doc.sumber != "Luring":
        return None
    minutes = cint(settings.tinjau_selang_menit)
    if minutes and doc.waktu_akhir - doc.waktu_awal > timedelta(minutes=minutes):
        return _("The time is proven to more than {0} minutes only").format(minutes)
    return _("Arrived later, drawn by chance for review") if drawn else None


@record_language()
def explain(doc: Absensi) -> str:
    """The interval in words; empty for a punch that was sent at once."""
    if doc.sumber != "Luring":
        return ""
    if doc.waktu_awal.date() == doc.waktu_akhir.date():
        between = f"{doc.waktu_awal:%H.%M.%S}", f"{doc.waktu_akhir:%H.%M.%S}"
    else:
        between = f"{doc.waktu_awal:%d-%m %H.%M}", f"{doc.waktu_akhir:%d-%m %H.%M}"
    return _("Captured without signal, proven between {0} and {1}, arrived {2}.").format(
        *between, f"{doc.waktu_tiba:%d-%m %H.%M}"
    )
