"""Outages are BKPSDM's to record and decide; heads and administrators of OPD read those that cover their units."""

from __future__ import annotations

import frappe

from spbe_attendance.permissions import (
    ALL_RECORDS,
    EVERYTHING,
    OWN_SUBTREE,
    Criterion,
    ancestors,
    own_pegawai,
    pair,
    subtree,
)


def read_criterion(user: str) -> Criterion:
    roles = set(frappe.get_roles(user))
    if roles & (ALL_RECORDS | {"Pimpinan"}):
        return EVERYTHING
    if not roles & OWN_SUBTREE:
        return []
    units = {*subtree(user), *ancestors(own_pegawai(user).get("opd"))}
    places = frappe.get_all("OPD Lokasi", {"opd": ["in", list(units)]}, pluck="name")
    shared = frappe.get_all("OPD Lokasi", {"semua_opd": 1}, pluck="name")
    by_unit = frappe.get_all("Gangguan Layanan OPD", {"opd": ["in", list(units)]}, pluck="parent")
    by_place = frappe.get_all(
        "Gangguan Layanan Lokasi", {"lokasi": ["in", [*places, *shared]]}, pluck="parent"
    )
    return [{"semua_lokasi": (1,)}, {"name": tuple({*by_unit, *by_place})}]


def change_criterion(user: str) -> Criterion:
    return EVERYTHING if set(frappe.get_roles(user)) & ALL_RECORDS else []


query, allowed = pair("Gangguan Layanan", read_criterion, change_criterion)
