"""Outages are BKPSDM's to record and decide; heads and administrators of OPD read those that cover their units."""

from __future__ import annotations

import frappe

from spbe_attendance.permissions import ALL_RECORDS, EVERYTHING, Criterion, pair, reaching_rows


def covering(units: list[str]) -> set[str]:
    """Outages that name one of the units or a place that these use."""
    places = frappe.get_all("OPD Lokasi", {"opd": ["in", units]}, pluck="name")
    shared = frappe.get_all("OPD Lokasi", {"semua_opd": 1}, pluck="name")
    by_unit = frappe.get_all("Gangguan Layanan OPD", {"opd": ["in", units]}, pluck="parent")
    by_place = frappe.get_all(
        "Gangguan Layanan Lokasi", {"lokasi": ["in", [*places, *shared]]}, pluck="parent"
    )
    return {*by_unit, *by_place}


def change_criterion(user: str) -> Criterion:
    return EVERYTHING if set(frappe.get_roles(user)) & ALL_RECORDS else []


read_criterion = reaching_rows("semua_lokasi", covering, staff=False)
query, allowed = pair("Gangguan Layanan", read_criterion, change_criterion)
