"""The one place where a punch is judged; called by the document's own hook, so every way in is judged alike."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, flt, get_datetime, now_datetime

from spbe_attendance.exceptions import (
    AkurasiTidakCukup,
    BukanPegawai,
    BukanUntukOrangLain,
    DiLuarLokasi,
    KoordinatTidakSah,
    PegawaiTidakAktif,
    TanpaLokasi,
)
from spbe_attendance.geofence.errors import AccuracyTooPoor, GeofenceError, NoFence
from spbe_attendance.geofence.evaluate import evaluate
from spbe_attendance.geofence.types import DALAM, LUAR, Fence, Policy, Position, Verdict
from spbe_attendance.kehadiran.apel import attendance, events
from spbe_attendance.kehadiran.jadwal.working_day import working_day
from spbe_attendance.kehadiran.pencatatan import known, places, proof, request
from spbe_attendance.record_language import record_language

if TYPE_CHECKING:
    from spbe_attendance.kehadiran.doctype.absensi.absensi import Absensi
    from spbe_attendance.kehadiran.pencatatan.intake import Witnessed

SAH, MENUNGGU, DISETUJUI, DITOLAK = "Sah", "Menunggu Persetujuan", "Disetujui", "Ditolak"
# May enter a punch for somebody else; it is marked as theirs by owner and sumber.
ON_BEHALF = {"BKPSDM", "System Manager", "Administrator"}


def judge(doc: Absensi) -> None:
    """Fill in everything that the server decides. Raises a named refusal; nothing is written then."""
    if doc.flags.correction:
        judge_correction(doc)
        return
    settings = known.settings()
    witnessed = doc.flags.witnessed
    person = person_of(doc, witnessed=witnessed is not None)
    own = person["user"] == frappe.session.user
    proven = proof.verified(doc, own=own)
    if proven:
        proof.fill(doc, proven)
    doc.jenis = request.kind(doc.jenis)
    # Desk and scripts know no client id; the key must hold all the same.
    doc.id_klien = request.client_id(doc.id_klien) if doc.id_klien else str(uuid.uuid4())
    doc.alasan = request.text(doc.alasan, "alasan", request.MAX_REASON)
    doc.perangkat = request.text(doc.perangkat, "perangkat", request.MAX_DEVICE)
    doc.waktu_perangkat = request.device_time(doc.waktu_perangkat)
    doc.foto_sha256 = request.photo_digest(
        doc.foto_sha256, required=bool(witnessed) or (own and bool(settings.foto_wajib))
    )
    doc.opd = person["opd"]
    doc.catatan_waktu = None
    if proven:
        proof.stamp(doc, proven, settings)
    else:
        forget_proof(doc)
        stamp_time(doc)
        doc.sumber = "Saksi" if witnessed else "PWA" if own else "Desk"
    judge_place(doc, settings)
    name_witness(doc, witnessed)
    if proven:
        judge_time(doc, proven, settings)
    doc.foto = doc.isyarat_pada = None
    doc.foto_status = "Menunggu" if doc.foto_sha256 else "Tidak Diminta"
    doc.catatan_persetujuan = None


def judge_correction(doc: Absensi) -> None:
    """Decided by people already: no place, no photo; the time is the one that was approved."""
    correction = doc.flags.correction
    doc.opd = frappe.db.get_value("Pegawai", correction.pegawai, "opd")
    doc.tanggal = correction.tanggal
    doc.waktu = doc.waktu_awal = doc.waktu_akhir = correction.waktu
    doc.waktu_tiba = now_datetime()
    doc.sumber, doc.status, doc.foto_status = "Koreksi", DISETUJUI, "Tidak Diminta"
    # Without place, photo and device there is nothing to look for.
    doc.isyarat_pada = doc.waktu_tiba
    forget_proof(doc)
    name_witness(doc, None)
    doc.penjelasan = correction.penjelasan
    for field in (
        "latitude",
        "longitude",
        "akurasi",
        "lokasi",
        "jarak",
        "putusan_lokasi",
        "foto",
        "foto_sha256",
    ):
        doc.set(field, None)


@record_language()
def name_witness(doc: Absensi, witnessed: Witnessed | None) -> None:
    """Always for the head to see: a PIN can be told to others, a witness and a photo can be asked."""
    doc.saksi = witnessed.saksi if witnessed else None
    doc.kios = witnessed.kios if witnessed else None
    doc.sebab_saksi = witnessed.sebab if witnessed else None
    if witnessed:
        seen = _("Seen by {0}: {1}.").format(witnessed.nama, witnessed.sebab)
        doc.perlu_tinjau = 1
        many = (
            _("This witness has seen {0} people today.").format(witnessed.orang) if witnessed.orang else None
        )
        doc.alasan_tinjau = "\n".join(words for words in (doc.alasan_tinjau, seen, many) if words)
        doc.penjelasan = f"{doc.penjelasan} {seen}"


def person_of(doc: Absensi, *, witnessed: bool) -> dict[str, Any]:
    """The person the punch is for, who must exist and be active, and be oneself unless the role allows otherwise."""
    if doc.pegawai is not None and not isinstance(doc.pegawai, str):
        frappe.throw(_("This person is not registered."), BukanUntukOrangLain)
    person = doc.flags.person
    if not person or person["name"] != doc.pegawai:
        fields = ["name", "nama", "opd", "status", "user"]
        mine = {"user": frappe.session.user}
        person = frappe.db.get_value("Pegawai", doc.pegawai or mine, fields, as_dict=True)
    if not person:
        if doc.pegawai:
            frappe.throw(_("This person is not registered."), BukanUntukOrangLain)
        frappe.throw(
            _("This account belongs to no registered person: ask the Admin OPD to link it."), BukanPegawai
        )
    if not (witnessed or person["user"] == frappe.session.user or ON_BEHALF & set(frappe.get_roles())):
        frappe.throw(_("You may punch for yourself only."), BukanUntukOrangLain)
    if person["status"] != "Aktif":
        frappe.throw(_("This person is not active: ask BKPSDM to check the status."), PegawaiTidakAktif)
    doc.pegawai = person["name"]
    return person


def stamp_time(doc: Absensi) -> None:
    """Received online: the proven interval is the moment of arrival."""
    now = now_datetime()
    doc.waktu = doc.waktu_awal = doc.waktu_akhir = doc.waktu_tiba = now
    doc.tanggal = working_day(doc.pegawai, doc.opd, doc.jenis, now)


def forget_proof(doc: Absensi) -> None:
    """Empty, not 0: the key on device and number takes any number of rows without a device."""
    doc.update({"bukti": None, "kunci_perangkat": None, "bukti_urutan": None, "bukti_sha256": None})


def judge_time(doc: Absensi, proven: proof.Proof, settings: Any) -> None:
    """What the evidence leaves open is asked of people; it is never held against the person by itself."""
    why = proof.question(doc, proven, settings)
    if why:
        doc.status = MENUNGGU
    drawn = sampled(doc.id_klien, flt(settings.contoh_luring_persen))
    reasons = [doc.alasan_tinjau, why or proof.review(doc, settings, drawn)]
    doc.alasan_tinjau = "\n".join(reason for reason in reasons if reason) or None
    doc.perlu_tinjau = int(bool(doc.alasan_tinjau))
    doc.penjelasan = " ".join(words for words in (doc.penjelasan, proof.explain(doc), why) if words)


def judge_place(doc: Absensi, settings: Any) -> None:
    """A punch of an event against the event's place alone, any other against the places of the person."""
    event = attendance.admit(doc)
    today = get_datetime(doc.waktu).date()
    around = places.prepared([events.place_of(event)]) if event else places.fences_for(doc.opd, today)
    verdict = verdict_for(doc, around.fences, Policy(flt(settings.akurasi_maksimum)))
    place = around.rows[verdict.fence_key]["nama_lokasi"]
    doc.putusan_lokasi = verdict.result
    doc.lokasi = verdict.fence_key
    doc.jarak = round(verdict.distance, 1)
    doc.perlu_tinjau, doc.alasan_tinjau = 0, None
    if verdict.result == LUAR and not doc.alasan:
        frappe.throw(refusal(place, verdict), DiLuarLokasi, title=_("Outside of the place"))
    doc.status = MENUNGGU if verdict.result == LUAR else SAH
    words = explain(place, verdict)
    doc.penjelasan = f"{event['nama_kegiatan']}: {words}" if event else words
    if verdict.result not in (DALAM, LUAR) and sampled(doc.id_klien, flt(settings.contoh_ragu_persen)):
        doc.perlu_tinjau = 1
        with record_language():
            doc.alasan_tinjau = _("Uncertain place, drawn by chance for review")


