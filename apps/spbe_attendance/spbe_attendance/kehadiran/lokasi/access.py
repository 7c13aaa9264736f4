"""Who sees and changes imports, surveys and measurements of places: one criterion for the list and the form."""

from __future__ import annotations

import frappe

from spbe_attendance import permissions
from spbe_attendance.kehadiran.lokasi.units import kept_by, subtree_criterion
from spbe_attendance.permissions import EVERYTHING, Criterion


def impor_criterion(user: str) -> Criterion:
    """A file may hold places of many OPD: an Admin OPD sees the own imports, BKPSDM and Wali Data all."""
    return EVERYTHING if kept_by(user) is None else [{"owner": (user,)}]


def survei_criterion(user: str) -> Criterion:
    """Surveys for an OPD of the subtree, whoever made them; a Kepala OPD belongs to it, too."""
    return subtree_criterion(user)


def ukuran_criterion(user: str) -> Criterion:
    return subtree_criterion(user)


def may_change(doctype: str = "OPD Lokasi", verb: str = "write") -> bool:
    """Whether the session's role may change such rows at all; which ones is the criterion's."""
    return bool(frappe.has_permission(doctype, verb))


impor_lokasi_query, impor_lokasi_allowed = permissions.pair("Impor Lokasi", impor_criterion)
survei_lokasi_query, survei_lokasi_allowed = permissions.pair("Survei Lokasi", survei_criterion)
ukuran_lokasi_query, ukuran_lokasi_allowed = permissions.pair("Ukuran Lokasi", ukuran_criterion)
