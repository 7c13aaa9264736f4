"""People who punch with logged-in phones, so many that in a run nobody has a hundred punches on the day, as nobody ever has: what is
counted by person and day grows with the punches of one person."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import requests

from . import machine, people, staff

PEOPLE, UNITS = 500, 25


def site_of(host: str) -> Any:
    """Frappe, connected to the site; from now on the working directory is that of the sites."""
    os.chdir(machine.SITES)
    import frappe

    frappe.init(site=host, sites_path=".")
    frappe.connect()
    return frappe


def gathered(frappe: Any, url: str, host: str) -> list[people.Session]:
    """PEOPLE of UNITS, each of whom has asked something today: their sessions are known to Redis."""
    from spbe_attendance.kepegawaian import early

    phones = staff.make(frappe, PEOPLE, UNITS)
    early.read()
    frappe.db.commit()
    found = [session(url, host, phone) for phone in phones]
    for one in found:
        one.noop().raise_for_status()
    return found


def forget(frappe: Any, day: date) -> None:
    """All punches after that day: what begins then has the table and the day that others began with."""
    frappe.db.delete("Absensi", {"tanggal": [">", day]})
    frappe.db.commit()


def session(url: str, host: str, phone: staff.Phone) -> people.Session:
    http = requests.Session()
    http.headers.update({"Host": host, "Accept": "application/json", "X-Frappe-CSRF-Token": phone.csrf})
    # As the server sets it: it goes on with this one.
    http.cookies.set("sid", phone.sid, domain=host, path="/")
    return people.Session(http, url, phone.csrf, phone.latitude, phone.longitude)
