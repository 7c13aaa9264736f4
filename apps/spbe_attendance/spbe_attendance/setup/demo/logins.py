"""The demo's log-ins: one of each role and twenty members of staff, passwords random per install."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

import frappe

from spbe_attendance.kepegawaian.accounts import ensure_user
from spbe_attendance.setup.demo import regency

STAFF = "Pegawai SPBE"
# role -> the offices whose first member gets it
DESK_ROLES = (
    ("BKPSDM", "BKPSDM"),
    ("Pimpinan", "SETDA"),
    ("Wali Data", "KOMINFO"),
    ("Kepala OPD", "DISDIK"),
    ("Kepala OPD", "DINKES"),
    ("Admin OPD", "DISDIK"),
)
STAFF_COUNT = 24


def write(path: str, url: str, host: str, admin_password: str) -> None:
    """Make the accounts and write the file, 0600, in one step. Passwords of an existing file are kept."""
    target = Path(path)
    known = json.loads(target.read_text())["users"] if target.is_file() else []
    passwords = {user["username"]: user["password"] for user in known}
    users: list[dict[str, Any]] = [
        {
            "role": "Administrator",
            "username": "Administrator",
            "password": admin_password,
            "pegawai": None,
            "opd": None,
        }
    ]
    for role, pegawai in assignments():
        users.append(account(role, pegawai, passwords))
    fresh = target.with_name(f".{target.name}.new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps({"url": url, "host": host, "users": users}, indent=1, ensure_ascii=False))
    fresh.replace(target)
    os.chmod(target, 0o600)  # noqa: PTH101 - said once more for a file that was there before


def assignments() -> list[tuple[str, str]]:
    """(role, pegawai); nobody twice. Staff of the two heads' OPD come first."""
    taken: list[tuple[str, str]] = []

    def next_of(opd: str) -> str:
        used = [pegawai for _role, pegawai in taken]
        return frappe.get_all(
            "Pegawai", {"opd": opd, "name": ["not in", used or [""]]}, pluck="name", order_by="nik", limit=1
        )[0]

    for role, opd in DESK_ROLES:
        taken.append((role, next_of(opd)))
        if role == "Kepala OPD":
            frappe.db.set_value("OPD", opd, "kepala", taken[-1][1])
    offices = ["DISDIK", "DINKES", "DISDIK", "DINKES", *[kode for kode, *_ in regency.offices()]]
    for opd in offices[:STAFF_COUNT]:
        if frappe.db.count("Pegawai", {"opd": opd}) > sum(
            frappe.db.get_value("Pegawai", name, "opd") == opd for _, name in taken
        ):
            taken.append((STAFF, next_of(opd)))
    return taken


def account(role: str, pegawai: str, passwords: dict[str, str]) -> dict[str, Any]:
    person = frappe.db.get_value("Pegawai", pegawai, ["nip", "nomor_pegawai", "opd"], as_dict=True)
    username = person.nip or person.nomor_pegawai
    known = passwords.get(username)
    password = known or secrets.token_urlsafe(9)
    ensure_user(pegawai, None if known else password, roles=(STAFF,) if role == STAFF else (STAFF, role))
    return {"role": role, "username": username, "password": password, "pegawai": pegawai, "opd": person.opd}
