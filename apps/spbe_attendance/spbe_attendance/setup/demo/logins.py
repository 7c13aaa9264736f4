"""Accounts of the demo and the file that tells their passwords and PINs."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import frappe
from frappe.utils.password import check_password, update_password

from spbe_attendance.kehadiran.saksi import kiosk
from spbe_attendance.kepegawaian import pins
from spbe_attendance.kepegawaian.accounts import ROLE

from . import accounts, kiosks
from .people import Person

ADMINISTRATOR = "Administrator"


def default_path() -> Path:
    return Path(frappe.utils.get_bench_path()) / "sites" / "demo-logins.json"


def ensure(people: Sequence[Person], path: Path, url: str, host: str, admin_password: str | None) -> int:
    """Accounts for those who have one, and the file. Answers how many passwords were set anew.

    Passwords and PINs that the file knows stay; whoever is missing there gets new ones, for they cannot be read back.
    """
    before = _read(path, host)
    known = {user["username"]: user["password"] for user in before}
    known_pins = {user["username"]: str(user.get("pin") or "") for user in before}
    users = accounts.ensure(people)
    rows, fresh = [_administrator(known, admin_password)], []
    for person in people:
        if not person.login:
            continue
        username = str(person.nip or person.nomor_pegawai)
        user = users[person.name]
        password = known.get(username)
        if not (password and _works(user, password)):
            password = secrets.token_urlsafe(9)
            fresh.append((user, password))
        pin = _pin(person, user, known_pins.get(username, ""))
        rows.append({**_row(person.role or ROLE, username, password, person.name, person.opd), "pin": pin})
    for user, password in fresh:
        update_password(user, password)
    tablet, renewed = kiosks.login(known, _works), False
    if tablet:
        login, renewed = tablet
        rows.append(_row(kiosk.ROLE, login["username"], login["password"], None, kiosks.FIRST))
    # Killed before the file is written, the next run finds passwords that it does not know, and sets new ones.
    frappe.db.commit()
    write(path, {"url": url, "host": host, "users": rows})
    return len(fresh) + renewed


def _pin(person: Person, user: str, known: str) -> str:
    """The PIN for a punch on somebody else's device: the known one if it is right, otherwise a new one."""
    if known and _works(person.name, known, "Pegawai", "pin"):
        return known
    owner = {"name": person.name, "user": user}
    pin = f"{secrets.randbelow(10**6):06d}"
    while pins.easily_guessed(pin, owner):
        pin = f"{secrets.randbelow(10**6):06d}"
    update_password(person.name, pin, doctype="Pegawai", fieldname="pin")
    return pin


def _works(name: str, password: str, doctype: str = "User", field: str = "password") -> bool:
    try:
        check_password(name, password, doctype, field, delete_tracker_cache=False)
    except frappe.AuthenticationError:
        return False
    return True


def _administrator(known: dict[str, str], password: str | None) -> dict[str, Any]:
    """Nobody but who made the site knows this one; without it, the file's old entry or a new one is taken."""
    password = password or known.get(ADMINISTRATOR)
    if not password:
        password = secrets.token_urlsafe(12)
        update_password(ADMINISTRATOR, password)
    return _row(ADMINISTRATOR, ADMINISTRATOR, password, None, None)


def _row(role: str, username: str, password: str, pegawai: str | None, opd: str | None) -> dict[str, Any]:
    return {"role": role, "username": username, "password": password, "pegawai": pegawai, "opd": opd}


def _read(path: Path, host: str) -> list[dict[str, Any]]:
    """The users of a file written for the same site; an unreadable file counts as none."""
    try:
        values = json.loads(path.read_text())
        return list(values["users"]) if values["host"] == host else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def write(path: Path, values: dict[str, Any]) -> None:
    """At once and for the owner only: a reader sees the old file or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(values, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
