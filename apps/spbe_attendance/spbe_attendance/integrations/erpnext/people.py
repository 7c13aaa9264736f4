"""Pegawai and Employee: made, linked, and kept in step field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from spbe_attendance.integrations.erpnext import foreign, holidays, mapping, notes, ownership, units
from spbe_attendance.integrations.erpnext.settings import Settings
from spbe_attendance.integrations.erpnext.tally import DIBUAT, DILEWATI, DIUBAH, KONFLIK, TETAP, Tally
from spbe_attendance.integrations.exceptions import IntegrasiTidakSiap

KIND, THEIR_KIND = "Pegawai", "Employee"
AKTIF = "Aktif"
FIELDS = (
    "name", "nama", "jenis_kelamin", "tanggal_lahir", "nip", "nomor_pegawai", "status", "opd", "jabatan", "atasan", "user",
    "mulai_bertugas", "berlaku_sejak", "nomor_hp",
)  # fmt: skip
# What may come from ERPNext, by the name it has here.
TAKEN = ("mulai_bertugas", "jabatan", "nomor_hp")


@dataclass(frozen=True)
class Around:
    """What a batch of persons needs to be told about in ERPNext's terms."""

    settings: Settings
    units: Mapping[str, units.Place]
    superiors: Mapping[str, str]
    lists: Mapping[str, str]
    designations: bool = True

    @classmethod
    def of(cls, rows: Sequence[Any], settings: Settings) -> Around:
        heads = foreign.employees([row.atasan for row in rows if row.atasan])
        lists: dict[str, str] = {}
        if "kirim_libur" in settings.parts:
            year = getdate().year
            found = holidays.patterns([(row.name, row.opd) for row in rows], year)
            there = set(foreign.names(foreign.HOLIDAY_LIST))
            named = {name: pattern.name(year) for name, pattern in found.items()}
            lists = {name: what for name, what in named.items() if what in there}
        superiors = {key: row.name for key, row in heads.items()}
        designations = foreign.DESIGNATION in foreign.present()
        return cls(settings, units.mapping(settings), superiors, lists, designations)

    def ours(self, row: Any) -> dict[str, str | None]:
        """A person in the terms of ``ownership.FIELDS``; None for what is not known."""
        company, department = self.units.get(row.opd, (self.settings.company, None))
        return {
            "nama": row.nama,
            "jenis_kelamin": mapping.GENDERS.get(row.jenis_kelamin),
            "tanggal_lahir": mapping.iso(row.tanggal_lahir),
            "status": mapping.STATUSES.get(row.status, mapping.ACTIVE),
            "nomor": row.nip or row.nomor_pegawai,
            "perusahaan": company,
            "unit": department,
            "mulai_bertugas": mapping.iso(row.mulai_bertugas),
            "jabatan": ((row.jabatan or "").strip()[:140] or None) if self.designations else None,
            "atasan": self.superiors.get(row.atasan),
            "nomor_hp": row.nomor_hp or None,
            "akun": row.user,
            "daftar_libur": self.lists.get(row.name),
        }

    def complete(self, row: Any) -> dict[str, str | None]:
        """The same for a new Employee, with what the NIP tells. Raises IntegrasiTidakSiap: what ERPNext needs is not known."""
        told, joined = mapping.told_by(row.nip), self.settings.joined
        found = self.ours(row)
        found["jenis_kelamin"] = found["jenis_kelamin"] or told.sex
        found["tanggal_lahir"] = found["tanggal_lahir"] or told.born
        found["mulai_bertugas"] = found["mulai_bertugas"] or told.since or mapping.iso(joined)
        missing = [name for name in ownership.NEEDED if not found[name]]
        if missing:
            frappe.throw(
                _("Enter on the Pegawai first: {0}.").format(", ".join(label(name) for name in missing)),
                IntegrasiTidakSiap,
            )
        return found


def label(name: str) -> str:
    """A field's name as people know it."""
    return {
        "nama": _("Name"),
        "jenis_kelamin": _("Sex"),
        "tanggal_lahir": _("Date of Birth"),
        "status": _("Status"),
        "nomor": _("NIP"),
        "perusahaan": _("Company"),
        "unit": _("Department"),
        "mulai_bertugas": _("Serves Since"),
        "jabatan": _("Position Held"),
        "atasan": _("Direct Superior"),
        "nomor_hp": _("Mobile Number"),
        "akun": _("Account"),
        "daftar_libur": _("Holiday List"),
    }[name]


