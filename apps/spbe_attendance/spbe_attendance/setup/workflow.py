"""The workflows of the product, each a table. Made once; what an administrator changes afterwards stays."""

from __future__ import annotations

from dataclasses import dataclass

import frappe

# Whom the row is about decides nothing about it: the button is not even offered. The documents hold the rule themselves,
# Administrator included; Frappe's own check looks at who typed the row, which may be an Admin OPD.
NOT_OWN = 'frappe.session.user != frappe.db.get_value("Pegawai", doc.pegawai, "user")'
OWN = 'frappe.session.user == frappe.db.get_value("Pegawai", doc.pegawai, "user")'
NOT_IN_ORDER = (
    'frappe.session.user not in [frappe.db.get_value("Pegawai", row.pegawai, "user") for row in doc.peserta]'
)
SUPERIOR = '(doc.atasan and frappe.session.user == frappe.db.get_value("Pegawai", doc.atasan, "user"))'


@dataclass(frozen=True)
class Step:
    """One transition for several roles. ``condition``: an expression for Frappe's workflow, empty for none."""

    origin: str
    action: str
    target: str
    roles: tuple[str, ...]
    condition: str = ""


@dataclass(frozen=True)
class Table:
    """``states``: (name, style, role that may edit); the first is Frappe's default for rows without one."""

    name: str
    doctype: str
    states: tuple[tuple[str, str, str], ...]
    steps: tuple[Step, ...]
    self_approval: bool = False


HEADS = ("Kepala OPD", "BKPSDM")
PUNCHES = Table(
    "Persetujuan Absensi",
    "Absensi",
    (
        ("Menunggu Persetujuan", "Warning", "Kepala OPD"),
        ("Sah", "Success", "Kepala OPD"),
        ("Disetujui", "Success", "Kepala OPD"),
        ("Ditolak", "Danger", "Kepala OPD"),
    ),
    (
        Step("Menunggu Persetujuan", "Setujui", "Disetujui", HEADS),
        Step("Menunggu Persetujuan", "Tolak", "Ditolak", HEADS),
    ),
)

WITHDRAWN = ("Dibatalkan", "Inverse", "Kepala OPD")


def _withdrawals(state: str) -> tuple[Step, ...]:
    return (
        Step(state, "Batalkan", "Dibatalkan", ("Pegawai SPBE",), OWN),
        Step(state, "Batalkan", "Dibatalkan", ("BKPSDM",), NOT_OWN),
    )


def _permit_steps() -> tuple[Step, ...]:
    """Each step leads to the next one that somebody holds; which that is stands in the row."""
    others = f"{NOT_OWN} and {NOT_IN_ORDER}"
    order = ("Menunggu Atasan", "Menunggu Kepala OPD", "Menunggu BKPSDM")
    found: list[Step] = []
    for place, state in enumerate(order):
        roles = HEADS if state != "Menunggu BKPSDM" else ("BKPSDM",)
        deciders = [(roles, others)]
        if state == "Menunggu Atasan":
            deciders.append((("Pegawai SPBE",), f"{others} and {SUPERIOR}"))
        for who, condition in deciders:
            for target in (*order[place + 1 :], "Disetujui"):
                leads = f'{condition} and doc.langkah_berikut == "{target}"'
                found.append(Step(state, "Setujui", target, who, leads))
            found.append(Step(state, "Tolak", "Ditolak", who, condition))
    for state in (*order, "Disetujui"):
        found.extend(_withdrawals(state))
    return tuple(found)


