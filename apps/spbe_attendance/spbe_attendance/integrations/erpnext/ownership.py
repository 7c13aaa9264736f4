"""Who owns which field of a person that both systems keep, and what follows from it. Pure.

Each field has one owner, so that a change never travels back and forth: the owner's value goes to the other side, and a value
that was changed on the side that does not own it is put back and told. What is empty never replaces what is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

OURS, THEIRS, NOBODY = "SPBE Absensi", "ERPNext", "Tidak Disinkronkan"
Values = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Field:
    """``name``: as the settings and notes call it. ``foreign``: where it stands on Employee. ``choices``: whom the settings may
    name as owner; the first is the default."""

    name: str
    foreign: str
    choices: tuple[str, ...] = (OURS,)

    @property
    def setting(self) -> str | None:
        return f"pemilik_{self.name}" if len(self.choices) > 1 else None


# Everything else on Employee (bank account, salary, address, education, exit …) is ERPNext's own: neither read nor written.
# NIK and photo are never sent.
FIELDS = (
    Field("nama", "first_name"),
    Field("jenis_kelamin", "gender"),
    Field("tanggal_lahir", "date_of_birth"),
    Field("status", "status"),
    Field("nomor", "employee_number"),
    Field("perusahaan", "company"),
    Field("unit", "department"),
    Field("mulai_bertugas", "date_of_joining", (OURS, THEIRS, NOBODY)),
    Field("jabatan", "designation", (OURS, THEIRS, NOBODY)),
    Field("atasan", "reports_to", (OURS, NOBODY)),
    Field("nomor_hp", "cell_number", (THEIRS, OURS, NOBODY)),
    # Employee.user_id gives the account ERPNext's role Employee, and with it Desk: only where that is wanted.
    Field("akun", "user_id", (NOBODY, OURS)),
    Field("daftar_libur", "holiday_list", (OURS, NOBODY)),
)
# ERPNext keeps no Employee without these.
NEEDED = ("nama", "jenis_kelamin", "tanggal_lahir", "status", "perusahaan", "mulai_bertugas")


@dataclass(frozen=True, slots=True)
class Conflict:
    """``side``: who changed what is not theirs. ``lost``: what they had; ``kept``: what stands now."""

    field: str
    side: str
    lost: str
    kept: str


@dataclass(slots=True)
class Plan:
    """``out``: to Employee. ``back``: to Pegawai. ``agreed``: what both sides have afterwards."""

    out: dict[str, str] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    agreed: dict[str, str] = field(default_factory=dict)


def default_owners() -> dict[str, str]:
    return {item.name: item.choices[0] for item in FIELDS}


def create(ours: Values, owners: Mapping[str, str]) -> Plan:
    """A new Employee: all that is known, whoever owns it from then on."""
    known = {
        name: value
        for name, value in ours.items()
        if value and (owners.get(name, NOBODY) != NOBODY or name in NEEDED)
    }
    return Plan(out=dict(known), agreed=dict(known))


def reconcile(ours: Values, theirs: Values, last: Values, owners: Mapping[str, str]) -> Plan:
    """``last``: what both sides had after the synchronisation before; empty for a person linked for the first time."""
    plan = Plan()
    for name in (item.name for item in FIELDS if owners.get(item.name, NOBODY) != NOBODY):
        owner = owners[name]
        mine, other = (
            (ours.get(name), theirs.get(name)) if owner == OURS else (theirs.get(name), ours.get(name))
        )
        if not mine:
            continue
        plan.agreed[name] = mine
        if mine == other:
            continue
        (plan.out if owner == OURS else plan.back)[name] = mine
        if other and other != last.get(name):
            plan.conflicts.append(Conflict(name, THEIRS if owner == OURS else OURS, other, mine))
    return plan