def read(names: Sequence[str]) -> list[Any]:
    return frappe.get_all("Pegawai", {"name": ["in", list(names)]}, FIELDS, order_by="name")


def sync(names: Sequence[str], settings: Settings, tally: Tally, *, dry: bool = False) -> list[str]:
    """Bring these persons in step; answers those that were linked only now, whose days are still to be sent."""
    rows = read(names)
    around = Around.of(rows, settings)
    linked = foreign.employees([row.name for row in rows])
    found = foreign.unlinked([row.nip or row.nomor_pegawai for row in rows if row.name not in linked])
    for row in rows:
        employee = linked.get(row.name) or found.get(row.nip or row.nomor_pegawai)
        if dry:
            tally.plan(lambda row=row, employee=employee: foresee(row, employee, around))
            continue
        tally.attempt(
            KIND, row.name, row.nama, lambda row=row, employee=employee: bring(row, employee, around, tally)
        )
    strangers = [row.name for row in rows if row.name not in linked]
    return [] if dry else sorted(foreign.employees(strangers))


def foresee(row: Any, employee: Any, around: Around) -> str:
    """What would become of a person. Raises IntegrasiTidakSiap."""
    if employee is None:
        if row.status != AKTIF:
            return DILEWATI
        around.complete(row)
        return DIBUAT
    plan = _reconciled(row, employee, around)
    if plan.conflicts:
        return KONFLIK
    return DIUBAH if plan.out or plan.back or not employee.spbe_pegawai else TETAP


def bring(row: Any, employee: Any, around: Around, tally: Tally) -> str:
    if employee is None:
        return make(row, around)
    plan = _reconciled(row, employee, around)
    if plan.back:
        take(row.name, plan.back)
    if plan.out:
        _send(employee.name, row, plan)
    elif not employee.spbe_pegawai or plan.agreed != foreign.agreed_of(employee):
        foreign.note_agreed(employee.name, row.name, plan.agreed)
    if plan.conflicts:
        tell(row, employee, plan.conflicts)
        tally.add(KONFLIK)
    return DIUBAH if plan.out or plan.back or not employee.spbe_pegawai else TETAP


def make(row: Any, around: Around) -> str:
    """Nobody who has left is made anew there."""
    if row.status != AKTIF:
        return DILEWATI
    _send(None, row, ownership.create(around.complete(row), around.settings.owners))
    return DIBUAT


def _reconciled(row: Any, employee: Any, around: Around) -> ownership.Plan:
    return ownership.reconcile(
        around.ours(row), foreign.values_of(employee), foreign.agreed_of(employee), around.settings.owners
    )


def _send(name: str | None, row: Any, plan: ownership.Plan) -> None:
    if "jabatan" in plan.out:
        foreign.designation(plan.out["jabatan"])
    leaves_on = mapping.iso(row.berlaku_sejak or getdate()) or ""
    foreign.save_employee(name, row.name, plan.out, plan.agreed, leaves_on)


def take(name: str, back: Mapping[str, str]) -> None:
    """What ERPNext owns, into the Pegawai, through the same checks as a form; it is not sent back."""
    doc = frappe.get_doc("Pegawai", name)
    doc.update({field: value for field, value in back.items() if field in TAKEN})
    doc.flags.ignore_permissions = doc.flags.from_erpnext = True
    doc.save()


def tell(row: Any, employee: Any, conflicts: Sequence[ownership.Conflict]) -> None:
    """A conflict in words: where it was changed, and whose value stands."""
    sentences = [
        _("{0} was changed in {1} to “{2}”; it belongs to {3} and is “{4}” again.").format(
            label(item.field),
            item.side,
            item.lost,
            ownership.OURS if item.side == ownership.THEIRS else ownership.THEIRS,
            item.kept,
        )
        for item in conflicts
    ]
    notes.conflict(KIND, row.name, row.nama, " ".join(sentences), (foreign.EMPLOYEE, employee.name))


def person_of(employee: str) -> str | None:
    """Whose Employee it is: the linked person, or the one with its number."""
    row = foreign.employee_row(employee)
    if not row:
        return None
    if row.spbe_pegawai or not row.employee_number:
        return row.spbe_pegawai
    for field in ("nip", "nomor_pegawai"):
        found = frappe.db.get_value("Pegawai", {field: row.employee_number})
        if found:
            return found
    return None
