"""Changes of a person with a date: checked, put in force when their day has come, taken back while nothing rests on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import formatdate, getdate, now_datetime

from spbe_attendance.kehadiran.permohonan import moves
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.kepegawaian import account_log, identity
from spbe_attendance.kepegawaian.exceptions import MutasiDitolak, MutasiTidakDapatDiubah
from spbe_attendance.kepegawaian.mutasi import history, kinds
from spbe_attendance.kepegawaian.mutasi.timeline import BeforeTheBeginning, changed

DOCTYPE = "Mutasi Pegawai"
PROPOSED, APPROVED, CANCELLED = "Diusulkan", "Disetujui", "Dibatalkan"
LATEST = timedelta(days=2 * 366)
# What is said of the change itself; the rest may be added later.
CONTENT = (
    "pegawai", "jenis", "berlaku_mulai", "berlaku_sampai", "opd_baru", "status_kepegawaian_baru", "nip_baru", "alasan_nonaktif",
    "jabatan_baru", "golongan_baru",
)  # fmt: skip
# Rights over others come with an office, not with a person.
ROLES_OF_AN_OFFICE = ("Admin OPD", "Kepala OPD")


def prepare(doc: Document) -> None:
    """Of a new change: whose it is, and that the session may propose it. Raises PermissionError, MutasiDitolak."""
    person = frappe.get_doc("Pegawai", doc.pegawai)
    if not frappe.has_permission("Pegawai", "write", doc=person):
        frappe.throw(
            _("Changes of {0} are proposed by their Admin OPD or by BKPSDM.").format(person.nama),
            frappe.PermissionError,
        )
    doc.opd, doc.nama, doc.status, doc.diterapkan_pada = person.opd, person.nama, PROPOSED, None
    for field in ("opd", "status_kepegawaian", "nip", "status", "jabatan", "golongan"):
        doc.set(f"{field}_lama", person.get(field))


def check(doc: Document) -> None:
    """Raises MutasiDitolak, MutasiTidakDapatDiubah."""
    before = doc.get_doc_before_save()
    if before and before.status != PROPOSED and any(_differs(before, doc, field) for field in CONTENT):
        frappe.throw(
            _("A decided change stays as it is: cancel it and make a new one."), MutasiTidakDapatDiubah
        )
    if before and before.status != PROPOSED:
        if doc.status == CANCELLED and doc.diterapkan_pada:
            refuse_if_something_rests(doc)
        return
    wanted, optional = kinds.FIELDS[doc.jenis]
    for field in CONTENT[3:]:
        if field not in (*wanted, *optional):
            doc.set(field, None)
    _check_fields(doc, wanted)
    _check_days(doc)
    _check_number(doc)


def _check_fields(doc: Document, wanted: tuple[str, ...]) -> None:
    for field in wanted:
        if not doc.get(field):
            frappe.throw(_("Fill in {0}.").format(_(doc.meta.get_label(field))), MutasiDitolak)
    new = kinds.changes(doc)
    if not new:
        frappe.throw(_("Say the new position, the new grade, or both."), MutasiDitolak)
    if doc.jenis == kinds.MOVE and doc.opd_baru == doc.opd_lama:
        frappe.throw(_("The person is in this OPD already."), MutasiDitolak)


def _check_days(doc: Document) -> None:
    first, last = getdate(doc.berlaku_mulai), getdate(doc.berlaku_sampai) if doc.berlaku_sampai else None
    if first > getdate() + LATEST:
        frappe.throw(_("The day lies more than two years ahead: check the year."), MutasiDitolak)
    begin = frappe.db.get_value("Pegawai", doc.pegawai, "mulai_bertugas")
    if begin and first < getdate(begin):
        frappe.throw(
            _("The person serves since {0}: the day lies before it.").format(formatdate(begin)), MutasiDitolak
        )
    if last and last < first:
        frappe.throw(_("The end lies before the beginning."), MutasiDitolak)
    same = {
        "pegawai": doc.pegawai,
        "jenis": doc.jenis,
        "berlaku_mulai": first,
        "status": ["in", [PROPOSED, APPROVED]],
    }
    if frappe.db.exists(DOCTYPE, {**same, "name": ["!=", doc.name or ""]}):
        frappe.throw(_("The same change of this person on this day is there already."), MutasiDitolak)


def _check_number(doc: Document) -> None:
    doc.nip_baru = identity.compact(doc.nip_baru or "") or None
    if doc.nip_baru:
        try:
            identity.parse_nip(doc.nip_baru)
        except identity.IdentityError:
            frappe.throw(
                _("The new number is no NIP or NI PPPK: compare its 18 digits with the decree."),
                MutasiDitolak,
            )
        if frappe.db.exists("Pegawai", {"nip": doc.nip_baru, "name": ["!=", doc.pegawai]}):
            frappe.throw(_("Another person has this number: compare it with the decree."), MutasiDitolak)
    elif doc.status_kepegawaian_baru in kinds.ASN and not frappe.db.get_value("Pegawai", doc.pegawai, "nip"):
        frappe.throw(
            _("Who becomes {0} gets a NIP or NI PPPK: fill it in.").format(doc.status_kepegawaian_baru),
            MutasiDitolak,
        )


def follow(doc: Document) -> None:
    """After saving: a decision takes effect."""
    before = doc.get_doc_before_save()
    if not before or before.status == doc.status:
        return
    if doc.status == APPROVED:
        if getdate(doc.berlaku_mulai) <= getdate():
            put_in_force(doc)
        if doc.jenis == kinds.PAUSE and doc.berlaku_sampai:
            plan_return(doc)
    elif doc.status == CANCELLED:
        if doc.diterapkan_pada:
            take_back(doc)
        if doc.jenis == kinds.PAUSE and doc.berlaku_sampai:
            forget_return(doc)


def put_in_force(doc: Document) -> None:
    """Writes person and history, has the days behind computed again. The caller's transaction. Raises MutasiDitolak."""
    person = frappe.get_doc("Pegawai", doc.pegawai, for_update=True)
    _write(person, doc, kinds.changes(doc), doc.nip_baru, doc.nip_lama)
    doc.db_set("diterapkan_pada", now_datetime(), notify=True)