PERMITS = Table(
    "Persetujuan Ketidakhadiran",
    "Ketidakhadiran",
    (
        ("Menunggu Atasan", "Warning", "All"),
        ("Menunggu Kepala OPD", "Warning", "All"),
        ("Menunggu BKPSDM", "Warning", "All"),
        ("Disetujui", "Success", "All"),
        ("Ditolak", "Danger", "Kepala OPD"),
        WITHDRAWN,
    ),
    _permit_steps(),
    self_approval=True,
)
CORRECTIONS = Table(
    "Persetujuan Koreksi Absensi",
    "Koreksi Absensi",
    (
        ("Menunggu Persetujuan", "Warning", "All"),
        ("Disetujui", "Success", "Kepala OPD"),
        ("Ditolak", "Danger", "Kepala OPD"),
        WITHDRAWN,
    ),
    (
        *(
            Step("Menunggu Persetujuan", action, target, roles, condition)
            for action, target in (("Setujui", "Disetujui"), ("Tolak", "Ditolak"))
            for roles, condition in (
                (HEADS, NOT_OWN),
                (("Pegawai SPBE",), f"{NOT_OWN} and {SUPERIOR}"),
            )
        ),
        *_withdrawals("Menunggu Persetujuan"),
    ),
    self_approval=True,
)
APPEALS = Table(
    "Jawaban Sanggah",
    "Sanggah",
    (
        ("Diajukan", "Warning", "All"),
        ("Diterima", "Success", "Kepala OPD"),
        ("Ditolak", "Danger", "Kepala OPD"),
        WITHDRAWN,
    ),
    (
        Step("Diajukan", "Terima", "Diterima", HEADS, NOT_OWN),
        Step("Diajukan", "Tolak", "Ditolak", HEADS, NOT_OWN),
        *_withdrawals("Diajukan"),
    ),
    self_approval=True,
)
# The colleague agrees, then the head; neither person decides. Who asked takes it back.
_ASKED = 'frappe.session.user == frappe.db.get_value("Pegawai", doc.rekan, "user")'
_ASKS = 'frappe.session.user == frappe.db.get_value("Pegawai", doc.pemohon, "user")'
_NEITHER = f"not ({_ASKED}) and not ({_ASKS})"
EXCHANGES = Table(
    "Persetujuan Tukar Dinas",
    "Tukar Dinas",
    (
        ("Diajukan", "Warning", "All"),
        ("Disetujui Rekan", "Warning", "All"),
        ("Disetujui", "Success", "Kepala OPD"),
        ("Ditolak", "Danger", "Kepala OPD"),
        WITHDRAWN,
    ),
    (
        Step("Diajukan", "Setujui", "Disetujui Rekan", ("Pegawai SPBE",), _ASKED),
        Step("Diajukan", "Tolak", "Ditolak", ("Pegawai SPBE",), _ASKED),
        Step("Diajukan", "Tolak", "Ditolak", HEADS, _NEITHER),
        Step("Disetujui Rekan", "Setujui", "Disetujui", HEADS, _NEITHER),
        Step("Disetujui Rekan", "Tolak", "Ditolak", HEADS, _NEITHER),
        Step("Disetujui Rekan", "Tolak", "Ditolak", ("Pegawai SPBE",), _ASKED),
        *(
            Step(state, "Batalkan", "Dibatalkan", (role,), condition)
            for state in ("Diajukan", "Disetujui Rekan")
            for role, condition in (("Pegawai SPBE", _ASKS), ("BKPSDM", _NEITHER))
        ),
    ),
    self_approval=True,
)
# A decision may be changed when more is known; the punch itself stays as it is.
_OPEN_REVIEW = ("Menunggu", "Perlu Klarifikasi")
REVIEWS = Table(
    "Tinjauan Absensi",
    "Tinjauan Absensi",
    (
        ("Menunggu", "Warning", "Kepala OPD"),
        ("Perlu Klarifikasi", "Primary", "Kepala OPD"),
        ("Wajar", "Success", "Kepala OPD"),
        ("Tidak Sah", "Danger", "Kepala OPD"),
    ),
    (
        *(Step(state, "Wajar", "Wajar", HEADS, NOT_OWN) for state in (*_OPEN_REVIEW, "Tidak Sah")),
        Step("Menunggu", "Minta Klarifikasi", "Perlu Klarifikasi", HEADS, NOT_OWN),
        *(
            Step(state, "Nyatakan Tidak Sah", "Tidak Sah", HEADS, NOT_OWN)
            for state in (*_OPEN_REVIEW, "Wajar")
        ),
    ),
    self_approval=True,
)
# The Admin OPD of the unit vouches for the person, BKPSDM takes the person in; the document holds that these are two people.
# What the applicant files anew, and what a later registration replaces, are no steps of a decider.
_KEEPERS = ("Admin OPD", "BKPSDM")
REGISTRATIONS = Table(
    "Persetujuan Registrasi Pegawai",
    "Registrasi Pegawai",
    (
        ("Diajukan", "Warning", "All"),
        ("Sudah Terdaftar", "Danger", "BKPSDM"),
        ("Terverifikasi", "Primary", "All"),
        ("Disetujui", "Success", "System Manager"),
        ("Dikembalikan", "Warning", "System Manager"),
        ("Ditolak", "Danger", "System Manager"),
        ("Digantikan", "Inverse", "System Manager"),
    ),
    (
        Step("Diajukan", "Verifikasi", "Terverifikasi", _KEEPERS),
        Step("Terverifikasi", "Setujui", "Disetujui", ("BKPSDM",)),
        *(
            Step(state, action, target, roles)
            for state, roles in (
                ("Diajukan", _KEEPERS),
                ("Sudah Terdaftar", ("BKPSDM",)),
                ("Terverifikasi", ("BKPSDM",)),
            )
            for action, target in (("Kembalikan", "Dikembalikan"), ("Tolak", "Ditolak"))
        ),
    ),
    self_approval=True,
)
# The office proposes, BKPSDM decides: a decree is theirs. A decided change that was wrong is cancelled by them, too.
PERSONNEL_CHANGES = Table(
    "Persetujuan Mutasi Pegawai",
    "Mutasi Pegawai",
    (
        ("Diusulkan", "Warning", "All"),
        ("Disetujui", "Success", "BKPSDM"),
        ("Ditolak", "Danger", "BKPSDM"),
        ("Dibatalkan", "Inverse", "BKPSDM"),
    ),
    (
        Step("Diusulkan", "Setujui", "Disetujui", ("BKPSDM",), NOT_OWN),
        Step("Diusulkan", "Tolak", "Ditolak", ("BKPSDM",), NOT_OWN),
        Step("Diusulkan", "Batalkan", "Dibatalkan", ("BKPSDM", "Admin OPD")),
        Step("Disetujui", "Batalkan", "Dibatalkan", ("BKPSDM",), NOT_OWN),
    ),
    self_approval=True,
)
# BKPSDM produces, Wali Data publishes; who sees a fault, either of them, sends a draft back. What is out is only withdrawn.
OPEN_DATA = Table(
    "Penerbitan Satu Data",
    "Versi Dataset",
    (
        ("Draf", "Warning", "BKPSDM"),
        ("Diperiksa", "Primary", "Wali Data"),
        ("Terbit", "Success", "Wali Data"),
        ("Ditolak", "Danger", "System Manager"),
        ("Ditarik", "Inverse", "System Manager"),
    ),
    (
        Step("Draf", "Ajukan", "Diperiksa", ("BKPSDM",)),
        Step("Diperiksa", "Terbitkan", "Terbit", ("Wali Data",)),
        *(Step(state, "Tolak", "Ditolak", ("BKPSDM", "Wali Data")) for state in ("Draf", "Diperiksa")),
        Step("Terbit", "Tarik", "Ditarik", ("Wali Data",)),
    ),
    self_approval=True,
)
MASTER_DATA = Table(
    "Perbaikan Data Induk",
    "Perbaikan Data",
    (
        ("Diajukan", "Warning", "All"),
        ("Diterima", "Success", "BKPSDM"),
        ("Ditolak", "Danger", "BKPSDM"),
        WITHDRAWN,
    ),
    (
        Step("Diajukan", "Terima", "Diterima", ("BKPSDM",), NOT_OWN),
        Step("Diajukan", "Tolak", "Ditolak", ("BKPSDM",), NOT_OWN),
        Step("Diajukan", "Batalkan", "Dibatalkan", ("Pegawai SPBE",), OWN),
    ),
    self_approval=True,
)
TABLES = (
    PUNCHES,
    PERMITS,
    CORRECTIONS,
    APPEALS,
    EXCHANGES,
    REVIEWS,
    REGISTRATIONS,
    PERSONNEL_CHANGES,
    OPEN_DATA,
    MASTER_DATA,
)
NAME = PUNCHES.name