def verdict_for(doc: Absensi, fences: list[Fence], policy: Policy) -> Verdict:
    try:
        position = Position.parse(doc.latitude, doc.longitude, doc.akurasi)
        verdict = evaluate(position, fences, policy)
    except AccuracyTooPoor as error:
        frappe.throw(
            _(
                "The position is known to {0} m only, at most {1} m are accepted. Go outdoors, switch on precise location, wait a moment and try again."
            ).format(cint(error.details["accuracy"]), cint(error.details["limit"])),
            AkurasiTidakCukup,
        )
    except NoFence:
        frappe.throw(
            _("No place of work is registered for your OPD: ask the Admin OPD to register one."), TanpaLokasi
        )
    except GeofenceError as error:
        frappe.throw(position_message(error.code), KoordinatTidakSah)
    doc.latitude, doc.longitude, doc.akurasi = position.lat, position.lon, position.accuracy
    return verdict


def position_message(code: str) -> str:
    if code in ("missing", "null_island", "accuracy_invalid"):
        return _(
            "The phone did not report its position: switch on location, allow it for this page and try again."
        )
    return _(
        "The coordinates are not valid: latitude goes from -90 to 90, longitude from -180 to 180, in degrees."
    )


def refusal(place: str, verdict: Verdict) -> str:
    return _(
        "You are outside: the nearest place, {0}, is {1} away. Go there, or send the punch again with a reason for approval."
    ).format(place, metres(verdict.distance))


@record_language()
def explain(place: str, verdict: Verdict) -> str:
    """The verdict in words, kept with the punch."""
    if verdict.result == DALAM:
        words = known.words("inside", lambda: _("Inside {0}, accuracy {1}."))
        return words.format(place, metres(verdict.accuracy))
    if verdict.result == LUAR:
        return _("Outside, {0} from {1}, accuracy {2}. Waits for the approval of the head of OPD.").format(
            metres(verdict.distance), place, metres(verdict.accuracy)
        )
    return _("Near the edge of {0} ({1}), accuracy {2}: accepted, may be reviewed.").format(
        place, metres(abs(verdict.distance)), metres(verdict.accuracy)
    )


def metres(value: float) -> str:
    """12 m, 1,3 km: Indonesian decimal comma."""
    return f"{value:.0f} m" if value < 1000 else f"{value / 1000:.1f} km".replace(".", ",")


def sampled(id_klien: str, percent: float) -> bool:
    """A fixed share, the same for the same punch, not to be steered by choosing another second."""
    secret = frappe.local.conf.get("encryption_key") or frappe.local.site
    draw = hashlib.sha256(f"{secret}:{id_klien}".encode()).digest()
    return int.from_bytes(draw[:4], "big") < percent / 100 * 2**32