def refuse_if_something_rests(doc: Document) -> None:
    """Raises MutasiDitolak when a later change came after one that is in force."""
    later = {
        "pegawai": doc.pegawai,
        "diterapkan_pada": ["is", "set"],
        "berlaku_mulai": [">", doc.berlaku_mulai],
    }
    rests = frappe.get_all(
        DOCTYPE,
        {**later, "status": APPROVED},
        ["jenis", "berlaku_mulai"],
        order_by="berlaku_mulai desc",
        limit=1,
    )
    if rests:
        frappe.throw(
            _("{0} of {1} came after it: cancel that first.").format(
                rests[0].jenis, formatdate(rests[0].berlaku_mulai)
            ),
            MutasiDitolak,
        )


def take_back(doc: Document) -> None:
    """What held before holds again. The caller has seen that nothing rests on the change."""
    person = frappe.get_doc("Pegawai", doc.pegawai, for_update=True)
    old = {field: doc.get(f"{field}_lama") or None for field in kinds.changes(doc)}
    _write(person, doc, old, doc.nip_lama if doc.nip_baru else None, doc.nip_baru)
    doc.db_set("diterapkan_pada", None, notify=True)


def _write(
    person: Document, doc: Document, new: dict[str, Any], number: str | None, known: str | None
) -> None:
    first = getdate(doc.berlaku_mulai)
    before = person.opd
    try:
        *past, present = changed(history.stretches(person), first, new)
    except BeforeTheBeginning:
        frappe.throw(_("Nothing is known of the person before that day."), MutasiDitolak)
        raise
    _note_before(doc, person, first)
    history.store(person.name, past)
    person.update({**present.values, "berlaku_sejak": present.first})
    if doc.nip_baru and person.nip == known:
        person.nip = number
    if person.opd != before:
        person.atasan = None
    person.flags.mutasi = True
    person.save(ignore_permissions=True)
    if person.opd != before:
        _leave_office(person)
        moves.follow(person.name, person.opd, first)
    affected.mark([person.name], None, first, getdate(), _("Change of a person: {0}").format(doc.jenis))