def seed() -> None:
    for table in TABLES:
        seed_words(table)
        if not frappe.db.exists("Workflow", table.name):
            frappe.get_doc(as_workflow(table)).insert(ignore_permissions=True)


def seed_words(table: Table) -> None:
    """States and actions are shared by all workflows of a site: made if missing, never removed."""
    for state, style, _role in table.states:
        if not frappe.db.exists("Workflow State", state):
            frappe.get_doc(
                {"doctype": "Workflow State", "workflow_state_name": state, "style": style}
            ).insert(ignore_permissions=True)
    for action in {step.action for step in table.steps}:
        if not frappe.db.exists("Workflow Action Master", action):
            frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": action}).insert(
                ignore_permissions=True
            )


def as_workflow(table: Table) -> dict[str, object]:
    return {
        "doctype": "Workflow",
        "workflow_name": table.name,
        "document_type": table.doctype,
        "workflow_state_field": "status",
        "is_active": 1,
        "override_status": 0,
        "send_email_alert": 0,
        "states": [
            {"state": state, "doc_status": "0", "allow_edit": role, "is_optional_state": 1}
            for state, _style, role in table.states
        ],
        "transitions": [
            {
                "state": step.origin,
                "action": step.action,
                "next_state": step.target,
                "allowed": role,
                "allow_self_approval": int(table.self_approval),
                "condition": step.condition,
            }
            for step in table.steps
            for role in step.roles
        ],
    }


def remove() -> None:
    for table in TABLES:
        frappe.delete_doc("Workflow", table.name, ignore_missing=True, force=True, ignore_permissions=True)