def _note_before(doc: Document, person: Document, first: Any) -> None:
    """What the change replaces, as it is known on its own day; kept for the way back."""
    if doc.status == CANCELLED:
        return
    held = next(part for part in history.stretches(person) if part.holds(first))
    values = {f"{field}_lama": held.values[field] for field in history.FIELDS}
    doc.db_set({**values, "nip_lama": person.nip}, notify=False)


def _leave_office(person: Document) -> None:
    """Rights over the old OPD do not travel; who gets them in the new one is decided anew. Phones are seen where their owner is."""
    frappe.db.set_value("Perangkat", {"pegawai": person.name}, "opd", person.opd)
    headed = frappe.get_all("OPD", {"kepala": person.name}, pluck="name")
    for unit in headed:
        frappe.db.set_value("OPD", unit, "kepala", None)
    held = frappe.get_all(
        "Has Role", {"parent": person.user or "", "role": ["in", ROLES_OF_AN_OFFICE]}, pluck="role"
    )
    if held:
        account = frappe.get_doc("User", person.user)
        account.flags.ignore_permissions = True
        account.remove_roles(*held)
    if held or headed:
        told = ", ".join([*held, *headed])
        account_log.write([(person.name, person.opd)], "Peran Dicabut", told)
        frappe.msgprint(
            _(
                "Rights that came with the old office ended: {0}. Give those of the new office by hand."
            ).format(told)
        )


def plan_return(doc: Document) -> None:
    """The day after a pause that has an end; may be cancelled and planned anew when it is prolonged."""
    back = frappe.get_doc(
        {
            "doctype": DOCTYPE,
            "pegawai": doc.pegawai,
            "jenis": kinds.RETURN,
            "berlaku_mulai": getdate(doc.berlaku_sampai) + timedelta(days=1),
            "nomor_sk": doc.nomor_sk,
            "catatan": _("Planned with the end of: {0}").format(doc.alasan_nonaktif),
        }
    )
    back.insert()
    apply_workflow(back, "Setujui")


def forget_return(doc: Document) -> None:
    """The way back that was planned with a pause which is cancelled."""
    day = getdate(doc.berlaku_sampai) + timedelta(days=1)
    planned = {"pegawai": doc.pegawai, "jenis": kinds.RETURN, "berlaku_mulai": day, "status": APPROVED}
    for name in frappe.get_all(DOCTYPE, {**planned, "diterapkan_pada": ["is", "not set"]}, pluck="name"):
        apply_workflow(frappe.get_doc(DOCTYPE, name), "Batalkan")


def apply_due() -> int:
    """Hooked to the scheduler: what was approved for a day that has come. One broken change does not hold up the others."""
    names = frappe.get_all(
        DOCTYPE,
        {"status": APPROVED, "diterapkan_pada": ["is", "not set"], "berlaku_mulai": ["<=", getdate()]},
        order_by="berlaku_mulai, creation",
        pluck="name",
    )
    done = 0
    for name in names:
        frappe.db.savepoint("mutasi")
        try:
            put_in_force(frappe.get_doc(DOCTYPE, name))
            done += 1
        except frappe.ValidationError:
            frappe.db.rollback(save_point="mutasi")
            frappe.log_error(title="Mutasi Pegawai", reference_doctype=DOCTYPE, reference_name=name)
    return done


def _differs(before: Document, doc: Document, field: str) -> bool:
    return str(before.get(field) or "") != str(doc.get(field) or "")
